// SPDX-License-Identifier: MIT
// The board on this host: the real clock, one POSIX timer for the next event, reports on stderr, the end of a run.
//
// Invariants
//  - The signal handler only sets a bit of rt.poll: it may land on any thread, in any library call. What is due is done by poll_board().
//  - The timer is one-shot and always set for the head of the event queue; a forked child makes its own and sets it again.
//  - Nothing is powered before a program needs it (--board, an option, or the import of a module of the board): a script that uses no
//    peripheral pays nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "emu/chip/rtc.h"
#include "emu/core/trace.h"
#include "emu/modules/bridge.h"
#include "heap/heap.h"
#include "host.h"
#include "ports/unix/board.h"
#include "ports/unix/desk.h"
#include "ports/unix/link.h"
#include "ports/unix/panel_link.h"
#include "ports/unix/port.h"
#include "rt.h"
#include "run/raise.h"

static struct {
    const struct board_options *options;
    struct board *board;
    bool lingers, over; // board_linger() runs; the run has ended
    bool powered, timer_made;
    bool plain_timer; // setitimer(): timer_create() failed, as it does when the kernel's queue of signals is full
    pid_t process; // that was powered: a forked child leaves trace and report to it
    timer_t timer;
    uint64_t power_on, alarm_at; // ns of the host's clock; of emulated time
} desk = {.alarm_at = NEVER};

static uint64_t port_now(void) { return host_ns() - desk.power_on; }

static void alarm_rang(int number) {
    (void)number;
    __atomic_fetch_or(&rt.poll, POLL_BOARD, __ATOMIC_SEQ_CST);
}

static void timer_make(void) {
    struct sigaction action = {.sa_handler = alarm_rang};
    sigemptyset(&action.sa_mask);
    sigaction(SIGRTMIN, &action, NULL);
    struct sigevent how = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    desk.plain_timer = timer_create(CLOCK_MONOTONIC, &how, &desk.timer) != 0;
    if (desk.plain_timer) sigaction(SIGALRM, &action, NULL);
    desk.timer_made = true;
}

static void plain_alarm(uint64_t at) {
    struct itimerval when = {{0, 0}, {0, 0}};
    uint64_t now = port_now(), us = at > now ? (at - now + NS_PER_US - 1) / NS_PER_US : 1;
    if (at != NEVER) {
        when.it_value.tv_sec = (time_t)(us / 1000000);
        when.it_value.tv_usec = (suseconds_t)(us % 1000000);
    }
    setitimer(ITIMER_REAL, &when, NULL);
}

static void port_alarm(uint64_t at) {
    desk.alarm_at = at;
    if (at == NEVER && !desk.timer_made) return;
    if (!desk.timer_made) timer_make();
    if (desk.plain_timer) {
        plain_alarm(at);
        return;
    }
    struct itimerspec when = {{0, 0}, {0, 0}};
    if (at != NEVER) {
        uint64_t host = at + desk.power_on;
        when.it_value.tv_sec = (time_t)(host / NS_PER_S);
        when.it_value.tv_nsec = (long)(host % NS_PER_S);
        if (host == 0) when.it_value.tv_nsec = 1; // all zero would stop it
    }
    timer_settime(desk.timer, TIMER_ABSTIME, &when, NULL);
}

static void child_begins(void) { // timers are not inherited
    panel_leave();
    if (!desk.timer_made) return;
    desk.timer_made = false;
    port_alarm(desk.alarm_at);
}

static void port_wait(uint64_t until) {
    uint64_t now = port_now();
    if (until > now) host_sleep_us(until == NEVER ? UINT64_C(3600000000) : (until - now + 999) / NS_PER_US);
}

static void port_report(enum emu_severity severity, const char *text) {
    static const char *const words[] = {"note", "warning", "warning"};
    console_flush();
    fprintf(stderr, "micropython: %s: %s\n", words[severity], text);
}

static void at_exit(void);

static void port_end(const char *why) {
    console_flush();
    desk.over = true;
    if (why) fprintf(stderr, "micropython: the run ends at %.6f s: %s\n", (double)clock_now() / 1e9, why);
    if (desk.lingers) return;
    at_exit();
    console_flush();
    _exit(0); // in the middle of the program: nothing is taken down
}

static void port_power(void);
static const struct bridge_port port = {port_power, port_report, port_now, port_alarm, port_wait, port_end,
                                        device_hard_reset, device_soft_reset};

// ---- reading board files --------------------------------------------------------------------------------------------------
static struct board *board_read(const char *name) {
    char error[200];
    size_t len;
    const char *text = board_builtin_text(name, &len);
    char *file = NULL;
    if (!text) {
        int code = 0;
        file = host_read_file(name, &len, &code);
        if (!file) usage_fail("can't read board file", name, strerror(code));
        text = file;
    }
    struct board *b = board_parse(text, len, error, sizeof error);
    host_free(file);
    if (!b) usage_fail("board file", name, error);
    return b;
}

bool board_name_is_file(const char *name) {
    size_t n = strlen(name);
    return strchr(name, '/') || (n > 5 && strcmp(name + n - 5, ".json") == 0);
}

const char *board_load(const char *name) {
    bridge_open(&port);
    size_t len;
    if (!board_name_is_file(name) && !board_builtin_text(name, &len)) return name; // a memory profile without pins of its own
    desk.board = board_read(name);
    return desk.board->profile;
}

static bool virtual_ticks(uint64_t *us) {
    *us = clock_now() / NS_PER_US;
    return true;
}

static bool virtual_sleep(uint64_t us) {
    uint64_t now = clock_now();
    clock_wait(us > (NEVER - now) / NS_PER_US ? NEVER : now + us * NS_PER_US);
    if (clock_over()) port_end(NULL);
    return true;
}

void board_exit_soon(void) {
    rt.pending_exception = OBJ_PTR(&type_SystemExit);
    __atomic_fetch_or(&rt.poll, POLL_SCHEDULE, __ATOMIC_SEQ_CST);
}

void board_clock_hold(uint64_t ns) {
    if (clock_mode_get() != CLOCK_REAL) return;
    desk.power_on += ns;
    port_alarm(desk.alarm_at);
}

static void at_exit(void) { // also of programs that end in the middle: os._exit apart
    console_flush();
    if (desk.powered && getpid() == desk.process) {
        panel_close(0);
        desk_clear(desk.options);
    }
}

static void signal_ends(int number) {
    panel_note_signal(number);
    at_exit();
}

static void port_power(void) {
    if (desk.powered) return;
    desk.powered = true;
    if (!desk.board) desk.board = board_read(rt.profile.word_bytes == 8 ? "desktop" : "generic32");
    desk.power_on = host_ns();
    desk.process = getpid();
    pthread_atfork(NULL, NULL, child_begins);
    if (desk.options->is_virtual) {
        host_virtual_ticks = virtual_ticks;
        host_virtual_sleep = virtual_sleep;
    }
    bridge_power_on(desk.board, desk.options->is_virtual ? CLOCK_VIRTUAL : CLOCK_REAL, desk.options->strict);
    if (desk.options->until) clock_until(desk.options->until);
    if (desk.options->is_virtual || rt.profile.word_bytes == 4) host_board_time = rtc_unix_ns;
    bridge_python_start();
    desk_set_up(desk.options);
    atexit(at_exit);
    link_before_end = signal_ends;
}

void board_start(const struct board_options *options) {
    desk.options = options;
    bridge_open(&port);
    if (desk.board || options->power || options->is_virtual || options->until || options->trace || options->stimulus || options->n_wires)
        port_power();
}

void board_pause(void) {
    if (desk.powered) bridge_python_stop();
}

void board_resume(void) {
    if (desk.powered) bridge_python_start();
}

void board_linger(void) {
    if (!desk.powered) return;
    desk.lingers = true;
    while (!desk.over && (desk.options->until || (panel_is_open() && handlers_any()))) bridge_wait_interrupt();
    desk.lingers = false;
}

void board_end(void) {
    if (!desk.powered) return;
    desk_clear(desk.options);
    bridge_python_stop();
    bridge_power_off();
    uart_clear();
    flash_clear();
    board_free(desk.board);
    desk.board = NULL;
    desk.powered = false;
    host_virtual_ticks = NULL;
    host_virtual_sleep = NULL;
    host_board_time = NULL;
}
