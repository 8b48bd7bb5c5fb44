// SPDX-License-Identifier: MIT
// Module _onewire (bits of the 1-wire bus) and machine.dht_readinto(): protocols on one wire whose timing is the processor's business.
//
// Invariants
//  - The pin is an open drain with a pull-up: a 1 lets go of the wire. Times are those of the data sheets.
//  - Interrupts are masked during one time slot, or one DHT transfer.
#include "emu/modules/machine.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/raise.h"

enum { RESET_LOW = 480, RESET_SAMPLE = 70, RESET_REST = 410, SLOT = 60, SHORT_LOW = 6, READ_SAMPLE = 9, RECOVERY = 10,
    DHT_WAKE = 18000, DHT_ANSWER = 120, DHT_BYTES = 5, DHT_ONE = 48 };

// Lets time pass for as long as the processor would loop.
static void spend(uint64_t us) {
    if (clock_mode_get() == CLOCK_VIRTUAL) {
        clock_advance(us * NS_PER_US);
        return;
    }
    uint64_t until = clock_now() + us * NS_PER_US;
    do clock_run_due();
    while (clock_now() < until);
}

// ---- 1-wire ------------------------------------------------------------------------------------------------------------------------
static bool wire_reset(struct gpio *g) {
    gpio_write(g, false);
    spend(RESET_LOW);
    bool masked = irq_mask_set(true);
    gpio_write(g, true);
    spend(RESET_SAMPLE);
    bool answered = !net_level(g->net);
    irq_mask_set(masked);
    spend(RESET_REST);
    return answered;
}

static bool slot_read(struct gpio *g) {
    bool masked = irq_mask_set(true);
    gpio_write(g, false);
    spend(SHORT_LOW);
    gpio_write(g, true);
    spend(READ_SAMPLE);
    bool bit = net_level(g->net);
    irq_mask_set(masked);
    spend(SLOT - READ_SAMPLE);
    return bit;
}

static void slot_write(struct gpio *g, bool bit) {
    bool masked = irq_mask_set(true);
    gpio_write(g, false);
    spend(bit ? SHORT_LOW : SLOT);
    gpio_write(g, true);
    irq_mask_set(masked);
    spend(bit ? SLOT : RECOVERY);
}

static obj_t onewire_reset(obj_t pin) {
    bool answered = wire_reset(pin_of(pin));
    bridge_acted();
    return obj_bool(answered);
}

static obj_t onewire_readbit(obj_t pin) {
    bool bit = slot_read(pin_of(pin));
    bridge_acted();
    return OBJ_INT(bit);
}

static obj_t onewire_readbyte(obj_t pin) {
    struct gpio *g = pin_of(pin);
    int value = 0;
    for (int i = 0; i < 8; i++) value |= slot_read(g) << i;
    bridge_acted();
    return OBJ_INT(value);
}

static obj_t onewire_writebit(obj_t pin, obj_t bit) {
    slot_write(pin_of(pin), obj_true(bit));
    bridge_acted();
    return OBJ_NONE;
}

static obj_t onewire_writebyte(obj_t pin, obj_t byte) {
    struct gpio *g = pin_of(pin);
    intptr_t value = obj_get_int(byte);
    for (int i = 0; i < 8; i++) slot_write(g, value >> i & 1);
    bridge_acted();
    return OBJ_NONE;
}

// Polynomial x^8 + x^5 + x^4 + 1, least significant bit first.
static obj_t onewire_crc8(obj_t data) {
    struct buffer b;
    obj_buffer(data, &b, BUFFER_READ);
    uint8_t crc = 0;
    for (size_t i = 0; i < b.len; i++) {
        crc ^= ((const uint8_t *)b.data)[i];
        for (int bit = 0; bit < 8; bit++) crc = (uint8_t)(crc & 1 ? crc >> 1 ^ 0x8c : crc >> 1);
    }
    return OBJ_INT(crc);
}

BUILTIN_1(onewire_reset_fn, onewire_reset);
BUILTIN_1(onewire_readbit_fn, onewire_readbit);
BUILTIN_1(onewire_readbyte_fn, onewire_readbyte);
BUILTIN_2(onewire_writebit_fn, onewire_writebit);
BUILTIN_2(onewire_writebyte_fn, onewire_writebyte);
BUILTIN_1(onewire_crc8_fn, onewire_crc8);
static const struct map_slot onewire_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q__onewire)),          MEMBER(reset, &onewire_reset_fn),       MEMBER(readbit, &onewire_readbit_fn),
    MEMBER(readbyte, &onewire_readbyte_fn),          MEMBER(writebit, &onewire_writebit_fn), MEMBER(writebyte, &onewire_writebyte_fn),
    MEMBER(crc8, &onewire_crc8_fn)};
static FIXED_DICT(onewire_dict, onewire_members);
const struct module module__onewire = {&type_module, &onewire_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(_onewire, false, onewire_start, "");

void onewire_start(void) { bridge_ready(); }

// ---- DHT ---------------------------------------------------------------------------------------------------------------------------
// Microseconds until the wire has that level, at most `most`; -1: longer.
static int wait_level(struct gpio *g, bool level, int most) {
    for (int us = 0; us < most; us++) {
        if (net_level(g->net) == level) return us;
        spend(1);
    }
    return -1;
}

// The sensor answers low, high, then 40 bits: low, and high for 26 us (0) or 70 us (1).
static bool dht_read(struct gpio *g, uint8_t out[DHT_BYTES]) {
    if (wait_level(g, false, DHT_ANSWER) < 0 || wait_level(g, true, DHT_ANSWER) < 0 || wait_level(g, false, DHT_ANSWER) < 0) return false;
    for (int i = 0; i < 8 * DHT_BYTES; i++) {
        if (wait_level(g, true, DHT_ANSWER) < 0) return false;
        int high = wait_level(g, false, DHT_ANSWER);
        if (high < 0) return false;
        out[i / 8] = (uint8_t)(out[i / 8] << 1 | (high > DHT_ONE));
    }
    return true;
}

static obj_t machine_dht_readinto(obj_t pin, obj_t buffer) {
    enum { ETIMEDOUT_NUMBER = 110 };
    struct gpio *g = pin_of(pin);
    struct buffer b;
    obj_buffer(buffer, &b, BUFFER_WRITE);
    if (b.len < DHT_BYTES) raise_message(&type_ValueError, "buffer too small");
    gpio_write(g, true);
    gpio_setup(g, GPIO_OPEN_DRAIN, GPIO_PULL_UP, GPIO_AF_NONE);
    gpio_write(g, false);
    bridge_wait(DHT_WAKE * (uint64_t)NS_PER_US);
    uint8_t bytes[DHT_BYTES] = {0};
    bool masked = irq_mask_set(true);
    gpio_write(g, true);
    spend(RECOVERY);
    bool good = dht_read(g, bytes);
    irq_mask_set(masked);
    bridge_acted();
    if (!good) raise_os(ETIMEDOUT_NUMBER);
    memcpy(b.data, bytes, sizeof bytes);
    return OBJ_NONE;
}
const struct builtin machine_dht_readinto_fn = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = machine_dht_readinto}};
