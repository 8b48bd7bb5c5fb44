// SPDX-License-Identifier: MIT
// I2C units as the classes share them.
//
// Invariants
//  - One transfer at a time: a handler that uses a unit whose transfer it interrupts gets OSError(EBUSY). A transfer that was left by an
//    exception does not count: the next one begins with a repeated START.
#include "emu/modules/i2c_unit.h"
#include "rt.h"
#include "run/raise.h"

#include <errno.h>
#include <stdio.h>

static struct i2c_unit *all;

static void units_stop(void) {
    while (all) {
        struct i2c_unit *u = all;
        all = u->next;
        emu_free(u);
    }
}
static struct emu_unit unit = {units_stop, NULL, false};

struct i2c_unit *i2c_unit_of(const struct board_bus *bus) {
    for (struct i2c_unit *u = all; u; u = u->next)
        if (u->bus->number == bus->number) return u;
    emu_unit_add(&unit);
    struct i2c_unit *u = emu_new(sizeof *u);
    u->bus = bus;
    u->next = all;
    all = u;
    return u;
}

uint32_t i2c_unit_speed(uint32_t freq) {
    if (!bus_is_stm()) return freq;
    uint32_t clock = bus_clock(1), cycles = freq <= 100000 ? 2 : 3; // of the clock for each step of the divider: standard, fast mode
    uint32_t divider = (uint32_t)(((uint64_t)clock + (uint64_t)cycles * freq - 1) / ((uint64_t)cycles * freq));
    uint32_t least = cycles == 2 ? 4 : 1;
    if (divider < least) divider = least;
    if (divider > 4095) divider = 4095;
    return clock / (cycles * divider);
}

void i2c_unit_setup(struct i2c_unit *u, struct gpio *scl, struct gpio *sda, uint32_t freq, uint32_t timeout_us) {
    if (freq == 0 || freq > 10000000) raise_message(&type_ValueError, "invalid I2C frequency");
    struct i2c_controller *c = &u->controller;
    if (u->bus) {
        char signal[16];
        if (!scl) scl = bus_pin(u->bus, 0);
        if (!sda) sda = bus_pin(u->bus, 1);
        if (!scl || !sda) raise_message(&type_ValueError, "scl and sda pins required");
        snprintf(signal, sizeof signal, "I2C%d_SCL", u->bus->number);
        bus_connect(scl, signal, u, BUS_OPEN_DRAIN, GPIO_PULL_UP);
        snprintf(signal, sizeof signal, "I2C%d_SDA", u->bus->number);
        bus_connect(sda, signal, u, BUS_OPEN_DRAIN, GPIO_PULL_UP);
        gpio_signal(scl, true);
        gpio_signal(sda, true);
    } else {
        gpio_write(scl, true);
        gpio_write(sda, true);
        gpio_setup(scl, GPIO_OPEN_DRAIN, GPIO_PULL_UP, GPIO_AF_NONE);
        gpio_setup(sda, GPIO_OPEN_DRAIN, GPIO_PULL_UP, GPIO_AF_NONE);
    }
    u->freq = freq;
    u->timeout_us = timeout_us;
    uint32_t real = u->bus ? i2c_unit_speed(freq) : freq;
    *c = (struct i2c_controller){.scl = scl, .sda = sda, .bit_ns = (NS_PER_S + real / 2) / real,
                                 .stretch_ns = (uint64_t)timeout_us * NS_PER_US, .wait = bridge_wait_until};
    u->nested_known = false;
}

void i2c_unit_release(struct i2c_unit *u) {
    bus_disconnect(u->controller.scl, u);
    bus_disconnect(u->controller.sda, u);
    u->controller.scl = u->controller.sda = NULL;
}

int i2c_error(enum i2c_result r) { return r == I2C_DONE ? 0 : r == I2C_REFUSED ? ENODEV : ETIMEDOUT; }

void i2c_enter(struct i2c_unit *u) {
    bool nested = u->nested_known && u->controller.active && (irq_level() < u->level || rt.scheduler_lock > u->lock);
    if (nested) raise_os(EBUSY);
    u->nested_known = true;
    u->level = irq_level();
    u->lock = rt.scheduler_lock;
}

// Ends a transfer that went wrong.
static ptrdiff_t failed(struct i2c_unit *u, enum i2c_result r) {
    if (r == I2C_REFUSED) r = i2c_stop(&u->controller) == I2C_TIMEOUT ? I2C_TIMEOUT : r;
    if (r != I2C_REFUSED) i2c_release(&u->controller);
    return -i2c_error(r);
}

static ptrdiff_t pieces_read(struct i2c_unit *u, size_t n, const struct i2c_piece *pieces, size_t total) {
    size_t done = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < pieces[i].len; k++) {
            uint8_t byte;
            enum i2c_result r = i2c_read(&u->controller, &byte, ++done < total);
            if (r != I2C_DONE) return failed(u, r);
            pieces[i].data[k] = byte;
        }
    return (ptrdiff_t)done;
}

static ptrdiff_t pieces_write(struct i2c_unit *u, size_t n, const struct i2c_piece *pieces) {
    size_t done = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < pieces[i].len; k++) {
            enum i2c_result r = i2c_write(&u->controller, pieces[i].data[k]);
            if (r == I2C_REFUSED) return (ptrdiff_t)done;
            if (r != I2C_DONE) return failed(u, r);
            done++;
        }
    return (ptrdiff_t)done;
}

ptrdiff_t i2c_transfer(struct i2c_unit *u, unsigned address, size_t n, const struct i2c_piece *pieces, unsigned flags) {
    i2c_enter(u);
    enum i2c_result r = i2c_start(&u->controller);
    if (r == I2C_DONE) r = i2c_address(&u->controller, (uint8_t)address, flags & I2C_READING);
    if (r != I2C_DONE) return failed(u, r);
    size_t total = 0;
    for (size_t i = 0; i < n; i++) total += pieces[i].len;
    ptrdiff_t done = flags & I2C_READING ? pieces_read(u, n, pieces, total) : pieces_write(u, n, pieces);
    if (done < 0 || !(flags & I2C_STOP)) return done;
    r = i2c_stop(&u->controller);
    return r == I2C_DONE ? done : failed(u, r);
}
