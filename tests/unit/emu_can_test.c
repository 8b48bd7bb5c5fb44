// SPDX-License-Identifier: MIT
// CAN controllers without any Python: the wire, filters' numbers, error states up to bus-off and back, I2S in passing.
//
// The host is virtual time that moves by waiting only.
#include "emu/chip/can.h"
#include "emu/chip/i2s.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "tests/unit/emu_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static void test_report(enum emu_severity severity, const char *text) {
    (void)severity;
    (void)text;
}
static void test_attention(void) {}
static uint64_t test_zero(void) { return 0; }
static void test_ignore(uint64_t ns) { (void)ns; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_zero, test_ignore, test_ignore, test_zero, test_ignore};

static void fresh(void) {
    emu_units_stop();
    gpio_reset_all();
    emu_stop();
    emu_open(&host);
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
}

static void advance(uint64_t ns) { clock_wait(clock_now() + ns); }

static struct gpio *pin(const char *name, const void *owner) {
    struct gpio *g = gpio_make(name, 0, 0, net_make(name));
    g->owner = owner;
    gpio_setup(g, GPIO_ALT, GPIO_PULL_UP, 9);
    return g;
}

static struct can *node(int number, const char *tx, const char *rx, uint32_t rate) {
    struct can *c = can_unit(number);
    static const struct can_bank everything = {.active = true, .wide = true};
    c->tx = pin(tx, c);
    c->rx = pin(rx, c);
    can_bank_set(c, 0, &everything);
    can_start(c, rate);
    return c;
}

static const struct can_frame hello = {.id = 0x123, .len = 5, .data = "hello"};

static void test_wire(void) {
    fresh();
    struct can *a = node(1, "at", "ar", 500000), *b = node(2, "bt", "br", 500000);
    net_join(a->tx->net, b->rx->net);
    net_join(b->tx->net, a->rx->net);
    struct can_received got;
    uint64_t edges = net_edges(a->tx->net);
    expect(can_send(a, &hello) == 0 && can_pending(a) == 1 && !can_receive(b, 0, &got), "on its way");
    advance(300000);
    expect(can_pending(a) == 0 && can_receive(b, 0, &got) && got.frame.id == 0x123 && memcmp(got.frame.data, "hello", 5) == 0, "there");
    expect(net_edges(a->tx->net) - edges > 20 && net_level(a->tx->net), "with edges; the line rests high");
    struct can_frame low = hello, lower = hello;
    low.id = 0x200;
    lower.id = 0x100;
    can_send(a, &hello);
    can_send(a, &low);
    can_send(b, &lower);
    advance(900000);
    expect(can_receive(b, 0, &got) && got.frame.id == 0x123 && can_receive(b, 0, &got) && got.frame.id == 0x200, "in order");
    expect(can_receive(a, 0, &got) && got.frame.id == 0x100 && got.order == 0, "and the other way");
}

static void test_errors(void) {
    fresh();
    struct can *a = node(1, "at", "ar", 500000);
    can_send(a, &hello);
    advance(20000000);
    expect(a->state == CAN_PASSIVE && a->tec == 128 && a->warnings == 1 && a->passives == 1 && can_pending(a) == 1, "nobody acknowledges");
    expect(can_cancel(a, 0) && !can_cancel(a, 1), "taken back");
    advance(1000000);
    expect(can_pending(a) == 0, "at the end of its last attempt");
    struct can *b = node(2, "bt", "br", 125000);
    net_join(a->tx->net, b->rx->net);
    a->auto_restart = true;
    a->tec = 250;
    can_send(a, &hello);
    advance(800000);
    expect(a->state == CAN_BUS_OFF && a->bus_offs == 1 && b->rec > 0, "one error too many: bus-off");
    advance(128 * 11 * 2000);
    expect(a->state < CAN_BUS_OFF, "back after 128 times 11 bits");
    can_restart(a);
    expect(a->state == CAN_ACTIVE && a->tec == 0 && can_pending(a) == 0, "restarted");
}

static void test_random(void) { // nothing breaks, whatever is sent and filtered
    fresh();
    struct can *c = node(1, "at", "ar", 1000000);
    uint32_t seed = 7;
    c->mode = CAN_LOOPBACK;
    for (int i = 0; i < 3000; i++) {
        struct can_bank bank;
        struct can_frame frame;
        seed = seed * 1664525u + 1013904223u;
        bank = (struct can_bank){.active = true, .list = seed >> 8 & 1, .wide = seed >> 9 & 1, .fifo = seed >> 10 & 1,
                                 .word = {seed, seed & 0xfff0f0f0}};
        can_bank_set(c, seed >> 11 & 31, &bank);
        frame = (struct can_frame){.id = seed >> 3 & 0x1fffffff, .extended = true, .remote = seed >> 20 & 1, .len = seed >> 21 & 7};
        if (can_send(c, &frame) < 0) advance(100000);
        struct can_received got;
        can_receive(c, seed >> 30 & 1, &got);
    }
    advance(1000000);
    expect(can_pending(c) == 0 && c->tec == 0, "all was sent");
}

static void test_i2s(void) {
    fresh();
    struct i2s *i = i2s_unit(1);
    i->sends = true;
    i->bits = 16;
    i->rate = 10000;
    i->sck = pin("sck", i);
    i->ws = pin("ws", i);
    i->sd = pin("sd", i);
    i2s_start(i, 20);
    uint8_t samples[40] = {0};
    expect(i2s_write(i, samples, 40) == 20 && i2s_ready_at(i, 10) == 500000, "a ring of ten frames");
    advance(500000);
    expect(i2s_ready(i) == 10 && i->lost == 0, "half of it has gone");
    advance(1000000);
    expect(i2s_ready(i) == 20 && i->lost == 5, "and then there is nothing to send");
}

int main(void) {
    emu_open(&host);
    test_wire();
    test_errors();
    test_random();
    test_i2s();
    fresh();
    emu_stop();
    return failures ? 1 : 0;
}
