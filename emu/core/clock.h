// SPDX-License-Identifier: MIT
// Emulated time and the one event queue. Times are ns since power-on; 2^64 ns are 584 years.
//
// CLOCK_REAL: time is the host's; events are late by what the host needs to notice them. CLOCK_VIRTUAL: time moves by what running code
// is charged for and by jumps over waits; every event fires at exactly its time, in the order (time, order of arming).
#ifndef EMU_CORE_CLOCK_H
#define EMU_CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define NEVER UINT64_MAX
enum { NS_PER_US = 1000, NS_PER_MS = 1000000 };
#define NS_PER_S UINT64_C(1000000000)

enum clock_mode { CLOCK_REAL, CLOCK_VIRTUAL };

// An event belongs to whoever needs it (a field of a timer, a part …): no allocation to arm it. Zeroed: not armed.
struct event {
    void (*fire)(void *data); // runs with clock_now() at or (real clock) after `at`; may arm and cancel events, itself too
    void *data;
    uint64_t at;
    uint64_t order;
    uint32_t slot; // place in the queue plus one; 0: not armed
};

void clock_reset(void);                  // power-on: now is 0, nothing armed
void clock_mode_set(enum clock_mode mode);
enum clock_mode clock_mode_get(void);
uint64_t clock_now(void);
uint64_t clock_due(void);                // in an event the time it was armed for (real clock: it may fire later), else clock_now()
void event_arm(struct event *e, uint64_t at); // again: moves it. `at` in the past: as soon as possible
void event_cancel(struct event *e);           // not armed: nothing
static inline bool event_armed(const struct event *e) { return e->slot != 0; }
uint64_t clock_next(void);               // time of the next event, NEVER when there is none
void clock_run_due(void);                // fires what is due at clock_now()
// The caller asks for what is due in a loop, clock_run_due(): meanwhile the host's alarm (real clock) stays as it is.
void clock_polled(bool on);
// Waits until `until` or until an event has fired that raised an interrupt (irq_waiting()), whichever is first.
// Virtual clock: jumps from event to event. False: nothing can happen any more (until is NEVER and no event is armed), time stands.
bool clock_wait(uint64_t until);
void clock_break(void); // for events: the wait that fires this one ends here, so that whoever waits can look around
// Virtual clock: the code has used its grant; real clock: the alarm rang. Fires what is due and arms the next one.
void clock_attend(void);
// Virtual clock: charges time for something that takes long on the chip (flash erase, a busy wait) while events go on.
void clock_advance(uint64_t ns);
// Time at which the run ends (--until); clock_over() is true from then on.
void clock_until(uint64_t end);
bool clock_over(void);

#endif
