// SPDX-License-Identifier: MIT
// The register file.
//
// Invariants
//  - Registers have 32 bits. A smaller store changes its bytes of what the word reads as; BSRR and the flag registers (written 0 or 1
//    clears) see the other bytes as doing nothing.
//  - A GPIO register is made of the pins of the board; what a pin in its present mode does not show, and what pins that the board does not
//    have were set to, is kept in `ports`.
// Known differences: bit-banding, debug and core registers are not there; buses, DMA and flash controller registers do nothing.
#include "emu/chip/mmio.h"
#include "emu/boards/board.h"
#include "emu/chip/adc.h"
#include "emu/chip/chip.h"
#include "emu/chip/dac.h"
#include "emu/chip/exti.h"
#include "emu/chip/gpio.h"
#include "emu/chip/rcc.h"
#include "emu/chip/registers.h"
#include "emu/chip/rtc.h"
#include "emu/chip/small.h"
#include "emu/chip/tim.h"
#include "emu/chip/wdt.h"
#include "emu/core/host.h"

#include <string.h>

enum { PORTS = 9, PINS = 16, GPIO_MODER = 0x00, GPIO_OTYPER = 0x04, GPIO_OSPEEDR = 0x08, GPIO_PUPDR = 0x0c, GPIO_IDR = 0x10,
    GPIO_ODR = 0x14, GPIO_BSRR = 0x18, GPIO_LCKR = 0x1c, GPIO_AFRL = 0x20, GPIO_AFRH = 0x24 };

static struct port {
    struct gpio *pin[PINS];
    uint32_t moder, otyper, pupdr, speed, odr, lckr;
    uint8_t af[PINS];
} ports[PORTS];
static uint32_t pwr[2];

// ---- GPIO ----------------------------------------------------------------------------------------------------------------------------
static uint32_t mode_field(const struct gpio *g) {
    static const uint8_t of[] = {[GPIO_INPUT] = 0, [GPIO_OUTPUT] = 1, [GPIO_OPEN_DRAIN] = 1, [GPIO_ALT] = 2, [GPIO_ALT_OPEN_DRAIN] = 2,
                                 [GPIO_ANALOGUE] = 3};
    return of[g->mode];
}

// Takes in what happened to a pin by other ways than registers.
static void pin_look(struct port *p, unsigned i) {
    const struct gpio *g = p->pin[i];
    if (!g) return;
    uint32_t mode = mode_field(g), open = g->mode == GPIO_OPEN_DRAIN || g->mode == GPIO_ALT_OPEN_DRAIN;
    p->moder = (p->moder & ~(3u << 2 * i)) | mode << 2 * i;
    if (mode == 1 || mode == 2) p->otyper = (p->otyper & ~(1u << i)) | open << i;
    p->pupdr = (p->pupdr & ~(3u << 2 * i)) | (uint32_t)g->pull << 2 * i;
    p->odr = (p->odr & ~(1u << i)) | (uint32_t)g->latch << i;
    if (mode == 2) p->af[i] = g->af & 15;
}

static void pin_apply(struct port *p, unsigned i) {
    struct gpio *g = p->pin[i];
    if (!g) return;
    static const uint8_t modes[4] = {GPIO_INPUT, GPIO_OUTPUT, GPIO_ALT, GPIO_ANALOGUE};
    unsigned field = p->moder >> 2 * i & 3, pull = p->pupdr >> 2 * i & 3, mode = modes[field];
    if (p->otyper >> i & 1 && field == 1) mode = GPIO_OPEN_DRAIN;
    if (p->otyper >> i & 1 && field == 2) mode = GPIO_ALT_OPEN_DRAIN;
    bool level = p->odr >> i & 1;
    int af = field == 2 ? p->af[i] : GPIO_AF_NONE;
    if (g->latch != level) gpio_write(g, level);
    if (g->mode != mode || g->pull != pull || g->af != af) gpio_setup(g, (enum gpio_mode)mode, (enum gpio_pull)(pull == 3 ? 0 : pull), af);
}

static uint32_t gpio_register(struct port *p, uint32_t offset) {
    uint32_t value = 0;
    for (unsigned i = 0; i < PINS; i++) pin_look(p, i);
    switch (offset) {
    case GPIO_MODER: return p->moder;
    case GPIO_OTYPER: return p->otyper;
    case GPIO_OSPEEDR: return p->speed;
    case GPIO_PUPDR: return p->pupdr;
    case GPIO_ODR: return p->odr;
    case GPIO_LCKR: return p->lckr;
    case GPIO_IDR:
        for (unsigned i = 0; i < PINS; i++)
            if (p->pin[i] && p->pin[i]->mode != GPIO_ANALOGUE && net_level(p->pin[i]->net)) value |= 1u << i;
        return value;
    case GPIO_AFRL:
    case GPIO_AFRH:
        for (unsigned i = 0; i < 8; i++) value |= (uint32_t)p->af[i + (offset == GPIO_AFRH ? 8 : 0)] << 4 * i;
        return value;
    default: return 0;
    }
}

static void odr_write(struct port *p, uint32_t value) { // pins in order, as one store
    for (unsigned i = 0; i < PINS; i++)
        if (p->pin[i] && p->pin[i]->latch != (value >> i & 1)) gpio_write(p->pin[i], value >> i & 1);
    p->odr = value & 0xffff;
}

static void gpio_store(struct port *p, uint32_t offset, uint32_t value) {
    uint32_t odr = gpio_register(p, GPIO_ODR);
    switch (offset) {
    case GPIO_MODER: p->moder = value; break;
    case GPIO_OTYPER: p->otyper = value & 0xffff; break;
    case GPIO_OSPEEDR: p->speed = value; break;
    case GPIO_PUPDR: p->pupdr = value; break;
    case GPIO_LCKR: p->lckr = value & 0x1ffff; break;
    case GPIO_AFRL:
    case GPIO_AFRH:
        for (unsigned i = 0; i < 8; i++) p->af[i + (offset == GPIO_AFRH ? 8 : 0)] = value >> 4 * i & 15;
        break;
    case GPIO_ODR: odr_write(p, value); return;
    case GPIO_BSRR: odr_write(p, (odr & ~(value >> 16)) | (value & 0xffff)); return; // of both, setting wins
    default: return;
    }
    for (unsigned i = 0; i < PINS; i++) pin_apply(p, i);
}

// ---- other small ones ------------------------------------------------------------------------------------------------------------------
static uint32_t pwr_access(uint32_t offset, const uint32_t *store) {
    if (offset > 4) return 0;
    if (store) pwr[offset / 4] = offset ? (*store & 0x300) | 0x4000 : *store & 0x43f3;
    return pwr[offset / 4];
}

static uint32_t id_read(uint32_t address) {
    if (address == 0x1fff7a20) return (uint32_t)(1024 << 16); // kilobytes of flash, in the upper half
    return address < 0x1fff7a1c ? uid_word((address - 0x1fff7a10) / 4) : 0;
}

// ---- from address to unit -----------------------------------------------------------------------------------------------------------
struct clock_bit {
    const char *kind; // of register_units; those that are not here have a clock always
    uint32_t enable;
    int8_t bit;
};

static bool clock_is_on(const struct register_unit *u) {
    static const struct clock_bit bits[] = {{"CRC", RCC_AHB1ENR, 12}, {"DAC", RCC_APB1ENR, 29}, {"RNG", RCC_AHB2ENR, 6},
                                            {"SYSCFG", RCC_APB2ENR, 14}};
    if (strcmp(u->kind, "GPIO") == 0) return rcc_enabled(RCC_AHB1ENR, (unsigned)(u->name[4] - 'A'));
    if (strcmp(u->kind, "ADC") == 0) return rcc_enabled(RCC_APB2ENR, (unsigned)(8 + u->name[3] - '1'));
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
        if (strcmp(bits[i].kind, u->kind) == 0) return rcc_enabled(bits[i].enable, (unsigned)bits[i].bit);
    return true;
}

static struct tim *timer_at(uint32_t base) {
    static const uint32_t bases[] = {0x40010000, 0x40000000, 0x40000400, 0x40000800, 0x40000c00, 0x40001000, 0x40001400, 0x40010400,
                                     0x40014000, 0x40014400, 0x40014800, 0x40001800, 0x40001c00, 0x40002000};
    for (unsigned i = 0; i < TIM_COUNT; i++)
        if (bases[i] == base) return tim_get(i + 1);
    return NULL;
}

typedef uint32_t (*reader)(uint32_t offset);
typedef void (*writer)(uint32_t offset, uint32_t value);

static bool unit_access(const struct register_unit *u, uint32_t offset, uint32_t *value, bool store) {
    static const struct { const char *kind; reader read; writer write; uint32_t base; } units[] = {
        {"RCC", rcc_read, rcc_write, 0}, {"EXTI", exti_read, exti_write, 0}, {"SYSCFG", syscfg_read, syscfg_write, 0},
        {"CRC", crc_read, crc_write, 0}, {"RNG", rng_read, rng_write, 0}, {"RTC", rtc_read, rtc_write, 0},
        {"IWDG", wdt_read, wdt_write, 0}, {"DAC", dac_read, dac_write, 0}, {"ADC", adc_read, adc_write, 0x40012000},
        {"ADC_COMMON", adc_read, adc_write, 0x40012000}};
    if (strcmp(u->kind, "GPIO") == 0) {
        struct port *p = &ports[u->name[4] - 'A'];
        if (store) gpio_store(p, offset, *value);
        else *value = gpio_register(p, offset);
    } else if (strcmp(u->kind, "TIM") == 0) {
        struct tim *t = timer_at(u->base);
        if (store) tim_write(t, offset, *value);
        else *value = tim_clocked(t) ? tim_read(t, offset) : 0;
    } else if (strcmp(u->kind, "PWR") == 0) {
        *value = pwr_access(offset, store ? value : NULL);
    } else if (u->base >> 16 == 0x1fff) {
        if (!store) *value = id_read(u->base + offset);
    } else {
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
            if (strcmp(units[i].kind, u->kind) != 0) continue;
            uint32_t at = units[i].base ? u->base - units[i].base + offset : offset;
            if (store) units[i].write(at, *value);
            else *value = units[i].read(at);
            return true;
        }
        return false;
    }
    return true;
}

static void unknown(const struct register_unit *u, uint32_t offset, uint32_t *value, bool store) {
    const struct register_name *r = register_name_at(u, offset);
    const char *what = store ? "written" : "read";
    if (r) emu_report(EMU_WARNING, "register %s_%s at 0x%08x is not emulated (%s)", u->name, r->name, u->base + offset, what);
    else emu_report(EMU_WARNING, "register 0x%08x (%s + 0x%x) is not emulated (%s)", u->base + offset, u->name, offset, what);
    if (!store) *value = r ? r->reset : 0;
}

static bool word_access(uint32_t address, uint32_t *value, bool store) {
    const struct register_unit *u = register_unit_at(address);
    if (!u) {
        bool peripheral = address >> 19 == 0x40000000 >> 19 || (address >> 28 == 5 && address < 0x50061000) || address >> 20 == 0xe00;
        if (!peripheral) return false;
        emu_report(EMU_WARNING, "there is no register at 0x%08x", address);
        if (!store) *value = 0;
        return true;
    }
    uint32_t offset = address - u->base;
    if (!clock_is_on(u) || (strcmp(u->kind, "TIM") == 0 && !tim_clocked(timer_at(u->base)))) {
        emu_report(EMU_WARNING, "%s is %s while its clock is off in RCC", u->name, store ? "written" : "read");
        if (!store) *value = 0;
        return true;
    }
    if (!unit_access(u, offset, value, store)) unknown(u, offset, value, store);
    return true;
}

// What the other bytes of a word must be written as when only some are stored.
static uint32_t rest_of(uint32_t word, uint32_t *read) {
    const struct register_unit *u = register_unit_at(word);
    const struct register_name *r = u ? register_name_at(u, word - u->base) : NULL;
    *read = 0;
    if (r && strcmp(r->name, "SR") == 0 && (strcmp(r->kind, "TIM") == 0 || strcmp(r->kind, "ADC") == 0)) return UINT32_MAX; // 0 clears
    if (r && (strcmp(r->name, "PR") == 0 || strcmp(r->name, "BSRR") == 0 || strcmp(r->name, "EGR") == 0)) return 0;
    *read = 1;
    return 0;
}

static bool part_access(uint32_t address, unsigned bytes, uint64_t *value, bool store) {
    uint32_t word = address & ~3u, shift = 8 * (address & 3), mask = bytes == 4 ? UINT32_MAX : (1u << 8 * bytes) - 1, old = 0, read;
    if (!store || bytes < 4) {
        uint32_t rest = store ? rest_of(word, &read) : 0;
        if (store && !read) old = rest;
        else if (!word_access(word, &old, false)) return false;
    }
    if (!store) {
        *value = old >> shift & mask;
        return true;
    }
    uint32_t now = (old & ~(mask << shift)) | ((uint32_t)*value & mask) << shift;
    return word_access(word, &now, true);
}

bool mmio_access(uint64_t address, unsigned bytes, uint64_t *value, bool store) {
    if (!chip_is_stm32f4() || address > UINT32_MAX - 8) return false;
    if (bytes <= 4) return (address & 3) + bytes <= 4 && part_access((uint32_t)address, bytes, value, store);
    uint64_t low = *value & UINT32_MAX, high = *value >> 32;
    uint32_t at = (uint32_t)address;
    if (at & 3 || !part_access(at, 4, &low, store) || !part_access(at + 4, 4, &high, store)) return false;
    if (!store) *value = low | high << 32;
    return true;
}

void mmio_power_on(void) {
    memset(ports, 0, sizeof ports);
    for (struct gpio *g = gpio_first(); g; g = g->next)
        if (g->port < PORTS && g->bit < PINS) ports[g->port].pin[g->bit] = g;
    pwr[0] = pwr[1] = 0x4000;
}
