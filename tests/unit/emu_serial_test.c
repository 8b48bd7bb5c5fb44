// SPDX-License-Identifier: MIT
// Patterns on nets, UARTs and I2C without any Python.
//
// The host is virtual time that moves by waiting only; the nets are made by hand.
#include "emu/chip/i2c_target.h"
#include "emu/chip/uart.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "tests/unit/emu_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char reports[2000];

static void test_report(enum emu_severity severity, const char *text) {
    (void)severity;
    strncat(reports, text, sizeof reports - strlen(reports) - 1);
}
static void test_attention(void) {}
static uint64_t test_now(void) { return 0; }
static void test_alarm(uint64_t at) { (void)at; }
static void test_wait(uint64_t until) { (void)until; }
static uint64_t test_spent(void) { return 0; }
static void test_grant(uint64_t ns) { (void)ns; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_now, test_alarm, test_wait, test_spent, test_grant};

static void fresh(void) {
    emu_units_stop();
    gpio_reset_all();
    emu_stop();
    reports[0] = 0;
    emu_open(&host);
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
}

static void advance(uint64_t ns) { clock_wait(clock_now() + ns); }

// ---- patterns ----------------------------------------------------------------------------------------------------------------
static char seen[400];
static void edge_seen(void *data, struct net *net, bool level) {
    (void)data;
    (void)net;
    char text[40];
    snprintf(text, sizeof text, "%d@%llu ", level, (unsigned long long)clock_now());
    strncat(seen, text, sizeof seen - strlen(seen) - 1);
}
static bool patterns_taken;
static bool pattern_seen(void *data, struct net *net, const struct wave *wave) {
    (void)data;
    (void)net;
    (void)wave;
    return patterns_taken;
}

static void test_patterns(void) {
    static struct pad pad;
    static struct listener ear;
    struct wave w = {.start = 100, .period = 80, .slots = 8, .inverted = true, .bits = {0xb4}}; // 0 0 1 0 1 1 0 1
    for (int round = 0; round < 3; round++) {
        fresh();
        seen[0] = 0;
        pad = (struct pad){.name = "pad"};
        ear = (struct listener){.edge = edge_seen, .pattern = round == 2 ? pattern_seen : NULL};
        patterns_taken = true;
        struct net *net = net_make("n");
        pad_attach(&pad, net);
        pad_drive(&pad, DRIVE_HIGH);
        if (round) net_listen(net, &ear);
        advance(50);
        pad_drive_wave(&pad, &w);
        expect(net_level(net) && !net_level_at(net, 105) && net_level_at(net, 125) && net_level_at(net, 500), "levels of a pattern");
        expect(clock_next() == (round == 1 ? 100 : NEVER), "edges cost events only when they are heard");
        advance(200);
        expect(net_edges(net) == 7, "edges of a pattern are counted"); // high at first, 6 changes inside, one more from the first level
        expect(net_high_ns(net) == 100 + 10 + 20 + 10 + 70, "time spent high in and after a pattern");
        expect(strcmp(seen, round == 1 ? "0@100 1@120 0@130 1@140 0@160 1@170 " : "") == 0, "edges are told, or the whole pattern is");
    }
}

// ---- UART --------------------------------------------------------------------------------------------------------------------
static struct gpio *pin(const char *name, struct net *net) { return gpio_make(name, 0, 0, net); }

static struct uart *uart_make(int number, const char *tx, const char *rx) {
    struct uart *u = uart_unit(number);
    u->tx = pin(tx, net_make(tx));
    u->rx = pin(rx, net_make(rx));
    u->tx->owner = u->rx->owner = u;
    gpio_setup(u->tx, GPIO_ALT, GPIO_PULL_NONE, 7);
    gpio_setup(u->rx, GPIO_ALT, GPIO_PULL_UP, 7);
    return u;
}

static const struct uart_format plain = {9600, 8, UART_NO_PARITY, 1, false, false};

static void send_text(struct uart *u, const char *text) {
    while (*text) uart_put(u, (uint8_t)*text++);
}

static void expect_text(struct uart *u, const char *text, const char *what) {
    char got[40];
    size_t n = 0;
    for (uint16_t c; n < sizeof got - 1 && uart_get(u, &c);) got[n++] = (char)c;
    got[n] = 0;
    expect(strcmp(got, text) == 0, what);
}

static unsigned told;
static void uart_told(void *data) { told |= uart_take(data); }

static void test_uart_formats(void) {
    static const struct uart_format formats[] = {{9600, 8, UART_NO_PARITY, 1, false, false}, {9600, 9, UART_NO_PARITY, 2, false, false},
        {115200, 7, UART_EVEN, 1, false, false}, {1200, 8, UART_ODD, 2, true, true}, {3000000, 5, UART_EVEN, 1, false, false}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        for (int heard = 0; heard < 2; heard++) {
            fresh();
            static struct listener ear;
            struct uart *u = uart_make(1, "T", "R");
            net_join(u->tx->net, u->rx->net);
            ear = (struct listener){.edge = edge_seen};
            if (heard) net_listen(u->tx->net, &ear);
            uart_start(u, &formats[i], 8, 8);
            const uint16_t chars[] = {0x155, 0, 0x1ff, 0x0a3};
            for (int k = 0; k < 4; k++) expect(uart_put(u, chars[k]), "room to send");
            uint64_t frame = uart_char_ns(u);
            advance(frame * 4 - 2);
            expect(!uart_done(u), "not yet sent");
            advance(2);
            expect(uart_done(u) && u->framing_errors == 0 && u->parity_errors == 0, "sent, without errors");
            for (int k = 0; k < 4; k++) {
                uint16_t c = 0;
                expect(uart_get(u, &c) && c == (chars[k] & ((1u << formats[i].bits) - 1)), "received what was sent");
            }
        }
}

static void test_uart_mismatch(void) {
    fresh();
    struct uart *a = uart_make(1, "T", "x"), *b = uart_make(2, "y", "R");
    net_join(a->tx->net, b->rx->net);
    struct uart_format slow = plain, odd = plain;
    slow.baud = 1200;
    uart_start(a, &slow, 8, 8);
    uart_start(b, &plain, 8, 80);
    b->trigger = UART_RX | UART_BREAK;
    b->notify = uart_told;
    b->data = b;
    uart_put(a, 0);
    advance(20000000);
    expect(b->breaks == 1 && b->framing_errors == 1 && (told & UART_BREAK), "a slow zero is a break for a fast receiver");
    odd.parity = UART_ODD;
    struct uart_format even = odd;
    even.parity = UART_EVEN;
    uart_start(a, &odd, 8, 8);
    uart_start(b, &even, 8, 8);
    uart_put(a, 'x');
    advance(20000000);
    expect(b->parity_errors == 1, "the wrong parity is an error");
    expect_text(b, "x", "the character comes all the same");
    uart_start(a, &plain, 8, 8);
    struct uart_format off = plain;
    off.baud = 9700; // read bit by bit or as a whole, 1 % does no harm
    uart_start(b, &off, 8, 8);
    send_text(a, "abc");
    advance(20000000);
    expect_text(b, "abc", "a small difference of speed is tolerated");
}

static void test_uart_buffers(void) {
    fresh();
    struct uart *u = uart_make(1, "T", "R");
    net_join(u->tx->net, u->rx->net);
    u->trigger = UART_RX | UART_RX_IDLE | UART_TX_IDLE | UART_BREAK;
    u->notify = uart_told;
    u->data = u;
    uart_start(u, &plain, 8, 3);
    u->trigger = UART_RX_IDLE | UART_TX_IDLE | UART_BREAK;
    send_text(u, "123456");
    told = 0;
    advance(uart_char_ns(u) * 6 + 1);
    expect(told == UART_TX_IDLE && u->overruns == 2 && uart_available(u) == 3, "three in the buffer, one held, two lost");
    advance(uart_char_ns(u));
    expect(told == (UART_TX_IDLE | UART_RX_IDLE), "idle after one character's time");
    expect_text(u, "1234", "the oldest are kept");
    uart_break(u);
    advance(10000000);
    expect(u->breaks == 1 && (told & UART_BREAK) && !uart_readable(u), "a break is no character");
    u->break_is_char = true;
    uart_break(u);
    uart_put(u, 'z');
    advance(10000000);
    uint16_t c = 1;
    expect(uart_get(u, &c) && c == 0, "or a zero");
    expect_text(u, "z", "characters follow a break");
}

static void test_uart_flow(void) {
    fresh();
    struct uart *a = uart_make(1, "T", "x"), *b = uart_make(2, "y", "R");
    net_join(a->tx->net, b->rx->net);
    b->rts = pin("RTS", net_make("RTS"));
    a->cts = pin("CTS", net_make("CTS"));
    net_join(b->rts->net, a->cts->net);
    b->rts->owner = b;
    gpio_setup(b->rts, GPIO_ALT, GPIO_PULL_NONE, 7);
    a->flow_cts = b->flow_rts = true;
    uart_start(a, &plain, 16, 2);
    uart_start(b, &plain, 16, 2);
    send_text(a, "12345678");
    advance(100000000);
    expect(uart_available(b) == 2 && b->overruns <= 1 && net_level(a->cts->net), "the sender stops when the buffer is full");
    char all[20] = "";
    for (int i = 0; i < 40; i++) {
        uint16_t c;
        if (uart_get(b, &c)) all[strlen(all)] = (char)c;
        advance(3000000);
    }
    expect(strcmp(all, "12345678") == 0 && b->overruns == 0, "nothing is lost");
}

static size_t feed_left;
static size_t link_read(void *data, uint8_t *out, size_t room) {
    (void)data;
    size_t n = feed_left < room ? feed_left : room;
    memset(out, 'f', n);
    feed_left -= n;
    return n;
}
static char link_out[100];
static void link_write(void *data, const uint8_t *bytes, size_t n) {
    (void)data;
    strncat(link_out, (const char *)bytes, n);
}

static void test_uart_link(void) {
    fresh();
    static const struct uart_link link = {link_read, link_write, NULL, 1000000};
    struct uart *u = uart_make(1, "T", "R");
    uart_link_set(u, &link);
    feed_left = 100;
    link_out[0] = 0;
    uart_start(u, &plain, 16, 200);
    uart_links_follow(u);
    send_text(u, "out");
    advance(uart_char_ns(u) * 50 + 1000);
    expect(u->in.n == 50, "a file arrives at the speed of the line");
    advance(uart_char_ns(u) * 60);
    expect(u->in.n == 100 && strcmp(link_out, "out") == 0, "all of it, and what was sent is outside");
    feed_left = 3;
    advance(uart_char_ns(u) * 8);
    expect(u->in.n == 103, "and what comes later");
    uart_feed(u, (const uint8_t *)"by hand", 7);
    advance(uart_char_ns(u) * 8);
    expect(u->in.n == 110, "bytes can be fed by hand");
}

// ---- I2C ---------------------------------------------------------------------------------------------------------------------
static uint8_t registers[4], pointer;
static int transfers;
static enum i2c_answer part_address(void *data, uint8_t address, bool read) {
    (void)data;
    if (address != 0x4c) return I2C_NACK;
    if (!read) pointer = 0xff;
    return I2C_ACK;
}
static enum i2c_answer part_write(void *data, uint8_t byte) {
    (void)data;
    if (pointer == 0xff) pointer = byte;
    else if (pointer > 3) return I2C_NACK;
    else registers[pointer++] = byte;
    return I2C_ACK;
}
static int stretches;
static enum i2c_answer part_read(void *data, uint8_t *byte) {
    (void)data;
    if (stretches > 0) {
        stretches--;
        return I2C_STRETCH;
    }
    *byte = registers[pointer++ & 3];
    return I2C_ACK;
}
static void part_end(void *data, bool stopped) {
    (void)data;
    transfers += stopped;
}

static void wait_until(uint64_t until) {
    while (clock_now() < until) clock_wait(until);
}

static struct i2c_controller controller_make(bool pulled) {
    struct i2c_controller c = {.bit_ns = 2500, .stretch_ns = 1000000, .wait = wait_until};
    c.scl = pin("SCL", net_make("SCL"));
    c.sda = pin("SDA", net_make("SDA"));
    gpio_setup(c.scl, GPIO_ALT_OPEN_DRAIN, pulled ? GPIO_PULL_UP : GPIO_PULL_NONE, 4);
    gpio_setup(c.sda, GPIO_ALT_OPEN_DRAIN, pulled ? GPIO_PULL_UP : GPIO_PULL_NONE, 4);
    gpio_signal(c.scl, true);
    gpio_signal(c.sda, true);
    return c;
}

static void test_i2c(void) {
    fresh();
    static struct i2c_device part;
    part = (struct i2c_device){.address = part_address, .write = part_write, .read = part_read, .end = part_end};
    struct i2c_controller c = controller_make(true);
    i2c_attach(&part, c.scl->net, c.sda->net);
    expect(i2c_start(&c) == I2C_DONE && i2c_address(&c, 0x22, false) == I2C_REFUSED && i2c_stop(&c) == I2C_DONE, "nobody there");
    expect(i2c_start(&c) == I2C_DONE && i2c_address(&c, 0x4c, false) == I2C_DONE, "somebody there");
    expect(i2c_write(&c, 2) == I2C_DONE && i2c_write(&c, 7) == I2C_DONE && i2c_write(&c, 8) == I2C_DONE, "bytes are taken");
    expect(i2c_write(&c, 9) == I2C_REFUSED && i2c_stop(&c) == I2C_DONE, "until it refuses");
    expect(registers[2] == 7 && registers[3] == 8 && transfers == 1, "they are where they belong");
    uint64_t before = clock_now(), scl_edges = net_edges(c.scl->net);
    uint8_t one = 0, two = 0;
    i2c_start(&c);
    i2c_address(&c, 0x4c, false);
    i2c_write(&c, 2);
    i2c_start(&c);
    i2c_address(&c, 0x4c, true);
    expect(i2c_read(&c, &one, true) == I2C_DONE && i2c_read(&c, &two, false) == I2C_DONE && i2c_stop(&c) == I2C_DONE, "reading");
    expect(one == 7 && two == 8 && transfers == 2, "reads what was written");
    uint64_t took = clock_now() - before;
    expect(took >= 45 * 2500 && took <= 52 * 2500, "five bytes take the time of 45 clocks, and starts and stop");
    expect(net_edges(c.scl->net) - scl_edges == 2 * 45 + 4, "each clock is two edges");
    stretches = 50;
    before = clock_now();
    i2c_start(&c);
    i2c_address(&c, 0x4c, true);
    expect(i2c_read(&c, &one, false) == I2C_DONE && clock_now() - before > 70000, "a device may hold the clock");
    stretches = 5000;
    expect(i2c_read(&c, &one, false) == I2C_TIMEOUT, "but not for ever");
    stretches = 0;
    i2c_release(&c);
    static struct pad holder;
    holder = (struct pad){.name = "holder"};
    pad_attach(&holder, c.sda->net);
    pad_drive(&holder, DRIVE_LOW);
    expect(i2c_start(&c) == I2C_BUSY, "data held low: no start");
    pad_detach(&holder);
    pad_attach(&holder, c.scl->net);
    expect(i2c_start(&c) == I2C_TIMEOUT, "clock held low: no start");
    pad_detach(&holder);
    expect(i2c_start(&c) == I2C_DONE && i2c_stop(&c) == I2C_DONE, "and all is well again");
    fresh();
    c = controller_make(false);
    expect(i2c_start(&c) == I2C_TIMEOUT && strstr(reports, "SCL is read but nothing drives it"), "without resistors the bus is dead");
}

static uint8_t memory[8];
static uint8_t memory_load(void *data, uint32_t at) { return ((uint8_t *)data)[at]; }
static void memory_store(void *data, uint32_t at, uint8_t byte) { ((uint8_t *)data)[at] = byte; }
static size_t memory_size(void *data) {
    (void)data;
    return sizeof memory;
}
static unsigned target_events[20];
static int n_events;
static struct i2c_target target;
static void target_told(void *data) { // answers at once
    (void)data;
    unsigned events = i2c_target_take(&target);
    uint8_t byte = 'Y';
    target_events[n_events++] = events;
    if (events & I2C_WANTS_BYTE) i2c_target_send(&target, &byte, 1);
    if (events & I2C_HAS_BYTE) i2c_target_receive(&target, &byte, 1);
}

static void test_target_memory(void) {
    fresh();
    static const struct i2c_memory plain_memory = {memory_load, memory_store, memory_size, memory};
    struct i2c_controller c = controller_make(true);
    target = (struct i2c_target){.address = 67, .depth = 1, .memory = &plain_memory, .address_bytes = 1, .notify = target_told,
                                 .trigger = I2C_END_READ | I2C_END_WRITE};
    n_events = 0;
    i2c_target_start(&target, c.scl->net, c.sda->net);
    i2c_start(&c);
    i2c_address(&c, 67, false);
    for (const char *p = "\6test"; *p; p++) i2c_write(&c, (uint8_t)*p);
    i2c_stop(&c);
    expect(memcmp(memory, "st\0\0\0\0te", 8) == 0, "a write goes round the end of the memory");
    expect(n_events == 1 && target_events[0] == I2C_END_WRITE && target.memory_place == 6, "and its end is told");
    i2c_start(&c);
    i2c_address(&c, 67, false);
    i2c_write(&c, 7);
    i2c_start(&c);
    i2c_address(&c, 67, true);
    uint8_t a, b;
    i2c_read(&c, &a, true);
    i2c_read(&c, &b, false);
    i2c_stop(&c);
    expect(a == 'e' && b == 's', "a read goes round too");
    expect(n_events == 2 && target_events[1] == I2C_END_READ, "a write that only chose a place is not told");
    i2c_target_stop(&target);
    i2c_start(&c);
    expect(i2c_address(&c, 67, false) == I2C_REFUSED && i2c_stop(&c) == I2C_DONE, "a target that is off does not answer");
}

static void test_target_software(void) {
    fresh();
    struct i2c_controller c = controller_make(true);
    target = (struct i2c_target){.address = 0x167, .ten_bits = true, .depth = 1, .notify = target_told, .trigger = 63};
    n_events = 0;
    i2c_target_start(&target, c.scl->net, c.sda->net);
    i2c_start(&c);
    expect(i2c_address(&c, 0x79, false) == I2C_DONE && i2c_write(&c, 0x68) == I2C_REFUSED, "ten bits: the low eight count too");
    i2c_start(&c);
    expect(i2c_address(&c, 0x79, false) == I2C_DONE && i2c_write(&c, 0x67) == I2C_DONE, "ten bits: addressed");
    i2c_write(&c, 'X');
    i2c_start(&c);
    uint8_t byte = 0;
    expect(i2c_address(&c, 0x79, true) == I2C_DONE && i2c_read(&c, &byte, false) == I2C_DONE && byte == 'Y', "and read");
    i2c_stop(&c);
    static const unsigned want[] = {
        I2C_MATCH_WRITE, I2C_HAS_BYTE, I2C_END_WRITE, I2C_MATCH_READ, I2C_WANTS_BYTE, I2C_WANTS_BYTE, I2C_END_READ};
    expect(n_events == 7 && memcmp(target_events, want, sizeof want) == 0, "events in their order");
    target.notify = target_told;
    target.trigger = I2C_MATCH_WRITE;
    target.pending = I2C_MATCH_WRITE; // software does not take it: the clock is held
    i2c_start(&c);
    i2c_address(&c, 0x79, false);
    target.trigger = 0;
    target.pending = I2C_HAS_BYTE;
    expect(i2c_write(&c, 0x67) == I2C_DONE && i2c_write(&c, 1) == I2C_TIMEOUT, "an event that nobody takes holds the clock");
}

int main(void) {
    emu_open(&host);
    test_patterns();
    test_uart_formats();
    test_uart_mismatch();
    test_uart_buffers();
    test_uart_flow();
    test_uart_link();
    test_i2c();
    test_target_memory();
    test_target_software();
    fresh();
    emu_stop();
    return failures ? 1 : 0;
}
