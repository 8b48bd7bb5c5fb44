// SPDX-License-Identifier: MIT
// What the interpreter needs from the outside. A port implements it (ports/unix/host.c). No function raises; errors are POSIX numbers.
#ifndef SRC_HOST_H
#define SRC_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// console
void host_write(int fd, const char *data, size_t len); // 1 stdout, 2 stderr; all of it, whatever it takes
// the terminal's input: keys of the desktop, the serial line of a device
ptrdiff_t host_typed(void *data, size_t len); // bytes that are there; 0: none now, -1: there will be no more
bool host_typed_ready(void);                  // host_typed() would give some
void host_typed_look(void);                      // a program begins: a Ctrl-C that waits, and nothing else, is meant for it
// Waits until there are some, rt.poll is set or the time is over; us < 0: no limit. May return early
void host_typed_wait(int64_t us);
// files, read whole
enum host_kind { HOST_MISSING, HOST_FILE, HOST_FOLDER };
enum host_kind host_kind(const char *path);
char *host_read_file(const char *path, size_t *len, int *error); // host_alloc'ed, NUL-terminated; NULL: *error
// What the port calls when Ctrl-C arrives, in the handler of the signal on the main thread; NULL: nothing. It may not return (int_long.c).
extern void (*host_interrupt_hook)(void);
// clock
uint64_t host_ticks_us(void);      // monotonic
int64_t host_time_ns(void);        // since 1970, wall clock
void host_sleep_us(uint64_t us);   // returns early when rt.poll is set
// Descriptors: waits until one of them is as wanted, or for timeout_us (< 0: no limit). Returns how many are, 0 when none; -1: *error.
// Returns early, with 0, when rt.poll is set: programs wait with run/wait.h. Bits: STREAM_READABLE ... of modules/stream.h
struct host_poll {
    int fd; // negative: not looked at
    short wanted, ready;
};
int host_poll(struct host_poll *p, size_t n, int64_t timeout_us, int *error);
// Civil time in the host's zone. month 1..12, weekday 0 Monday, yearday 1..366, summer > 0: daylight saving, < 0: to be found out
struct host_calendar {
    int64_t year;
    int month, day, hour, minute, second, weekday, yearday, summer;
};
void host_local_time(int64_t seconds, struct host_calendar *out); // since 1970
int64_t host_local_seconds(const struct host_calendar *c);        // inverse; fields out of range are carried over
uint32_t host_random(void);        // entropy, for unseeded generators
// threads (run/thread.c decides who runs): a monitor that one thread is in at a time, and signals to threads that wait inside it
struct host_signal;
int host_thread_start(void (*run)(void *), void *arg, size_t stack_bytes); // 0, or what is wrong
void host_monitor_enter(void), host_monitor_leave(void);
struct host_signal *host_signal_new(void);
void host_signal_free(struct host_signal *s);
void host_signal_send(struct host_signal *s);               // to the one thread that waits for it
void host_signal_wait(struct host_signal *s, uint64_t us);  // out of the monitor, in again; may end early
// memory: a reserved range, zero, committed on touch; NULL when refused
void *host_reserve(size_t bytes);
void host_release(void *p, size_t bytes);
void host_discard(void *p, size_t bytes); // contents no longer needed; reads as zero afterwards
// Length of the NUL-terminated text at an address of this process, whatever the address is; SIZE_MAX: no readable memory up to a NUL.
size_t host_text_length(uintptr_t address);
void host_large_pages(void *p, size_t bytes); // a hint: all of this part of a reservation will be used
_Noreturn void host_fatal(const char *message); // prints `micropython: message`, exits with status 2

#endif
