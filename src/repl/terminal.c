// SPDX-License-Identifier: MIT
// The terminal behind the prompt, print() and input().
//
// Bytes come from three places, in this order: those that os.dupterm_notify() collected, the port's console, the duplicates. A duplicate
// cannot say by itself that it has something, so the wait for input looks at them every SLICE_US while there are any.
// rt.terminal_slots are the duplicates; writing to one may run Python code, which may print: then the inner text goes to the console only.
#include "repl/terminal.h"
#include "heap/heap.h"
#include "host.h"
#include "modules/stream.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

#include <errno.h>

enum { SLOTS = sizeof rt.terminal_slots / sizeof *rt.terminal_slots, SLICE_US = 10000 };

static struct {
    bool device;
    bool duplicating;        // a duplicate is being written to or read
    uint8_t collected[256];  // by terminal_notify(): a ring
    unsigned head, count;
} terminal;

void terminal_start(bool device) { terminal.device = device; }
bool terminal_is_device(void) { return terminal.device; }

// ---- duplicates -------------------------------------------------------------------------------------------------------------
struct transfer {
    obj_t stream;
    const char *text;
    uint8_t byte;
    size_t len;
    ptrdiff_t done;
    int error;
};

static void slot_write(void *arg) {
    struct transfer *t = arg;
    const struct stream_ops *ops = obj_stream(t->stream);
    while (t->len > 0) {
        ptrdiff_t n = ops->write ? ops->write(t->stream, t->text, t->len, &t->error) : 0;
        if (n <= 0) return; // what it does not take now is lost to it
        t->text += n;
        t->len -= (size_t)n;
    }
}

static void slot_read(void *arg) {
    struct transfer *t = arg;
    const struct stream_ops *ops = obj_stream(t->stream);
    if (ops->read) t->done = ops->read(t->stream, &t->byte, 1, &t->error);
    else t->error = EAGAIN, t->done = -1;
}

static void slot_drop(int slot, obj_t exception, const char *method) {
    struct printer p = printer_stdout;
    rt.terminal_slots[slot] = OBJ_NULL;
    print_format(&p, "dupterm: %s in %s() method, deactivating", exception ? "exception" : "end of file", method);
    print_text(&p, exception ? ": " : "\n");
    if (exception) exception_print(&p, exception);
}

void terminal_duplicate(const char *text, size_t len) {
    for (int slot = 0; slot < SLOTS && !terminal.duplicating; slot++) {
        if (rt.terminal_slots[slot] == OBJ_NULL) continue;
        struct transfer t = {.stream = rt.terminal_slots[slot], .text = text, .len = len};
        obj_t exception;
        terminal.duplicating = true;
        bool fine = protect(slot_write, &t, &exception);
        terminal.duplicating = false;
        if (!fine) slot_drop(slot, exception, "write");
    }
}

static bool slots_used(void) {
    for (int slot = 0; slot < SLOTS; slot++)
        if (rt.terminal_slots[slot] != OBJ_NULL) return true;
    return false;
}

static int slots_read(void) {
    for (int slot = 0; slot < SLOTS && !terminal.duplicating; slot++) {
        if (rt.terminal_slots[slot] == OBJ_NULL) continue;
        struct transfer t = {.stream = rt.terminal_slots[slot]};
        obj_t exception = OBJ_NULL;
        terminal.duplicating = true;
        bool fine = protect(slot_read, &t, &exception);
        terminal.duplicating = false;
        if (fine && t.done > 0) return t.byte;
        if (!fine || t.done == 0) slot_drop(slot, exception, "read");
    }
    return TERMINAL_NOTHING;
}

// Takes what the duplicates have, so that a Ctrl-C among it is seen while a program runs.
static void terminal_notify(void) {
    int c;
    while (terminal.count < sizeof terminal.collected && (c = slots_read()) >= 0) {
        if (rt.keyboard_interrupt && c == rt.interrupt_byte) {
            __atomic_fetch_or(&rt.poll, POLL_KEYBOARD, __ATOMIC_SEQ_CST);
            continue;
        }
        terminal.collected[(terminal.head + terminal.count++) % sizeof terminal.collected] = (uint8_t)c;
    }
}

// ---- bytes ------------------------------------------------------------------------------------------------------------------
void terminal_write(const char *text, size_t len) {
    host_write(1, text, len);
    terminal_duplicate(text, len);
}

static void printer_write(void *data, const char *text, size_t len) {
    (void)data;
    terminal_write(text, len);
}
const struct printer printer_terminal = {NULL, printer_write};

void terminal_print(int fd, const char *text, size_t len) {
    if (!terminal.device) {
        host_write(fd, text, len);
        if (fd == 1) terminal_duplicate(text, len);
        return;
    }
    while (len > 0) {
        const char *end = memchr(text, '\n', len);
        size_t n = end ? (size_t)(end - text) : len;
        if (n) terminal_write(text, n);
        if (!end) return;
        terminal_write("\r\n", 2);
        text += n + 1;
        len -= n + 1;
    }
}

int terminal_read_now(void) {
    if (terminal.count > 0) {
        int c = terminal.collected[terminal.head];
        terminal.head = (terminal.head + 1) % sizeof terminal.collected;
        terminal.count--;
        return c;
    }
    uint8_t c;
    ptrdiff_t n = host_typed(&c, 1);
    if (n > 0) return c;
    int from = slots_read();
    return from >= 0 || n == 0 ? from : TERMINAL_GONE;
}

int terminal_read(void) {
    for (;;) {
        int c = terminal_read_now();
        if (c != TERMINAL_NOTHING) return c;
        if (rt.poll) poll_run();
        else host_typed_wait(slots_used() ? SLICE_US : -1);
    }
}

bool terminal_readable(void) {
    if (terminal.count == 0 && slots_used()) terminal_notify();
    return terminal.count > 0 || host_typed_ready();
}

void (*terminal_guard_port)(bool on);

bool terminal_guard(bool on) {
    if (terminal.device) {
        rt.keyboard_interrupt = on;
        rt.interrupt_byte = 3;
        if (on) host_typed_look();
    } else if (terminal_guard_port) {
        terminal_guard_port(on);
    }
    return !on && (__atomic_fetch_and(&rt.poll, ~POLL_KEYBOARD, __ATOMIC_SEQ_CST) & POLL_KEYBOARD);
}

// ---- os.dupterm() -------------------------------------------------------------------------------------------------------------
static obj_t os_dupterm(size_t n, const obj_t *args) {
    intptr_t slot = n > 1 ? obj_get_int(args[1]) : 0;
    if (slot < 0 || slot >= SLOTS) raise_message(&type_ValueError, "invalid dupterm index");
    if (args[0] != OBJ_NONE) obj_stream(args[0]);
    obj_t before = rt.terminal_slots[slot];
    rt.terminal_slots[slot] = args[0] == OBJ_NONE ? OBJ_NULL : args[0];
    return before == OBJ_NULL ? OBJ_NONE : before;
}
const struct builtin os_dupterm_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = os_dupterm}};

static obj_t os_dupterm_notify(obj_t unused) {
    (void)unused;
    terminal_notify();
    return OBJ_NONE;
}
const struct builtin os_dupterm_notify_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = os_dupterm_notify}};
