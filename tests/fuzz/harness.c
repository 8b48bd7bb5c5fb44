// SPDX-License-Identifier: MIT
// See harness.h. Output of the cases is thrown away; files do not exist; each look at the clock moves it by a millisecond.
#define _GNU_SOURCE
#include "harness.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "modules/sys.h"
#include "objects/map.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include "vfs/vfs.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void host_write(int fd, const char *data, size_t len) { (void)fd, (void)data, (void)len; }
ptrdiff_t host_typed(void *data, size_t len) {
    (void)data, (void)len;
    return -1;
}
bool host_typed_ready(void) { return true; }
void host_typed_look(void) {}
void host_typed_wait(int64_t us) { (void)us; }
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
int host_poll(struct host_poll *p, size_t n, int64_t timeout_us, int *error) {
    for (size_t i = 0; i < n; i++) p[i].ready = 0;
    (void)timeout_us, (void)error;
    host_ticks_us();
    return 0;
}
void host_local_time(int64_t seconds, struct host_calendar *out) {
    (void)seconds;
    memset(out, 0, sizeof *out);
}
int64_t host_local_seconds(const struct host_calendar *c) {
    (void)c;
    return 0;
}
uint32_t host_random(void) { return 4; }
int host_thread_start(void (*run)(void *), void *arg, size_t stack_bytes) { (void)run, (void)arg, (void)stack_bytes; return 11; }
void host_monitor_enter(void) {}
void host_monitor_leave(void) {}
struct host_signal *host_signal_new(void) { return NULL; }
void host_signal_free(struct host_signal *s) { (void)s; }
void host_signal_send(struct host_signal *s) { (void)s; }
void host_signal_wait(struct host_signal *s, uint64_t us) { (void)s, (void)us; }
void *host_reserve(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}
void host_release(void *p, size_t bytes) { munmap(p, bytes); }
void host_discard(void *p, size_t bytes) { madvise(p, bytes, MADV_DONTNEED); }
size_t host_text_length(uintptr_t address) { return (void)address, SIZE_MAX; }
void host_large_pages(void *p, size_t bytes) { (void)p, (void)bytes; }
_Noreturn void host_fatal(const char *message) {
    fprintf(stderr, "%s\n", message);
    abort();
}

static const struct map_slot none_members[] = {MEMBER(__name__, OBJ_QSTR(Q_os))};
static FIXED_DICT(none_dict, none_members);
const struct module module_os = {&type_module, &none_dict, {0}};
MODULE(os, true, NULL, "");
const struct type type_VfsPosix = {.type = &type_type, .name = Q_VfsPosix, .ops = &(const struct type_ops){0}};
obj_t vfs_host_root(void) { return OBJ_NULL; }
obj_t vfs_open_number(obj_t number, obj_t mode) {
    (void)number, (void)mode;
    raise_os(2);
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

// A case that catches every KeyboardInterrupt is left at its next poll. The interpreter is stopped after each case anyway.
static jmp_buf give_up;
static void harness_give_up(void) { longjmp(give_up, 1); }

static __attribute__((noinline)) void harness_inner(struct harness_job *job) {
    poll_interrupts = harness_give_up;
    obj_t exception;
    if (setjmp(give_up) == 0) {
        harness_alarm(harness_milliseconds);
        for (int tries = 0; tries < 3 && !protect(harness_run, job, &exception); tries++)
            if (!exception_matches(exception, OBJ_PTR(&type_KeyboardInterrupt))) break;
    }
    harness_alarm(0);
    if (!heap_check(&printer_stderr)) abort();
}

const char *harness_board = "desktop";
unsigned harness_milliseconds = 10;

obj_t harness_function(const char *module, const char *name) {
    return obj_load_attr(import_module(intern_text(module), OBJ_NONE, 0), intern_text(name));
}

void harness_case(void (*fn)(const uint8_t *data, size_t size), const uint8_t *data, size_t size) {
    char top;
    rt.profile = *profile_find(harness_board);
    rt.profile.heap_region = HARNESS_HEAP;
    rt.c_stack_top = &top + 256;
    rt.c_stack_limit = 512 << 10;
    rt.keyboard_interrupt = true;
    if (!heap_start(HARNESS_HEAP)) host_fatal("no heap");
    rt_start();
    sys_start();
    struct harness_job job = {fn, data, size};
    harness_inner(&job);
    rt_stop();
    heap_stop();
}
