// SPDX-License-Identifier: MIT
// The emulated computer without any Python: events in order, interrupts by priority, nets by their strongest driver, stimuli, dumps.
//
// The host is a table of functions over plain variables: virtual time moves by `spent_ns`, reports are kept as text.
#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/core/vcd.h"
#include "emu/parts/stimulus.h"
#include "tests/unit/emu_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char reports[2000];
static uint64_t spent_ns, granted_ns;
static int attentions;
static char log_text[2000];

static void test_report(enum emu_severity severity, const char *text) {
    (void)severity;
    strncat(reports, text, sizeof reports - strlen(reports) - 1);
    strncat(reports, "\n", sizeof reports - strlen(reports) - 1);
}
static void test_attention(void) { attentions++; }
static uint64_t real_ns;
static uint64_t test_now(void) { return real_ns; }
static void test_alarm(uint64_t at) { (void)at; }
static void test_wait(uint64_t until) { (void)until; }
static uint64_t test_spent(void) {
    uint64_t ns = spent_ns;
    spent_ns = 0;
    return ns;
}
static void test_grant(uint64_t ns) { granted_ns = ns; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_now, test_alarm, test_wait, test_spent, test_grant};

static void fresh(void) {
    stimulus_stop();
    gpio_reset_all();
    emu_stop();
    reports[0] = log_text[0] = 0;
    emu_open(&host);
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
}

static void say(const char *text) { strncat(log_text, text, sizeof log_text - strlen(log_text) - 1); }

// ---- clock ---------------------------------------------------------------------------------------------------------------
static struct event a, b, c;
static void fire_a(void *data) {
    (void)data;
    say("a");
}
static void fire_b(void *data) {
    (void)data;
    say("b");
    event_arm(&a, clock_now() + 5); // an event may arm another
}
static void fire_c(void *data) {
    (void)data;
    say("c");
}

static void test_clock(void) {
    fresh();
    a = (struct event){.fire = fire_a}, b = (struct event){.fire = fire_b}, c = (struct event){.fire = fire_c};
    event_arm(&c, 20);
    event_arm(&b, 10);
    expect(clock_next() == 10 && granted_ns == 10, "running code is granted the time to the next event");
    spent_ns = 4;
    expect(clock_now() == 4, "time is what was spent");
    expect(clock_wait(18) && clock_now() == 18, "a wait ends at its time");
    expect(strcmp(log_text, "ba") == 0, "events fire in order, also those armed by events");
    event_arm(&a, 20); // same time as c, armed later
    clock_wait(20);
    expect(strcmp(log_text, "baca") == 0, "events of one time fire in the order of arming");
    expect(!clock_wait(NEVER), "nothing can happen any more");
    event_arm(&a, 30);
    event_cancel(&a);
    expect(!event_armed(&a) && clock_next() == NEVER, "a cancelled event does not fire");
    clock_advance(100);
    expect(clock_now() == 120, "charged time passes");
    clock_until(130);
    expect(!clock_over() && clock_wait(NEVER) && clock_now() == 130 && clock_over(), "the end of the run is the end of a wait");
}

static void many_fire(void *data) {
    static uint64_t last;
    struct event *e = data;
    if (e->order == UINT64_MAX) last = 0;
    expect(e->at >= last, "the heap of events is in order");
    last = e->at;
}

static void test_queue(void) {
    fresh();
    static struct event events[500];
    uint32_t seed = 1;
    for (int i = 0; i < 500; i++) {
        seed = seed * 1664525u + 1013904223u;
        events[i] = (struct event){.fire = many_fire, .data = &events[i]};
        event_arm(&events[i], seed >> 16);
    }
    for (int i = 0; i < 500; i += 3) event_cancel(&events[i]);
    for (int i = 0; i < 500; i += 2) event_arm(&events[i], (uint64_t)i * 100);
    clock_wait(100000);
    for (int i = 0; i < 500; i++) expect(!event_armed(&events[i]), "every event has fired");
}

// ---- interrupts ------------------------------------------------------------------------------------------------------------
static struct irq_line low, high;
static void handle_high(void *data) {
    (void)data;
    say("H");
}
static void handle_low(void *data) {
    (void)data;
    say("(");
    irq_raise(&high);
    irq_raise(&low); // itself: later, not nested
    irq_dispatch();
    say(")");
    if (strlen(log_text) > 8) irq_enable_line(&low, false);
}

static void test_irq(void) {
    fresh();
    low = (struct irq_line){.name = "low", .priority = 5, .handler = handle_low};
    high = (struct irq_line){.name = "high", .priority = 1, .handler = handle_high};
    irq_register(&low);
    irq_register(&high);
    irq_enable_line(&low, true);
    irq_enable_line(&high, true);
    bool before = irq_mask_set(true);
    irq_raise(&low);
    irq_raise(&low);
    expect(!before && !irq_waiting() && low.merged == 1, "a masked line stays pending; a second request is lost and counted");
    irq_dispatch();
    expect(log_text[0] == 0, "a masked line is not taken");
    irq_mask_set(false);
    expect(irq_waiting(), "unmasking lets it through");
    irq_dispatch();
    expect(strcmp(log_text, "(H)(H)(H)") == 0, "a more urgent line nests, the same one waits");
    expect(low.taken == 3 && high.taken == 3 && irq_level() == IRQ_THREAD, "counters and level");
}

// ---- nets ----------------------------------------------------------------------------------------------------------------
static void heard(void *data, struct net *net, bool level) {
    (void)data, (void)net;
    say(level ? "^" : "_");
}

static void test_net(void) {
    fresh();
    struct net *net = net_make("X1");
    struct pad pull = {.name = "pull"}, one = {.name = "one"}, two = {.name = "two"};
    struct listener ear = {.edge = heard};
    pad_attach(&pull, net);
    pad_attach(&one, net);
    pad_attach(&two, net);
    net_listen(net, &ear);
    expect(net->floating && !net_read(net) && net->float_reads == 1, "an undriven net floats, and reading it is reported");
    pad_drive(&pull, DRIVE_PULL_UP);
    pad_drive(&one, DRIVE_LOW);
    pad_drive(&one, DRIVE_NONE);
    expect(strcmp(log_text, "^_^") == 0, "strong wins over a pull, and lets go");
    expect(strcmp(reports, "X1 is read but nothing drives it\n") == 0, "reports name the net");
    pad_drive(&one, DRIVE_HIGH);
    pad_drive(&two, DRIVE_LOW);
    expect(net->shorted && net->short_count == 1 && strstr(reports, "short on X1: two drives it low and one drives it high"), "a short");
    pad_drive(&two, DRIVE_NONE);
    expect(!net->shorted, "a short ends");
    pad_drive(&one, DRIVE_NONE);
    pad_drive(&pull, DRIVE_NONE);
    expect(net->floating && net_level(net), "a floating net keeps its level");
    pad_drive_volts(&pull, 1.0);
    expect(!net_level(net) && net_volts(net) == 1.0, "an analogue source below half the supply reads low");
}

// A wave that is replaced, and one that is looked at, exactly at its edge: nobody misses the edge.
static void test_wave_at_edge(void) {
    fresh();
    struct net *net = net_make("X1");
    struct pad pad = {.name = "pwm"};
    struct listener ear = {.edge = heard};
    pad_attach(&pad, net);
    struct wave wave = {.start = 1000, .period = 1000, .high = 250};
    pad_drive_wave(&pad, &wave);
    net_listen(net, &ear);
    spent_ns = 1000;
    expect(net_edges(net) == 1, "an edge is counted at its time");
    wave.start = 1500; // high until then
    wave.high = 500;
    wave.inverted = true;
    pad_drive_wave(&pad, &wave);
    expect(strcmp(log_text, "^") == 0, "the rise of the old wave is heard when the new one comes at that time");
    spent_ns = 500;
    expect(!net_level(net) && net_edges(net) == 2, "somebody looks at the time of the fall");
    clock_wait(1600);
    expect(strcmp(log_text, "^_") == 0, "and the fall is heard all the same");
}

static void test_wave(void) {
    fresh();
    struct net *net = net_make("X1"), *other = net_make("X2");
    struct pad pad = {.name = "pwm"};
    pad_attach(&pad, net);
    struct wave wave = {.start = 0, .period = 1000, .high = 250};
    pad_drive_wave(&pad, &wave);
    expect(clock_next() == NEVER, "a wave that nobody hears costs no event");
    uint64_t edges = net_edges(net), high_before = net_high_ns(net);
    clock_wait(10000);
    expect(net_edges(net) - edges == 20 && net_high_ns(net) - high_before == 2500, "its edges and its duty are known all the same");
    struct listener ear = {.edge = heard};
    net_listen(net, &ear);
    clock_wait(12300);
    expect(strcmp(log_text, "_^_^") == 0 || strcmp(log_text, "_^_^_") == 0, "listeners hear each edge");
    net_unlisten(net, &ear);
    expect(clock_next() == NEVER, "and cost nothing when they have left");
    net_join(other, net);
    clock_wait(15000);
    expect(net_find("X1") == other && net_root(net) == other && net_edges(other) > 0, "joined nets are one");
}

// ---- stimuli and dumps -----------------------------------------------------------------------------------------------------
static char dump[100000];
static size_t dump_len;
static void dump_write(void *data, uint64_t at, const char *text, size_t len) {
    (void)data;
    if (at + len > sizeof dump) return;
    memcpy(dump + at, text, len);
    if (at + len > dump_len) dump_len = at + len;
}
static bool pressed(const char *name, bool down) {
    say(down ? "+" : "-");
    return strcmp(name, "USR") == 0;
}

static void test_stimulus(void) {
    fresh();
    net_make("X1");
    struct net *net = net_find("X1");
    char error[200];
    static const char text[] = "# two edges\n 10us X1 = 1 # up\n+5us X1=0\n";
    expect(!stimulus_start(text, sizeof text - 1, error, sizeof error) && strstr(error, "line 3"), "a fault is told with its line");
    static const char good[] = "20us X1 = 0\n10us X1 = 1\n+1us press USR\n+1us release USR\n+1us press NONE\n";
    stimulus_actions.press = pressed;
    expect(stimulus_start(good, sizeof good - 1, error, sizeof error), "a good file");
    vcd_start(&(struct vcd_out){dump_write, NULL, NULL, NULL}, "test", NULL, 0);
    clock_wait(15000);
    expect(net_level(net) && strcmp(log_text, "+-+") == 0, "actions come at their time");
    clock_wait(30000);
    vcd_stop();
    expect(!net_level(net) && strstr(reports, "line 5: there is no \"NONE\""), "a missing part is reported");
    dump[dump_len] = 0;
    expect(strstr(dump, "#10000\n1$\n") && strstr(dump, "#20000\n0$\n") && strstr(dump, "$var wire 1 $ X1 $end"),
           "the dump has both edges");
    stimulus_stop();
    expect(stimulus_start(dump, dump_len, error, sizeof error), "a dump is a stimulus");
    stimulus_stop();
    static const char *const bad[] = {"x X1 = 1",       "1ms X9 = 1", "1ms X1 = 7", "1ms press", "1ms turn K 2",
                                      "1ms uart 1 \"x", "1ms X1 1",   "$end",       ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect(stimulus_start(bad[i], strlen(bad[i]), error, sizeof error) == (bad[i][0] == 0), bad[i]);
    stimulus_actions.press = NULL;
}

// ---- pins and boards ---------------------------------------------------------------------------------------------------------
static void test_gpio(void) {
    fresh();
    struct gpio *g = gpio_make("A0", 0, 0, net_make("X1"));
    gpio_setup(g, GPIO_INPUT, GPIO_PULL_UP, GPIO_AF_NONE);
    expect(gpio_read(g), "a pull-up reads high");
    gpio_write(g, false);
    expect(gpio_read(g), "the latch does not reach an input");
    gpio_setup(g, GPIO_OPEN_DRAIN, GPIO_PULL_UP, GPIO_AF_NONE);
    expect(!gpio_read(g), "open drain pulls low");
    gpio_write(g, true);
    expect(gpio_read(g), "and lets go");
    gpio_signal(g, false);
    expect(gpio_read(g), "a peripheral's signal waits for its mode");
    gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, 1);
    expect(!gpio_read(g) && g->af == 1, "and is seen then");
    gpio_release(g);
    expect(g->net->floating, "after reset a pin drives nothing");
}

static void test_boards(void) {
    fresh();
    char error[200];
    for (size_t i = 0; board_builtin_name(i); i++) {
        size_t len;
        const char *text = board_builtin_text(board_builtin_name(i), &len);
        struct board *board = board_parse(text, len, error, sizeof error);
        expect(board != NULL, board_builtin_name(i));
        if (!board)
            printf("    %s\n", error);
        else
            expect(strcmp(board->name, board_builtin_name(i)) == 0, "a board is called as its file");
        board_free(board);
    }
    static const char *const bad[] = {
        "",
        "[]",
        "{\"name\":1}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"profile\":\"p\",\"mcu\":\"m\",\"pins\":[{}]}",
        "{\"name\":\"x\",\"profile\":\"p\",\"mcu\":\"m\",\"parts\":[{\"kind\":\"led\",\"name\":\"L\",\"pin\":\"Z\"}]}",
        "{\"name\":\"x\",\"profile\":\"p\",\"mcu\":\"m\",\"flash\":{\"fs_bytes\":5}}",
        "{\"name\":\"x\",\"profile\":\"p\",\"mcu\":\"m\",\"freq\":[0]}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect(board_parse(bad[i], strlen(bad[i]), error, sizeof error) == NULL && error[0], bad[i]);
}

static void raise_it(void *line) { irq_raise(line); }

static void test_latency(void) { // real clock: counted from when the event was due, not from when it was noticed
    static struct irq_line line;
    line = (struct irq_line){.name = "late"};
    struct event e = {.fire = raise_it, .data = &line};
    fresh();
    clock_mode_set(CLOCK_REAL);
    real_ns = 1000;
    irq_register(&line);
    irq_enable_line(&line, true);
    event_arm(&e, 3000);
    real_ns = 3500;
    clock_run_due();
    real_ns = 4100;
    irq_dispatch();
    expect(line.taken == 1 && line.latency_max == 1100 && line.latency[10] == 1, "latency begins at the event's time");
    irq_raise(&line);
    real_ns = 4300;
    irq_dispatch();
    expect(line.latency_sum == 1300, "without an event it begins at once");
    irq_unregister(&line);
    clock_mode_set(CLOCK_VIRTUAL);
    real_ns = 0;
}

int main(void) {
    emu_open(&host);
    test_clock();
    test_queue();
    test_irq();
    test_latency();
    test_net();
    test_wave();
    test_wave_at_edge();
    test_stimulus();
    test_gpio();
    test_boards();
    fresh();
    emu_stop();
    return failures ? 1 : 0;
}
