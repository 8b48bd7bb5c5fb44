// SPDX-License-Identifier: MIT
// Threads of the host: POSIX threads behind one monitor (a mutex), and a condition variable for each thread.
//
// Signals go to the main thread alone: the others begin with all of them blocked.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>

#include "heap/heap.h"
#include "host.h"
#include "run/thread.h"

struct host_signal {
    pthread_cond_t condition;
};
static pthread_mutex_t monitor = PTHREAD_MUTEX_INITIALIZER;

void host_monitor_enter(void) { pthread_mutex_lock(&monitor); }
void host_monitor_leave(void) { pthread_mutex_unlock(&monitor); }

struct host_signal *host_signal_new(void) {
    struct host_signal *s = host_alloc(sizeof *s);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&s->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return s;
}

void host_signal_free(struct host_signal *s) {
    pthread_cond_destroy(&s->condition);
    host_free(s);
}

void host_signal_send(struct host_signal *s) { pthread_cond_signal(&s->condition); }

void host_signal_wait(struct host_signal *s, uint64_t us) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t ns = (uint64_t)until.tv_nsec + us % 1000000u * 1000u;
    until.tv_sec += (time_t)(us / 1000000u + ns / 1000000000u);
    until.tv_nsec = (long)(ns % 1000000000u);
    pthread_cond_timedwait(&s->condition, &monitor, &until);
}

struct start {
    void (*run)(void *);
    void *arg;
};

static void *start_run(void *arg) {
    struct start s = *(struct start *)arg;
    host_free(arg);
    s.run(s.arg);
    return NULL;
}

// In the child of a fork there is one thread.
static void forked(void) {
    pthread_mutex_init(&monitor, NULL);
    thread_forked();
}

int host_thread_start(void (*run)(void *), void *arg, size_t stack_bytes) {
    static bool fork_seen;
    if (!fork_seen) pthread_atfork(NULL, NULL, forked);
    fork_seen = true;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    enum { PAGE = 4096 };
    stack_bytes = (stack_bytes + PAGE - 1) & ~(size_t)(PAGE - 1);
    pthread_attr_setstacksize(&attributes, stack_bytes < (size_t)PTHREAD_STACK_MIN ? (size_t)PTHREAD_STACK_MIN : stack_bytes);
    struct start *s = host_alloc(sizeof *s);
    *s = (struct start){run, arg};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int error = pthread_create(&thread, &attributes, start_run, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (error) host_free(s);
    return error;
}
