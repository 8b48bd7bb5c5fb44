// SPDX-License-Identifier: MIT
// A board as a device: boot.py, main.py, the prompt on its serial line, and round again at each soft reset.
//
// Invariants
//  - The root of the file system is a folder of the host; it is the current folder at each boot. Boards whose documentation has the flash
//    at /flash have it there.
//  - At each boot the heap is empty, and what a boot leaves in it is what --raw-repl-exec finds: the file system and the lists of module
//    sys are in static memory, their texts are known to the program.
//  - A soft reset unwinds the program by SystemExit; a hard one jumps, past whatever the program still wanted to do, to device_run().
//  - In raw mode a soft reset leaves out main.py and stays in raw mode, as on a board.
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emu/core/clock.h"
#include "emu/modules/bridge.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "modules/sys.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "ports/unix/link.h"
#include "ports/unix/modules/file.h"
#include "ports/unix/port.h"
#include "repl/repl.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"
#include "vfs/vfs.h"

enum end { END_LINE, END_SOFT, END_HARD };

static struct {
    bool running;
    jmp_buf hard;
    char banner[200];
    char root[4096];
    struct repl repl;
} device;

static void say(const char *text) { terminal_write(text, strlen(text)); }

static bool is_pyboard(void) { return strcmp(rt.profile.platform, "pyboard") == 0; }

// ---- the folder behind the flash -----------------------------------------------------------------------------------------------
static void folders_make(char *path) {
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(path, 0777);
        *slash = '/';
    }
    mkdir(path, 0777);
}

static void root_find(const struct options *o) {
    char wanted[sizeof device.root];
    const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");
    if (o->fs) snprintf(wanted, sizeof wanted, "%s", o->fs);
    else if (data && *data) snprintf(wanted, sizeof wanted, "%s/breadboard/%s", data, rt.profile.name);
    else snprintf(wanted, sizeof wanted, "%s/.local/share/breadboard/%s", home ? home : "", rt.profile.name);
    folders_make(wanted);
    if (!realpath(wanted, device.root) || chdir(device.root) != 0) usage_fail("can't use folder", wanted, strerror(errno));
}

// ---- boot -------------------------------------------------------------------------------------------------------------------------
static void device_report(obj_t exception) { exception_print(&(struct printer){printer_stdout.data, printer_stdout.write}, exception); }

static void python_fill(void *unused) {
    (void)unused;
    sys_start();
    for (int fd = 0; fd < 3; fd++) rt.sys_mutable[SYS_STDIN + fd] = terminal_stream(fd);
    if (is_pyboard()) list_append(rt.sys_path, OBJ_QSTR(Q_slash_flash));
    list_append(rt.sys_path, OBJ_QSTR(is_pyboard() ? Q_slash_flash_slash_lib : Q_slash_lib));
    if (is_pyboard()) vfs_root_at("/flash");
}

static void file_run(void *name) { run_file(name); }

// False: it asked for a soft reset.
static bool boot_file(const char *name) {
    obj_t exception;
    if (vfs_kind(name) != HOST_FILE) return true;
    if (repl_run(file_run, (void *)name, &exception)) return true;
    if (exception_matches(exception, OBJ_PTR(&type_SystemExit))) return false;
    device_report(exception);
    return true;
}

static void byte_read(void *byte) { *(int *)byte = terminal_read(); }

// What work that is done meanwhile raises is shown.
static int next_byte(void) {
    int c;
    obj_t exception;
    while (!protect(byte_read, &c, &exception)) device_report(exception);
    return c;
}

static enum end device_boot(void) {
    device.running = true;
    if (chdir(device.root) != 0) say("the folder of the file system is gone\r\n");
    protect(python_fill, NULL, NULL);
    bool raw = device.repl.mode == REPL_RAW;
    if (!boot_file("boot.py") || (!raw && !boot_file("main.py"))) return END_SOFT;
    repl_start(&device.repl);
    for (;;) {
        int c = next_byte();
        if (c == TERMINAL_GONE) return END_LINE;
        if (repl_feed(&device.repl, (unsigned char)c) != REPL_MORE) return END_SOFT;
    }
}

int device_run(const struct options *o, void (*restart)(bool hard)) {
    terminal_start(true);
    rt.keyboard_interrupt = false; // until a program runs, Ctrl-C is a byte
    root_find(o);
    vfs_host_root_set(device.root);
    link_open(o->serial, o->link);
    if (!o->serial || strcmp(o->serial, "stdio") != 0) {
        printf("micropython: %s on %s%s%s\n", rt.profile.name, link_name(), o->link ? ", linked from " : "", o->link ? o->link : "");
        fflush(stdout);
    }
    snprintf(device.banner, sizeof device.banner, "MicroPython v1.28.0 on 2026-04-06; %s\r\nType \"help()\" for more information.\r\n",
        rt.profile.machine);
    device.repl.banner = device.banner;
    device.repl.report = device_report;
    for (;;) {
        int jumped = setjmp(device.hard);
        enum end end = jumped ? END_HARD : device_boot();
        if (jumped) device.repl.mode = REPL_FRIENDLY;
        device.running = false;
        if (end == END_LINE) break;
        repl_stop(&device.repl);
        if (end == END_SOFT && is_pyboard()) say("MPY: sync filesystems\r\n");
        if (end == END_SOFT) say("MPY: soft reboot\r\n");
        restart(end == END_HARD);
        link_end_look();
    }
    link_close();
    return 0;
}

// A script has nothing to start again from: its run ends.
static void script_ends(const char *why) {
    console_flush();
    fprintf(stderr, "micropython: the run ends at %.6f s: %s\n", (double)clock_now() / 1e9, why);
}

// A device starts again for any SystemExit; that a script ends because of this one has to be said.
static uintptr_t asked;

_Noreturn void device_soft_reset(void) {
    obj_t exception = raise_build(&type_SystemExit, 0, NULL);
    asked = exception;
    raise_object(exception);
}

void device_exit_look(obj_t exception) {
    if (asked && exception == asked) script_ends("a soft reset was asked for");
    asked = 0;
}

static _Noreturn void reset_script(void) {
    static const char *const causes[] = {[RESET_WATCHDOG] = "the board was reset by its watchdog",
                                         [RESET_DEEPSLEEP] = "the board was reset after deep sleep"};
    enum reset_cause cause = bridge_next_cause();
    const char *text = cause < sizeof causes / sizeof *causes ? causes[cause] : NULL;
    script_ends(text ? text : "the board was reset");
    exit(0);
}

_Noreturn void device_hard_reset(void) {
    if (!device.running) reset_script();
    longjmp(device.hard, 1);
}
