// SPDX-License-Identifier: MIT
// The serial line of a device, and what is typed on the desktop.
//
// Invariants
//  - Bytes that arrive raise SIGIO, whose handler moves them into a ring, as the interrupt of a serial port does; a Ctrl-C that is meant
//    for the running program becomes POLL_KEYBOARD there and is no byte. The ring has one writer (the handler, or line_take() with
//    SIGIO blocked) and one reader. When it is full, bytes wait in the kernel, and their sender with them.
//  - line.fd is -1 while no client is there (TCP), or the master side of the pseudo-terminal for ever. A pseudo-terminal whose client has
//    gone says POLLHUP; the watch on its name wakes us when the next one opens it.
//  - Text for a client that does not read waits STALL_MS at most (a Ctrl-C ends the wait); then it is dropped until the client reads
//    again. Text without a client is dropped, but for what fits the kernel's buffer before the first one came.
#define _GNU_SOURCE
#include "ports/unix/link.h"
#include "host.h"
#include "ports/unix/keys.h"
#include "ports/unix/port.h"
#include "rt.h"
#include "run/thread.h"
#include "run/vm.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { RING = 1 << 16, STALL_MS = 5000, SLICE_MS = 20, STEAL = 4096 };
enum line_kind { LINE_NONE, LINE_PTY, LINE_TCP, LINE_STDIO };

static struct {
    enum line_kind kind;
    int fd, listener, watch;
    char name[256];
    char path[4096];  // of the symbolic link, or empty
    bool had_client, stalled;
    volatile bool ended; // stdio: no more will come
    uint8_t ring[RING];
    volatile unsigned head, tail; // head: next to read; tail: next to write; both count on
    struct termios saved;         // stdio on a terminal
    bool is_terminal;
    volatile int ending;          // the signal that ends the device
} line = {.fd = -1, .listener = -1, .watch = -1};

bool link_is_open(void) { return line.kind != LINE_NONE; }
const char *link_name(void) { return line.name; }

// As usage_fail(), which mpy-cross does not have.
static _Noreturn void line_fail(const char *what, const char *subject, const char *advice) {
    if (subject) fprintf(stderr, "micropython: %s '%s': %s\n", what, subject, advice);
    else fprintf(stderr, "micropython: %s: %s\n", what, advice);
    exit(2);
}

// ---- bytes that arrive --------------------------------------------------------------------------------------------------------
static bool client_accept(void) {
    int fd = accept4(line.listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return false;
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (line.fd >= 0) close(line.fd); // the newest client has the line: the other one may be half dead
    line.fd = fd;
    line.had_client = true;
    line.stalled = false;
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, O_NONBLOCK | O_ASYNC);
    return true;
}

static void bytes_put(const uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (rt.keyboard_interrupt && bytes[i] == rt.interrupt_byte) rt.poll |= POLL_KEYBOARD;
        else line.ring[line.tail++ % RING] = bytes[i];
    }
}

static bool input_waits(void) {
    struct pollfd p = {.fd = line.fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0 && (p.revents & (POLLIN | POLLHUP));
}

// In the signal handler, or with SIGIO blocked.
static void line_take(void) {
    int saved = errno;
    while (line.listener >= 0 && client_accept()) {} // one signal may stand for many that came
    for (;;) {
        uint8_t bytes[STEAL];
        unsigned room = RING - (line.tail - line.head);
        if (line.fd < 0 || line.ended || room == 0) break;
        if (line.kind == LINE_STDIO && !input_waits()) break;
        ssize_t n = read(line.fd, bytes, room < sizeof bytes ? room : sizeof bytes);
        if (n > 0) {
            line.had_client = true;
            bytes_put(bytes, (size_t)n);
            continue;
        }
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && (errno == EAGAIN || line.kind == LINE_PTY)) break;
        if (line.kind == LINE_STDIO) {
            line.ended = true;
        } else {
            close(line.fd);
            line.fd = -1;
        }
        break;
    }
    errno = saved;
}

static void signals_block(sigset_t *old) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, old);
}

size_t link_typed(const char *data, size_t len) {
    sigset_t old;
    signals_block(&old);
    size_t room = RING - (line.tail - line.head);
    if (len > room) len = room;
    bytes_put((const uint8_t *)data, len);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return len;
}

static void line_signal(int number) {
    (void)number;
    line_take();
}

static void line_look(void) {
    sigset_t old;
    signals_block(&old);
    line_take();
    sigprocmask(SIG_SETMASK, &old, NULL);
}

// ---- src/host.h ----------------------------------------------------------------------------------------------------------------
static bool keyboard_ready(void) {
    struct pollfd p = {.fd = keys_watch(), .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

ptrdiff_t host_typed(void *data, size_t len) {
    if (line.kind == LINE_NONE) {
        if (!keyboard_ready()) return 0;
        ssize_t n = read(keys_input(), data, len);
        return n > 0 ? n : n < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
    }
    unsigned there = line.tail - line.head;
    if (there == 0 || there == RING) {
        line_look();
        there = line.tail - line.head;
    }
    if (there == 0) return line.ended ? -1 : 0;
    if (len > there) len = there;
    for (size_t i = 0; i < len; i++) ((uint8_t *)data)[i] = line.ring[(line.head + i) % RING];
    line.head += (unsigned)len;
    return (ptrdiff_t)len;
}

bool host_typed_ready(void) {
    if (line.kind == LINE_NONE) return keyboard_ready();
    if (line.tail == line.head) line_look();
    return line.tail != line.head || line.ended;
}

void host_typed_look(void) {
    if (line.kind == LINE_NONE) return;
    sigset_t old;
    signals_block(&old);
    line_take();
    if (line.tail - line.head == 1 && line.ring[line.head % RING] == rt.interrupt_byte) {
        line.head++;
        rt.poll |= POLL_KEYBOARD;
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
}

static bool client_gone(void) {
    struct pollfd p = {.fd = line.fd};
    return line.fd < 0 || (line.kind == LINE_PTY && poll(&p, 1, 0) > 0 && (p.revents & POLLHUP));
}

// What the last client left unread is not for the next one.
static void client_forget(void) {
    if (!line.had_client || line.kind != LINE_PTY) return;
    line.had_client = line.stalled = false;
    int fd = open(line.name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return;
    tcflush(fd, TCIFLUSH);
    close(fd);
    line.had_client = false;
}

static void typed_wait(void *data) {
    int64_t us = *(const int64_t *)data;
    struct timespec limit = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    int in = line.kind == LINE_NONE ? keys_watch() : line.fd;
    struct pollfd p[2] = {{.fd = in, .events = POLLIN}, {.fd = line.listener, .events = POLLIN}};
    if (line.kind == LINE_PTY && client_gone()) {
        client_forget();
        p[0].fd = line.watch;
    }
    sigset_t old;
    signals_block(&old);
    if (!rt.poll && line.tail == line.head) ppoll(p, 2, us < 0 ? NULL : &limit, &old);
    sigprocmask(SIG_SETMASK, &old, NULL);
    char events[1024];
    if (p[0].fd == line.watch && line.watch >= 0)
        while (read(line.watch, events, sizeof events) > 0) {}
}

void host_typed_wait(int64_t us) {
    enum { LOOK_AGAIN_US = 100000, STEP_US = 1000 };
    uint64_t now;
    console_flush();
    if (us < 0 && keys_are_open() && host_virtual_sleep && host_virtual_ticks && host_virtual_ticks(&now)) {
        us = STEP_US; // somebody looks at the board: its time goes on at the pace of the host's
        thread_outside(typed_wait, &us);
        if (!rt.poll && !host_typed_ready()) host_virtual_sleep(STEP_US);
        return;
    }
    if (us < 0 && thread_others()) us = LOOK_AGAIN_US; // they may share the terminal (os.dupterm) meanwhile
    thread_outside(typed_wait, &us);
}

// ---- bytes that leave -------------------------------------------------------------------------------------------------------------
static uint64_t milliseconds(void) { return host_ns() / 1000000; }

// False: the text is to be dropped.
static bool room_wait(uint64_t since) {
    if (line.stalled || !line.had_client || client_gone() || (rt.poll & POLL_KEYBOARD)) return false;
    if (milliseconds() - since > STALL_MS) {
        line.stalled = true;
        return false;
    }
    struct pollfd p = {.fd = line.fd, .events = POLLOUT};
    poll(&p, 1, SLICE_MS);
    return true;
}

static void stdio_write(const char *data, size_t len) {
    while (len > 0) {
        ssize_t n = write(1, data, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            struct pollfd p = {.fd = 1, .events = POLLOUT};
            poll(&p, 1, -1);
            continue;
        }
        if (n <= 0) return;
        data += n;
        len -= (size_t)n;
    }
}

void link_write(const char *data, size_t len) {
    if (line.kind == LINE_STDIO) {
        stdio_write(data, len);
        return;
    }
    if (client_gone()) return;
    if (line.kind == LINE_PTY && !line.had_client) { // has one come?
        char events[1024];
        ssize_t n = read(line.watch, events, sizeof events);
        line.had_client = n > 0;
    }
    uint64_t since = 0;
    while (len > 0) {
        ssize_t n = line.kind == LINE_TCP ? send(line.fd, data, len, MSG_NOSIGNAL) : write(line.fd, data, len);
        if (n > 0) {
            data += n;
            len -= (size_t)n;
            since = 0;
            line.stalled = false;
            continue;
        }
        if (n < 0 && errno == EINTR) continue;
        if (n == 0 || errno != EAGAIN) return;
        if (!since) since = milliseconds();
        if (!room_wait(since)) return;
    }
}

// ---- opening and closing --------------------------------------------------------------------------------------------------------
static void async_on(int fd) {
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC);
}

static bool link_is_own(void) { // somebody may have put another in its place
    char there[sizeof line.name];
    ssize_t n = line.path[0] ? readlink(line.path, there, sizeof there) : -1;
    return n > 0 && (size_t)n == strlen(line.name) && memcmp(there, line.name, (size_t)n) == 0;
}

static void pty_open(const char *path) {
    line.fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (line.fd < 0 || grantpt(line.fd) != 0 || unlockpt(line.fd) != 0) line_fail("no pseudo-terminal", NULL, strerror(errno));
    snprintf(line.name, sizeof line.name, "%s", ptsname(line.fd));
    struct termios t;
    if (tcgetattr(line.fd, &t) == 0) { // on the master side this is the line's own state
        cfmakeraw(&t);
        tcsetattr(line.fd, TCSANOW, &t);
    }
    line.watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    inotify_add_watch(line.watch, line.name, IN_OPEN);
    if (!path) return;
    struct stat st;
    if (lstat(path, &st) == 0 && !S_ISLNK(st.st_mode)) line_fail("won't replace", path, "it is not a symbolic link");
    unlink(path);
    if (symlink(line.name, path) != 0) line_fail("can't make the link", path, strerror(errno));
    snprintf(line.path, sizeof line.path, "%s", path);
}

bool port_number_fits(const char *text) {
    return *text && (text[strspn(text, "0123456789")] != 0 || (strlen(text) < 6 && atoi(text) <= 65535));
}

static void tcp_open(const char *where) {
    char host[200] = "127.0.0.1";
    const char *colon = strrchr(where, ':'), *port = colon ? colon + 1 : where;
    if (colon) {
        bool bracketed = where[0] == '[' && colon > where + 1 && colon[-1] == ']';
        snprintf(host, sizeof host, "%.*s", (int)(colon - where) - 2 * bracketed, where + bracketed);
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found = NULL;
    if (!port_number_fits(port) || getaddrinfo(host, port, &hints, &found) != 0)
        line_fail("not an address", where, "write --serial=tcp:HOST:PORT");
    line.listener = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(line.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (line.listener < 0 || bind(line.listener, found->ai_addr, found->ai_addrlen) != 0 || listen(line.listener, SOMAXCONN) != 0)
        line_fail("can't listen at", where, strerror(errno));
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    getsockname(line.listener, (struct sockaddr *)&own, &size);
    char number[16] = "";
    getnameinfo((struct sockaddr *)&own, size, NULL, 0, number, sizeof number, NI_NUMERICSERV);
    snprintf(line.name, sizeof line.name, "tcp:%s:%s", host, number);
    freeaddrinfo(found);
}

static void stdio_open(void) {
    line.fd = 0;
    snprintf(line.name, sizeof line.name, "stdio");
    line.is_terminal = tcgetattr(0, &line.saved) == 0;
    if (!line.is_terminal) return;
    struct termios t = line.saved;
    cfmakeraw(&t);
    tcsetattr(0, TCSANOW, &t);
}

static void line_end(void) { // async-signal-safe
    if (link_is_own()) unlink(line.path);
    if (line.is_terminal) tcsetattr(0, TCSANOW, &line.saved);
    if (line.kind == LINE_STDIO) fcntl(0, F_SETFL, fcntl(0, F_GETFL) & ~O_ASYNC);
}

void (*link_before_end)(int number);

_Noreturn static void end_by(int number) {
    line_end();
    signal(number, SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    kill(getpid(), number);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    _exit(128 + number);
}

// Takes the place of poll_board(): here the board's files may be written.
static void end_at_poll(void) {
    poll_board = NULL;
    __atomic_fetch_or(&rt.poll, POLL_KEYBOARD, __ATOMIC_SEQ_CST); // the panel is not waited for
    link_before_end(line.ending);
    end_by(line.ending);
}

// A reset may have come between the signal and the poll.
void link_end_look(void) {
    if (!line.ending) return;
    if (link_before_end) end_at_poll();
    end_by(line.ending);
}

// The first one ends a board that has power in good order: trace, pictures, report. Another one does not wait for that.
static void end_signal(int number) {
    if (line.ending || !poll_board || !link_before_end) end_by(number);
    line.ending = number;
    poll_board = end_at_poll;
    __atomic_fetch_or(&rt.poll, POLL_BOARD, __ATOMIC_SEQ_CST);
}

void link_open(const char *serial, const char *path) {
    enum line_kind kind = LINE_PTY;
    if (path && serial && strcmp(serial, "pty") != 0) line_fail("--link needs a pseudo-terminal", NULL, "leave out --serial");
    if (!serial || strcmp(serial, "pty") == 0) pty_open(path);
    else if (strcmp(serial, "stdio") == 0) kind = LINE_STDIO, stdio_open();
    else if (strncmp(serial, "tcp:", 4) == 0) kind = LINE_TCP, tcp_open(serial + 4);
    else line_fail("unknown serial line", serial, "write pty, tcp:HOST:PORT or stdio");
    struct sigaction action = {.sa_handler = line_signal, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    sigaction(SIGIO, &action, NULL);
    action = (struct sigaction){.sa_handler = end_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    line.kind = kind;
    async_on(kind == LINE_TCP ? line.listener : line.fd);
}

void link_close(void) {
    if (line.kind == LINE_NONE) return;
    line_end();
    line.kind = LINE_NONE;
}
