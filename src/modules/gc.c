// SPDX-License-Identifier: MIT
// Module `gc`: the heap as a program sees it. Values are those of spec/heap-model.md 1.8 and 5.4; sizes are bytes on the profile's
// computer.
#include "heap/heap.h"
#include "modules/weakref.h"
#include "objects/num.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/vm.h"

static obj_t gc_collect(void);
BUILTIN_0(gc_collect_builtin, gc_collect);

// True when the engine itself runs the call of this function: then the C stack between them holds nothing that the frame does not,
// and what stale words lie there must not keep garbage alive.
static bool gc_called_by_engine(void) {
    enum { CALL_FUNCTION = 0x34, CALL_METHOD = 0x36 };
    const struct frame *f = rt.frame;
    if (!f || !f->ip || f->ip[0] != 0) return false;
    const obj_t *top = f->sp, self = OBJ_PTR(&gc_collect_builtin);
    if (f->ip[-1] == CALL_FUNCTION) return top >= f->slots && top[0] == self;
    if (f->ip[-1] == CALL_METHOD) return top > f->slots && top[0] == OBJ_NULL && top[-1] == self;
    return false;
}

static obj_t gc_collect(void) {
    if (gc_called_by_engine()) heap_c_stack_floor = rt.engine_stack;
    size_t freed = heap_collect();
    weakref_run();
    return rt.profile.collect_returns_count ? int_from((intptr_t)freed) : OBJ_NONE;
}

static obj_t gc_enable(void) {
    heap_enable(true);
    return OBJ_NONE;
}
BUILTIN_0(gc_enable_builtin, gc_enable);

static obj_t gc_disable(void) {
    heap_enable(false);
    return OBJ_NONE;
}
BUILTIN_0(gc_disable_builtin, gc_disable);

static obj_t gc_isenabled(void) { return obj_bool(heap_enabled()); }
BUILTIN_0(gc_isenabled_builtin, gc_isenabled);

static obj_t gc_mem_free(void) {
    return int_from((intptr_t)(heap_total() - heap_used() + heap_new_split()));
}
BUILTIN_0(gc_mem_free_builtin, gc_mem_free);

static obj_t gc_mem_alloc(void) { return int_from((intptr_t)heap_used()); }
BUILTIN_0(gc_mem_alloc_builtin, gc_mem_alloc);

static obj_t gc_threshold(size_t n, const obj_t *args) {
    if (n == 0) return int_from(heap_threshold());
    heap_set_threshold(obj_get_int(args[0]));
    return OBJ_NONE;
}
BUILTIN_VAR(gc_threshold_builtin, 0, 1, gc_threshold);

static const struct map_slot gc_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_gc)),
    MEMBER(collect, &gc_collect_builtin),
    MEMBER(disable, &gc_disable_builtin),
    MEMBER(enable, &gc_enable_builtin),
    MEMBER(isenabled, &gc_isenabled_builtin),
    MEMBER(mem_free, &gc_mem_free_builtin),
    MEMBER(mem_alloc, &gc_mem_alloc_builtin),
    MEMBER(threshold, &gc_threshold_builtin),
};
static FIXED_DICT(gc_dict, gc_members);
const struct module module_gc = {&type_module, &gc_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(gc, false, NULL, "");
