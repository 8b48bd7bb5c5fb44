// SPDX-License-Identifier: MIT
// Who runs, and what a thread takes along.
//
// Invariants
//  - rt.threads is NULL while there is one thread, and for ever in programs that start none. Else it lists all threads, and
//    rt.thread is the running one, which has the lock.
//  - The part of rt that belongs to a thread, from `catch` to `thread_end`, is saved in its record while it does not run.
//  - The lock is given, not fought for: whoever wants it stands in the queue `first_waiting`; a release hands it to the first.
//  - Records change under the host's monitor only. The collector, which has the lock, reads records of threads that do not run: all that
//    is in them, and on their C stacks above `stack_low`, stays as it is until they get the lock.
//  - A process that forks goes on with the thread that forked alone: thread_forked() forgets the others.
#include "run/thread.h"

#include "heap/heap.h"
#include "host.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/trace.h"
#include "run/vm.h"

enum { PATIENCE_US = 2000, LONGEST_WAIT_US = 50000, ARRIVAL_LOOK_US = 100 };
enum { STACK_USUAL = 1 << 20, STACK_LEAST = 512 << 10, STACK_MOST = 256 << 20 };
enum { OWN_FROM = offsetof(struct runtime, catch), OWN_BYTES = offsetof(struct runtime, thread_end) - OWN_FROM };

struct thread {
    struct thread *next, *next_waiting;
    intptr_t number;
    bool is_main, has_lock;
    const void *waits_on;
    uint64_t waits_since;
    uint64_t sleeps_until; // in thread_sleep_turn(); else 0
    struct host_signal *signal; // it may go on
    obj_t function, args, kwargs;
    const char *stack_low;
    size_t stack_bytes;
    char own[OWN_BYTES];
};
static struct thread *first_waiting, *last_waiting;
static bool lock_taken;
static intptr_t last_number;
static uint64_t waits_begun;

static void *own(void) { return (char *)&rt + OWN_FROM; }

// ---- the lock --------------------------------------------------------------------------------------------------------------------
// All under the monitor.
static void lock_release(void) {
    struct thread *t = first_waiting;
    lock_taken = t != NULL;
    if (!t) return;
    first_waiting = t->next_waiting;
    t->has_lock = true;
    host_signal_send(t->signal);
}

static void lock_acquire(struct thread *t) {
    t->has_lock = false;
    if (!lock_taken) {
        lock_taken = true;
        return;
    }
    t->next_waiting = NULL;
    if (first_waiting) last_waiting->next_waiting = t;
    else first_waiting = t;
    last_waiting = t;
    while (!t->has_lock) {
        host_signal_wait(t->signal, PATIENCE_US);
        if (!t->has_lock) __atomic_fetch_or(&rt.poll, POLL_THREAD, __ATOMIC_SEQ_CST);
    }
}

static void thread_leave(struct thread *t, const char *stack_low) {
    memcpy(t->own, own(), OWN_BYTES);
    t->stack_low = stack_low;
}

static void thread_enter(struct thread *t) {
    memcpy(own(), t->own, OWN_BYTES);
    rt.thread = t;
    heap_lock_changed();
    if (rt.profile.settrace) engine_watch();
}

// Everything in use is in frames above this one.
static __attribute__((noinline)) void outside(struct thread *t, void (*fn)(void *arg), void *arg) {
    host_monitor_enter();
    thread_leave(t, __builtin_frame_address(0));
    lock_release();
    if (fn) {
        host_monitor_leave();
        fn(arg);
        host_monitor_enter();
    }
    lock_acquire(t);
    thread_enter(t);
    host_monitor_leave();
}

static __attribute__((noinline)) void outside_with_registers(void (*fn)(void *arg), void *arg) {
    __builtin_unwind_init();
    outside(rt.thread, fn, arg);
    __asm__ volatile("" ::: "memory"); // not a tail call
}

void thread_outside(void (*fn)(void *arg), void *arg) {
    if (!rt.threads || heap_collecting()) fn(arg);
    else outside_with_registers(fn, arg);
}

void thread_yield(void) {
    if (rt.threads && first_waiting && !heap_collecting()) outside_with_registers(NULL, NULL);
}

uint64_t thread_sleep_turn(uint64_t until) {
    if (!thread_others()) return until;
    rt.thread->sleeps_until = until;
    thread_yield();
    rt.thread->sleeps_until = 0;
    uint64_t now = host_ticks_us();
    host_monitor_enter();
    for (struct thread *t = first_waiting; t; t = t->next_waiting) {
        uint64_t goes_on = t->sleeps_until > now ? t->sleeps_until : now;
        if (goes_on < until) until = goes_on;
    }
    host_monitor_leave();
    return until;
}

// ---- waiting for each other -----------------------------------------------------------------------------------------------------
struct wait {
    struct thread *thread;
    int64_t us;
};

static void wait_do(void *arg) {
    struct wait *w = arg;
    host_monitor_enter();
    if (w->thread->waits_on) host_signal_wait(w->thread->signal, (uint64_t)w->us);
    host_monitor_leave();
}

void thread_wait(const void *on, int64_t us) {
    // the main thread must look for Ctrl-C now and then
    if (us < 0 || us > LONGEST_WAIT_US) us = LONGEST_WAIT_US;
    if (!rt.threads) { // nobody will come
        host_sleep_us((uint64_t)us);
        return;
    }
    struct wait w = {rt.thread, us};
    w.thread->waits_on = on;
    w.thread->waits_since = waits_begun++;
    thread_outside(wait_do, &w);
    w.thread->waits_on = NULL;
}

void thread_wake(const void *on) {
    host_monitor_enter();
    struct thread *first = NULL;
    for (struct thread *t = rt.threads; t; t = t->next)
        if (t->waits_on == on && (!first || t->waits_since < first->waits_since)) first = t;
    if (first) {
        first->waits_on = NULL;
        host_signal_send(first->signal);
    }
    host_monitor_leave();
}

// ---- records ---------------------------------------------------------------------------------------------------------------------
static struct thread *thread_record(void) {
    struct thread *t = host_alloc(sizeof *t);
    memset(t, 0, sizeof *t);
    t->signal = host_signal_new();
    t->number = ++last_number;
    return t;
}

static void thread_forget(struct thread *t) {
    host_signal_free(t->signal);
    host_free(t);
}

// The first new thread makes the running one a thread too.
static void threads_begin(void) {
    if (rt.threads) return;
    last_number = 0;
    lock_taken = true;
    first_waiting = NULL;
    rt.thread = rt.threads = thread_record();
    rt.thread->is_main = true;
}

static void threads_remove(struct thread *t) {
    struct thread **at = &rt.threads;
    while (*at != t) at = &(*at)->next;
    *at = t->next;
}

void thread_forked(void) {
    if (!rt.threads) return;
    for (struct thread *t = rt.threads, *next; t; t = next) {
        next = t->next;
        if (t != rt.thread) host_free(t);
    }
    rt.thread->next = NULL;
    rt.threads = rt.thread;
    rt.thread->is_main = true;
    first_waiting = NULL;
}

void threads_end(void) {
    if (!rt.threads) return;
    thread_forget(rt.thread);
    rt.threads = rt.thread = NULL;
}

// ---- the life of a thread ---------------------------------------------------------------------------------------------------
static void thread_call(void *arg) {
    struct thread *t = arg;
    size_t n, kw = 0;
    obj_t *items;
    seq_items(t->args, &n, &items);
    if (t->kwargs != OBJ_NULL) kw = obj_int(obj_len(t->kwargs));
    obj_t *all = heap_new(n + 2 * kw + 1, 0, HEAP_REFS); // a run of its own: args may be a list that changes
    memcpy(all, items, n * sizeof *all);
    if (kw) {
        size_t cursor = 0, k = n;
        struct map_slot *slot;
        while (k < n + 2 * kw && (slot = map_next(dict_map(t->kwargs), &cursor))) {
            all[k++] = slot->key;
            all[k++] = slot->value;
        }
    }
    call(t->function, n, kw, all);
}

static void thread_run(struct thread *t) {
    obj_t exception;
    if (protect(thread_call, t, &exception)) return;
    if (exception_matches(exception, OBJ_PTR(&type_SystemExit))) return;
    struct printer p = printer_stdout;
    print_text(&p, "Unhandled exception in thread started by ");
    obj_print(&p, t->function, PRINT_REPR);
    print_text(&p, "\n");
    exception_print(&p, exception);
}

static void thread_main(void *arg) {
    struct thread *t = arg;
    host_monitor_enter();
    lock_acquire(t);
    thread_enter(t);
    host_monitor_leave();
    rt.c_stack_top = (char *)(((uintptr_t)__builtin_frame_address(0) + 63) & ~(uintptr_t)63);
    rt.c_stack_limit = t->stack_bytes - t->stack_bytes / 4; // below it is room for functions that do not look
    thread_run(t);
    frame_stack_release();
    host_monitor_enter();
    threads_remove(t);
    rt.thread = NULL;
    lock_release();
    host_monitor_leave();
    thread_forget(t);
}

static void thread_init(struct thread *t, obj_t function, obj_t args, obj_t kwargs, size_t stack) {
    t->function = function;
    t->args = args;
    t->kwargs = kwargs;
    if (stack == 0) stack = STACK_USUAL;
    t->stack_bytes = stack < STACK_LEAST ? STACK_LEAST : stack > STACK_MOST ? STACK_MOST : stack;
    char before[OWN_BYTES];
    memcpy(before, own(), OWN_BYTES);
    rt.catch = NULL; // globals and locals stay those of the running thread
    rt.frame = NULL;
    rt.traced = NULL;
    rt.trace_function = OBJ_NULL;
    rt.trace_busy = false;
    rt.engine_stack = NULL;
    rt.call_scratch = NULL;
    rt.stop_value = OBJ_NONE;
    rt.sort_jobs = NULL;
    rt.handled = OBJ_NULL;
    rt.heap_lock_depth = 0;
    rt.board_stack = rt.profile.stack_base;
    rt.board_between = 0;
    bool room = frame_stack_reserve();
    memcpy(t->own, own(), OWN_BYTES);
    memcpy(own(), before, OWN_BYTES);
    if (!room) {
        thread_forget(t);
        raise_no_memory(1);
    }
}

// Under a clock that jumps, it would run past what a thread does that the host has not started yet.
static void arrival_wait(const struct thread *wanted) {
    host_monitor_enter();
    for (;;) {
        struct thread *t = first_waiting;
        while (t && t != wanted) t = t->next_waiting;
        if (t) break;
        host_signal_wait(rt.thread->signal, ARRIVAL_LOOK_US);
    }
    host_monitor_leave();
}

intptr_t thread_start(obj_t function, obj_t args, obj_t kwargs, size_t stack) {
    threads_begin();
    struct thread *t = thread_record();
    thread_init(t, function, args, kwargs, stack);
    t->stack_low = NULL;
    host_monitor_enter();
    struct thread **at = &rt.threads; // the order of starting is the order of waking
    while (*at) at = &(*at)->next;
    *at = t;
    host_monitor_leave();
    int error = host_thread_start(thread_main, t, t->stack_bytes);
    if (error) {
        host_monitor_enter();
        threads_remove(t);
        host_monitor_leave();
        thread_forget(t);
        raise_os(error);
    }
    if (rt.ops_counted) arrival_wait(t);
    return t->number;
}

intptr_t thread_number(void) { return rt.thread ? rt.thread->number : 1; }
bool thread_others(void) { return rt.threads && rt.threads->next; }
bool thread_is_main(void) { return !rt.thread || rt.thread->is_main; }

// ---- the collector ---------------------------------------------------------------------------------------------------------------
void thread_mark_others(void (*mark)(const char *stack)) {
    if (!rt.threads) return;
    char running[OWN_BYTES];
    memcpy(running, own(), OWN_BYTES);
    for (struct thread *t = rt.threads; t; t = t->next) {
        heap_mark_words(&t->function, 3);
        if (t == rt.thread) continue;
        heap_mark_words(t->own, OWN_BYTES / sizeof(uintptr_t));
        memcpy(own(), t->own, OWN_BYTES);
        if (!t->stack_low) rt.c_stack_top = NULL; // it has not begun
        mark(t->stack_low);
    }
    memcpy(own(), running, OWN_BYTES);
}
