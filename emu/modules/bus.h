// SPDX-License-Identifier: MIT
// What the classes of buses share: which unit and which pins a number or name means, connecting pins, data and timeouts in arguments.
#ifndef EMU_MODULES_BUS_H
#define EMU_MODULES_BUS_H

#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/modules/bridge.h"
#include "obj.h"

struct dict;
struct map_slot;

// Chooses what the types of the powered board offer; called by the start functions of machine, pyb and rp2, after pin_start().
void bus_start(void);
bool bus_is_stm(void); // the board's chip is an STM32: names, texts and limits are those of a pyboard

// The bus that `id` (a number, or a name as "X") means. ValueError `KIND(id) doesn't exist`
const struct board_bus *bus_of(const char *kind, obj_t id);
struct gpio *bus_pin(const struct board_bus *bus, int i); // its default pin, NULL: it has none there
// Gives a pin to a unit: alternate function, and who owns it. ValueError when the chip cannot (`signal` names it, "USART1_TX")
enum bus_wire { BUS_PUSH_PULL, BUS_OPEN_DRAIN, BUS_INPUT };
void bus_connect(struct gpio *g, const char *signal, const void *owner, enum bus_wire wire, enum gpio_pull pull);
void bus_disconnect(struct gpio *g, const void *owner); // back to an input, when it is still this unit's

void bus_print_pin(const struct printer *p, const char *before, const struct gpio *g); // by name, or by number where pins have numbers

// Bytes to send: an object with the buffer protocol, or an integer, which is one byte (kept in *byte).
struct buffer bus_data(obj_t o, uint8_t *byte);
// Where received bytes go: a buffer to fill, or a number of bytes: then *made is a new bytes object's run to be finished by bus_received().
struct bus_room {
    uint8_t *data;
    size_t len;
    obj_t given; // the buffer, OBJ_NULL: made
};
struct bus_room bus_room(obj_t o);
obj_t bus_received(struct bus_room *room); // what the method returns
static inline uint64_t bus_deadline(intptr_t ms) { return clock_now() + (uint64_t)(ms < 0 ? 0 : ms) * NS_PER_MS; }
uint32_t bus_clock(int peripheral_bus); // Hz of PCLK1, PCLK2; other chips: of the peripherals
// The types' own parts of bus_start()
void machine_uart_board(bool is_stm);
extern const struct type type_machine_uart, type_machine_i2s;

void bus_member_table(struct dict *dict, const struct map_slot *table, size_t n); // for tables that depend on the board

#endif
