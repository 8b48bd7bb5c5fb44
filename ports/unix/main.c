// SPDX-License-Identifier: MIT
// The program `micropython`: from the command line to an exit status.
//
// The order is fixed: options, profile, heap, runtime, sys.path and sys.argv, the subject, the prompt (-i), functions registered with
// sys.atexit, then everything is taken down. A Python exception that nobody caught is shown on stderr and gives status 1; SystemExit
// gives its code; faults of the command line give status 2 before anything starts.
//
// Depth of recursion: rt.c_stack_limit is what the host's stack really has left (ulimit -s, less what the arguments and the
// environment occupy), less a margin for what C functions use between two stack_check().
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "compile/compile.h"
#include "frozen/frozen.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "modules/sys.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "port.h"
#include "ports/unix/modules/file.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include "vfs/vfs.h"

static struct options options;

void banner_write(void) {
    static const char text[] = "MicroPython v1.28.0 on 2026-04-06; breadboard version\n";
    host_write(1, text, sizeof(text) - 1);
}

// ---- the stack -------------------------------------------------------------------------------------------------------
// The kernel counts arguments and environment, which lie above main's frame, as stack.
static size_t stack_taken_above(const char *top, char **argv) {
    const char *highest = top;
    for (char **p = argv; *p; p++)
        if (*p > highest) highest = *p + strlen(*p);
    for (char **p = environ; *p; p++)
        if (*p > highest) highest = *p + strlen(*p);
    return (size_t)(highest - top) + 4096;
}

static size_t stack_room(const char *top, char **argv) {
    enum { LARGEST = 8 << 20, SMALLEST = 16 << 10, ENOUGH = 1 << 20 }; // deeper recursion only makes errors late
#ifdef __SANITIZE_ADDRESS__
    enum { FRAME_FACTOR = 4 }; // red zones make every frame larger
#else
    enum { FRAME_FACTOR = 1 };
#endif
    struct rlimit limit;
    size_t size = LARGEST;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < LARGEST) size = (size_t)limit.rlim_cur;
    size_t margin = size / 8;
    if (margin < (32u << 10) * FRAME_FACTOR) margin = (32u << 10) * FRAME_FACTOR;
    size_t taken = margin + stack_taken_above(top, argv);
    size_t room = size > taken + SMALLEST ? size - taken : SMALLEST;
    return room > ENOUGH * FRAME_FACTOR ? ENOUGH * FRAME_FACTOR : room;
}

// ---- sys.path and sys.argv -----------------------------------------------------------------------------------------------
// As the board does it, such texts are interned: they cost a place in the pool and no object.
static obj_t text_object(const char *text, size_t len) {
    return len <= 255 && utf8_valid(text, len) ? OBJ_QSTR(intern(text, len)) : str_of_type(&type_str, text, len);
}

static void path_append(const char *text, size_t len) {
    const char *home = getenv("HOME");
    if (len > 0 && text[0] == '~' && home) {
        size_t home_len = strlen(home);
        char *full = host_alloc(home_len + len);
        memcpy(full, home, home_len);
        memcpy(full + home_len, text + 1, len - 1);
        list_append(rt.sys_path, text_object(full, home_len + len - 1));
        host_free(full);
        return;
    }
    list_append(rt.sys_path, text_object(text, len));
}

static void path_fill(void) {
    char resolved[PATH_MAX];
    size_t len = 0;
    if (options.mode == RUN_FILE && realpath(options.subject, resolved)) {
        char *slash = strrchr(resolved, '/');
        len = slash ? (size_t)(slash - resolved) : 0;
    }
    list_append(rt.sys_path, text_object(resolved, len));
    const char *entries = getenv("MICROPYPATH");
    if (!entries) entries = rt.profile.word_bytes == 8 ? ".frozen:~/.micropython/lib:/usr/lib/micropython" : ".frozen";
    for (;;) {
        size_t n = strcspn(entries, ":");
        path_append(entries, n);
        if (!entries[n]) break;
        entries += n + 1;
    }
}

// sys_start() has made the lists as a board has them: path "" and ".frozen", no arguments.
static void sys_fill(void *unused) {
    (void)unused;
    sys_start();
    for (int fd = 0; fd < 3; fd++) rt.sys_mutable[SYS_STDIN + fd] = file_std(fd);
    if (options.mode == RUN_RAW_REPL) return;
    ((struct list *)rt.sys_path)->len = 0;
    path_fill();
    if (options.argv0 && options.mode != RUN_PROMPT) list_append(rt.sys_argv, text_object(options.argv0, strlen(options.argv0)));
    for (int i = 0; i < options.n_args; i++) list_append(rt.sys_argv, text_object(options.args[i], strlen(options.args[i])));
}

// ---- running the subject ---------------------------------------------------------------------------------------------
static char *source_read(const char *path, size_t *len) {
    int error = 0;
    char *text = host_read_file(path, len, &error);
    if (!text) {
        char advice[200];
        snprintf(advice, sizeof(advice), "%s", strerror(error));
        usage_fail("can't open file", options.subject ? options.subject : "standard input", advice);
    }
    return text;
}

// The board's raw prompt keeps the text in a buffer that grew with each byte received.
static void raw_repl_exec(void) {
    size_t len;
    char *text = source_read(options.subject, &len);
    struct text_buffer line;
    text_buffer_init(&line, 32); // the friendly prompt's line, over when the raw one begins
    text_buffer_free(&line);
    struct text_buffer buffer;
    text_buffer_init(&buffer, 32);
    for (size_t i = 0; i < len; i++) *text_buffer_extend(&buffer, 1) = text[i];
    host_free(text);
    run_text(buffer.data, buffer.len, "<stdin>", PARSE_RAW);
    text_buffer_free(&buffer);
}

static void host_text_run(char *text, size_t len, const char *name) {
    if (options.compile_only) compile_text(text, len, intern_text(name), PARSE_FILE, module_new(Q___main__)->globals, true);
    else run_text(text, len, name, PARSE_FILE);
}

// The file of the last part of a dotted module name, searched as import does; the parts before it are imported. NULL: none.
static char *module_file(const char *name, obj_t folders) {
    static const char *const suffixes[] = {".py", ".mpy", "/__main__.py", "/__main__.mpy"};
    size_t n;
    obj_t *items;
    seq_items(folders, &n, &items);
    for (size_t i = 0; i < n; i++) {
        size_t len;
        const char *folder = str_data_maybe(items[i], &len);
        if (!folder || len > PATH_MAX) continue;
        for (size_t f = 0; f < sizeof(suffixes) / sizeof(suffixes[0]); f++) {
            size_t room = len + strlen(name) + 24;
            char *path = host_alloc(room);
            snprintf(path, room, "%.*s%s%s%s", (int)len, folder, len ? "/" : "", name, suffixes[f]);
            if (frozen_find(path) || vfs_kind(path) == HOST_FILE) return path;
            host_free(path);
        }
    }
    return NULL;
}

static void module_run(const char *name) {
    obj_t folders = rt.sys_path;
    const char *last = strrchr(name, '.');
    if (last) {
        qstr_t parent = intern(name, (size_t)(last - name));
        import_module(parent, OBJ_NONE, 0);
        struct map_slot *slot = map_find_qstr(rt.loaded, parent);
        obj_t path = slot ? obj_load_attr(slot->value, Q___path__) : OBJ_NONE;
        folders = list_new(1, &path);
    }
    char *path = module_file(last ? last + 1 : name, folders);
    if (!path) raise_format(&type_ImportError, "no module named '%s'", name);
    qstr_t kept = intern_text(path);
    host_free(path);
    run_file(qstr_text(kept, NULL));
}

static void subject_run(void *unused) {
    (void)unused;
    size_t len;
    switch (options.mode) {
    case RUN_FILE:
        if (options.compile_only) {
            char *text = source_read(options.subject, &len);
            obj_t kept = text_object(text, len); // compiling may raise
            host_free(text);
            host_text_run((char *)(uintptr_t)str_data(kept, &len), len, options.subject);
        } else {
            run_file(options.subject);
        }
        break;
    case RUN_COMMAND: {
        len = strlen(options.subject);
        char *text = host_alloc(len + 1);
        memcpy(text, options.subject, len + 1);
        host_text_run(text, len, "<stdin>");
        host_free(text);
        break;
    }
    case RUN_MODULE: module_run(options.subject); break;
    case RUN_STDIN: {
        char *text = source_read("/dev/stdin", &len);
        host_text_run(text, len, "<stdin>");
        host_free(text);
        break;
    }
    case RUN_RAW_REPL: raw_repl_exec(); break;
    case RUN_PROMPT:
    case RUN_DEVICE: break;
    }
}

static void linger(void *unused) {
    (void)unused;
    board_linger();
}

static void handlers_run(void *unused) {
    (void)unused;
    obj_t handler = rt.sys_mutable[SYS_ATEXIT];
    rt.sys_mutable[SYS_ATEXIT] = OBJ_NULL;
    if (handler && obj_is_callable(handler)) call_0(handler);
}

bool exit_or_report(obj_t exception, int *status) {
    if (exception_matches(exception, (obj_t)&type_SystemExit)) {
        device_exit_look(exception);
        obj_t code = exception_value(exception_native(exception) ? (obj_t)exception_native(exception) : exception);
        intptr_t number = 1;
        if (code == OBJ_NONE) number = 0;
        else obj_get_int_maybe(code, &number);
        *status = (int)(number & 0xff);
        return true;
    }
    console_flush();
    exception_show(exception);
    *status = 1;
    return false;
}

// Bytes that the desktop's heap may grow to unless told otherwise.
static size_t memory_quarter(void) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages / 4 * (size_t)size : 0;
}

static void interpreter_start(char *top, char **argv) {
    const struct profile *profile = options.board ? profile_find(board_load(options.board)) : &profiles[0];
    if (!profile) usage_fail("board file", options.board, "its \"profile\" is not one that --list-boards names");
    rt.profile = *profile;
    rt.profile.settrace = options.settrace;
    if (options.heap_size) rt.profile.heap_region = options.heap_size;
    rt.c_stack_top = top;
    rt.c_stack_limit = stack_room(top, argv);
    rt.optimise = options.optimise;
    rt.verbose = options.verbose;
    rt.keyboard_interrupt = true;
    if (!heap_start(options.heap_size ? options.heap_size : memory_quarter()))
        host_fatal("no memory for the heap: choose a smaller -X heapsize");
    rt_start();
    options.desk.power = panel_wanted(&options.panel);
    board_start(&options.desk);
    if (options.desk.power) panel_open(&options.panel, options.desk.is_virtual, options.subject, options.argv);
    rt.optimise = options.optimise;
    rt.verbose = options.verbose;
    rt.keyboard_interrupt = true;
    if (options.realtime) {
        struct sched_param priority = {.sched_priority = sched_get_priority_min(SCHED_RR)};
        sched_setscheduler(0, SCHED_RR, &priority);
    }
}

// A device starts again.
static void interpreter_restart(bool hard) {
    if (hard) {
        panel_pause();
        board_end();
    } else {
        board_pause();
    }
    rt_stop();
    heap_stop();
    if (!heap_start(options.heap_size ? options.heap_size : memory_quarter())) host_fatal("no memory for the heap");
    rt_start();
    rt.optimise = options.optimise;
    rt.verbose = options.verbose;
    if (hard && options.board) board_load(options.board);
    if (hard) board_start(&options.desk);
    else board_resume();
    if (hard) panel_resume();
}

static __attribute__((noinline)) int program_run(char *top, char **argv) {
    if (options.mode == RUN_FILE && access(options.subject, R_OK) != 0)
        usage_fail("can't open file", options.subject, strerror(errno));
    if (options.mode == RUN_FILE && host_kind(options.subject) == HOST_FOLDER)
        usage_fail("can't run a folder", options.subject, "name a file");
    console_start();
    interpreter_start(top, argv);
    if (options.mode == RUN_DEVICE) {
        int end = device_run(&options, interpreter_restart);
        panel_close(end);
        board_end();
        rt_stop();
        heap_stop();
        return end;
    }
    int status = 0;
    obj_t exception;
    bool forced = false;
    if (options.fail_at >= 0) heap_fail_at(options.fail_at);
    if (!protect(sys_fill, NULL, &exception) || !protect(subject_run, NULL, &exception)) forced = exit_or_report(exception, &status);
    else if (options.mode != RUN_PROMPT && !options.inspect && !protect(linger, NULL, &exception))
        forced = exit_or_report(exception, &status);
    const char *inspect = getenv("MICROPYINSPECT");
    if (options.mode == RUN_PROMPT || ((options.inspect || (inspect && *inspect)) && !forced)) status = prompt_run();
    if (!protect(handlers_run, NULL, &exception)) exit_or_report(exception, &status);
    if (options.verbose) heap_report(&printer_stdout, false);
    if (thread_others()) { // they end where they are
        heap_sweep_all();
        console_flush();
        _exit(status);
    }
    if (options.fail_at >= 0 && !heap_check(&printer_stderr)) host_fatal("the heap is broken");
    panel_close(status);
    board_end();
    rt_stop();
    heap_stop();
    console_flush();
    return status;
}

int main(int argc, char **argv) {
    options_parse(&options, argc, argv);
    char *top = (char *)(((uintptr_t)__builtin_frame_address(0) + 63) & ~(uintptr_t)63);
    return program_run(top, argv);
}
