// SPDX-License-Identifier: MIT
// Frozen modules: this program has two of its own in place of frozen.gen.c. They are found below `.frozen` only, run, keep their code
// when they are imported again, and cost a board's heap nothing but module, dictionary and functions.
#include "frozen/frozen.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "modules/sys.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include <stdio.h>

// LINES = ("a text that is too long to be interned", 2.5, 1 << 40); def double(x): return x * 2
static const uint8_t lid[] = {
    77, 6, 0, 31, 5, 1, 20, 98, 111, 120, 47, 108, 105, 100, 46, 112, 121, 0, 15, 12, 100, 111, 117, 98, 108, 101, 0, 10, 76, 73, 78, 69,
    83, 0, 2, 120, 0, 10, 3, 5, 38, 97, 32, 116, 101, 120, 116, 32, 116, 104, 97, 116, 32, 105, 115, 32, 116, 111, 111, 32, 108, 111, 110,
    103, 32, 116, 111, 32, 98, 101, 32, 105, 110, 116, 101, 114, 110, 101, 100, 0, 8, 3, 50, 46, 53, 7, 13, 49, 48, 57, 57, 53, 49, 49,
    54, 50, 55, 55, 55, 54, 116, 0, 4, 1, 100, 35, 0, 22, 3, 50, 0, 22, 2, 81, 99, 1, 80, 17, 8, 2, 4, 96, 32, 176, 130, 244, 99,
};
// from . import lid
static const uint8_t box[] = {
    77, 6, 0, 31, 4, 0, 30, 98, 111, 120, 47, 95, 95, 105, 110, 105, 116, 95, 95, 46, 112, 121, 0, 15, 6, 108, 105, 100, 0, 3, 129, 8, 8,
    2, 1, 129, 16, 2, 42, 1, 27, 3, 28, 2, 22, 2, 89, 81, 99,
};
const struct frozen_file frozen_files[] = {{"box/__init__.py", box, sizeof box}, {"box/lid.py", lid, sizeof lid}, {NULL, NULL, 0}};
const struct builtin_name frozen_names[] = {{"box/__init__.py", 15, false}, {"box/lid.py", 10, false}, {"lid", 3, false},
    {"box", 3, false}, {"box.lid", 7, false}, {"LINES", 5, false}, {"double", 6, false}, {"x", 1, false}, {NULL, 0, false}};

static int failures;

static void expect(bool good, const char *what) {
    if (good) return;
    failures++;
    printf("FAILED: %s\n", what);
}

static void kinds_test(void) {
    expect(frozen_kind(".frozen") == HOST_FOLDER && frozen_kind(".frozen/box") == HOST_FOLDER, "folders");
    expect(frozen_kind(".frozen/box/lid.py") == HOST_FILE && frozen_find(".frozen/box/lid.py") == &frozen_files[1], "files");
    expect(frozen_kind(".frozen/bo") == HOST_MISSING && frozen_kind(".frozen/box/li") == HOST_MISSING, "parts of names");
    expect(!frozen_path("box/lid.py") && !frozen_path(".frozenbox") && !frozen_find("box/lid.py"), "outside");
}

static obj_t member(obj_t module, const char *name) { return obj_load_attr(module, intern_text(name)); }

static void import_test(void *unused) {
    (void)unused;
    sys_start();
    obj_t module = import_module(intern_text("box.lid"), OBJ_TRUE, 0);
    obj_t lines = member(module, "LINES");
    size_t n;
    obj_t *items;
    seq_items(lines, &n, &items);
    expect(n == 3 && !heap_owns((void *)lines) && !heap_owns((void *)items[0]) && !heap_owns((void *)items[2]), "constants in flash");
    expect(call_1(member(module, "double"), OBJ_INT(21)) == OBJ_INT(42), "a function");
    const struct code *code = ((struct function *)member(module, "double"))->code;
    map_remove(rt.loaded, OBJ_QSTR(intern_text("box.lid")), NULL);
    size_t before = heap_used();
    obj_t again = import_module(intern_text("box.lid"), OBJ_TRUE, 0);
    // module, dictionary, table of four names, the body's function, the function
    expect(heap_used() - before == 16 + 16 + 32 + 16 + 16, "what an import costs");
    expect(again != module && ((struct function *)member(again, "double"))->code == code, "code is read once");
    expect(member(again, "LINES") == lines, "constants too");
    heap_collect();
    expect(call_1(member(again, "double"), OBJ_INT(3)) == OBJ_INT(6), "a function after a collection");
}

static void start_and_stop(void) {
    rt.profile = *profile_find("pybv11");
    rt.c_stack_top = (char *)__builtin_frame_address(0) + 256;
    rt.c_stack_limit = 1 << 20;
    obj_t exception;
    if (!heap_start(0)) return;
    rt_start();
    expect(protect(import_test, NULL, &exception), "no exception");
    rt_stop();
    heap_stop();
}

int main(void) {
    kinds_test();
    start_and_stop();
    start_and_stop(); // flash begins empty again
    printf(failures ? "%d failures\n" : "passed\n", failures);
    return failures != 0;
}
