// SPDX-License-Identifier: MIT
// The host as Unix offers it: console, whole files, clocks, entropy, address space.
//
// Invariants
//  - Console output leaves in the order in which it was written, over both descriptors: text for 2 first pushes out what is kept for 1.
//  - Text for descriptor 1 is kept back only while it is an unfinished line and the descriptor is no terminal; at most
//    sizeof(kept.text) bytes. It leaves at a line end, before anything is read or slept for, and at exit.
//  - host_sleep_us() and host_poll() cannot miss an interrupt: signals are blocked between the look at rt.poll and the wait, which opens
//    them again.
//  - Reserved ranges cost address space only; the kernel commits a page when it is touched.
#define _GNU_SOURCE
#include "host.h"
#include "port.h"
#include "ports/unix/link.h"
#include "rt.h"
#include "run/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "heap/heap.h"
#include "modules/stream.h"

static struct {
    char text[8192];
    size_t len;
    int tty; // 0 unknown, 1 a terminal, -1 none
} kept;

static void descriptor_write(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            struct pollfd p = {.fd = fd, .events = POLLOUT};
            poll(&p, 1, -1);
            continue;
        }
        if (n < 0 && errno == EPIPE) { // nobody reads any more: end as programs do whose reader has gone
            signal(SIGPIPE, SIG_DFL);
            kill(getpid(), SIGPIPE);
        }
        if (n <= 0) return; // a full disk: a print does not fail for that
        data += n;
        len -= (size_t)n;
    }
}

void console_flush(void) {
    size_t len = kept.len;
    kept.len = 0;
    descriptor_write(1, kept.text, len);
}

bool console_is_tty(int fd) { return isatty(fd) == 1; }

void (*host_console_tap)(int fd, const char *data, uint64_t len);

void host_write(int fd, const char *data, size_t len) {
    if (len == 0) return;
    if (host_console_tap) host_console_tap(fd, data, len);
    if (link_is_open()) {
        link_write(data, len);
        return;
    }
    if (fd != 1) {
        console_flush();
        descriptor_write(fd, data, len);
        return;
    }
    if (kept.tty == 0) kept.tty = console_is_tty(1) ? 1 : -1;
    if (len > sizeof(kept.text) - kept.len) console_flush();
    if (len > sizeof(kept.text)) {
        descriptor_write(1, data, len);
        return;
    }
    memcpy(kept.text + kept.len, data, len);
    kept.len += len;
    if (kept.tty == 1 || data[len - 1] == '\n') console_flush();
}

uint64_t host_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void interrupt_note(int number) {
    enum { ANSWER_NS = 200000000 }; // a key that repeats is no second wish
    static uint64_t first;
    (void)number;
    if (!rt.keyboard_interrupt) return;
    if (rt.poll & POLL_KEYBOARD) { // the first one was not answered: the program hangs in something that never looks
        if (host_ns() - first < ANSWER_NS) return;
        static const char text[] = "\nmicropython: interrupted twice: stopped\n";
        if (write(2, text, sizeof(text) - 1) < 0) {}
        _exit(130);
    }
    first = host_ns();
    __atomic_fetch_or(&rt.poll, POLL_KEYBOARD, __ATOMIC_SEQ_CST);
    if (host_interrupt_hook) host_interrupt_hook();
}

void console_start(void) {
    struct sigaction action = {.sa_handler = interrupt_note, .sa_flags = SA_NODEFER}; // the hook may leave the handler by a jump
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL); // without SA_RESTART: a blocked read comes back
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    atexit(console_flush);
}

enum host_kind host_kind(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return HOST_MISSING;
    return S_ISDIR(st.st_mode) ? HOST_FOLDER : HOST_FILE;
}

// The whole of an open descriptor, which may be a pipe: its size is not known before the end.
static char *descriptor_read(int fd, size_t guess, size_t *len, int *error) {
    size_t room = guess + 1, used = 0;
    char *text = host_alloc(room);
    for (;;) {
        if (used + 1 == room) text = host_resize(text, room = room * 2 + 256);
        ssize_t n = read(fd, text + used, room - 1 - used);
        if (n < 0 && errno == EINTR && !rt.poll) continue;
        if (n < 0) {
            *error = errno;
            host_free(text);
            return NULL;
        }
        if (n == 0) break;
        used += (size_t)n;
    }
    text[used] = 0;
    *len = used;
    return text;
}

char *host_read_file(const char *path, size_t *len, int *error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *error = errno;
        return NULL;
    }
    struct stat st;
    size_t guess = fstat(fd, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
    char *text = descriptor_read(fd, guess + 1, len, error);
    close(fd);
    return text;
}

bool (*host_virtual_ticks)(uint64_t *us);
bool (*host_virtual_sleep)(uint64_t us);
int64_t (*host_board_time)(void);

uint64_t host_ticks_us(void) {
    uint64_t us;
    if (host_virtual_ticks && host_virtual_ticks(&us)) return us;
    return host_ns() / 1000;
}

int64_t host_time_ns(void) {
    if (host_board_time) return host_board_time();
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void sleep_outside(void *arg) {
    uint64_t us = *(uint64_t *)arg;
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    if (!rt.poll) {
        enum { LONGEST = 1000000000 }; // seconds; what the kernel takes everywhere
        uint64_t seconds = us / 1000000u;
        struct timespec wait = {.tv_sec = seconds > LONGEST ? LONGEST : (time_t)seconds, .tv_nsec = (long)(us % 1000000u) * 1000};
        ppoll(NULL, 0, &wait, &old);
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void host_sleep_us(uint64_t us) {
    console_flush();
    if (host_virtual_sleep && host_virtual_sleep(us)) return;
    thread_outside(sleep_outside, &us);
}

// Under a clock that jumps: what is ready now; else the time passes at once. Without a limit it passes as the host's does, so that what
// the board does later can end the wait.
static int poll_virtual(struct host_poll *p, size_t n, int64_t timeout_us, int *error) {
    enum { STEP_US = 1000 };
    const struct timespec step = {.tv_nsec = timeout_us < 0 ? STEP_US * 1000 : 0};
    int r = ppoll((struct pollfd *)p, n, &step, NULL);
    *error = r < 0 ? errno : 0;
    if (r < 0 && *error == EINTR) r = 0;
    if (r == 0 && !rt.poll) host_virtual_sleep(timeout_us < 0 ? STEP_US : (uint64_t)timeout_us);
    return r;
}

int host_poll(struct host_poll *p, size_t n, int64_t timeout_us, int *error) {
    _Static_assert(sizeof(struct host_poll) == sizeof(struct pollfd) &&
                       offsetof(struct host_poll, wanted) == offsetof(struct pollfd, events) &&
                       offsetof(struct host_poll, ready) == offsetof(struct pollfd, revents) && POLLIN == STREAM_READABLE &&
                       POLLOUT == STREAM_WRITABLE && POLLERR == STREAM_ERROR && POLLHUP == STREAM_HANGUP && POLLNVAL == STREAM_INVALID,
        "the kernel's record is used as it is");
    enum { LONGEST = 1000000000 }; // seconds; what the kernel takes everywhere
    int64_t seconds = timeout_us / 1000000;
    struct timespec wait = {.tv_sec = seconds > LONGEST ? LONGEST : (time_t)seconds, .tv_nsec = (long)(timeout_us % 1000000) * 1000};
    sigset_t all, old;
    uint64_t unused;
    if (timeout_us != 0) console_flush();
    if (timeout_us != 0 && host_virtual_sleep && host_virtual_ticks && host_virtual_ticks(&unused))
        return poll_virtual(p, n, timeout_us, error);
    if (timeout_us != 0) {
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &old);
    }
    int r = 0;
    if (timeout_us == 0 || !rt.poll) r = ppoll((struct pollfd *)p, n, timeout_us < 0 ? NULL : &wait, timeout_us == 0 ? NULL : &old);
    *error = r < 0 ? errno : 0;
    if (timeout_us != 0) pthread_sigmask(SIG_SETMASK, &old, NULL);
    return r < 0 && *error == EINTR ? 0 : r;
}

void host_local_time(int64_t seconds, struct host_calendar *out) {
    time_t t = (time_t)seconds;
    struct tm tm;
    memset(out, 0, sizeof(*out));
    tzset(); // localtime_r() alone keeps the zone of the first call, whatever os.putenv("TZ", ...) said since
    if (!localtime_r(&t, &tm)) return;
    *out = (struct host_calendar){.year = tm.tm_year + INT64_C(1900), .month = tm.tm_mon + 1, .day = tm.tm_mday, .hour = tm.tm_hour,
        .minute = tm.tm_min, .second = tm.tm_sec, .weekday = (tm.tm_wday + 6) % 7, .yearday = tm.tm_yday + 1, .summer = tm.tm_isdst};
}

int64_t host_local_seconds(const struct host_calendar *c) {
    struct tm tm = {.tm_year = (int)(c->year - 1900), .tm_mon = c->month - 1, .tm_mday = c->day, .tm_hour = c->hour,
        .tm_min = c->minute, .tm_sec = c->second, .tm_isdst = c->summer};
    return (int64_t)mktime(&tm);
}

uint32_t host_random(void) {
    uint32_t v = 0;
    if (getrandom(&v, sizeof(v), 0) != (ssize_t)sizeof(v)) v = (uint32_t)(host_time_ns() ^ getpid());
    return v;
}

void *host_reserve(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void host_release(void *p, size_t bytes) {
    if (p) munmap(p, bytes);
}

void host_discard(void *p, size_t bytes) {
    if (bytes > 0) madvise(p, bytes, MADV_DONTNEED);
}

size_t host_text_length(uintptr_t address) {
    enum { PIECE = 256 }; // divides a page: a piece is readable as a whole or not at all
    char piece[PIECE] = {0};
    for (uintptr_t at = address;;) {
        size_t len = PIECE - at % PIECE;
        struct iovec to = {piece, len}, from = {(void *)at, len};
        if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != (ssize_t)len) return SIZE_MAX;
        const char *end = memchr(piece, 0, len);
        if (end) return at - address + (size_t)(end - piece);
        if (at + len < at) return SIZE_MAX;
        at += len;
    }
}

void host_large_pages(void *p, size_t bytes) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = ((uintptr_t)p + page - 1) & ~(page - 1);
    if (from < (uintptr_t)p + bytes) madvise((void *)from, (uintptr_t)p + bytes - from, MADV_HUGEPAGE);
}

_Noreturn void host_fatal(const char *message) {
    console_flush();
    static const char start[] = "micropython: ";
    descriptor_write(2, start, sizeof(start) - 1);
    descriptor_write(2, message, strlen(message));
    descriptor_write(2, "\n", 1);
    _exit(2);
}
