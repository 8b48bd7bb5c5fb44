// SPDX-License-Identifier: MIT
// Clock tree and reset flags.
//
// Invariants
//  - reg[] is what a program reads back; ready bits (HSIRDY, HSERDY, PLLRDY, LSERDY, SWS) follow their switches at once.
//  - Frequencies are always computed from the registers, so pyb.freq() and a program that writes RCC agree.
// Known differences: oscillators start at once; the PLL takes any factors (a VCO out of range is not noticed); low-power enable bits and
// the clock security system are stored only; a bus reset register resets timers alone.
#include "emu/chip/rcc.h"
#include "emu/boards/board.h"
#include "emu/chip/tim.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

#include <string.h>

enum { HSI_HZ = 16000000, HSE_HZ = 8000000, MHZ = 1000000, REGISTERS = RCC_BYTES / 4 };
enum { CR_HSION = 1, CR_HSEON = 1 << 16, CR_PLLON = 1 << 24 };

static uint32_t reg[REGISTERS];
static bool stopped;
static uint64_t stopped_at, stopped_ns;

static uint32_t *at(uint32_t offset) { return &reg[offset / 4]; }

static uint32_t ahb_divisor(uint32_t field) { // HPRE
    static const uint16_t of[] = {2, 4, 8, 16, 64, 128, 256, 512};
    return field < 8 ? 1 : of[field - 8];
}

static uint32_t apb_divisor(uint32_t field) { return field < 4 ? 1 : 2u << (field - 4); } // PPRE

static uint32_t pll_hz(void) {
    uint32_t p = *at(RCC_PLLCFGR), m = p & 63, n = p >> 6 & 511, divide = 2 * ((p >> 16 & 3) + 1);
    uint64_t in = p & 1 << 22 ? HSE_HZ : HSI_HZ;
    return m ? (uint32_t)(in * n / m / divide) : 0;
}

struct rcc_freqs rcc_freqs(void) {
    struct rcc_freqs f;
    uint32_t cfgr = *at(RCC_CFGR), source = cfgr >> 2 & 3;
    f.sysclk = source == 0 ? HSI_HZ : source == 1 ? HSE_HZ : pll_hz();
    f.hclk = f.sysclk / ahb_divisor(cfgr >> 4 & 15);
    f.pclk1 = f.hclk / apb_divisor(cfgr >> 10 & 7);
    f.pclk2 = f.hclk / apb_divisor(cfgr >> 13 & 7);
    return f;
}

uint32_t rcc_timer_freq(bool apb2) {
    struct rcc_freqs f = rcc_freqs();
    uint32_t field = *at(RCC_CFGR) >> (apb2 ? 13 : 10) & 7, bus = apb2 ? f.pclk2 : f.pclk1;
    return field < 4 ? bus : 2 * bus;
}

bool rcc_enabled(uint32_t enable_register, unsigned bit) { return *at(enable_register) >> bit & 1; }

void rcc_enable(uint32_t enable_register, unsigned bit, bool on) {
    uint32_t value = *at(enable_register);
    rcc_write(enable_register, on ? value | 1u << bit : value & ~(1u << bit));
}

// ---- setting frequencies -------------------------------------------------------------------------------------------------------
static const uint8_t supported[] = {8, 16, 24, 30, 32, 36, 40, 42, 48, 54, 56, 60, 64, 72, 84, 96, 108, 120, 144, 168}; // MHz

// PLL factors for a VCO input of 1 MHz: sysclk = n / p; the USB clock wants n to be a multiple of 48 when there is such a choice.
static bool pll_choose(uint32_t mhz, uint32_t *config) {
    for (int usb = 1; usb >= 0; usb--)
        for (uint32_t p = 2; p <= 8; p += 2) {
            uint32_t n = mhz * p;
            if (n < 192 || n > 432 || (usb && n % 48)) continue;
            uint32_t q = (n + 47) / 48;
            *config = HSE_HZ / MHZ | n << 6 | (p / 2 - 1) << 16 | 1 << 22 | (q < 2 ? 2 : q) << 24 | (*config & 0xf0bc8000u & ~(15u << 24));
            return true;
        }
    return false;
}

static uint32_t ahb_field(uint32_t from, uint32_t wanted) {
    for (uint32_t field = 7; field < 15; field++)
        if (from / ahb_divisor(field) <= wanted) return field == 7 ? 0 : field;
    return 15;
}

static uint32_t apb_field(uint32_t from, uint32_t wanted) {
    for (uint32_t field = 3; field < 7; field++)
        if (from / apb_divisor(field) <= wanted) return field == 3 ? 0 : field;
    return 7;
}

bool rcc_set_freqs(struct rcc_freqs wanted) {
    size_t i = sizeof supported;
    while (i > 0 && supported[i - 1] * (uint32_t)MHZ > wanted.sysclk) i--;
    if (i == 0) return false;
    uint32_t mhz = supported[i - 1], sysclk = mhz * MHZ, pll = *at(RCC_PLLCFGR), source = mhz == 8 ? 1 : mhz == 16 ? 0 : 2;
    if (source == 2 && !pll_choose(mhz, &pll)) return false;
    uint32_t hclk_field = ahb_field(sysclk, wanted.hclk ? wanted.hclk : sysclk), hclk = sysclk / ahb_divisor(hclk_field);
    uint32_t p1 = apb_field(hclk, wanted.pclk1 ? wanted.pclk1 : hclk / 4), p2 = apb_field(hclk, wanted.pclk2 ? wanted.pclk2 : hclk / 2);
    tim_clocks_before();
    *at(RCC_PLLCFGR) = pll;
    *at(RCC_CR) = 0x83 | 3u << 16 | (source == 2 ? 3u << 24 : 0);
    *at(RCC_CFGR) = (*at(RCC_CFGR) & ~0xffffu) | source | source << 2 | hclk_field << 4 | p1 << 10 | p2 << 13;
    tim_clocks_after(stopped);
    return true;
}

// ---- registers -------------------------------------------------------------------------------------------------------------------
static uint32_t ready(uint32_t value, uint32_t on, uint32_t flag) { return value & on ? value | flag : value & ~flag; }

uint32_t rcc_read(uint32_t offset) { return offset < RCC_BYTES ? *at(offset) : 0; }

static void clock_write(uint32_t offset, uint32_t value) {
    tim_clocks_before();
    if (offset == RCC_CR) {
        value = ready(ready(value | 0x80, CR_HSION, CR_HSION << 1), CR_HSEON, CR_HSEON << 1);
        uint32_t source = *at(RCC_CFGR) >> 2 & 3; // what runs the system can't be switched off
        value |= source == 0 ? 3u : source == 1 ? 3u << 16 : 3u << 24;
        value = ready(value, CR_PLLON, CR_PLLON << 1);
    } else if (offset == RCC_CFGR) {
        uint32_t source = value & 3, cr = *at(RCC_CR), need = source == 0 ? CR_HSION : source == 1 ? CR_HSEON : CR_PLLON;
        if (source == 3 || !(cr & need)) source = *at(RCC_CFGR) >> 2 & 3;
        value = (value & ~15u) | (value & 3) | source << 2;
    } else if (*at(RCC_CR) & CR_PLLON) {
        value = *at(offset); // the PLL's factors are locked while it runs
    }
    *at(offset) = value;
    tim_clocks_after(stopped);
}

void rcc_write(uint32_t offset, uint32_t value) {
    if (offset >= RCC_BYTES) return;
    switch (offset) {
    case RCC_CR:
    case RCC_CFGR:
    case RCC_PLLCFGR: clock_write(offset, value); return;
    case RCC_BDCR: *at(offset) = ready(value, 1, 2); return;
    case RCC_CSR:
        if (value & RCC_CSR_RMVF) *at(offset) &= 0x00ffffffu;
        *at(offset) = ready((*at(offset) & 0xff000000u) | (value & 1), 1, 2);
        return;
    case RCC_APB1RSTR:
    case RCC_APB2RSTR:
        for (unsigned i = 1; i <= TIM_COUNT; i++) tim_bus_reset(tim_get(i), offset == RCC_APB2RSTR, value);
        *at(offset) = value;
        return;
    case RCC_APB1ENR:
    case RCC_APB2ENR: // a timer without a clock stands
        if (*at(offset) == value) return;
        tim_clocks_before();
        *at(offset) = value;
        tim_clocks_after(stopped);
        return;
    default: *at(offset) = value;
    }
}

// ---- stop mode, power ------------------------------------------------------------------------------------------------------------
void rcc_stop_mode(bool on) {
    if (on == stopped) return;
    tim_clocks_before();
    stopped = on;
    if (on) stopped_at = clock_now();
    else stopped_ns += clock_now() - stopped_at;
    tim_clocks_after(on);
}

uint64_t rcc_stopped_ns(void) { return stopped_ns + (stopped ? clock_now() - stopped_at : 0); }

void rcc_power_on(enum reset_cause cause) {
    static const uint32_t flags[] = {
        [RESET_POWER_ON] = RCC_CSR_POR | RCC_CSR_PIN | RCC_CSR_BOR, [RESET_HARD] = RCC_CSR_PIN,
        [RESET_WATCHDOG] = RCC_CSR_PIN | RCC_CSR_IWDG,
        [RESET_DEEPSLEEP] = RCC_CSR_PIN, [RESET_SOFT] = RCC_CSR_PIN | RCC_CSR_SFT};
    memset(reg, 0, sizeof reg);
    stopped = false;
    stopped_ns = 0;
    *at(RCC_PLLCFGR) = 0x24003010;
    *at(RCC_CR) = 0x83;
    *at(RCC_CSR) = flags[cause];
    *at(RCC_BDCR) = 1 << 15 | 1 << 8 | 3; // RTC on, from the crystal
    *at(RCC_AHB1ENR) = 0x00100000 | 0x1ff; // core-coupled memory, all ports
    *at(RCC_APB1ENR) = 1 << 28;            // PWR
    *at(RCC_APB2ENR) = 1 << 14;            // SYSCFG
    *at(0x50) = 0x7e6791ff;                // low-power enable registers: their reset values
    *at(0x54) = 0x000000f1;
    *at(0x58) = 0x00000001;
    *at(0x60) = 0x36fec9ff;
    *at(0x64) = 0x00075f33;
    *at(0x84) = 0x20003000;
    struct rcc_freqs f = {board_current->freq[0], board_current->freq[1], board_current->freq[2], board_current->freq[3]};
    if (!rcc_set_freqs(f)) rcc_set_freqs((struct rcc_freqs){HSI_HZ, 0, 0, 0});
}
