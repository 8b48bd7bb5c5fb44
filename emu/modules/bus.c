// SPDX-License-Identifier: MIT
// What the classes of buses share.
//
// Invariant: a pin belongs to the unit that connected it last (gpio->owner); a unit drives only pins that are still its own.
#include "emu/modules/bus.h"
#include "emu/chip/alternate.h"
#include "emu/chip/uart.h"
#include "emu/modules/pin.h"
#include "emu/parts/stimulus.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"

#include <stdio.h>
#include <stdlib.h>

// Bytes from outside (module bench, a stimulus file) into the receiver of a UART, by number or name.
static bool uart_stimulus(const char *name, const uint8_t *data, size_t len) {
    char *end;
    long number = strtol(name, &end, 10);
    const struct board_bus *bus = board_bus_find(board_current, "UART", name, 0);
    if (!bus && end != name && !*end && number >= 0 && number < 100) bus = board_bus_find(board_current, "UART", NULL, (int)number);
    if (bus) uart_feed(uart_unit(bus->number), data, len);
    return bus != NULL;
}

void bus_start(void) {
    machine_uart_board(bus_is_stm());
    stimulus_actions.uart = uart_stimulus;
}

bool bus_is_stm(void) { return strncmp(board_current->mcu, "stm32", 5) == 0; }

const struct board_bus *bus_of(const char *kind, obj_t id) {
    const struct board_bus *bus = NULL;
    if (obj_is_str(id)) {
        size_t len;
        const char *name = str_data(id, &len);
        if (name[0] < '0' || name[0] > '9') bus = board_bus_find(board_current, kind, name, 0);
        if (!bus) raise_format(&type_ValueError, "%s(%s) doesn't exist", kind, name);
        return bus;
    }
    intptr_t number = obj_get_int(id);
    if (number >= 0 && number < 100) bus = board_bus_find(board_current, kind, NULL, (int)number);
    if (!bus) raise_format(&type_ValueError, "%s(%d) doesn't exist", kind, (int)number);
    return bus;
}

struct gpio *bus_pin(const struct board_bus *bus, int i) {
    const struct board_pin *p = bus->pins[i][0] ? board_pin_find(board_current, bus->pins[i]) : NULL;
    return p ? p->gpio : NULL;
}

void bus_connect(struct gpio *g, const char *signal, const void *owner, enum bus_wire wire, enum gpio_pull pull) {
    int af = GPIO_AF_NONE;
    if (bus_is_stm()) {
        af = alternate_find(g, signal);
        if (af < 0) raise_format(&type_ValueError, "Pin(%s) doesn't have %s", g->name, signal);
    }
    g->owner = owner;
    gpio_setup(g, wire == BUS_OPEN_DRAIN ? GPIO_ALT_OPEN_DRAIN : GPIO_ALT, pull, af);
    if (wire == BUS_INPUT) gpio_signal_none(g);
}

void bus_disconnect(struct gpio *g, const void *owner) {
    if (g && g->owner == owner) gpio_release(g);
}

void bus_print_pin(const struct printer *p, const char *before, const struct gpio *g) {
    if (bus_is_stm()) print_format(p, "%s%s", before, g->name);
    else print_format(p, "%s%d", before, g->bit);
}

struct buffer bus_data(obj_t o, uint8_t *byte) {
    if (!obj_is_integer(o)) {
        struct buffer data;
        obj_buffer(o, &data, BUFFER_READ);
        return data;
    }
    *byte = (uint8_t)obj_get_int_truncated(o);
    return (struct buffer){byte, 1, 'B'};
}

struct bus_room bus_room(obj_t o) {
    if (!obj_is_integer(o)) {
        struct buffer data;
        obj_buffer(o, &data, BUFFER_WRITE);
        return (struct bus_room){data.data, data.len, o};
    }
    intptr_t n = obj_get_int(o);
    if (n < 0) raise_no_memory(rt.profile.word_bytes == 4 ? (uint32_t)n : (size_t)n);
    return (struct bus_room){heap_new(0, (size_t)n + 1, HEAP_DATA), (size_t)n, OBJ_NULL};
}

obj_t bus_received(struct bus_room *room) {
    return room->given ? room->given : str_take(&type_bytes, (char *)room->data, room->len);
}

uint32_t bus_clock(int peripheral_bus) {
    if (!bus_is_stm()) return board_current->freq[0];
    return board_current->freq[peripheral_bus == 2 ? 3 : 2];
}

void bus_member_table(struct dict *dict, const struct map_slot *table, size_t n) {
    dict->map.table = (struct map_slot *)(uintptr_t)table;
    dict->map.used = (uint32_t)n;
    dict->map.slots = n;
}
