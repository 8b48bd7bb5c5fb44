// SPDX-License-Identifier: MIT
// Pulse counting.
//
// Quadrature, going up: A falls while B is high, B falls while A is low, A rises while B is low, B rises while A is high. 4 phases count
// all four, 2 phases the edges of A, 1 phase the edges of A while B is high.
//
// Invariants
//  - An input listens only while the unit runs. With a filter, its level is that of the wire once that has lasted for filter_ns.
//  - min <= value <= max when there is a range; what would leave it goes on at the other end and changes `cycles` by one.
// Known differences: the counter has 64 bits, so without a range it never rolls over.
#include "emu/chip/pcnt.h"

#include <string.h>

static void tell(struct pcnt *u, uint32_t events) {
    if (events && u->event) u->event(u->data, events);
}

static bool matches(const struct pcnt *u) { return u->setup.has_match && u->value == u->setup.match; }

static void match_show(struct pcnt *u) {
    if (u->setup.match_pin) gpio_signal(u->setup.match_pin, u->running && matches(u));
}

static void step(struct pcnt *u, bool down) {
    const struct pcnt_setup *s = &u->setup;
    bool ranged = s->min != 0 || s->max != 0;
    uint32_t events = 0;
    u->last_down = down;
    if (ranged && !down && u->value >= s->max) {
        u->value = s->min;
        u->cycles++;
        events = PCNT_ROLL_OVER;
    } else if (ranged && down && u->value <= s->min) {
        u->value = s->max;
        u->cycles--;
        events = PCNT_ROLL_UNDER;
    } else {
        u->value = (int64_t)((uint64_t)u->value + (down ? UINT64_MAX : 1));
    }
    if (matches(u)) events |= PCNT_MATCH;
    match_show(u);
    tell(u, events);
}

static void count_edge(struct pcnt *u, bool level) {
    bool down = u->setup.direction ? net_level(u->setup.direction->net) : u->setup.down;
    if (level != u->setup.falling) step(u, down);
}

static void quadrature_edge(struct pcnt *u, bool of_a, bool level) {
    bool other = of_a ? u->b.level : u->a.level;
    if (!of_a && u->setup.phases < 4) return;
    if (of_a && u->setup.phases == 1 && !other) return;
    step(u, of_a ? level == other : level != other);
}

static void home(struct pcnt *u, uint32_t event) {
    if (event == PCNT_INDEX) u->cycles = (int16_t)(u->cycles + (u->last_down ? -1 : 1));
    u->value = u->setup.min;
    match_show(u);
    tell(u, event | (matches(u) ? PCNT_MATCH : 0u));
}

static void input_changed(struct pcnt_input *in, bool level) {
    struct pcnt *u = in->unit;
    in->level = level;
    if (in == &u->index || in == &u->reset) {
        if (level) home(u, in == &u->index ? PCNT_INDEX : PCNT_RESET);
    } else if (u->setup.b) {
        quadrature_edge(u, in == &u->a, level);
    } else {
        count_edge(u, level);
    }
}

static void on_settled(void *data) {
    struct pcnt_input *in = data;
    bool level = net_level(in->gpio->net);
    if (level != in->level) input_changed(in, level);
}

static void on_edge(void *data, struct net *net, bool level) {
    struct pcnt_input *in = data;
    (void)net;
    if (in->unit->setup.filter_ns > 0) {
        if (level != in->level) event_arm(&in->settled, clock_now() + in->unit->setup.filter_ns);
        else event_cancel(&in->settled);
    } else if (level != in->level) {
        input_changed(in, level);
    }
}

static void input_start(struct pcnt *u, struct pcnt_input *in, struct gpio *g) {
    *in = (struct pcnt_input){.unit = u, .gpio = g, .listener = {.edge = on_edge, .data = in}, .settled = {.fire = on_settled, .data = in}};
    if (!g) return;
    in->level = net_level(g->net);
    net_listen(g->net, &in->listener);
}

static void input_stop(struct pcnt_input *in) {
    if (!in->gpio) return;
    event_cancel(&in->settled);
    net_unlisten(in->gpio->net, &in->listener);
    in->gpio = NULL;
}

void pcnt_stop(struct pcnt *u) {
    if (!u->running) return;
    u->running = false;
    input_stop(&u->a);
    input_stop(&u->b);
    input_stop(&u->index);
    input_stop(&u->reset);
    match_show(u);
}

void pcnt_start(struct pcnt *u, const struct pcnt_setup *setup) {
    pcnt_stop(u);
    u->setup = *setup;
    u->value = setup->min;
    u->cycles = 0;
    u->last_down = setup->down;
    u->running = true;
    input_start(u, &u->a, setup->a);
    input_start(u, &u->b, setup->b);
    input_start(u, &u->index, setup->index);
    input_start(u, &u->reset, setup->reset);
    if (setup->match_pin) gpio_setup(setup->match_pin, GPIO_ALT, GPIO_PULL_NONE, GPIO_AF_NONE);
    match_show(u);
}

int64_t pcnt_set(struct pcnt *u, int64_t value) {
    int64_t before = u->value;
    u->value = value;
    match_show(u);
    return before;
}

void pcnt_match(struct pcnt *u) {
    if (u->running && matches(u)) tell(u, PCNT_MATCH);
}
