// SPDX-License-Identifier: MIT
// What is typed into the console of the panel.
//
// Invariants
//  - The console is the master side of a pseudo-terminal that nobody but this process has open: the kernel's line discipline gives a
//    program that reads lines what it is used to (backspace, Ctrl-D), and keys_raw() gives the prompt single keys. Only the echo is made
//    here, since the kernel's comes back a moment later, behind what the program then prints: widths[] has the columns of what
//    line_echo() showed of the line that is not finished yet.
//  - Standard input that is nothing (closed, /dev/null) is replaced by the slave side. A terminal or a pipe stays; then `watch`, an epoll
//    descriptor, is readable when either is, and a file, which always has something, is never asked twice: it comes first.
//  - A device has no use for it: its serial line gets the bytes (link_typed()).
//  - Ctrl-C is a signal to this process, as from any terminal, while keys make signals; it finds the handler that console_start() set.
#define _GNU_SOURCE
#include "ports/unix/keys.h"
#include "ports/unix/link.h"
#include "ports/unix/port.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

enum { CTRL_C = 3, CTRL_D = 4, CTRL_U = 21, DELETE = 127, COLUMNS = 80, ROWS = 24, LINE_MOST = 4096 };

static struct {
    bool open, device;
    int master, slave, watch; // -1: none; slave -1: it is descriptor 0
    struct termios found[2];  // of descriptor 0 and of the slave
    uint8_t widths[LINE_MOST];
    size_t n_widths;
    bool raw, known;          // known: found[] was filled
} keys = {.master = -1, .slave = -1, .watch = -1};

bool keys_stdin_is_nothing(void) {
    struct stat st;
    return fstat(0, &st) != 0 || (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3));
}

static bool pair_open(void) {
    keys.master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (keys.master < 0 || grantpt(keys.master) != 0 || unlockpt(keys.master) != 0) return false;
    keys.slave = open(ptsname(keys.master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (keys.slave < 0) return false;
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    ioctl(keys.master, TIOCSWINSZ, &size);
    struct termios t;
    if (tcgetattr(keys.slave, &t) != 0) return false;
    t.c_iflag |= IUTF8;
    t.c_lflag &= ~(tcflag_t)ECHO;
    t.c_cc[VWERASE] = t.c_cc[VREPRINT] = t.c_cc[VLNEXT] = _POSIX_VDISABLE;
    return tcsetattr(keys.slave, TCSANOW, &t) == 0;
}

static void both_watch(void) {
    struct epoll_event zero = {.events = EPOLLIN, .data.fd = 0}, console = {.events = EPOLLIN, .data.fd = keys.slave};
    keys.watch = epoll_create1(EPOLL_CLOEXEC);
    if (keys.watch < 0) return;
    if (epoll_ctl(keys.watch, EPOLL_CTL_ADD, 0, &zero) == 0 && epoll_ctl(keys.watch, EPOLL_CTL_ADD, keys.slave, &console) == 0) return;
    close(keys.watch); // a file
    keys.watch = -1;
}

bool keys_open(bool device) {
    keys.device = device;
    keys.open = device || pair_open();
    if (device || !keys.open) return keys.open;
    if (keys_stdin_is_nothing() && dup2(keys.slave, 0) == 0) {
        close(keys.slave);
        keys.slave = -1;
    } else {
        both_watch();
    }
    return true;
}

void keys_close(void) {
    if (!keys.open) return;
    keys.open = false;
    keys_cooked();
    if (keys.watch >= 0) close(keys.watch);
    if (keys.master >= 0) close(keys.master);
    if (keys.slave >= 0) {
        close(keys.slave);
    } else if (!keys.device) {
        int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (nothing > 0) {
            dup2(nothing, 0);
            close(nothing);
        }
    }
    keys.watch = keys.master = keys.slave = -1;
}

bool keys_are_open(void) { return keys.open; }

// ---- the person's side -----------------------------------------------------------------------------------------------------------
static void show(const char *text, size_t n) {
    if (host_console_tap) host_console_tap(1, text, n);
}

static void letter_erase(void) {
    for (uint8_t i = 0; i < keys.widths[keys.n_widths - 1]; i++) show("\b \b", 3);
    keys.n_widths--;
}

static void letter_show(unsigned char c) {
    char text[2] = {(char)c, (char)(c + '@')};
    bool control = c < ' ' && c != '\t', further = (c & 0xc0) == 0x80; // of a character in UTF-8
    if (control) text[0] = '^';
    if (c == '\t') text[0] = ' ';
    show(text, control ? 2 : 1);
    if (!further && keys.n_widths < LINE_MOST) keys.widths[keys.n_widths++] = control ? 2 : 1;
}

static void line_echo(const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\r' || c == '\n' || c == CTRL_D || c == CTRL_C) keys.n_widths = 0;
        if (c == '\r' || c == '\n') show("\n", 1);
        else if (c == CTRL_C) show("^C\n", 3);
        else if (c == DELETE && keys.n_widths > 0) letter_erase();
        else if (c == CTRL_U)
            while (keys.n_widths > 0) letter_erase();
        else if (c != CTRL_D && c != DELETE) letter_show(c);
    }
}

static void output_drop(void) { // what a program wrote to its standard input
    char text[256];
    ssize_t n;
    while ((n = read(keys.master, text, sizeof text)) > 0) show(text, (size_t)n);
}

size_t keys_put(const char *bytes, size_t n) {
    if (!keys.open) return n;
    if (keys.device) return link_typed(bytes, n);
    struct termios t = {0};
    tcgetattr(keys.master, &t);
    bool signals = t.c_lflag & ISIG, lines = t.c_lflag & ICANON;
    if (!lines) keys.n_widths = 0;
    size_t taken = 0;
    while (taken < n) {
        bool interrupt = signals && bytes[taken] == CTRL_C;
        size_t part = 1;
        while (!interrupt && taken + part < n && !(signals && bytes[taken + part] == CTRL_C)) part++;
        ssize_t written = write(keys.master, bytes + taken, part); // Ctrl-C empties the line
        if (written <= 0) break;
        if (lines) line_echo(bytes + taken, (size_t)written);
        taken += (size_t)written;
        if (interrupt) kill(getpid(), SIGINT);
    }
    output_drop();
    return taken;
}

// ---- standard input ----------------------------------------------------------------------------------------------------------------
int keys_watch(void) { return keys.watch >= 0 ? keys.watch : 0; }

int keys_input(void) {
    if (keys.watch < 0) return 0;
    struct pollfd p[2] = {{.fd = 0, .events = POLLIN}, {.fd = keys.slave, .events = POLLIN}};
    return poll(p, 2, 0) > 0 && !p[0].revents && p[1].revents ? keys.slave : 0;
}

void keys_heard(int fd, const void *bytes, size_t n) {
    struct termios t;
    if (fd != 0 || keys.watch < 0 || !host_console_tap || tcgetattr(0, &t) != 0 || !(t.c_lflag & ECHO)) return;
    host_console_tap(1, bytes, n);
}

// ---- keys as they are -----------------------------------------------------------------------------------------------------------
static bool raw_set(int fd, struct termios *found) {
    if (!keys.known && tcgetattr(fd, found) != 0) return false;
    struct termios t = *found;
    t.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON);
    t.c_oflag &= ~(tcflag_t)OPOST;
    t.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    return tcsetattr(fd, TCSADRAIN, &t) == 0;
}

bool keys_raw(void) {
    if (keys.raw) return true;
    console_flush();
    keys.raw = raw_set(0, &keys.found[0]);
    if (keys.raw && keys.slave >= 0) raw_set(keys.slave, &keys.found[1]);
    keys.known = keys.raw;
    return keys.raw;
}

static void signals_set(int fd, bool on) {
    struct termios t;
    if (fd < 0 || tcgetattr(fd, &t) != 0) return;
    if (on) t.c_lflag |= ISIG;
    else t.c_lflag &= ~(tcflag_t)ISIG;
    tcsetattr(fd, TCSANOW, &t);
}

void keys_signals(bool on) {
    if (!keys.raw) return;
    signals_set(0, on);
    signals_set(keys.slave, on);
}

void keys_cooked(void) {
    if (!keys.raw) return;
    keys.raw = false;
    tcsetattr(0, TCSADRAIN, &keys.found[0]);
    if (keys.slave >= 0) tcsetattr(keys.slave, TCSADRAIN, &keys.found[1]);
}
