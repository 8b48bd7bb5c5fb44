// SPDX-License-Identifier: MIT
// From the scene to what the views show: rates, curves, edges of chosen channels, lines of the console.
//
// Invariants
//  - Nothing out of the shared memory is used as an index before it was checked here.
//  - Rates are those between two samples at least 30 ms of board time apart; a frequency that lasts is counted over 250 ms.
//  - Channels are chosen by activity until the person chooses; a channel keeps its edges while it is shown.
#include "ports/unix/panel/panel.h"

#include <string.h>

enum { RATE_NS = 30000000, COUNT_NS = 250000000 };

void model_input(struct panel *p, enum scene_input_kind kind, uint32_t index, double value) {
    scene_input_put(p->scene, &(struct scene_input){.kind = (uint8_t)kind, .index = index, .value = (float)value});
}

void model_start(struct panel *p, struct scene *scene) {
    p->scene = scene;
    p->span = 100e6;
    p->follow = true;
    p->focus = -1;
    p->pressed_part = p->slider = p->key_part = -1;
    p->hover_block = -1;
    for (int i = 0; i < SCENE_PINS; i++) p->driven[i] = -1;
    for (int i = 0; i < SCENE_PARTS; i++) p->asked[i] = -1;
    p->changed = true;
    for (int i = 0; i < VIEWS; i++) p->visible[i] = true;
    p->drawn[VIEW_LOGIC] = p->logic_was = true;
}

// ---- channels ---------------------------------------------------------------------------------------------------------------
static int channel_of(const struct panel *p, int gpio) {
    for (int i = 0; i < p->n_channels; i++)
        if (p->channels[i].gpio == gpio) return i;
    return -1;
}

void model_channels_tell(struct panel *p) {
    uint64_t mask = 0;
    for (int i = 0; i < p->n_channels && p->logic_was; i++)
        if (p->channels[i].gpio < 64) mask |= (uint64_t)1 << p->channels[i].gpio;
    scene_input_put(p->scene, &(struct scene_input){.kind = INPUT_CHANNELS, .bits = mask});
}

int model_decode(const char *word, size_t len) {
    static const char *const words[] = {"none", "uart", "i2c", "spi"};
    for (int i = 0; i < 4; i++)
        if (strlen(words[i]) == len && strncmp(words[i], word, len) == 0) return i;
    return -1;
}

// How this pin is to be read, by the wishes of the command line.
static int wish_of(const struct panel *p, int gpio) {
    for (const char *at = p->wishes; at && *at;) {
        size_t n = strcspn(at, ","), name = strcspn(at, ":");
        for (uint32_t i = 0; i < p->scene->still.n_pins && i < SCENE_PINS && name < n; i++)
            if (p->scene->still.pins[i].gpio == gpio && strlen(p->scene->still.pins[i].name) == name &&
                strncmp(p->scene->still.pins[i].name, at, name) == 0)
                return model_decode(at + name + 1, n - name - 1);
        at += n + (at[n] == ',');
    }
    return DECODE_NONE;
}

static void channel_add(struct panel *p, int gpio) {
    if (p->n_channels == CHANNELS || channel_of(p, gpio) >= 0) return;
    int at = p->n_channels++;
    while (at > 0 && p->channels[at - 1].gpio > gpio) { // in the order of the pins
        p->channels[at] = p->channels[at - 1];
        at--;
    }
    memset(&p->channels[at], 0, sizeof p->channels[at]);
    p->channels[at].gpio = gpio;
    int wish = wish_of(p, gpio);
    p->channels[at].decode = wish > 0 ? wish : DECODE_NONE;
}

void model_channel_toggle(struct panel *p, int gpio) {
    int at = channel_of(p, gpio);
    p->chosen = true;
    if (at < 0)
        channel_add(p, gpio);
    else
        memmove(&p->channels[at], &p->channels[at + 1], (size_t)(--p->n_channels - at) * sizeof p->channels[0]);
    model_channels_tell(p);
}

static void channels_choose(struct panel *p) {
    if (p->chosen) return;
    bool changed = false;
    for (uint32_t i = 0; i < p->scene->still.n_gpios && i < SCENE_PINS && p->n_channels < 8; i++)
        if (p->now.pins[i].edges > 0 && channel_of(p, (int)i) < 0) {
            channel_add(p, (int)i);
            changed = true;
        }
    if (changed) model_channels_tell(p);
}

// ---- samples -------------------------------------------------------------------------------------------------------------------
static void change_take(struct panel *p, const struct scene_change *c) {
    if (c->kind == CHANGE_NET) {
        int i = channel_of(p, c->source);
        if (i < 0) {
            if (p->chosen || p->n_channels >= 8 || c->source >= SCENE_PINS) return;
            channel_add(p, c->source);
            i = channel_of(p, c->source);
        }
        struct channel *ch = &p->channels[i];
        ch->edges[ch->head % EDGES].at = c->at;
        ch->edges[ch->head++ % EDGES].level = c->value;
        return;
    }
    if (c->kind == CHANGE_IRQ && c->source >= SCENE_LINES) return;
    struct track *t = c->kind == CHANGE_IRQ ? &p->irqs[c->source] : &p->collections;
    t->edges[t->head % EDGES].at = c->at;
    t->edges[t->head++ % EDGES].on = c->value;
}

static void changes_take(struct panel *p) {
    uint64_t head = atomic_load(&p->scene->change_head);
    if (head < p->change_seen) p->change_seen = 0; // the program began again
    if (head - p->change_seen > SCENE_CHANGES / 2) p->change_seen = head - SCENE_CHANGES / 2;
    for (; p->change_seen < head; p->change_seen++) {
        struct scene_change c = p->scene->changes[p->change_seen % SCENE_CHANGES];
        change_take(p, &c);
    }
}

static void rates_take(struct panel *p) {
    uint64_t span = p->now.time - p->sampled_at;
    if (p->sampled_at && span < RATE_NS) return;
    uint64_t counted = p->now.time - p->counted_at;
    bool long_enough = p->sampled_at && counted >= COUNT_NS;
    for (int i = 0; i < SCENE_PINS; i++) {
        const struct scene_pin *pin = &p->now.pins[i];
        if (span > 0) {
            p->duty[i] = (double)(pin->high_ns - p->high_then[i]) / (double)span;
            if (!(p->duty[i] >= 0 && p->duty[i] <= 1)) p->duty[i] = pin->level;
            uint64_t edges = pin->edges - p->edges_then[i];
            double hertz = edges < 3 ? 0 : (double)edges / 2 / (double)span * 1e9; // fewer are no frequency
            double off = hertz > p->hertz[i] ? hertz - p->hertz[i] : p->hertz[i] - hertz;
            if (off * (double)span > 2e9 || hertz == 0) p->hertz[i] = hertz; // more than an edge more or less is another one
            if (long_enough && hertz > 0) p->hertz[i] = (double)(pin->edges - p->edges_counted[i]) / 2 / (double)counted * 1e9;
        }
        p->edges_then[i] = pin->edges;
        if (long_enough || p->sampled_at == 0) p->edges_counted[i] = pin->edges;
        p->high_then[i] = pin->high_ns;
    }
    if (long_enough || p->sampled_at == 0) p->counted_at = p->now.time;
    p->sampled_at = p->now.time;
}

static void restarted(struct panel *p) { // a reset: time begins again
    p->history_n = 0;
    p->sampled_at = 0;
    memset(p->edges_then, 0, sizeof p->edges_then);
    memset(p->high_then, 0, sizeof p->high_then);
    memset(p->irqs, 0, sizeof p->irqs);
    memset(&p->collections, 0, sizeof p->collections);
    for (int i = 0; i < p->n_channels; i++) p->channels[i].head = 0;
    p->cursor[0] = p->cursor[1] = 0;
}

// Nobody looks at waveforms: the program need not record them. Those from before have a hole then.
static void logic_look(struct panel *p) {
    if (p->drawn[VIEW_LOGIC] == p->logic_was) return;
    p->logic_was = p->drawn[VIEW_LOGIC];
    for (int i = 0; i < p->n_channels; i++) p->channels[i].head = 0;
    memset(p->irqs, 0, sizeof p->irqs);
    memset(&p->collections, 0, sizeof p->collections);
    model_channels_tell(p);
}

static bool differs(const struct panel *p, const struct scene_now *now) {
    size_t head = offsetof(struct scene_now, map);
    return memcmp(now, &p->now, head) != 0 || memcmp(now->map, p->now.map, now->n_blocks) != 0 ||
           atomic_load(&p->scene->console_head) != p->console_seen || atomic_load(&p->scene->change_head) != p->change_seen;
}

static bool pin_differs(const struct scene_pin *a, const struct scene_pin *b) { // in more than the time spent high
    return a->mode != b->mode || a->pull != b->pull || a->level != b->level || a->floating != b->floating || a->shorted != b->shorted ||
           a->misread != b->misread || a->volts != b->volts || a->edges != b->edges;
}

static bool stirs(const struct panel *p, const struct scene_now *now) {
    const struct scene_now *then = &p->now;
    if (now->time < then->time || now->paused != then->paused || now->ended != then->ended || now->used != then->used ||
        now->collections != then->collections || now->answer_block != then->answer_block || p->console_seen != p->scene->console_head ||
        p->change_seen != p->scene->change_head || memcmp(now->parts, then->parts, sizeof now->parts) != 0)
        return true;
    for (int i = 0; i < SCENE_PINS; i++)
        if (pin_differs(&now->pins[i], &then->pins[i])) return true;
    return memcmp(now->map, then->map, now->n_blocks) != 0;
}

bool model_quiet(const struct panel *p) {
    enum { WHILE_NS = 500000000 };
    uint64_t since = p->now.time - p->stirred;
    return since > WHILE_NS && (double)since > p->span;
}

bool model_changed(struct panel *p) {
    bool changed = p->changed;
    p->changed = false;
    return changed;
}

bool model_sample(struct panel *p) {
    static struct scene_now now;
    bool heard = atomic_load(&p->scene->input_tail) == atomic_load(&p->scene->input_head);
    if (!scene_read(p->scene, &now)) return false;
    if (now.n_blocks > SCENE_BLOCKS) now.n_blocks = SCENE_BLOCKS;
    if (now.n_lines > SCENE_LINES) now.n_lines = SCENE_LINES;
    now.answer[SCENE_TEXT - 1] = 0;
    for (int i = 0; i < SCENE_PARTS && heard; i++) p->asked[i] = -1;
    if (heard) p->asked_speed = 0;
    if (!differs(p, &now)) return true;
    p->changed = true;
    if (stirs(p, &now)) p->stirred = now.time;
    if (now.time < p->now.time) restarted(p);
    bool moved = now.time != p->now.time || now.used != p->now.used;
    memcpy(&p->now, &now, sizeof now);
    if (!now.typing) p->typing = false;
    rates_take(p);
    logic_look(p);
    changes_take(p);
    channels_choose(p);
    console_take(p);
    if (moved || p->history_n == 0)
        p->history[p->history_n++ % HISTORY] = (struct heap_sample){now.time, now.used, now.total, now.largest_free};
    return true;
}
