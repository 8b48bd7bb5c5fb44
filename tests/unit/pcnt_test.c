// SPDX-License-Identifier: MIT
// Pulse counters without any Python: edges, quadrature, range, filter, and what is told.
#include "emu/chip/pcnt.h"
#include "emu/core/host.h"

#include <stdio.h>
#include <stdlib.h>

static int failures;

static void expect_at(bool good, int line, const char *what) {
    if (good) return;
    failures++;
    printf("FAILED: line %d: %s\n", line, what);
}
#define EXPECT(what) expect_at(what, __LINE__, #what)

static void *test_resize(void *p, size_t bytes) {
    if (bytes == 0) {
        free(p);
        return NULL;
    }
    return p ? realloc(p, bytes) : calloc(1, bytes);
}
static void test_report(enum emu_severity severity, const char *text) { (void)severity, (void)text; }
static void test_attention(void) {}
static uint64_t test_now(void) { return 0; }
static void test_at(uint64_t at) { (void)at; }
static uint64_t test_spent(void) { return 0; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_now, test_at, test_at, test_spent, test_at};

static struct gpio *a, *b;
static uint32_t told;
static void tell(void *data, uint32_t events) {
    (void)data;
    told |= events;
}

static void pulses(struct gpio *g, int n) {
    for (int i = 0; i < n; i++) {
        gpio_write(g, true);
        gpio_write(g, false);
    }
}

static void test_edges(void) {
    struct pcnt u = {.event = tell};
    pcnt_start(&u, &(struct pcnt_setup){.a = a});
    pulses(a, 5);
    EXPECT(u.value == 5 && u.cycles == 0);
    pcnt_start(&u, &(struct pcnt_setup){.a = a, .falling = true, .down = true});
    gpio_write(a, true);
    EXPECT(u.value == 0);
    gpio_write(a, false);
    EXPECT(u.value == -1 && pcnt_set(&u, 100) == -1 && u.value == 100);
    pcnt_stop(&u);
    pulses(a, 5);
    EXPECT(u.value == 100);
}

static void test_range(void) {
    struct pcnt u = {.event = tell};
    pcnt_start(&u, &(struct pcnt_setup){.a = a, .min = 3, .max = 5, .has_match = true, .match = 4, .reset = b});
    EXPECT(u.value == 3);
    told = 0;
    pulses(a, 1);
    EXPECT(told == PCNT_MATCH);
    pulses(a, 2);
    EXPECT(u.value == 3 && u.cycles == 1 && told == (PCNT_MATCH | PCNT_ROLL_OVER));
    pulses(a, 1);
    told = 0;
    pulses(b, 1);
    EXPECT(u.value == 3 && u.cycles == 1 && told == PCNT_RESET);
    pcnt_stop(&u);
}

static void test_quadrature(void) {
    static const bool steps[4][2] = {{0, 1}, {0, 0}, {1, 0}, {1, 1}}; // going up from high, high
    static const int counts[] = {1, 2, 4};
    for (int k = 0; k < 3; k++) {
        struct pcnt u = {.event = NULL};
        gpio_write(a, true);
        gpio_write(b, true);
        pcnt_start(&u, &(struct pcnt_setup){.a = a, .b = b, .phases = (uint8_t)counts[k]});
        for (int i = 0; i < 12; i++) {
            gpio_write(a, steps[i % 4][0]);
            gpio_write(b, steps[i % 4][1]);
        }
        EXPECT(u.value == 3 * counts[k]);
        for (int i = 10; i >= 0; i--) {
            gpio_write(a, steps[i % 4][0]);
            gpio_write(b, steps[i % 4][1]);
        }
        gpio_write(a, true);
        EXPECT(u.value == 0);
        pcnt_stop(&u);
    }
    gpio_write(a, false);
    gpio_write(b, false);
}

static void test_filter(void) {
    struct pcnt u = {.event = NULL};
    pcnt_start(&u, &(struct pcnt_setup){.a = a, .filter_ns = 1000});
    gpio_write(a, true);
    clock_advance(999);
    gpio_write(a, false);
    clock_advance(5000);
    EXPECT(u.value == 0);
    gpio_write(a, true);
    clock_advance(1000);
    EXPECT(u.value == 1);
    pcnt_stop(&u);
    gpio_write(a, false);
}

static void test_wave(void) { // a wave counts without anybody looking at it meanwhile
    struct pcnt u = {.event = NULL};
    pcnt_start(&u, &(struct pcnt_setup){.a = a});
    gpio_setup(a, GPIO_ALT, GPIO_PULL_NONE, 0);
    gpio_signal_wave(a, &(struct wave){.start = clock_now() + 10, .period = 1000, .high = 500});
    clock_advance(100000);
    EXPECT(u.value == 100);
    pcnt_stop(&u);
}

int main(void) {
    emu_open(&host);
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
    a = gpio_make("A", 0, 0, net_make("A"));
    b = gpio_make("B", 0, 1, net_make("B"));
    gpio_setup(a, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    gpio_setup(b, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    test_edges();
    test_range();
    test_quadrature();
    test_filter();
    test_wave();
    gpio_reset_all();
    emu_stop();
    if (!failures) printf("pulse counters: good\n");
    return failures != 0;
}
