// SPDX-License-Identifier: MIT
// Module _thread: threads and locks (run/thread.h does the work).
//
// A lock is a word that says whether it is taken. Only one thread runs at a time, so taking it is an assignment; a thread that finds it
// taken waits until it is woken and looks again. The thread that gives a lock back need not be the one that took it.
#include "heap/heap.h"
#include "host.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"

struct lock { // 2 words
    const struct type *type;
    uintptr_t taken;
};
static const struct type type_lock;

static struct lock *lock_self(obj_t o) {
    if (!obj_is(o, &type_lock)) raise_message(&type_TypeError, "lock expected");
    return (struct lock *)o;
}

static bool lock_take(struct lock *lock, bool wait, int64_t us) {
    uint64_t begin = us >= 0 ? host_ticks_us() : 0;
    while (lock->taken) {
        int64_t left = us < 0 ? us : us - (int64_t)(host_ticks_us() - begin);
        if (!wait || (us >= 0 && left <= 0)) return false;
        thread_wait(lock, left);
        if (rt.poll) poll_run();
    }
    lock->taken = 1;
    return true;
}

// acquire(wait=True, timeout=-1): seconds
static obj_t lock_acquire(size_t n, const obj_t *args) {
    double seconds = n > 2 ? obj_get_float(args[2]) : -1;
    if (!(seconds < 1e9)) seconds = 1e9;
    int64_t us = seconds < 0 ? -1 : (int64_t)(seconds * 1e6);
    return obj_bool(lock_take(lock_self(args[0]), n > 1 ? obj_true(args[1]) : true, us));
}
BUILTIN_VAR(lock_acquire_fn, 1, 3, lock_acquire);

static obj_t lock_release(obj_t self) {
    struct lock *lock = lock_self(self);
    if (!lock->taken) raise_type(&type_RuntimeError);
    lock->taken = 0;
    if (rt.threads) thread_wake(lock);
    return OBJ_NONE;
}
BUILTIN_1(lock_release_fn, lock_release);

static obj_t lock_locked(obj_t self) { return obj_bool(lock_self(self)->taken); }
BUILTIN_1(lock_locked_fn, lock_locked);

static obj_t lock_enter(obj_t self) {
    lock_take(lock_self(self), true, -1);
    return self;
}
BUILTIN_1(lock_enter_fn, lock_enter);

static obj_t lock_exit(size_t n, const obj_t *args) {
    (void)n;
    return lock_release(args[0]);
}
BUILTIN_VAR(lock_exit_fn, 4, 4, lock_exit);

static const struct map_slot lock_members[] = {
    MEMBER(acquire, &lock_acquire_fn), MEMBER(release, &lock_release_fn),  MEMBER(locked, &lock_locked_fn),
    MEMBER(__enter__, &lock_enter_fn), MEMBER(__exit__, &lock_exit_fn),
};
static FIXED_DICT(lock_dict, lock_members);
static const struct type_ops lock_ops = {0};
static const struct type type_lock = {.type = &type_type, .name = Q_lock, .flags = TYPE_TRUE, .ops = &lock_ops, .members = &lock_dict};

// ---- the module ------------------------------------------------------------------------------------------------------------------
static size_t stack_wanted; // of threads that will be started; 0: as much as usual

static obj_t thread_allocate_lock(void) {
    struct lock *lock = heap_new(2, 0, HEAP_DATA);
    lock->type = &type_lock;
    return OBJ_PTR(lock);
}
BUILTIN_0(thread_allocate_lock_fn, thread_allocate_lock);

static obj_t thread_start_new_thread(size_t n, const obj_t *args) {
    if (!obj_isinstance(args[1], &type_tuple) && !obj_isinstance(args[1], &type_list))
        raise_message(&type_TypeError, "expecting a tuple for positional args");
    if (n > 2 && !obj_is(args[2], &type_dict)) raise_message(&type_TypeError, "expecting a dict for keyword args");
    if (thread_others() && strcmp(rt.profile.platform, "rp2") == 0) raise_message(&type_OSError, "core1 in use"); // it has two cores
    return int_from(thread_start(args[0], args[1], n > 2 ? args[2] : OBJ_NULL, stack_wanted));
}
BUILTIN_VAR(thread_start_new_thread_fn, 2, 3, thread_start_new_thread);

static obj_t thread_get_ident(void) { return int_from(thread_number()); }
BUILTIN_0(thread_get_ident_fn, thread_get_ident);

static obj_t thread_stack_size(size_t n, const obj_t *args) {
    intptr_t wanted = n > 0 ? obj_get_int(args[0]) : 0;
    size_t before = stack_wanted;
    stack_wanted = wanted > 0 ? (size_t)wanted : 0;
    return int_from((intptr_t)before);
}
BUILTIN_VAR(thread_stack_size_fn, 0, 1, thread_stack_size);

static obj_t thread_exit(void) { raise_type(&type_SystemExit); }
BUILTIN_0(thread_exit_fn, thread_exit);

void thread_module_start(void) { stack_wanted = 0; }

static const struct map_slot thread_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q__thread)),
    MEMBER(LockType, &type_lock),
    MEMBER(allocate_lock, &thread_allocate_lock_fn),
    MEMBER(exit, &thread_exit_fn),
    MEMBER(get_ident, &thread_get_ident_fn),
    MEMBER(stack_size, &thread_stack_size_fn),
    MEMBER(start_new_thread, &thread_start_new_thread_fn),
};
static FIXED_DICT(thread_dict, thread_members);
const struct module module__thread = {&type_module, &thread_dict, {0}};
MODULE(_thread, false, thread_module_start, "linux rp2 esp32");
