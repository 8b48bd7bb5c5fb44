// SPDX-License-Identifier: MIT
// Units of the STM32F405 without any Python: what registers, time and nets make of each other. Figures follow from the reference manual.
//
// The host is a table of functions over plain variables; virtual time moves by clock_wait() and clock_advance() alone.
#include "emu/boards/board.h"
#include "emu/chip/adc.h"
#include "emu/chip/alternate.h"
#include "emu/chip/chip.h"
#include "emu/chip/dac.h"
#include "emu/chip/exti.h"
#include "emu/chip/gpio.h"
#include "emu/chip/mmio.h"
#include "emu/chip/rcc.h"
#include "emu/chip/rtc.h"
#include "emu/chip/small.h"
#include "emu/chip/tim.h"
#include "emu/chip/wdt.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/parts/accel.h"
#include "emu/parts/part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static int reports;
static char last_report[400];
static void test_report(enum emu_severity severity, const char *text) {
    (void)severity;
    reports++;
    snprintf(last_report, sizeof last_report, "%s", text);
}
static void test_attention(void) {}
static uint64_t test_now(void) { return 0; }
static void test_at(uint64_t at) { (void)at; }
static uint64_t test_spent(void) { return 0; }
static const struct emu_host host = {test_resize, test_report, test_attention, test_now, test_at, test_at, test_spent, test_at};
static struct board *board;

static void power_off(void) {
    parts_reset();
    chip_power_off();
    gpio_reset_all();
    emu_stop();
}

static void fresh(void) {
    emu_open(&host);
    if (board) power_off();
    else {
        size_t len;
        char error[200];
        const char *text = board_builtin_text("pybv11", &len);
        board = board_parse(text, len, error, sizeof error);
    }
    board_current = board;
    emu_start();
    clock_mode_set(CLOCK_VIRTUAL);
    board_build(board);
    chip_power_on(RESET_POWER_ON);
    parts_build(board);
}

static struct gpio *pin(const char *name) { return board_pin_find(board, name)->gpio; }

static void alternate(const char *name, const char *signal) {
    struct gpio *g = pin(name);
    gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, alternate_find(g, signal));
}

// ---- clock tree ------------------------------------------------------------------------------------------------------------------
static void clocks_test(void) {
    fresh();
    struct rcc_freqs f = rcc_freqs();
    EXPECT(f.sysclk == 168000000 && f.hclk == 168000000 && f.pclk1 == 42000000 && f.pclk2 == 84000000);
    EXPECT(rcc_timer_freq(false) == 84000000 && rcc_timer_freq(true) == 168000000);
    EXPECT(rcc_set_freqs((struct rcc_freqs){121000000, 0, 0, 0}) && rcc_freqs().sysclk == 120000000 && rcc_freqs().pclk1 == 30000000);
    EXPECT(rcc_set_freqs((struct rcc_freqs){16000000, 16000000, 16000000, 16000000}) && rcc_timer_freq(false) == 16000000);
    EXPECT(!rcc_set_freqs((struct rcc_freqs){7999999, 0, 0, 0}) && rcc_freqs().sysclk == 16000000);
    rcc_write(RCC_CFGR, 1); // to the crystal, which is on
    EXPECT(rcc_freqs().sysclk == 8000000 && (rcc_read(RCC_CFGR) & 15) == 5);
    EXPECT(rcc_read(RCC_CSR) & RCC_CSR_POR);
    rcc_write(RCC_CSR, RCC_CSR_RMVF);
    EXPECT(!(rcc_read(RCC_CSR) >> 25));
}

// ---- timers ----------------------------------------------------------------------------------------------------------------------
static uint64_t flags_seen[8];
static void flags_note(void *data, uint32_t flags, uint64_t times) {
    (void)data;
    for (int i = 0; i < 8; i++)
        if (flags >> i & 1) flags_seen[i] += times;
}
static const struct tim_client note = {flags_note, NULL};

static struct tim *timer(unsigned n, uint32_t psc, uint32_t arr) {
    struct tim *t = tim_get(n);
    tim_enable_clock(t, true);
    tim_write(t, TIM_PSC, psc);
    tim_write(t, TIM_ARR, arr);
    tim_write(t, TIM_EGR, TIM_EGR_UG);
    tim_write(t, TIM_SR, 0);
    memset(flags_seen, 0, sizeof flags_seen);
    tim_attach(t, &note);
    return t;
}

static void counting_test(void) {
    fresh();
    struct tim *t = timer(4, 83, 999); // 1 MHz, 1 kHz
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    clock_advance(250 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 250 && !(tim_read(t, TIM_SR) & TIM_SR_UIF));
    clock_advance(750 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 0 && tim_read(t, TIM_SR) & TIM_SR_UIF && flags_seen[0] == 0);
    tim_write(t, TIM_SR, 0);
    tim_write(t, TIM_DIER, TIM_SR_UIF);
    clock_advance(60 * NS_PER_S);
    EXPECT(flags_seen[0] == 60000 && tim_read(t, TIM_CNT) == 0);
    tim_write(t, TIM_PSC, 8399); // in force from the next update
    clock_advance(500 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 500);
    clock_advance(500 * NS_PER_US + 50 * NS_PER_MS);
    EXPECT(tim_read(t, TIM_CNT) == 500);
    tim_write(t, TIM_ARR, 249); // the counter stands above it: it runs to its end
    clock_advance(UINT64_C(100) * NS_PER_US * (65536 - 500));
    EXPECT(tim_read(t, TIM_CNT) == 0);
    struct tim *odd = timer(2, 0, 83999999 / 7); // no drift: 7.0000001 Hz over an hour of 84 MHz cycles
    tim_write(odd, TIM_CR1, TIM_CR1_CEN);
    clock_advance(3600 * NS_PER_S);
    EXPECT(tim_read(odd, TIM_CNT) == UINT64_C(84000000) * 3600 % (83999999 / 7 + 1));
}

static void directions_test(void) {
    fresh();
    struct tim *t = timer(3, 83, 99);
    tim_write(t, TIM_CR1, TIM_CR1_CEN | TIM_CR1_DIR);
    tim_write(t, TIM_CNT, 99);
    clock_advance(30 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 69);
    clock_advance(70 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 99 && tim_read(t, TIM_SR) & TIM_SR_UIF);
    t = timer(8, 167, 100);
    tim_write(t, TIM_CR1, TIM_CR1_CEN | 1 << 5);
    tim_write(t, TIM_DIER, TIM_SR_UIF);
    clock_advance(130 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 70 && tim_read(t, TIM_CR1) & TIM_CR1_DIR && flags_seen[0] == 1);
    clock_advance(100 * NS_PER_US);
    EXPECT(tim_read(t, TIM_CNT) == 30 && !(tim_read(t, TIM_CR1) & TIM_CR1_DIR) && flags_seen[0] == 2);
    tim_write(t, TIM_RCR, 3); // from the next update on, every fourth counts
    clock_advance(70 * NS_PER_US + 800 * NS_PER_US);
    EXPECT(flags_seen[0] == 2 + 1 + 2);
    t = timer(6, 83, 9);
    tim_write(t, TIM_CR1, TIM_CR1_CEN | TIM_CR1_OPM);
    clock_advance(NS_PER_MS);
    EXPECT(!(tim_read(t, TIM_CR1) & TIM_CR1_CEN) && tim_read(t, TIM_CNT) == 0);
}

static uint64_t high_share(struct net *net, uint64_t ns) {
    uint64_t before = net_high_ns(net);
    clock_advance(ns);
    return net_high_ns(net) - before;
}

static void pwm_test(void) {
    fresh();
    struct tim *t = timer(2, 83, 999);
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    tim_write(t, TIM_CCMR1, 6 << 12); // channel 2: PWM 1
    tim_write(t, TIM_CCR2, 250);
    tim_write(t, TIM_CCER, 1 << 4);
    struct net *x2 = pin("X2")->net;
    alternate("X2", "TIM2_CH2");
    uint64_t edges = net_edges(x2);
    EXPECT(high_share(x2, 10 * NS_PER_MS) == 2500 * NS_PER_US && net_edges(x2) - edges == 20);
    EXPECT(tim_read(t, TIM_CNT) == 0 && net_level(x2));
    clock_advance(249 * NS_PER_US);
    EXPECT(net_level(x2));
    clock_advance(NS_PER_US);
    EXPECT(!net_level(x2));
    tim_write(t, TIM_CCER, 3 << 4); // active low
    EXPECT(high_share(x2, 10 * NS_PER_MS) == 7500 * NS_PER_US);
    tim_write(t, TIM_CCMR1, 7 << 12);
    EXPECT(high_share(x2, 10 * NS_PER_MS) == 2500 * NS_PER_US);
    tim_write(t, TIM_CCR2, 1000);
    EXPECT(high_share(x2, NS_PER_MS) == NS_PER_MS);
    tim_write(t, TIM_CR1, 0);
    uint32_t count = tim_read(t, TIM_CNT);
    edges = net_edges(x2);
    clock_advance(NS_PER_MS);
    EXPECT(net_edges(x2) == edges && tim_read(t, TIM_CNT) == count);
    gpio_setup(pin("X2"), GPIO_INPUT, GPIO_PULL_DOWN, GPIO_AF_NONE);
    EXPECT(!net_level(x2));
}

static void modes_test(void) {
    fresh();
    struct tim *t = timer(5, 83, 999);
    struct net *x1 = pin("X1")->net;
    alternate("X1", "TIM5_CH1");
    tim_write(t, TIM_CCMR1, 3 << 4); // toggle
    tim_write(t, TIM_CCR1, 100);
    tim_write(t, TIM_CCER, 1);
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    uint64_t edges = net_edges(x1);
    clock_advance(99 * NS_PER_US);
    EXPECT(net_edges(x1) == edges && !net_level(x1));
    clock_advance(2 * NS_PER_US);
    EXPECT(net_level(x1));
    clock_advance(10 * NS_PER_MS);
    EXPECT(net_level(x1) && net_edges(x1) - edges == 11);
    tim_write(t, TIM_CCMR1, 2 << 4); // inactive on match
    EXPECT(net_level(x1));
    clock_advance(NS_PER_MS);
    EXPECT(!net_level(x1));
    tim_write(t, TIM_CCMR1, 5 << 4);
    EXPECT(net_level(x1));
    tim_write(t, TIM_CCMR1, 0);
    tim_write(t, TIM_DIER, TIM_SR_CC1IF);
    clock_advance(5 * NS_PER_MS);
    EXPECT(flags_seen[1] == 5);
}

static void centre_and_dead_time_test(void) {
    fresh();
    struct tim *t = timer(8, 0, 1000);
    struct net *out = pin("Y1")->net, *inverse = pin("X8")->net;
    alternate("Y1", "TIM8_CH1");
    alternate("X8", "TIM8_CH1N");
    tim_write(t, TIM_CCMR1, 6 << 4);
    tim_write(t, TIM_CCR1, 400);
    tim_write(t, TIM_CCER, 5);
    tim_write(t, TIM_CR1, TIM_CR1_CEN | 3 << 5);
    EXPECT(net_driver(out) == NULL); // MOE is off
    tim_write(t, TIM_BDTR, TIM_BDTR_MOE | 84);
    uint64_t lap = 11905, dead = 500; // 2000 and 84 cycles of 168 MHz
    EXPECT(high_share(out, 100 * lap) / 100 == 4762 - dead);
    EXPECT(high_share(inverse, 100 * lap) / 100 == lap - 4762 - dead);
    gpio_setup(pin("X7"), GPIO_ALT, GPIO_PULL_UP, alternate_find(pin("X7"), "TIM8_BKIN"));
    tim_write(t, TIM_DIER, TIM_SR_BIF);
    tim_write(t, TIM_BDTR, TIM_BDTR_MOE | TIM_BDTR_BKE | 84);
    struct pad finger = {.name = "finger"};
    pad_attach(&finger, pin("X7")->net);
    pad_drive(&finger, DRIVE_LOW);
    EXPECT(flags_seen[7] == 1 && !(tim_read(t, TIM_BDTR) & TIM_BDTR_MOE) && net_driver(out) == NULL);
    pad_detach(&finger);
}

static void input_test(void) {
    fresh();
    struct tim *t = timer(2, 83, 0xffffffff);
    struct pad hand = {.name = "hand"};
    pad_attach(&hand, pin("X1")->net);
    pad_drive(&hand, DRIVE_LOW);
    alternate("X1", "TIM2_CH1");
    tim_write(t, TIM_CCMR1, 1 | 2 << 8); // channel 1 takes TI1, channel 2 takes TI1 too
    tim_write(t, TIM_CCER, 1 | 3 << 4);  // rising, falling
    tim_write(t, TIM_DIER, TIM_SR_CC1IF | TIM_SR_CC1IF << 1);
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    clock_advance(300 * NS_PER_US);
    pad_drive(&hand, DRIVE_HIGH);
    clock_advance(50 * NS_PER_US);
    pad_drive(&hand, DRIVE_LOW);
    EXPECT(tim_read(t, TIM_CCR1) == 300 && tim_read(t, TIM_CCR2) == 350 && flags_seen[1] == 1 && flags_seen[2] == 1);
    pad_drive(&hand, DRIVE_HIGH);
    EXPECT(!(tim_read(t, TIM_SR) & TIM_SR_CC1OF)); // reading CCR1 had cleared the flag
    pad_drive(&hand, DRIVE_LOW);
    pad_drive(&hand, DRIVE_HIGH);
    EXPECT(tim_read(t, TIM_SR) & TIM_SR_CC1OF);
    tim_write(t, TIM_PSC, 0);
    tim_write(t, TIM_EGR, TIM_EGR_UG);
    tim_write(t, TIM_SMCR, 5 << 4 | 7); // external clock: TI1, rising
    uint32_t from = tim_read(t, TIM_CNT);
    for (int i = 0; i < 20; i++) pad_drive(&hand, i % 2 ? DRIVE_HIGH : DRIVE_LOW);
    EXPECT(tim_read(t, TIM_CNT) == from + 10);
    pad_detach(&hand);
}

static void encoder_test(void) {
    fresh();
    struct tim *t = timer(3, 0, 99);
    struct pad a = {.name = "a"}, b = {.name = "b"};
    pad_attach(&a, pin("Y1")->net);
    pad_attach(&b, pin("Y2")->net);
    alternate("Y1", "TIM3_CH1");
    alternate("Y2", "TIM3_CH2");
    tim_write(t, TIM_CCMR1, 1 | 1 << 8);
    tim_write(t, TIM_SMCR, 3);
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    static const bool as[] = {true, true, false, false}, bs[] = {false, true, true, false};
    for (int i = 0; i < 10; i++) {
        pad_drive(&a, as[i % 4] ? DRIVE_HIGH : DRIVE_LOW);
        pad_drive(&b, bs[i % 4] ? DRIVE_HIGH : DRIVE_LOW);
    }
    EXPECT(tim_read(t, TIM_CNT) == 10 && !(tim_read(t, TIM_CR1) & TIM_CR1_DIR));
    for (int i = 8; i >= -4; i--) {
        pad_drive(&a, as[(i + 4) % 4] ? DRIVE_HIGH : DRIVE_LOW);
        pad_drive(&b, bs[(i + 4) % 4] ? DRIVE_HIGH : DRIVE_LOW);
    }
    EXPECT(tim_read(t, TIM_CNT) == 97 && tim_read(t, TIM_CR1) & TIM_CR1_DIR);
    pad_detach(&a);
    pad_detach(&b);
}

// ---- registers -------------------------------------------------------------------------------------------------------------------
static uint32_t load(uint32_t address, unsigned bytes) {
    uint64_t value = 0;
    EXPECT(mmio_access(address, bytes, &value, false));
    return (uint32_t)value;
}

static void store(uint32_t address, unsigned bytes, uint64_t value) { EXPECT(mmio_access(address, bytes, &value, true)); }

static void registers_test(void) {
    enum { GPIOA = 0x40020000, CRC = 0x40023000, TIM4 = 0x40000800, RCC = 0x40023800 };
    fresh();
    reports = 0;
    struct gpio *a15 = gpio_at(0, 15);
    store(GPIOA, 4, (load(GPIOA, 4) & ~(3u << 30)) | 1u << 30);
    EXPECT(a15->mode == GPIO_OUTPUT);
    store(GPIOA + 0x18, 4, 0x8000);
    EXPECT(net_level(a15->net) && load(GPIOA + 0x14, 4) & 0x8000 && load(GPIOA + 0x10, 2) & 0x8000);
    store(GPIOA + 0x1a, 2, 0x8000); // the upper half of BSRR
    EXPECT(!net_level(a15->net));
    store(GPIOA + 0x15, 1, 0x80);
    EXPECT(net_level(a15->net) && load(GPIOA + 0x14, 4) == 0x8000);
    gpio_setup(a15, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE); // by another way
    EXPECT(load(GPIOA, 4) >> 30 == 3);
    store(GPIOA + 0x24, 4, 1u << 28);
    store(GPIOA, 4, (load(GPIOA, 4) & ~(3u << 30)) | 2u << 30);
    EXPECT(a15->mode == GPIO_ALT && a15->af == 1);
    store(CRC + 8, 4, 1); // without a clock
    EXPECT(reports == 1 && load(CRC, 4) == 0);
    store(RCC + 0x30, 4, load(RCC + 0x30, 4) | 1 << 12);
    store(CRC + 8, 4, 1);
    store(CRC, 4, 0);
    EXPECT(load(CRC, 4) == 0xc704dd7b);
    store(RCC + 0x40, 4, load(RCC + 0x40, 4) | 1 << 2);
    store(TIM4 + TIM_ARR, 2, 999);
    store(TIM4 + TIM_CR1, 4, 1);
    clock_advance(100 * NS_PER_US);
    EXPECT(load(TIM4 + TIM_CNT, 4) == 8400 % 1000 && load(TIM4 + TIM_SR, 4) & 1);
    store(TIM4 + TIM_SR, 1, 0xfe);
    EXPECT(!(load(TIM4 + TIM_SR, 4) & 1));
    reports = 0;
    EXPECT(load(0x40011000, 4) == 0xc0 && load(0x40011000, 4) == 0xc0 && reports == 1); // USART1_SR is told once
    EXPECT(strstr(last_report, "USART1_SR at 0x40011000"));
    EXPECT(load(0x1fff7a10, 4) == uid_word(0) && load(0x1fff7a22, 2) == 1024);
    uint64_t none = 0;
    EXPECT(!mmio_access(0x08000000, 4, &none, false) && !mmio_access(GPIOA + 3, 2, &none, false));
}

// ---- the others ------------------------------------------------------------------------------------------------------------------
static unsigned lines_seen;
static void line_note(void *data, unsigned line) {
    (void)data;
    lines_seen++;
    exti_clear(line);
}

static void exti_test(void) {
    static const struct exti_client client = {line_note, NULL};
    fresh();
    lines_seen = 0;
    gpio_setup(pin("X1"), GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    exti_attach(0, &client);
    exti_route(0, 0);
    exti_edges(0, true, false);
    exti_mask(0, true);
    for (int i = 0; i < 6; i++) gpio_write(pin("X1"), i % 2 == 0);
    EXPECT(lines_seen == 3);
    exti_edges(0, true, true);
    gpio_write(pin("X1"), true);
    gpio_write(pin("X1"), false);
    EXPECT(lines_seen == 5);
    exti_mask(0, false);
    exti_software(0);
    EXPECT(lines_seen == 5 && exti_read(EXTI_PR) == 0);
    exti_mask(0, true);
    exti_write(EXTI_PR, 1);
    exti_write(EXTI_SWIER, 1);
    EXPECT(lines_seen == 6 && syscfg_read(8) == 0);
    syscfg_write(8, 2); // line 0 from port C
    gpio_write(pin("X1"), true);
    EXPECT(lines_seen == 6);
}

static void analogue_test(void) {
    fresh();
    struct pad knob = {.name = "knob"};
    pad_attach(&knob, pin("X19")->net);
    pad_drive_volts(&knob, 1.65);
    unsigned unit;
    int channel = adc_channel(pin("X19"), &unit);
    EXPECT(channel == 10 && adc_convert(unit, 10, 12) == 2048 && adc_convert(unit, 10, 8) == 128);
    EXPECT(adc_sample(1, ADC_VREFINT) == 1502 && adc_sample(1, ADC_TEMPERATURE) == 943);
    uint64_t before = clock_now();
    adc_write(ADC_SMPR1, 7); // 480 + 12 cycles of 21 MHz
    adc_write(ADC_SQR3, 10);
    adc_write(ADC_CR2, 1 | 1 << 30);
    EXPECT(adc_read(ADC_SR) & 2 && adc_read(ADC_DR) == 2048 && clock_now() - before == 23428);
    pad_detach(&knob);
    struct net *x5 = pin("X5")->net;
    dac_enable(1, true);
    dac_write_value(1, 4095);
    EXPECT(net_volts(x5) == NET_SUPPLY && dac_read(DAC_DOR1) == 4095);
    struct tim *t = timer(6, 83, 9);
    tim_write(t, TIM_CR1, TIM_CR1_CEN);
    dac_triangle(1, t);
    clock_advance(1000 * 10 * NS_PER_US);
    EXPECT(dac_value(1) == 999);
    clock_advance((4095 - 999) * 10 * NS_PER_US);
    uint32_t top = dac_value(1);
    clock_advance(100 * 10 * NS_PER_US);
    EXPECT(top == 4095);
    EXPECT(dac_value(1) == 3995);
    dac_noise(1, t);
    uint32_t first = dac_value(1);
    clock_advance(20 * NS_PER_US);
    EXPECT(dac_value(1) != first);
    dac_enable(1, false);
    EXPECT(net_driver(x5) == NULL);
}

static void calendar_test(void) {
    fresh();
    struct rtc_time t = {2024, 2, 28, 3, 23, 59, 59, 0};
    EXPECT(rtc_set(&t));
    clock_advance(500 * NS_PER_MS);
    rtc_get(&t);
    EXPECT(t.second == 59 && t.subsecond == 127);
    clock_advance(500 * NS_PER_MS);
    rtc_get(&t);
    EXPECT(t.year == 2024 && t.month == 2 && t.day == 29 && t.weekday == 4 && t.hour == 0 && t.second == 0);
    clock_advance(86400 * NS_PER_S);
    EXPECT(rtc_read(RTC_DR) == (0x24u << 16 | 5u << 13 | 3u << 8 | 1) && rtc_read(RTC_TR) == 0);
    EXPECT(!rtc_set(&(struct rtc_time){2100, 1, 1, 1, 0, 0, 0, 0}) && !rtc_set(&(struct rtc_time){2000, 13, 1, 1, 0, 0, 0, 0}));
    EXPECT(rtc_calibrate(512) && (rtc_read(RTC_CALR) == 1 << 15) && !rtc_calibrate(513));
    int64_t from = rtc_unix_ns();
    clock_advance(1048576 * UINT64_C(1000000000) / 32768 * 10);
    EXPECT(rtc_unix_ns() - from == INT64_C(320000000000) + INT64_C(320000000000) / 1048576 * 512 + 320000000000 % 1048576 * 512 / 1048576);
    // a wake-up each 2 s raises line 22
    static const struct exti_client client = {line_note, NULL};
    lines_seen = 0;
    exti_attach(EXTI_RTC_WAKEUP, &client);
    exti_edges(EXTI_RTC_WAKEUP, true, false);
    exti_mask(EXTI_RTC_WAKEUP, true);
    rtc_wakeup_on(3, 32767);
    clock_advance(11 * NS_PER_S);
    EXPECT(lines_seen == 5);
    rtc_wakeup_off();
    // alarm A at each 30th second of a minute, through the registers
    exti_attach(EXTI_RTC_ALARM, &client);
    exti_edges(EXTI_RTC_ALARM, true, false);
    exti_mask(EXTI_RTC_ALARM, true);
    rtc_write(RTC_WPR, 0xca);
    rtc_write(RTC_WPR, 0x53);
    rtc_write(RTC_ALRMAR, 1u << 31 | 1 << 23 | 1 << 15 | 0x30);
    rtc_write(RTC_CR, 1 << 8 | 1 << 12);
    lines_seen = 0;
    clock_advance(600 * NS_PER_S);
    EXPECT(lines_seen == 10);
    rtc_backup_set(19, 0xdeadbeef);
    EXPECT(rtc_read(RTC_BKP0R + 4 * 19) == 0xdeadbeef);
    chip_power_off();
    chip_power_on(RESET_WATCHDOG);
    EXPECT(rtc_backup(19) == 0xdeadbeef && rcc_read(RCC_CSR) & RCC_CSR_IWDG && chip_reset_cause() == RESET_WATCHDOG);
}

static uint32_t test_crc(uint32_t a, uint32_t b) { // bit by bit, as a division of 96 bits
    uint32_t rest = UINT32_MAX;
    for (int i = 63; i >= 0; i--) {
        uint32_t bit = (i >= 32 ? a >> (i - 32) : b >> i) & 1, out = rest >> 31 ^ bit;
        rest = rest << 1 ^ (out ? 0x04c11db7u : 0);
    }
    return rest;
}

static int bites;
static void bitten(enum reset_cause cause) { bites += cause == RESET_WATCHDOG; }

static void small_test(void) {
    fresh();
    crc_write(CRC_CR, 1);
    crc_write(CRC_DR, 0);
    EXPECT(crc_read(CRC_DR) == 0xc704dd7b);
    crc_write(CRC_CR, 1);
    crc_write(CRC_DR, 0x31323334);
    crc_write(CRC_DR, 0x35363738);
    EXPECT(crc_value() == test_crc(0x31323334, 0x35363738));
    uint32_t r = rng_next();
    EXPECT(r != rng_next());
    small_power_on();
    EXPECT(r == rng_next());
    EXPECT(uid_word(0) == 0x00400031);
    chip_reset_request = bitten;
    EXPECT(!wdt_start(0) && !wdt_start(32769) && wdt_start(1000));
    for (int i = 0; i < 5; i++) {
        clock_advance(900 * NS_PER_MS);
        wdt_feed();
    }
    EXPECT(bites == 0);
    clock_advance(1001 * NS_PER_MS);
    EXPECT(bites == 1);
}

static void parts_test(void) {
    fresh();
    struct net *sw = pin("SW")->net;
    gpio_setup(pin("SW"), GPIO_INPUT, GPIO_PULL_UP, GPIO_AF_NONE);
    EXPECT(net_level(sw) && part_press("USR", true) && !net_level(sw) && part_press("USR", false) && net_level(sw));
    part_bounce(part_find("USR"), 6, 2 * NS_PER_MS);
    uint64_t edges = net_edges(sw);
    part_press("USR", true);
    clock_advance(2 * NS_PER_MS);
    EXPECT(net_edges(sw) - edges == 7 && !net_level(sw));
    struct part *pot = part_make(PART_POTENTIOMETER, "POT", pin("X19")->net, false);
    EXPECT(pot && part_turn("POT", 0.5) && net_volts(pin("X19")->net) == NET_SUPPLY / 2 && !part_turn("USR", 1));
    struct part *led = part_find("LED(1)");
    gpio_setup(pin("LED_RED"), GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    EXPECT(!led_lit(led));
    gpio_write(pin("LED_RED"), true);
    EXPECT(led_lit(led));
    clock_advance(NS_PER_MS);
    gpio_write(pin("LED_RED"), false);
    clock_advance(3 * NS_PER_MS);
    double duty = led_duty(led);
    EXPECT(duty > 0.16 && duty < 0.17); // 1 of 6 ms
    accel_write(ACCEL_MODE, 1);
    accel_set(-40, 5, 3);
    EXPECT(accel_read(0) == (uint8_t)(-32 & 63) && accel_read(1) == 5 && accel_read(ACCEL_TILT) == 1 << 2);
}

int main(void) {
    clocks_test();
    counting_test();
    directions_test();
    pwm_test();
    modes_test();
    centre_and_dead_time_test();
    input_test();
    encoder_test();
    registers_test();
    exti_test();
    analogue_test();
    calendar_test();
    small_test();
    parts_test();
    power_off();
    board_free(board);
    printf("%d failures\n", failures);
    return failures != 0;
}
