// SPDX-License-Identifier: MIT
// machine.Pin (on a pyboard also pyb.Pin): one object for each pin of the chip, in program memory as on a board, so it costs no heap.
#ifndef EMU_MODULES_PIN_H
#define EMU_MODULES_PIN_H

#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/modules/bridge.h"
#include "obj.h"

extern const struct type type_machine_pin, type_machine_pin_af, type_machine_pinbase, type_machine_signal;

struct pin {
    const struct type *type;
    struct gpio *gpio;
    // pin_irq.c
    struct handler handler;   // handler_init() at the first use of irq()
    struct listener listener; // on the net while a trigger is set
    struct event again;       // a level that lasts is looked at again
    uint32_t trigger, wanted; // enum pin_trigger: listened to; asked for by the program
    uint32_t flags, last_flags; // seen since, and before, the last call of the handler
    uint32_t wake;            // machine.SLEEP, DEEPSLEEP: it ends these
    bool irq_made, listening;
    obj_t irq_object;         // OBJ_NULL until irq() was called
    struct pin *next;
};
enum pin_trigger { PIN_LOW_LEVEL = 1, PIN_HIGH_LEVEL = 2, PIN_FALLING = 4, PIN_RISING = 8 };

// Makes classes and tables of the powered board; every start function of a module that shows pins calls it (after bridge_ready()).
void pin_start(void);
void pin_stop(void); // power off: forgets the objects

// The pin that o means: a Pin, its name on the board, its name on the chip, on some boards its number. ValueError when there is none.
struct gpio *pin_of(obj_t o);
struct gpio *pin_of_maybe(obj_t o); // NULL; the mapper functions of a pyboard are asked too (P)
obj_t pin_object(struct gpio *g);
static inline bool pin_is(obj_t o) { return obj_is(o, &type_machine_pin); }
bool pin_on_stm(void);              // modes and texts are those of a pyboard
int pin_mode_number(const struct gpio *g); // as Python sees it
// Pin.init(): the arguments behind self
void pin_init(struct gpio *g, size_t n, size_t kw, const obj_t *args);
qstr_t pin_af_name(const struct gpio *g, int af); // "AF7_USART1"; 0: that pin has no such function

// Anything that behaves as a pin: Pin, Signal, an instance of a Python class on PinBase. TypeError `expecting a pin`. P
intptr_t pin_like_read(obj_t pin); // 0 or 1; of a class on PinBase what its value() gives
void pin_like_write(obj_t pin, bool level);
bool pin_like(obj_t o);

// pin_irq.c
extern const struct builtin pin_irq_fn;
void pin_irq_stop(struct pin *p);

#endif
