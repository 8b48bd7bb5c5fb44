// SPDX-License-Identifier: MIT
// Work that waits for a good moment: scheduled functions, Ctrl-C, interrupt handlers of the board.
//
// Invariants
//  - rt.poll says that there may be something to do; its bits are set by signal handlers too, hence changed with one instruction.
//  - rt.schedule_queue is a ring of profile.schedule_depth entries; POLL_SCHEDULE is set while it holds something that may run.
//  - One function runs per look, with the scheduler locked: it is never interrupted by another, and what it schedules comes later.
//  - An exception that a scheduled function leaves behind is shown and forgotten, whatever its kind.
//  - rt.pending_exception (a KeyboardInterrupt asked for by the program) waits until the scheduler is unlocked; Ctrl-C does not wait.
#include "heap/heap.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"

void (*poll_interrupts)(void);
void (*poll_board)(void);

static int poll_take(int reason) { return __atomic_fetch_and(&rt.poll, ~reason, __ATOMIC_SEQ_CST) & reason; }
static void poll_set(int reason) { __atomic_fetch_or(&rt.poll, reason, __ATOMIC_SEQ_CST); }

static uint32_t schedule_room(void) {
    uint32_t room = sizeof rt.schedule_queue / sizeof *rt.schedule_queue;
    return rt.profile.schedule_depth < room ? rt.profile.schedule_depth : room;
}

bool schedule(obj_t function, obj_t argument) {
    uint32_t room = schedule_room();
    if (rt.schedule_count >= room) return false;
    uint32_t i = (rt.schedule_head + rt.schedule_count) % room;
    rt.schedule_queue[i].function = function;
    rt.schedule_queue[i].argument = argument;
    rt.schedule_count++;
    if (rt.scheduler_lock == 0) poll_set(POLL_SCHEDULE);
    return true;
}

void schedule_lock(void) { rt.scheduler_lock++; }

void schedule_unlock(void) {
    if (rt.scheduler_lock > 0) rt.scheduler_lock--;
    if (rt.scheduler_lock == 0 && (rt.schedule_count > 0 || rt.pending_exception || rt.interrupt_scheduled)) poll_set(POLL_SCHEDULE);
}

void schedule_interrupt(void) {
    rt.interrupt_scheduled = true;
    if (rt.scheduler_lock == 0) poll_set(POLL_SCHEDULE);
}

struct scheduled {
    obj_t function, argument;
};

static void scheduled_call(void *data) {
    struct scheduled *s = data;
    call_1(s->function, s->argument);
}

static void schedule_run_one(void) {
    struct scheduled s = {rt.schedule_queue[rt.schedule_head].function, rt.schedule_queue[rt.schedule_head].argument};
    rt.schedule_queue[rt.schedule_head].function = rt.schedule_queue[rt.schedule_head].argument = OBJ_NULL;
    rt.schedule_head = (rt.schedule_head + 1) % schedule_room();
    rt.schedule_count--;
    obj_t exception;
    schedule_lock();
    if (!protect(scheduled_call, &s, &exception)) {
        struct printer p = printer_stdout;
        exception_print(&p, exception);
    }
    schedule_unlock();
}

void poll_interrupted(void) {
    if (!rt.catch || !thread_is_main() || !poll_take(POLL_KEYBOARD)) return; // without a landing place: when the program has ended
    rt.pending_exception = OBJ_NULL;
    raise_type(&type_KeyboardInterrupt);
}

void poll_run(void) {
    if (poll_take(POLL_INTERRUPT) && poll_interrupts) poll_interrupts();
    if (poll_take(POLL_BOARD) && poll_board) poll_board();
    if (poll_take(POLL_THREAD)) thread_yield();
    poll_interrupted();
    if (rt.scheduler_lock > 0) {
        poll_take(POLL_SCHEDULE); // schedule_unlock() sets it again
        return;
    }
    poll_take(POLL_SCHEDULE);
    obj_t exception = rt.pending_exception;
    if (exception) {
        rt.pending_exception = OBJ_NULL;
        if (rt.schedule_count > 0) poll_set(POLL_SCHEDULE);
        raise_object(exception);
    }
    if (rt.interrupt_scheduled) { // its turn has come: it is raised at the next poll
        rt.interrupt_scheduled = false;
        rt.pending_exception = OBJ_PTR(&type_KeyboardInterrupt);
        poll_set(POLL_SCHEDULE);
    } else if (rt.schedule_count > 0) {
        schedule_run_one();
    }
}
