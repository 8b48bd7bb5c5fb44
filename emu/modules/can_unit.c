// SPDX-License-Identifier: MIT
// What machine.CAN and pyb.CAN share.
//
// Invariant: a view is only filled when the run behind it has room, whatever its length was before.
#include "emu/modules/can_unit.h"
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/raise.h"

#include <stdio.h>

uint32_t can_timing_rate(const struct can_timing *t) { return bus_clock(1) / (t->prescaler * (1 + t->seg1 + t->seg2)); }

bool can_timing_find(uint32_t rate, uint32_t sample_point, uint32_t tolerance, struct can_timing *out) {
    uint32_t clock = bus_clock(1), best = UINT32_MAX;
    if (rate == 0) return false;
    for (uint32_t quanta = 25; quanta >= 3; quanta--) {
        uint32_t prescaler = (clock + rate * quanta / 2) / (rate * quanta);
        if (prescaler < 1 || prescaler > 1024) continue;
        uint32_t real = clock / (prescaler * quanta), off = real > rate ? real - rate : rate - real;
        if ((uint64_t)off * 1000 > (uint64_t)rate * tolerance) continue;
        for (uint32_t seg2 = 1; seg2 <= 8 && seg2 + 2 <= quanta; seg2++) {
            uint32_t seg1 = quanta - 1 - seg2, point = (1 + seg1) * 1000 / quanta;
            if (seg1 > 16) continue;
            uint32_t away = point > sample_point * 10 ? point - sample_point * 10 : sample_point * 10 - point;
            if (away >= best) continue;
            best = away;
            *out = (struct can_timing){prescaler, seg1, seg2, out->sjw};
        }
    }
    return best != UINT32_MAX;
}

void can_connect(struct can *c, const struct board_bus *bus) {
    char signal[16];
    c->tx = bus_pin(bus, 0);
    c->rx = bus_pin(bus, 1);
    snprintf(signal, sizeof signal, "CAN%d_TX", bus->number);
    if (c->tx) bus_connect(c->tx, signal, c, BUS_PUSH_PULL, GPIO_PULL_UP);
    snprintf(signal, sizeof signal, "CAN%d_RX", bus->number);
    if (c->rx) bus_connect(c->rx, signal, c, BUS_INPUT, GPIO_PULL_UP);
}

void can_disconnect(struct can *c) {
    bus_disconnect(c->tx, c);
    bus_disconnect(c->rx, c);
    c->tx = c->rx = NULL;
}

obj_t *can_list(obj_t *list, size_t n) {
    if (*list == OBJ_NULL || *list == OBJ_NONE) *list = list_new(n, NULL);
    if (!obj_is(*list, &type_list)) raise_type(&type_TypeError);
    struct list *l = (struct list *)*list;
    if (l->len < n) raise_type(&type_ValueError);
    return l->items;
}

void can_view_check(obj_t o, size_t len) {
    if (!obj_is(o, &type_memoryview)) raise_type(&type_TypeError);
    const struct array *v = (const struct array *)o;
    char code = (char)(v->typecode & ARRAY_CODE);
    if (!(v->typecode & VIEW_WRITABLE) || (code != 'B' && code != 'b')) raise_type(&type_ValueError);
    size_t room = heap_owns(v->items) ? heap_run_blocks(v->items) * 32 : v->room + v->len; // a block is 32 bytes of the host
    if (v->room > room || len > room - v->room) raise_type(&type_ValueError);
}

void can_view_fill(obj_t o, const struct can_frame *f) {
    struct array *v = (struct array *)o;
    memcpy((uint8_t *)v->items + v->room, f->data, f->len);
    v->len = f->len;
}
