// SPDX-License-Identifier: MIT
// --uart N=WHERE: the wires of a UART lead to a pseudo terminal, a TCP connection, a file or this process's standard streams.
//
// Invariants
//  - Nothing here waits: input is asked for every millisecond of emulated time as long as the other end is open. Only a virtual clock that
//    would otherwise race ahead is held back, by a millisecond of real time for each look at a terminal or socket that has nothing.
//  - A file's bytes come in from its start, at the speed of the line; what the UART sends goes to FILE.out.
//  - A writer that does not read loses bytes: a wire has no memory.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "emu/boards/board.h"
#include "emu/chip/uart.h"
#include "ports/unix/desk.h"
#include "ports/unix/link.h"
#include "ports/unix/port.h"

struct line {
    int in, out; // -1: none, or closed
    bool live;   // somebody may send at any time
    bool patient;
    struct uart_link link;
};
static struct line lines[UARTS_MAX];
static size_t n_lines;

static size_t line_read(void *data, uint8_t *to, size_t room) {
    struct line *l = data;
    if (l->in < 0) return 0;
    if (l->live) {
        struct pollfd p = {l->in, POLLIN, 0};
        if (poll(&p, 1, l->patient ? 1 : 0) <= 0 || !(p.revents & (POLLIN | POLLHUP))) return 0;
    }
    ssize_t n = read(l->in, to, room);
    if (n > 0) return (size_t)n;
    bool again = n < 0 && (errno == EINTR || errno == EAGAIN || errno == EIO); // EIO: a terminal that nobody has opened
    if (!again) {
        l->in = -1;
        l->link.poll_ns = 0;
    }
    return 0;
}

static void line_write(void *data, const uint8_t *bytes, size_t n) {
    struct line *l = data;
    while (n > 0 && l->out >= 0) {
        if (l->out == 1) console_flush();
        ssize_t done = write(l->out, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return;
        bytes += done;
        n -= (size_t)done;
    }
}

static void open_pty(struct line *l, const char *number) {
    int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0) usage_fail("no pseudo terminal for UART", number, strerror(errno));
    const char *name = ptsname(fd);
    int other = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC); // kept open, so that it never hangs up
    struct termios t;
    if (other >= 0 && tcgetattr(other, &t) == 0) {
        cfmakeraw(&t);
        tcsetattr(other, TCSANOW, &t);
    }
    fprintf(stderr, "micropython: UART %s is %s\n", number, name);
    l->in = l->out = fd;
}

static void open_tcp(struct line *l, const char *where) {
    char host[256];
    const char *colon = strrchr(where, ':');
    if (!colon || (size_t)(colon - where) >= sizeof host || !port_number_fits(colon + 1))
        usage_fail("not a host and port", where, "write tcp:HOST:PORT");
    memcpy(host, where, (size_t)(colon - where));
    host[colon - where] = 0;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    int code = getaddrinfo(host, colon + 1, &hints, &found);
    if (code != 0) usage_fail("no such host or port", where, gai_strerror(code));
    int fd = -1;
    for (struct addrinfo *a = found; a && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) == 0) break;
        if (fd >= 0) close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0) usage_fail("can't connect to", where, strerror(errno));
    l->in = l->out = fd;
}

static void open_file(struct line *l, const char *path) {
    char out[4096];
    l->in = open(path, O_RDONLY | O_CLOEXEC);
    if (l->in < 0) usage_fail("can't read", path, strerror(errno));
    snprintf(out, sizeof out, "%s.out", path);
    l->out = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (l->out < 0) usage_fail("can't write", out, strerror(errno));
}

static const struct board_bus *bus_named(const char *name) {
    char *end;
    long number = strtol(name, &end, 10);
    const struct board_bus *bus = board_bus_find(board_current, "UART", name, 0);
    if (!bus && end != name && !*end && number >= 0 && number < 100) bus = board_bus_find(board_current, "UART", NULL, (int)number);
    return bus;
}

static void line_open(const char *text, bool is_virtual) {
    char name[24];
    const char *sign = strchr(text, '='), *where = sign ? sign + 1 : "";
    if (!sign || (size_t)(sign - text) >= sizeof name) usage_fail("not a UART", text, "write --uart 1=pty");
    memcpy(name, text, (size_t)(sign - text));
    name[sign - text] = 0;
    const struct board_bus *bus = bus_named(name);
    if (!bus) usage_fail("no such UART", name, "docs/boards.md names them");
    struct line *l = &lines[n_lines++];
    *l = (struct line){.in = -1, .out = -1, .live = true, .patient = is_virtual};
    if (strcmp(where, "pty") == 0) open_pty(l, name);
    else if (strncmp(where, "tcp:", 4) == 0) open_tcp(l, where + 4);
    else if (strcmp(where, "stdio") == 0) l->in = 0, l->out = 1;
    else if (strncmp(where, "file:", 5) == 0) {
        open_file(l, where + 5);
        l->live = false;
    } else {
        usage_fail("a UART can't lead to", where, "write pty, tcp:HOST:PORT, file:PATH or stdio");
    }
    l->link = (struct uart_link){line_read, line_write, l, l->live ? NS_PER_MS : 0};
    uart_link_set(uart_unit(bus->number), &l->link);
}

void uart_set_up(const struct board_options *o) {
    n_lines = 0;
    for (int i = 0; i < o->n_uarts; i++) line_open(o->uarts[i], o->is_virtual);
}

void uart_clear(void) {
    for (size_t i = 0; i < n_lines; i++) {
        if (lines[i].in > 2) close(lines[i].in);
        if (lines[i].out > 2 && lines[i].out != lines[i].in) close(lines[i].out);
    }
    n_lines = 0;
}
