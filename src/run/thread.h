// SPDX-License-Identifier: MIT
// Threads of Python. One of them runs at a time: the one that has the lock of the interpreter. The others wait for it, or are outside, in
// a blocking call of the host. While there is one thread only, all of this costs nothing: rt.threads is NULL.
//
// A thread changes at jump instructions (POLL_THREAD is set for who holds the lock too long) and in thread_outside(), nowhere else. So a
// native function that calls no Python code is never interrupted by another thread.
#ifndef SRC_THREAD_H
#define SRC_THREAD_H

#include "obj.h"

struct thread;

// Runs fn(arg) without the lock. fn may not touch an object, raise, or allocate; what it fills must not be in the reach of a program.
void thread_outside(void (*fn)(void *arg), void *arg);
void thread_yield(void); // others first, if any want to run
// A sleep under a clock that jumps: a turn for the others; then the time (host_ticks_us()) to which the clock may go now, at most `until`.
// When that is over already, another thread has work to do.
uint64_t thread_sleep_turn(uint64_t until);

// Starts function(*args, **kwargs) in a new thread; its number. stack: bytes, 0: as much as usual. OSError when the host has no more.
intptr_t thread_start(obj_t function, obj_t args, obj_t kwargs, size_t stack);
intptr_t thread_number(void); // of the running thread, never 0
bool thread_is_main(void);
bool thread_others(void); // there is more than one
void threads_end(void);   // the interpreter stops: there is no other
void thread_forked(void); // in the child: only the thread that forked is left

// Waits, outside, until thread_wake(on) is called, or for so long (negative: for ever), or till pending work must be done. What it waits
// for is only compared.
void thread_wait(const void *on, int64_t us);
void thread_wake(const void *on); // the one that has waited longest

// For the collector: calls `mark` for every other thread, as if it were running, with the address where its C stack begins.
void thread_mark_others(void (*mark)(const char *stack));

#endif
