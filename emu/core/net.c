// SPDX-License-Identifier: MIT
// Nets and what drives them.
//
// Invariants
//  - A pad is in the list of exactly the (root) net that pad->net names.
//  - net->level, volts, floating, shorted, edges and high_ns are those of the moment changed_at (or of the last settle()), for a net
//    whose driver is no wave. While a wave drives, edges and high time since changed_at are computed.
//  - Listeners of a net with a wave hear each edge from wave_event, which is armed exactly while there are some and the wave has edges.
//  - Reports name both pads of a short, once; a net that stays shorted is not reported again.
//  - An open-drain wave is weaker than a strong driver and stronger than any resistor: together with a low one that is the wired AND.
#include "emu/core/net.h"
#include "emu/core/host.h"
#include "emu/core/trace.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static struct {
    struct net *first, *last;
    uint32_t count;
    uint64_t troubles;
} nets;

void net_reset(void) {
    while (nets.first) {
        struct net *next = nets.first->next;
        event_cancel(&nets.first->wave_event);
        emu_free(nets.first);
        nets.first = next;
    }
    memset(&nets, 0, sizeof nets);
}

struct net *net_first(void) { return nets.first; }
uint64_t net_float_and_short_count(void) { return nets.troubles; }

struct net *net_root(struct net *net) {
    while (net->joined) net = net->joined;
    return net;
}

struct net *net_find(const char *name) {
    for (struct net *n = nets.first; n; n = n->next)
        if (strcmp(n->name, name) == 0) return net_root(n);
    return NULL;
}

// ---- waves ---------------------------------------------------------------------------------------------------------------
// The time at which slot i of a pattern begins.
static uint64_t slot_start(const struct wave *w, unsigned i) { return w->start + w->period * i / w->slots; }

static bool slot_before(const struct wave *w, unsigned i) { return i == 0 ? w->inverted : wave_slot(w, i - 1); }

// The first slot that begins later than `at`; w->slots: none.
static unsigned slot_after(const struct wave *w, uint64_t at) {
    if (at < w->start) return 0;
    if (at - w->start >= w->period) return w->slots;
    unsigned i = (unsigned)((at - w->start) * w->slots / w->period);
    while (i < w->slots && slot_start(w, i) <= at) i++;
    return i;
}

static bool wave_steady(const struct wave *w) { return !w->slots && (w->high == 0 || w->high >= w->period); }

bool wave_level(const struct wave *w, uint64_t at) {
    if (w->slots) return slot_before(w, slot_after(w, at));
    bool high = w->high >= w->period;
    if (!wave_steady(w)) high = at >= w->start && (at - w->start) % w->period < w->high;
    return high != w->inverted;
}

static uint64_t wave_next_edge(const struct wave *w, uint64_t at) {
    if (wave_steady(w)) return NEVER;
    if (w->slots) {
        for (unsigned i = slot_after(w, at); i < w->slots; i++)
            if (wave_slot(w, i) != slot_before(w, i)) return slot_start(w, i);
        return NEVER;
    }
    if (at < w->start) return w->start;
    uint64_t into = (at - w->start) % w->period;
    return at - into + (into < w->high ? w->high : w->period);
}

// Time that the pattern is high in [from, to).
static uint64_t pattern_high_between(const struct wave *w, uint64_t from, uint64_t to) {
    uint64_t high = 0;
    while (from < to) {
        unsigned next = slot_after(w, from);
        uint64_t end = next < w->slots && slot_start(w, next) < to ? slot_start(w, next) : to;
        if (slot_before(w, next)) high += end - from;
        from = end;
    }
    return high;
}

// Time that the wave is high (before inversion) in [start, at).
static uint64_t wave_high_before(const struct wave *w, uint64_t at) {
    if (at <= w->start) return 0;
    uint64_t span = at - w->start;
    if (w->high >= w->period) return span;
    uint64_t rest = span % w->period;
    return span / w->period * w->high + (rest < w->high ? rest : w->high);
}

static uint64_t wave_high_between(const struct wave *w, uint64_t from, uint64_t to) {
    if (w->slots) return pattern_high_between(w, from, to);
    uint64_t high = wave_high_before(w, to) - wave_high_before(w, from);
    return w->inverted ? to - from - high : high;
}

static uint64_t wave_edges_before(const struct wave *w, uint64_t at) { // in [start, at]
    if (w->slots) {
        uint64_t edges = 0;
        unsigned end = slot_after(w, at);
        for (unsigned i = 0; i < end; i++) edges += wave_slot(w, i) != slot_before(w, i);
        return edges;
    }
    if (at < w->start || wave_steady(w)) return 0;
    uint64_t span = at - w->start;
    return 1 + span / w->period * 2 + (span % w->period >= w->high ? 1 : 0);
}

// ---- settling ------------------------------------------------------------------------------------------------------------
enum { STRONG = 4 };
static int strength(const struct pad *pad) {
    static const int of[] = {0, 1, 1, 2, STRONG, STRONG, STRONG};
    return pad->drive == DRIVE_WAVE && pad->open_drain ? STRONG - 1 : of[pad->drive];
}

static bool pad_level(const struct pad *pad, uint64_t at) {
    switch (pad->drive) {
    case DRIVE_HIGH:
    case DRIVE_PULL_UP: return true;
    case DRIVE_ANALOGUE: return pad->volts >= NET_SUPPLY / 2;
    case DRIVE_WAVE: return wave_level(&pad->wave, at);
    default: return false;
    }
}

const struct pad *net_driver(struct net *net) {
    const struct pad *best = NULL;
    for (const struct pad *p = net_root(net)->pads; p; p = p->next)
        if (strength(p) > (best ? strength(best) : 0)) best = p;
    return best;
}

// Brings edges and high_ns up to `at`, as driven until now.
static void settle(struct net *net, uint64_t at) {
    if (at < net->changed_at) at = net->changed_at;
    const struct pad *driver = net_driver(net);
    if (driver && driver->drive == DRIVE_WAVE) {
        net->high_ns += wave_high_between(&driver->wave, net->changed_at, at);
        net->edges += wave_edges_before(&driver->wave, at) - wave_edges_before(&driver->wave, net->changed_at);
        net->level = wave_level(&driver->wave, at);
    } else if (net->level) {
        net->high_ns += at - net->changed_at;
    }
    net->changed_at = at;
}

static void tell(struct net *net, bool level, uint64_t now) {
    net->told = level;
    trace_net(net, level, now);
    struct listener *next;
    for (struct listener *l = net->listeners; l; l = next) {
        next = l->next; // it may leave while it hears
        if (!l->skips) l->edge(l->data, net, level);
    }
}

static bool edges_wanted(const struct net *net) {
    for (const struct listener *l = net->listeners; l; l = l->next)
        if (!l->skips) return true;
    return trace_wants(net);
}

// Offers a pattern that begins to whoever can read it as a whole; `again`: it was offered before.
static void pattern_offer(struct net *net, const struct pad *driver, bool again) {
    bool pattern = driver && driver->drive == DRIVE_WAVE && driver->wave.slots;
    for (struct listener *l = net->listeners; l; l = l->next) {
        if (pattern && again) continue;
        l->skips = pattern && l->pattern && l->pattern(l->data, net, &driver->wave);
    }
}

static void wave_watch_from(struct net *net, uint64_t from);
static void wave_watch(struct net *net) { wave_watch_from(net, clock_now()); }

// Real clock: edges that are heard late are heard one by one, with their own times in changed_at, unless they are too many.
static void wave_edge(void *data) {
    enum { LATE_MOST = 100 * NS_PER_MS };
    struct net *net = data;
    const struct pad *driver = net_driver(net);
    if (!driver || driver->drive != DRIVE_WAVE) return;
    uint64_t at = net->wave_event.at, now = clock_now();
    settle(net, at);
    wave_watch_from(net, now - at > LATE_MOST ? now : at);
    if (net->level != net->told) tell(net, net->level, now); // somebody may have looked at the net since the edge
}

// Arms the next edge of a wave when somebody wants to hear it.
static void wave_watch_from(struct net *net, uint64_t from) {
    const struct pad *driver = net_driver(net);
    uint64_t next = NEVER;
    if (driver && driver->drive == DRIVE_WAVE && edges_wanted(net)) next = wave_next_edge(&driver->wave, from);
    net->wave_event.fire = wave_edge;
    net->wave_event.data = net;
    if (next == NEVER) event_cancel(&net->wave_event);
    else event_arm(&net->wave_event, next);
}

static void short_look(struct net *net, const struct pad *changed, uint64_t at) {
    bool was = net->shorted;
    net->shorted = false;
    if (!changed || strength(changed) < STRONG) {
        for (changed = net->pads; changed && strength(changed) < STRONG;) changed = changed->next;
        if (!changed) return;
    }
    for (const struct pad *p = net->pads; p; p = p->next) {
        if (p == changed || strength(p) < STRONG || pad_level(p, at) == pad_level(changed, at)) continue;
        net->shorted = true;
        if (was) return;
        net->short_count++;
        nets.troubles++;
        emu_report(EMU_FAULT, "short on %s: %s drives it %s and %s drives it %s", net->name, changed->name,
                   pad_level(changed, at) ? "high" : "low", p->name, pad_level(p, at) ? "high" : "low");
        return;
    }
}

// After drivers changed at `at` (settled before): the new level, and everybody who listens.
static void resolve(struct net *net, const struct pad *changed, uint64_t at) {
    bool before = net->level;
    const struct pad *driver = net_driver(net);
    if (changed && strength(changed) == STRONG) driver = changed; // of two in conflict, the last one
    net->floating = driver == NULL;
    if (driver) {
        net->level = pad_level(driver, at);
        net->volts = driver->drive == DRIVE_ANALOGUE ? driver->volts : net->level ? NET_SUPPLY : 0;
    }
    short_look(net, changed, at);
    pattern_offer(net, driver, driver != changed);
    wave_watch(net);
    if (net->level != before) net->edges++;
    if (net->level != net->told) tell(net, net->level, at); // also of an edge of the wave before, at this very time
}

static void change_begin(struct pad *pad, uint64_t *at) {
    *at = clock_now();
    if (pad->net) settle(pad->net, *at);
}

void pad_drive(struct pad *pad, enum drive drive) {
    if (pad->drive == drive && drive != DRIVE_WAVE && drive != DRIVE_ANALOGUE) return;
    uint64_t at;
    change_begin(pad, &at);
    pad->drive = drive;
    if (pad->net) resolve(pad->net, pad, at);
}

void pad_drive_volts(struct pad *pad, double volts) {
    uint64_t at;
    change_begin(pad, &at);
    pad->drive = DRIVE_ANALOGUE;
    pad->volts = volts;
    if (pad->net) resolve(pad->net, pad, at);
}

void pad_drive_wave(struct pad *pad, const struct wave *wave) {
    uint64_t at;
    change_begin(pad, &at);
    pad->drive = DRIVE_WAVE;
    pad->wave = *wave;
    if (pad->net) resolve(pad->net, pad, at);
}

void pad_detach(struct pad *pad) {
    struct net *net = pad->net;
    if (!net) return;
    uint64_t at = clock_now();
    settle(net, at);
    for (struct pad **p = &net->pads; *p; p = &(*p)->next)
        if (*p == pad) {
            *p = pad->next;
            break;
        }
    pad->net = NULL;
    pad->next = NULL;
    resolve(net, NULL, at);
}

void pad_attach(struct pad *pad, struct net *net) {
    pad_detach(pad);
    net = net_root(net);
    uint64_t at = clock_now();
    settle(net, at);
    struct pad **p = &net->pads;
    while (*p) p = &(*p)->next;
    *p = pad;
    pad->next = NULL;
    pad->net = net;
    resolve(net, pad, at);
}

struct net *net_make(const char *name) {
    struct net *net = net_find(name);
    if (net) return net;
    net = emu_new(sizeof *net);
    snprintf(net->name, sizeof net->name, "%s", name);
    net->floating = true;
    net->changed_at = clock_now();
    net->number = nets.count++;
    if (nets.last) nets.last->next = net;
    else nets.first = net;
    nets.last = net;
    return net;
}

void net_join(struct net *a, struct net *b) {
    a = net_root(a);
    b = net_root(b);
    if (a == b) return;
    uint64_t at = clock_now();
    settle(a, at);
    settle(b, at);
    event_cancel(&b->wave_event);
    struct pad **p = &a->pads;
    while (*p) p = &(*p)->next;
    *p = b->pads;
    for (struct pad *moved = b->pads; moved; moved = moved->next) moved->net = a;
    b->pads = NULL;
    struct listener **l = &a->listeners;
    while (*l) l = &(*l)->next;
    *l = b->listeners;
    b->listeners = NULL;
    b->joined = a;
    resolve(a, NULL, at);
}

// ---- listening and reading -----------------------------------------------------------------------------------------------------
void net_listen(struct net *net, struct listener *listener) {
    net = net_root(net);
    settle(net, clock_now());
    if (!net->listeners && !trace_wants(net)) net->told = net->level;
    struct listener **l = &net->listeners;
    for (; *l; l = &(*l)->next)
        if (*l == listener) return;
    listener->next = NULL;
    listener->skips = false;
    *l = listener;
    wave_watch(net);
}

void net_unlisten(struct net *net, struct listener *listener) {
    net = net_root(net);
    for (struct listener **l = &net->listeners; *l; l = &(*l)->next)
        if (*l == listener) {
            *l = listener->next;
            break;
        }
    wave_watch(net);
}

bool net_level(struct net *net) {
    net = net_root(net);
    const struct pad *driver = net_driver(net);
    return driver && driver->drive == DRIVE_WAVE ? wave_level(&driver->wave, clock_now()) : net->level;
}

bool net_level_at(struct net *net, uint64_t at) {
    net = net_root(net);
    const struct pad *driver = net_driver(net);
    return driver && driver->drive == DRIVE_WAVE ? wave_level(&driver->wave, at) : net->level;
}

bool net_watched(struct net *net) {
    net = net_root(net);
    for (const struct listener *l = net->listeners; l; l = l->next)
        if (!l->pattern) return true;
    return trace_wants(net);
}

bool net_read(struct net *net) {
    net = net_root(net);
    if (net->floating) {
        net->float_reads++;
        nets.troubles++;
        emu_report(EMU_FAULT, "%s is read but nothing drives it", net->name);
    }
    return net_level(net);
}

double net_volts(struct net *net) {
    net = net_root(net);
    const struct pad *driver = net_driver(net);
    if (driver && driver->drive == DRIVE_WAVE) return wave_level(&driver->wave, clock_now()) ? NET_SUPPLY : 0;
    return net->volts;
}

uint64_t net_edges(struct net *net) {
    net = net_root(net);
    settle(net, clock_now());
    return net->edges;
}

uint64_t net_high_ns(struct net *net) {
    net = net_root(net);
    settle(net, clock_now());
    return net->high_ns;
}
