// SPDX-License-Identifier: MIT
// The I2C bus as bytes with edges.
//
// Invariants
//  - Between START and STOP of a controller SCL is low whenever none of its functions runs.
//  - A byte is two patterns on each line: eight bits, then (after the devices were asked) the acknowledge. A bit is four slots: SCL low,
//    high, high, low; SDA is set for all four.
//  - Who was selected stays so until the next START or STOP, which tells it the end.
//  - Virtual clock: a function returns at the nominal time of the bus, or later when stretched. Real clock: the bytes of a transfer go on
//    as fast as the host can, and its STOP waits until the bus would have needed that long.
//
// Known differences
//  - The controller hears attached devices and target units, and lines that are held low at a START or before a byte; a target made of
//    Python code that watches pins is not asked for its bits.
//  - There is no arbitration in the middle of a byte, and SCL held by a pin is noticed at START and STOP only.
#include "emu/chip/i2c.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

static struct i2c_device *devices;

static void unit_stop(void) {
    while (devices) {
        struct i2c_device *d = devices;
        devices = d->next;
        d->next = NULL;
        d->scl = d->sda = NULL;
    }
}
static struct emu_unit unit = {unit_stop, NULL, false};

void i2c_detach(struct i2c_device *device) {
    for (struct i2c_device **d = &devices; *d; d = &(*d)->next)
        if (*d == device) {
            *d = device->next;
            break;
        }
    device->next = NULL;
    device->selected = false;
}

void i2c_attach(struct i2c_device *device, struct net *scl, struct net *sda) {
    emu_unit_add(&unit);
    i2c_detach(device);
    device->scl = scl;
    device->sda = sda;
    struct i2c_device **d = &devices;
    while (*d) d = &(*d)->next;
    *d = device;
}

static bool on_bus(const struct i2c_controller *c, const struct i2c_device *d) {
    return net_root(d->scl) == net_root(c->scl->net) && net_root(d->sda) == net_root(c->sda->net);
}

// ---- lines ---------------------------------------------------------------------------------------------------------------
static bool is_software(const struct gpio *g) { return g->mode == GPIO_OPEN_DRAIN || g->mode == GPIO_OUTPUT; }

static void line_set(struct gpio *g, bool level) {
    if (is_software(g)) gpio_write(g, level);
    else gpio_signal(g, level);
}

static void line_pattern(struct gpio *g, const struct wave *w) {
    if (is_software(g)) pad_drive_wave(&g->out, w);
    else gpio_signal_wave(g, w);
}

static void pause(struct i2c_controller *c, uint64_t ns) {
    c->at += ns;
    if (clock_mode_get() == CLOCK_REAL) return;
    c->wait(c->at);
    uint64_t now = clock_now();
    if (now > c->at) c->at = now; // handlers took their time
}

// Lets go of SCL and waits until it is high.
static enum i2c_result clock_rise(struct i2c_controller *c) {
    line_set(c->scl, true);
    if (net_level(c->scl->net)) return I2C_DONE;
    net_read(c->scl->net); // floating: says so
    uint64_t deadline = clock_now() + c->stretch_ns;
    while (!net_level(c->scl->net)) {
        if (clock_now() >= deadline) return I2C_TIMEOUT;
        c->wait(clock_now() + c->bit_ns);
    }
    if (clock_now() > c->at) c->at = clock_now();
    return I2C_DONE;
}

void i2c_release(struct i2c_controller *c) {
    line_set(c->sda, true);
    line_set(c->scl, true);
    c->active = false;
}

// `n` bits, most significant first, with their clocks.
static void bits_send(struct i2c_controller *c, unsigned value, unsigned n) {
    uint64_t start = clock_mode_get() == CLOCK_REAL ? clock_now() : c->at;
    struct wave scl = {.start = start, .period = c->bit_ns * n, .slots = (uint16_t)(4 * n)};
    struct wave sda = scl;
    sda.inverted = net_level(c->sda->net);
    for (unsigned i = 0; i < 4 * n; i++) {
        wave_slot_set(&scl, i, i % 4 == 1 || i % 4 == 2);
        wave_slot_set(&sda, i, value >> (n - 1 - i / 4) & 1);
    }
    line_pattern(c->sda, &sda);
    line_pattern(c->scl, &scl);
    pause(c, c->bit_ns * n);
}

// The acknowledge clock, and both lines as they are afterwards: SCL low, SDA let go.
static void acknowledge_send(struct i2c_controller *c, bool low) {
    bits_send(c, !low, 1);
    line_set(c->scl, false);
    line_set(c->sda, true);
}

// With SCL low: does somebody hold SDA?
static bool data_held(struct i2c_controller *c) {
    line_set(c->sda, true);
    return !net_level(c->sda->net);
}

// ---- START and STOP ---------------------------------------------------------------------------------------------------------
static void transfers_end(struct i2c_controller *c, bool stopped) {
    for (struct i2c_device *d = devices, *next; d; d = next) {
        next = d->next;
        if (!d->selected || !on_bus(c, d)) continue;
        d->selected = false;
        if (d->end) d->end(d->data, stopped);
    }
}

enum i2c_result i2c_start(struct i2c_controller *c) {
    c->starts++;
    if (c->at < clock_now()) c->at = clock_now();
    line_set(c->sda, true);
    if (c->active) pause(c, c->bit_ns / 2);
    enum i2c_result r = clock_rise(c);
    if (r != I2C_DONE) return r;
    pause(c, c->bit_ns / 2);
    if (!net_level(c->sda->net)) return I2C_BUSY;
    line_set(c->sda, false);
    pause(c, c->bit_ns / 2);
    line_set(c->scl, false);
    if (c->active) transfers_end(c, false);
    c->active = true;
    c->addressed = false;
    return I2C_DONE;
}

enum i2c_result i2c_stop(struct i2c_controller *c) {
    line_set(c->scl, false);
    line_set(c->sda, false);
    pause(c, c->bit_ns / 2);
    enum i2c_result r = clock_rise(c);
    pause(c, c->bit_ns / 2);
    line_set(c->sda, true);
    c->active = false;
    transfers_end(c, true);
    pause(c, c->bit_ns / 2);
    if (clock_mode_get() == CLOCK_REAL) c->wait(c->at);
    return r;
}

// ---- bytes -----------------------------------------------------------------------------------------------------------------
enum question { ASK_ADDRESS, ASK_READ_ADDRESS, ASK_WRITE, ASK_READ };

static enum i2c_answer ask_once(struct i2c_device *d, enum question what, uint8_t *byte) {
    switch (what) {
    case ASK_ADDRESS:
    case ASK_READ_ADDRESS: return d->address(d->data, *byte, what == ASK_READ_ADDRESS);
    case ASK_WRITE: return d->write ? d->write(d->data, *byte) : I2C_NACK;
    default: return d->read ? d->read(d->data, byte) : I2C_NACK;
    }
}

// Asks until there is an answer; SCL is low meanwhile.
static enum i2c_result ask(struct i2c_controller *c, struct i2c_device *d, enum question what, uint8_t *byte) {
    enum i2c_answer answer = ask_once(d, what, byte);
    if (answer == I2C_STRETCH) {
        line_set(c->scl, false);
        uint64_t deadline = clock_now() + c->stretch_ns;
        while ((answer = ask_once(d, what, byte)) == I2C_STRETCH) {
            if (clock_now() >= deadline) return I2C_TIMEOUT;
            c->wait(clock_now() + NS_PER_US);
        }
        if (clock_now() > c->at) c->at = clock_now();
    }
    return answer == I2C_ACK ? I2C_DONE : I2C_REFUSED;
}

static void byte_begin(struct i2c_controller *c) {
    c->bytes++;
    c->addressed = true;
    if (c->at < clock_now()) c->at = clock_now();
}

static enum i2c_result byte_out(struct i2c_controller *c, uint8_t line, enum question what, uint8_t value) {
    enum i2c_result all = I2C_DONE;
    byte_begin(c);
    bool held = data_held(c);
    bits_send(c, held ? 0 : line, 8);
    bool taken = held;
    for (struct i2c_device *d = devices, *next; d; d = next) {
        next = d->next;
        bool addressing = what == ASK_ADDRESS || what == ASK_READ_ADDRESS;
        if (!on_bus(c, d) || (!addressing && !d->selected)) continue;
        enum i2c_result r = ask(c, d, what, &value);
        if (r == I2C_TIMEOUT) all = r;
        if (addressing) d->selected = r == I2C_DONE;
        taken |= r == I2C_DONE;
    }
    if (all == I2C_TIMEOUT) return all;
    acknowledge_send(c, taken);
    if (taken) return I2C_DONE;
    c->refusals++;
    return I2C_REFUSED;
}

enum i2c_result i2c_address(struct i2c_controller *c, uint8_t address, bool read) {
    return byte_out(c, (uint8_t)(address << 1 | read), read ? ASK_READ_ADDRESS : ASK_ADDRESS, address);
}

enum i2c_result i2c_write(struct i2c_controller *c, uint8_t byte) { return byte_out(c, byte, ASK_WRITE, byte); }

enum i2c_result i2c_read(struct i2c_controller *c, uint8_t *byte, bool more) {
    byte_begin(c);
    *byte = data_held(c) ? 0 : 0xff;
    for (struct i2c_device *d = devices, *next; d; d = next) {
        next = d->next;
        uint8_t sent = 0xff;
        if (!d->selected || !on_bus(c, d)) continue;
        if (ask(c, d, ASK_READ, &sent) == I2C_TIMEOUT) return I2C_TIMEOUT;
        *byte &= sent; // open drain: zeros win
    }
    bits_send(c, *byte, 8);
    acknowledge_send(c, more);
    for (struct i2c_device *d = devices, *next; d; d = next) {
        next = d->next;
        if (d->selected && on_bus(c, d) && d->acked) d->acked(d->data, more);
    }
    return I2C_DONE;
}
