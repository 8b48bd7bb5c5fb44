// SPDX-License-Identifier: MIT
// Module os as MicroPython's Unix port has it: the table, the environment, processes. Files are src/modules/os_files.c.
// Failures are OSError(errno).
#define _GNU_SOURCE
#include "heap/heap.h"
#include "host.h"
#include "modules/os.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include "vfs/vfs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/utsname.h>
#include <unistd.h>

static bool on_desktop(void) { return rt.profile.word_bytes == 8; }

static obj_t os_done(int result) {
    if (result != 0) raise_os(errno);
    return OBJ_NONE;
}

// ---- the process ---------------------------------------------------------------------------------------------------------
static obj_t os_getenv(size_t n, const obj_t *args) {
    const char *value = getenv(str_data(args[0], NULL));
    if (!value) return n > 1 ? args[1] : OBJ_NONE;
    return str_new(value, strlen(value));
}
BUILTIN_VAR(os_getenv_fn, 1, 2, os_getenv);

static obj_t os_putenv(obj_t name, obj_t value) { return os_done(setenv(str_data(name, NULL), str_data(value, NULL), 1)); }
static obj_t os_unsetenv(obj_t name) { return os_done(unsetenv(str_data(name, NULL))); }
BUILTIN_2(os_putenv_fn, os_putenv);
BUILTIN_1(os_unsetenv_fn, os_unsetenv);

static obj_t os_system(obj_t command) {
    const char *text = str_data(command, NULL);
    console_flush();
    int r = system(text);
    if (r < 0) raise_os(errno);
    if (rt.poll) poll_run();
    return OBJ_INT(r);
}
BUILTIN_1(os_system_fn, os_system);

static obj_t os_urandom(obj_t count) {
    intptr_t n = obj_get_int(count);
    if (n < 0) raise_message(&type_ValueError, "negative argument not allowed");
    struct text_buffer b;
    text_buffer_init(&b, (size_t)n + 1);
    char *data = text_buffer_extend(&b, (size_t)n);
    for (size_t done = 0; done < (size_t)n;) {
        ssize_t got = getrandom(data + done, (size_t)n - done, 0);
        if (got < 0 && errno != EINTR) raise_os(errno);
        if (got > 0) done += (size_t)got;
    }
    return text_buffer_bytes(&b);
}
BUILTIN_1(os_urandom_fn, os_urandom);

static obj_t os_errno(size_t n, const obj_t *args) {
    if (n == 0) return OBJ_INT(errno);
    errno = (int)obj_get_int(args[0]);
    return OBJ_NONE;
}
BUILTIN_VAR(os_errno_fn, 0, 1, os_errno);

static obj_t os_uname(void) {
    struct utsname u;
    if (uname(&u) != 0) raise_os(errno);
    static const qstr_t fields[5] = {Q_sysname, Q_nodename, Q_release, Q_version, Q_machine};
    const char *platform = rt.profile.platform, *node = on_desktop() ? u.nodename : platform;
    const char *texts[5] = {platform, node, "1.28.0", "v1.28.0 on 2026-04-06", rt.profile.machine};
    obj_t items[5];
    for (int i = 0; i < 5; i++) items[i] = str_new(texts[i], strlen(texts[i]));
    return attrtuple_new(5, items, fields);
}
BUILTIN_0(os_uname_fn, os_uname);

#define EVERYWHERE                                                                                                                       \
    MEMBER(__name__, OBJ_QSTR(Q_os)), MEMBER(sep, OBJ_QSTR(Q_slash)), MEMBER(chdir, &os_chdir_fn), MEMBER(dupterm, &os_dupterm_fn),      \
    MEMBER(dupterm_notify, &os_dupterm_notify_fn), MEMBER(getcwd, &os_getcwd_fn), MEMBER(ilistdir, &os_ilistdir_fn),                     \
    MEMBER(listdir, &os_listdir_fn), MEMBER(mkdir, &os_mkdir_fn), MEMBER(mount, &vfs_mount_fn), MEMBER(remove, &os_remove_fn),           \
    MEMBER(rename, &os_rename_fn), MEMBER(rmdir, &os_rmdir_fn), MEMBER(stat, &os_stat_fn), MEMBER(statvfs, &os_statvfs_fn),              \
    MEMBER(sync, &os_sync_fn), MEMBER(umount, &vfs_umount_fn), MEMBER(uname, &os_uname_fn), MEMBER(unlink, &os_remove_fn),               \
    MEMBER(urandom, &os_urandom_fn)

static const struct map_slot os_members_desktop[] = {
    EVERYWHERE, MEMBER(errno, &os_errno_fn), MEMBER(getenv, &os_getenv_fn), MEMBER(putenv, &os_putenv_fn), MEMBER(system, &os_system_fn),
    MEMBER(unsetenv, &os_unsetenv_fn), MEMBER(VfsPosix, &type_VfsPosix)};
static const struct map_slot os_members_board[] = {EVERYWHERE}; // there is no process there
static struct dict os_dict = {&type_dict, {0}};
const struct module module_os = {&type_module, &os_dict, {0}};
MODULE(os, true, os_start, "");

void os_start(void) {
    static FIXED_DICT(desktop, os_members_desktop);
    static FIXED_DICT(board, os_members_board);
    os_dict = on_desktop() ? desktop : board;
}
