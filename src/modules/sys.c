// SPDX-License-Identifier: MIT
// Module sys: the interpreter about itself. What can be assigned (ps1, ps2, tracebacklimit ...) lives in rt.sys_mutable; everything else
// is fixed. path, argv and modules are ordinary objects in struct runtime.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/trace.h"
#include "run/vm.h"
#include "modules/stream.h"
#include "modules/sys.h"

static obj_t sys_exit(size_t n, const obj_t *args) {
    if (n == 0) raise_type(&type_SystemExit);
    raise_value(&type_SystemExit, args[0]);
}
BUILTIN_VAR(sys_exit_fn, 0, 1, sys_exit);

static void sys_print_to_stream(void *data, const char *text, size_t len) { stream_write_all(*(obj_t *)data, text, len); }

static obj_t sys_print_exception(size_t n, const obj_t *args) {
    obj_t stream = n > 1 ? args[1] : OBJ_NULL;
    if (stream != OBJ_NULL) obj_stream(stream);
    struct printer to = stream == OBJ_NULL ? printer_stdout : (struct printer){&stream, sys_print_to_stream};
    if (obj_is_exception(args[0])) {
        exception_print(&to, args[0]);
    } else { // anything goes, as on a board
        obj_print(&to, args[0], PRINT_EXC);
        print_text(&to, "\n");
    }
    return OBJ_NONE;
}
BUILTIN_VAR(sys_print_exception_fn, 1, 2, sys_print_exception);

static obj_t sys_intern(obj_t text) { return OBJ_QSTR(str_qstr(text)); }
BUILTIN_1(sys_intern_fn, sys_intern);

static obj_t sys_getsizeof(obj_t o) {
    obj_t size = obj_unary(OP_SIZEOF, o);
    return size;
}
BUILTIN_1(sys_getsizeof_fn, sys_getsizeof);

// Called by the port when the program has ended. Answers the function registered before.
static obj_t sys_atexit(obj_t function) {
    obj_t before = rt.sys_mutable[SYS_ATEXIT];
    rt.sys_mutable[SYS_ATEXIT] = function;
    return before == OBJ_NULL ? OBJ_NONE : before;
}
BUILTIN_1(sys_atexit_fn, sys_atexit);

// (type, value, None) of the exception that is being handled, three times None without one. As in MicroPython, the end of a handler inside
// another one ends both.
static obj_t sys_exc_info(void) {
    obj_t items[3] = {OBJ_NONE, OBJ_NONE, OBJ_NONE};
    for (const struct frame *f = rt.frame; f && rt.handled != OBJ_NULL; f = f->outer) {
        for (const struct block *b = f->block; b && b >= f->blocks; b--) {
            if (b->exception != rt.handled) continue;
            items[0] = OBJ_PTR(obj_type(b->exception));
            items[1] = b->exception;
        }
    }
    return tuple_new(3, items);
}
BUILTIN_0(sys_exc_info_fn, sys_exc_info);

// ---- tracing: a build of its own, here -X settrace ----------------------------------------------------------------------
static obj_t sys_settrace(obj_t function) {
    trace_set(function == OBJ_NONE ? OBJ_NULL : function);
    return OBJ_NONE;
}
BUILTIN_1(sys_settrace_fn, sys_settrace);

static obj_t sys_gettrace(void) { return rt.trace_function == OBJ_NULL ? OBJ_NONE : rt.trace_function; }
BUILTIN_0(sys_gettrace_fn, sys_gettrace);

static obj_t sys_getframe(size_t n, const obj_t *args) {
    intptr_t depth = n > 0 ? obj_get_int(args[0]) : 0;
    struct frame *f = rt.frame;
    while (f && depth-- > 0) f = f->outer;
    if (!f) raise_message(&type_ValueError, "call stack is not deep enough");
    return trace_frame(f);
}
BUILTIN_VAR(sys_getframe_fn, 0, 1, sys_getframe);

// ---- values that the profile decides -------------------------------------------------------------------------------------------
// On a board they are in flash, and cost nothing.
struct constant_tuple { // laid out as struct tuple
    const struct type *type;
    size_t len;
    obj_t items[7];
};
static struct {
    struct str platform, machine, build;
    struct bigint maxsize;
    uint64_t maxsize_limb;
    struct constant_tuple version, version_info, implementation;
} constants;

static void constants_fill(void) {
    static const qstr_t fields[6] = {Q_name, Q_version, Q__machine, Q__mpy, Q__build, Q__thread};
    const struct profile *p = &rt.profile;
    constants.platform = (struct str){.type = &type_str, .len = strlen(p->platform), .data = p->platform};
    constants.machine = (struct str){.type = &type_str, .len = strlen(p->machine), .data = p->machine};
    constants.build = (struct str){.type = &type_str, .len = strlen(p->build), .data = p->build};
    constants.maxsize_limb = p->word_bytes == 4 ? INT32_MAX : INTPTR_MAX;
    constants.maxsize = (struct bigint){.type = &type_int, .digits = 4, .len = 1, .limb = &constants.maxsize_limb};
    constants.version = (struct constant_tuple){&type_tuple, 4, {OBJ_INT(1), OBJ_INT(28), OBJ_INT(0), OBJ_QSTR(Q_empty)}};
    constants.version_info = (struct constant_tuple){&type_tuple, 3, {OBJ_INT(3), OBJ_INT(4), OBJ_INT(0)}};
    constants.implementation = (struct constant_tuple){&type_attrtuple, 5,
        {OBJ_QSTR(Q_micropython), OBJ_PTR(&constants.version), OBJ_PTR(&constants.machine), OBJ_INT(0x0306), OBJ_PTR(&constants.build),
         (obj_t)fields}};
    const struct builtin_module *threads = builtin_modules;
    while (threads->name && threads->name != Q__thread) threads++;
    if (!threads->name || !builtin_module_is_here(threads)) return;
    struct constant_tuple *t = &constants.implementation; // the cores of an RP2040 share objects without a lock
    t->items[t->len++] = strcmp(p->platform, "rp2") == 0 ? OBJ_QSTR(Q_unsafe) : OBJ_QSTR(Q_GIL);
    t->items[t->len] = (obj_t)fields;
}

static const struct { qstr_t name; enum sys_mutable slot; } sys_names[] = {
    {Q_ps1, SYS_PS1}, {Q_ps2, SYS_PS2}, {Q_tracebacklimit, SYS_TRACEBACKLIMIT}, {Q_stdin, SYS_STDIN}, {Q_stdout, SYS_STDOUT},
        {Q_stderr, SYS_STDERR},
};

// No board has these: its program does not end, it forgets an exception as soon as it is caught, and it saves what it can do without.
static obj_t desktop_load(qstr_t name) {
    switch (name) {
    case Q_atexit: return OBJ_PTR(&sys_atexit_fn);
    case Q_copyright: return OBJ_QSTR(Q_copyright_text);
    case Q_exc_info: return OBJ_PTR(&sys_exc_info_fn);
    case Q_getsizeof: return OBJ_PTR(&sys_getsizeof_fn);
    case Q_intern: return OBJ_PTR(&sys_intern_fn);
    default: return OBJ_NULL;
    }
}

static obj_t sys_load(qstr_t name) {
    switch (name) {
    case Q_path: return rt.sys_path;
    case Q_argv: return rt.sys_argv;
    case Q_modules: return OBJ_PTR(rt.loaded_dict);
    case Q_platform: return OBJ_PTR(&constants.platform);
    case Q_maxsize: return OBJ_PTR(&constants.maxsize);
    case Q_implementation: return OBJ_PTR(&constants.implementation);
    case Q_version_info: return OBJ_PTR(&constants.version_info);
    case Q_settrace: return rt.profile.settrace ? OBJ_PTR(&sys_settrace_fn) : OBJ_NULL;
    case Q_gettrace: return rt.profile.settrace ? OBJ_PTR(&sys_gettrace_fn) : OBJ_NULL;
    case Q__getframe: return rt.profile.settrace ? OBJ_PTR(&sys_getframe_fn) : OBJ_NULL;
    default: break;
    }
    for (size_t i = 0; i < sizeof sys_names / sizeof *sys_names; i++)
        if (sys_names[i].name == name) return rt.sys_mutable[sys_names[i].slot];
    return rt.profile.word_bytes == 8 ? desktop_load(name) : OBJ_NULL;
}

void sys_attr(qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL) {
        out[0] = sys_load(name);
        return;
    }
    if (name == Q_path && value != OBJ_SENTINEL) {
        rt.sys_path = value;
        out[0] = OBJ_NULL;
        return;
    }
    for (size_t i = 0; i < sizeof sys_names / sizeof *sys_names; i++) {
        if (sys_names[i].name == name) {
            rt.sys_mutable[sys_names[i].slot] = value == OBJ_SENTINEL ? OBJ_NULL : value;
            out[0] = OBJ_NULL;
        }
    }
}

static struct list argv; // its record is in static memory, as on a board

static void argv_mark(void) { heap_mark(argv.items); }

void sys_start(void) {
    constants_fill();
    rt.sys_path = list_new(0, NULL);
    list_append(rt.sys_path, OBJ_QSTR(Q_empty));
    list_append(rt.sys_path, OBJ_QSTR(Q_dot_frozen));
    argv = (struct list){&type_list, 4, 0, heap_new(4, 0, HEAP_REFS)};
    heap_add_root(argv_mark);
    rt.sys_argv = OBJ_PTR(&argv);
    rt.sys_mutable[SYS_PS1] = OBJ_QSTR(Q_prompt);
    rt.sys_mutable[SYS_PS2] = OBJ_QSTR(Q_prompt_more);
}

static const struct map_slot sys_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_sys)),
    MEMBER(version, OBJ_QSTR(Q_sys_version)),
    MEMBER(byteorder, OBJ_QSTR(Q_little)),
    MEMBER(exit, &sys_exit_fn),
    MEMBER(print_exception, &sys_print_exception_fn),
    // computed by sys_attr(); listed for dir()
    MEMBER(path, OBJ_SENTINEL),
    MEMBER(argv, OBJ_SENTINEL),
    MEMBER(modules, OBJ_SENTINEL),
    MEMBER(platform, OBJ_SENTINEL),
    MEMBER(maxsize, OBJ_SENTINEL),
    MEMBER(implementation, OBJ_SENTINEL),
    MEMBER(version_info, OBJ_SENTINEL),
    MEMBER(ps1, OBJ_SENTINEL),
    MEMBER(ps2, OBJ_SENTINEL),
    MEMBER(atexit, OBJ_SENTINEL),
    MEMBER(copyright, OBJ_SENTINEL),
    MEMBER(exc_info, OBJ_SENTINEL),
    MEMBER(settrace, OBJ_SENTINEL),
    MEMBER(gettrace, OBJ_SENTINEL),
    MEMBER(_getframe, OBJ_SENTINEL),
    MEMBER(getsizeof, OBJ_SENTINEL),
    MEMBER(intern, OBJ_SENTINEL),
    MEMBER(stdin, OBJ_SENTINEL),
    MEMBER(stdout, OBJ_SENTINEL),
    MEMBER(stderr, OBJ_SENTINEL),
};
static FIXED_DICT(sys_dict, sys_members);
const struct module module_sys = {&type_module, &sys_dict, {0}};
MODULE(sys, false, NULL, "");
