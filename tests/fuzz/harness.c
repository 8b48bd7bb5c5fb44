// SPDX-License-Identifier: MIT
// See harness.h. Output of the cases is thrown away; files do not exist; the clock stands still.
#define _GNU_SOURCE
#include "harness.h"
#include "heap/heap.h"
#include "host.h"
#include "objects/map.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>

void host_write(int fd, const char *data, size_t len) { (void)fd, (void)data, (void)len; }
enum host_kind host_kind(const char *path) { (void)path; return HOST_MISSING; }
char *host_read_file(const char *path, size_t *len, int *error) {
    (void)path, (void)len;
    *error = 2;
    return NULL;
}
uint64_t host_ticks_us(void) {
    static uint64_t t;
    return t += 1000;
}
int64_t host_time_ns(void) { return 0; }
void host_sleep_us(uint64_t us) { (void)us; }
uint32_t host_random(void) { return 4; }
void *host_reserve(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}
void host_release(void *p, size_t bytes) { munmap(p, bytes); }
void host_discard(void *p, size_t bytes) { madvise(p, bytes, MADV_DONTNEED); }
_Noreturn void host_fatal(const char *message) {
    fprintf(stderr, "%s\n", message);
    abort();
}

static const struct map_slot none_members[] = {MEMBER(__name__, OBJ_QSTR(Q_os))};
static FIXED_DICT(none_dict, none_members);
const struct module module_os = {&type_module, &none_dict, {0}}, module_io = {&type_module, &none_dict, {0}},
                    module_time = {&type_module, &none_dict, {0}};
static obj_t no_open(size_t n, size_t kw, const obj_t *args) {
    (void)n, (void)kw, (void)args;
    raise_os(2);
}
const struct builtin io_open_builtin = {&type_builtin, FORM_KW, 1, 3, 0, {.kw = no_open}};

static void harness_alarm(int signal) {
    (void)signal;
    rt.poll |= POLL_KEYBOARD;
}

struct harness_job {
    void (*fn)(const uint8_t *, size_t);
    const uint8_t *data;
    size_t size;
};

static void harness_run(void *arg) {
    struct harness_job *job = arg;
    job->fn(job->data, job->size);
}

static __attribute__((noinline)) void harness_inner(struct harness_job *job) {
    struct itimerval after = {{0, 1000 * HARNESS_MILLISECONDS}, {0, 1000 * HARNESS_MILLISECONDS}}, off = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &after, NULL);
    obj_t exception;
    for (int tries = 0; tries < 3 && !protect(harness_run, job, &exception); tries++)
        if (!exception_matches(exception, OBJ_PTR(&type_KeyboardInterrupt))) break;
    setitimer(ITIMER_REAL, &off, NULL);
    if (!heap_check(&printer_stderr)) abort();
}

void harness_case(void (*fn)(const uint8_t *data, size_t size), const uint8_t *data, size_t size) {
    struct sigaction action = {.sa_handler = harness_alarm, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    char top;
    rt.profile = profiles[0];
    rt.profile.heap_region = HARNESS_HEAP;
    rt.c_stack_top = &top + 256;
    rt.c_stack_limit = 512 << 10;
    rt.keyboard_interrupt = true;
    if (!heap_start(HARNESS_HEAP)) host_fatal("no heap");
    rt_start();
    struct harness_job job = {fn, data, size};
    harness_inner(&job);
    rt_stop();
    heap_stop();
}
