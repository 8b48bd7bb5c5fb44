// SPDX-License-Identifier: MIT
// Where the interpreter and the chip meet: one clock for both, interrupts between two bytecodes, Python functions as handlers.
#ifndef EMU_MODULES_BRIDGE_H
#define EMU_MODULES_BRIDGE_H

#include "emu/boards/board.h"
#include "emu/chip/chip.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/irq.h"
#include "obj.h"

// What the port brings along; the rest of struct emu_host is made of the interpreter here.
struct bridge_port {
    void (*power)(void); // powers the board when it is not yet; see bridge_ready()
    void (*report)(enum emu_severity severity, const char *text);
    uint64_t (*now)(void);
    void (*alarm)(uint64_t at);
    void (*wait)(uint64_t until);
    // The run is over (--until, or nothing can happen any more under the virtual clock): shows reports and ends the process.
    void (*end)(const char *why); // returns only while the program is over already and the board lingers
    // machine.reset() and a watchdog that bites, machine.soft_reset(): the port starts again or ends the process; neither returns
    void (*hard_reset)(void);
    void (*soft_reset)(void);
};
extern const struct bridge_port *bridge_port;

void bridge_open(const struct bridge_port *port); // first of all: from then on boards can be read
static inline void bridge_ready(void) { bridge_port->power(); } // called by the start function of every module here
// Power-on: chip, nets and pins of this board, clock mode. Before rt_start().
void bridge_power_on(const struct board *board, enum clock_mode mode, bool strict);
void bridge_power_off(void);
// Called at the next power-off, or at each end of the interpreter (soft reset, and before power-off); the last one first; again: nothing.
void bridge_at_power_off(void (*stop)(void));
void bridge_at_soft_reset(void (*stop)(void));
// Around the interpreter's life: callbacks off, Python objects forgotten (soft reset); pins keep their state.
void bridge_python_start(void); // after rt_start()
void bridge_python_stop(void);  // before rt_stop()
// A reset of the board: the port's hard_reset(), which powers it off and on. Not inside an event: from there bridge_reset_soon(). `cause`
// is what reset_cause() will say.
_Noreturn void bridge_reset(enum reset_cause cause);
void bridge_reset_soon(enum reset_cause cause);
enum reset_cause bridge_next_cause(void); // of the reset that is asked for
enum reset_cause bridge_reset_cause(void); // RESET_SOFT once the interpreter has been started again
bool bridge_strict(void);
// After an operation that may have been a fault (a short, a floating read): under --strict raises RuntimeError with its text.
void bridge_fault_check(void);
// After Python code did something to the chip: takes the interrupts that it caused (so two edges in one line of code are two interrupts),
// then looks for faults.
void bridge_acted(void);

// Sleeps of Python code: events and interrupts go on, scheduled functions and soft handlers run. May raise (Ctrl-C, handlers don't).
// false: nothing can happen any more (only with until == NEVER): the run ends instead under the virtual clock.
void bridge_wait_until(uint64_t until);
static inline void bridge_wait(uint64_t ns) { bridge_wait_until(clock_now() + ns); }
void bridge_wait_some(uint64_t until); // returns early after an interrupt or a scheduled function
// Waits until done(data) or the deadline: false. It is asked after each event.
bool bridge_wait_for(bool (*done)(void *data), void *data, uint64_t deadline);
// Waits for the next interrupt: pyb.wfi(), machine.idle().
void bridge_wait_interrupt(void);

// Objects that the chip holds on to. The slot is marked at each collection and set to OBJ_NULL at soft reset.
void bridge_root(obj_t *slot); // again: nothing
void bridge_root_drop(obj_t *slot); // before its memory goes

// ---- Python functions as interrupt handlers (handler.c) ------------------------------------------------------------------
struct handler {
    struct irq_line line;      // name, priority and handler are set by handler_init()
    obj_t function;            // OBJ_NULL or OBJ_NONE: none
    obj_t argument;            // what it is called with, kept alive
    obj_t second;              // a second argument, a small integer; OBJ_NULL: one argument only. Hard handlers
    bool hard;                 // heap locked, between two bytecodes; else through the scheduler
    void (*before)(void *data); // may be NULL: clears flags of the source …
    void (*after)(void *data); // may be NULL: behind the call, or when it is in the scheduler's queue
    void *data;
    const char *kind;          // "Timer", "ExtInt" …: for the message when it raises
    int number;                // -1: none
    char label[32];            // "Timer(4)": the line's name
    void (*switch_off)(void *data); // the function raised: the source is to be silenced; NULL: the function is only forgotten
};
// `kind` is a text that lives forever. Registered once; safe to call again.
void handler_init(struct handler *h, const char *kind, int number, int priority, void (*before)(void *), void (*switch_off)(void *),
                  void *data);
void handler_set(struct handler *h, obj_t function, obj_t argument, bool hard); // OBJ_NONE switches off; enables the line
void handler_drop(struct handler *h); // unregistered, before its memory goes
void handlers_off(void);              // soft reset
bool handlers_any(void);              // some function waits for its interrupt

#endif
