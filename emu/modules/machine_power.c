// SPDX-License-Identifier: MIT
// machine: clocks, sleep, resets, the interrupt mask, and who the board is.
//
// Invariants
//  - A reset is never made inside an event: what asks for one there (a watchdog) sets a mark, and bridge_reset() follows at a bytecode.
//  - What ends a sleep early is what machine_wakeup() was told of (pins, the alarm of the RTC), and on a pyboard the EXTI lines.
//  - Sleep on a pyboard stops the clocks of the timers; elsewhere it is a wait.
// Known differences: current is not a subject; deepsleep() keeps the levels of pins until it ends.
#include "emu/chip/chip.h"
#include "emu/chip/exti.h"
#include "emu/chip/rcc.h"
#include "emu/chip/small.h"
#include "emu/modules/machine.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"

enum { IDLE_MOST = NS_PER_MS, FREQ_LEAST = 1000000, FREQ_MOST = 400000000 };

static uint32_t cpu_hz; // not STM32; 0: as the board's file says
static uint64_t wakeups;
static int wake_reason;

void machine_wakeup(int reason) {
    wakeups++;
    wake_reason = reason;
}

void machine_power_start(void) {
    cpu_hz = 0;
    wake_reason = 0;
}

// ---- clocks ------------------------------------------------------------------------------------------------------------------
static uint32_t hz_from(obj_t o) {
    intptr_t hz = obj_get_int(o);
    if (hz < FREQ_LEAST || hz > FREQ_MOST) raise_message(&type_ValueError, "invalid freq");
    return (uint32_t)hz;
}

static obj_t freq_stm(size_t n, const obj_t *args) {
    if (n == 0) {
        struct rcc_freqs f = rcc_freqs();
        obj_t items[] = {int_from(f.sysclk), int_from(f.hclk), int_from(f.pclk1), int_from(f.pclk2)};
        return tuple_new(4, items);
    }
    struct rcc_freqs wanted = {hz_from(args[0]), n > 1 ? hz_from(args[1]) : 0, n > 2 ? hz_from(args[2]) : 0, n > 3 ? hz_from(args[3]) : 0};
    if (!rcc_set_freqs(wanted)) raise_message(&type_ValueError, "invalid freq");
    return OBJ_NONE;
}

static obj_t machine_freq(size_t n, const obj_t *args) {
    if (pin_on_stm()) return freq_stm(n, args);
    if (n == 0) return int_from(cpu_hz ? cpu_hz : board_current->freq[0]);
    args_check(n, 0, 0, strcmp(board_current->mcu, "rp2040") == 0 ? 2 : 1, false);
    uint32_t hz = hz_from(args[0]);
    if (n > 1) { // of UART and SPI, whose rates here are what was asked for under any clock
        enum { USB_HZ = 48000000 };
        uint32_t peripherals = hz_from(args[1]);
        if (peripherals != USB_HZ && peripherals != hz) raise_message(&type_ValueError, "invalid freq");
    }
    cpu_hz = hz;
    return OBJ_NONE;
}
const struct builtin machine_freq_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 4, 0, {.var = machine_freq}};

static obj_t machine_unique_id(void) { return bytes_new((const char *)board_current->uid, board_current->uid_bytes); }
const struct builtin machine_unique_id_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_unique_id}};

static obj_t machine_rng(void) { return OBJ_INT(rng_next() & 0xffffff); }
const struct builtin machine_rng_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_rng}};

// ---- interrupts --------------------------------------------------------------------------------------------------------------
static obj_t machine_disable_irq(void) { return obj_bool(!irq_mask_set(true)); }
const struct builtin machine_disable_irq_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_disable_irq}};

static obj_t machine_enable_irq(size_t n, const obj_t *args) {
    irq_mask_set(n > 0 && !obj_true(args[0]));
    bridge_acted();
    return OBJ_NONE;
}
const struct builtin machine_enable_irq_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = machine_enable_irq}};

// ---- sleep ---------------------------------------------------------------------------------------------------------------------
static obj_t machine_idle(void) {
    bridge_wait_some(clock_now() + IDLE_MOST);
    return OBJ_NONE;
}
const struct builtin machine_idle_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_idle}};

static uint64_t wakeup_count(void) { return wakeups + (pin_on_stm() ? exti_wakeups() : 0); }

struct nap {
    uint64_t until, count;
};

static bool woken(void *data) {
    const struct nap *nap = data;
    return wakeup_count() != nap->count;
}

static void nap_do(void *data) {
    struct nap *nap = data;
    if (!bridge_wait_for(woken, nap, nap->until)) wake_reason = MACHINE_RTC_WAKE;
}

static void sleep_for(size_t n, const obj_t *args) {
    struct nap nap = {NEVER, wakeup_count()};
    if (n > 0 && args[0] != OBJ_NONE) {
        intptr_t ms = obj_get_int(args[0]);
        if (ms < 0) raise_message(&type_ValueError, "invalid time");
        nap.until = clock_now() + (uint64_t)(ms > INT32_MAX ? INT32_MAX : ms) * NS_PER_MS;
    }
    obj_t exception;
    bool stops = pin_on_stm();
    if (stops) rcc_stop_mode(true);
    bool good = protect(nap_do, &nap, &exception);
    if (stops) rcc_stop_mode(false);
    if (!good) raise_object(exception);
}

static obj_t machine_lightsleep(size_t n, const obj_t *args) {
    sleep_for(n, args);
    return OBJ_NONE;
}
const struct builtin machine_lightsleep_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = machine_lightsleep}};

static obj_t machine_deepsleep(size_t n, const obj_t *args) {
    sleep_for(n, args);
    bridge_reset(RESET_DEEPSLEEP);
}
const struct builtin machine_deepsleep_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = machine_deepsleep}};

static obj_t machine_wake_reason(void) { return OBJ_INT(wake_reason); }
const struct builtin machine_wake_reason_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_wake_reason}};

// ---- resets --------------------------------------------------------------------------------------------------------------------
static obj_t machine_reset(void) { bridge_reset(RESET_HARD); }
const struct builtin machine_reset_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_reset}};

static obj_t machine_soft_reset(void) {
    bridge_port->soft_reset();
    return OBJ_NONE;
}
const struct builtin machine_soft_reset_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_soft_reset}};

int machine_cause_number(enum reset_cause cause) {
    static const int8_t numbers[] = {[RESET_POWER_ON] = 1, [RESET_HARD] = 2, [RESET_WATCHDOG] = 3, [RESET_DEEPSLEEP] = 4, [RESET_SOFT] = 5};
    return cause == RESET_SOFT && pin_on_stm() ? 0 : numbers[cause];
}

static obj_t machine_reset_cause(void) { return OBJ_INT(machine_cause_number(bridge_reset_cause())); }
const struct builtin machine_reset_cause_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = machine_reset_cause}};

static obj_t machine_bootloader(size_t n, const obj_t *args) {
    (void)n, (void)args;
    bridge_port->end("the board is in its boot loader");
    return OBJ_NONE;
}
const struct builtin machine_bootloader_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = machine_bootloader}};
