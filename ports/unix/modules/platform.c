// SPDX-License-Identifier: MIT
// Module platform: what this was built with and what it stands for. On a board profile the texts are those of a board's firmware.
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "rt.h"
#include "run/call.h"

#include <gnu/libc-version.h>
#include <stdio.h>
#include <sys/utsname.h>

static bool platform_is_desktop(void) { return strcmp(rt.profile.platform, "linux") == 0; }
static const char *libc_name(void) { return platform_is_desktop() ? "glibc" : "newlib"; }
static const char *libc_version(void) { return platform_is_desktop() ? gnu_get_libc_version() : "4.3.0"; }

static obj_t text_object(const char *text) { return str_new(text, strlen(text)); }

static obj_t platform_platform(void) {
    char text[256];
    struct utsname u = {.machine = "unknown", .release = "unknown"};
    uname(&u);
    bool desktop = platform_is_desktop();
    const char *machine = strcmp(rt.profile.platform, "esp32") == 0 || strcmp(rt.profile.platform, "esp8266") == 0 ? "xtensa" : "arm";
    snprintf(text, sizeof(text), "%s-1.28.0-%s-%s-with-%s%s", desktop ? "Linux" : "MicroPython", desktop ? u.machine : machine,
        desktop ? u.release : rt.profile.platform, libc_name(), libc_version());
    return text_object(text);
}
BUILTIN_0(platform_platform_fn, platform_platform);

static obj_t platform_python_compiler(void) {
    char text[64];
#ifdef __clang__
    snprintf(text, sizeof(text), "Clang %d.%d.%d", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
    snprintf(text, sizeof(text), "GCC %d.%d.%d", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
    return text_object(text);
}
BUILTIN_0(platform_python_compiler_fn, platform_python_compiler);

static obj_t platform_libc_ver(void) {
    obj_t pair[2] = {text_object(libc_name()), OBJ_NONE};
    pair[1] = text_object(libc_version());
    return tuple_new(2, pair);
}
BUILTIN_0(platform_libc_ver_fn, platform_libc_ver);

static obj_t platform_processor(void) { return OBJ_QSTR(Q_empty); } // none is known
BUILTIN_0(platform_processor_fn, platform_processor);

static const struct map_slot platform_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_platform)),
    MEMBER(platform, &platform_platform_fn),
    MEMBER(python_compiler, &platform_python_compiler_fn),
    MEMBER(libc_ver, &platform_libc_ver_fn),
    MEMBER(processor, &platform_processor_fn),
};
static FIXED_DICT(platform_dict, platform_members);
const struct module module_platform = {&type_module, &platform_dict, {0}};
MODULE(platform, true, NULL, "");
