// SPDX-License-Identifier: MIT
// Module weakref: references that keep nothing alive, and calls when an object is gone. For the desktop: no board has it.
//
// Invariants
//  - A `struct weak` hides the address of what it refers to, so that the collector does not see it; 0: gone, called or detached.
//  - `table` (host memory) holds the weak objects that still refer to something, oldest first; dead ones until the next collection.
//    It keeps a finalize object alive, a ref object not: one that is collected is dropped and its callback never called.
//  - Between marking and sweeping weak_look() finds those whose object was not reached: they are cut off, and move to `waiting`: finalize
//    objects, then refs, newest first.
//    What waits is called by gc.collect() itself, or by the scheduler when the collection was not asked for.
#include "modules/weakref.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

struct weak { // 4 + n + 2 * kw words
    const struct type *type;
    obj_t callback; // OBJ_NULL: none
    uintptr_t hidden;
    uint32_t n, kw;
    obj_t args[];
};
struct weak_list {
    struct weak **items;
    size_t n, room;
};
static struct weak_list table, waiting;
static const struct type type_ref, type_finalize;

static void list_add(struct weak_list *l, struct weak *w) {
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 16;
        l->items = host_resize(l->items, l->room * sizeof *l->items);
    }
    l->items[l->n++] = w;
}

static obj_t weak_target(const struct weak *w) { return w->hidden ? (obj_t)~w->hidden : OBJ_NULL; }

// ---- collections ------------------------------------------------------------------------------------------------------------
static void weak_mark(void) {
    if (!rt.weak_used) return;
    for (size_t i = 0; i < waiting.n; i++) heap_mark(waiting.items[i]);
    for (size_t i = 0; i < table.n; i++)
        if (table.items[i]->type == &type_finalize && table.items[i]->hidden) heap_mark(table.items[i]);
}

static obj_t weak_scheduled(obj_t nothing) {
    (void)nothing;
    weakref_run();
    return OBJ_NONE;
}
BUILTIN_1(weak_scheduled_fn, weak_scheduled);

// Takes out of the table what is over, of one type.
static void weak_sort_out(const struct type *type) {
    for (size_t i = table.n; i-- > 0;) {
        struct weak *w = table.items[i];
        if (!w || w->type != type) continue;
        bool used = heap_is_marked(w) && w->hidden;
        if (used && heap_is_marked((void *)weak_target(w))) continue;
        table.items[i] = NULL;
        w->hidden = 0;
        if (used && w->callback != OBJ_NULL) list_add(&waiting, w);
    }
}

static void weak_look(void) {
    if (!rt.weak_used) return;
    weak_sort_out(&type_finalize);
    weak_sort_out(&type_ref);
    size_t kept = 0;
    for (size_t i = 0; i < table.n; i++)
        if (table.items[i]) table.items[kept++] = table.items[i];
    table.n = kept;
    if (waiting.n) schedule(OBJ_PTR(&weak_scheduled_fn), OBJ_NONE); // a full queue: the next collection tries again
}

static void weak_call(void *arg) {
    struct weak *w = arg;
    if (w->type == &type_ref) call_1(w->callback, OBJ_PTR(w));
    else call(w->callback, w->n, w->kw, w->args);
}

void weakref_run(void) {
    while (rt.weak_used && waiting.n) {
        struct weak *w = waiting.items[0];
        obj_t exception;
        memmove(waiting.items, waiting.items + 1, --waiting.n * sizeof *waiting.items);
        if (protect(weak_call, w, &exception)) continue;
        struct printer p = printer_stderr;
        print_text(&p, "Unhandled exception in weakref callback:\n");
        exception_print(&p, exception);
    }
}

// ---- objects ----------------------------------------------------------------------------------------------------------------
static struct weak *weak_new(const struct type *type, obj_t target, obj_t callback, size_t n, size_t kw, const obj_t *args) {
    if (!obj_is_ptr(target) || !heap_owns((void *)target)) raise_message(&type_TypeError, "not a heap object");
    struct weak *w = heap_new(4 + n + 2 * kw, 0, HEAP_REFS);
    *w = (struct weak){type, callback, ~(uintptr_t)target, (uint32_t)n, (uint32_t)kw};
    if (n + kw) memcpy(w->args, args, (n + 2 * kw) * sizeof *args);
    list_add(&table, w);
    return w;
}

static obj_t ref_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 2, false);
    return OBJ_PTR(weak_new(&type_ref, args[0], n > 1 && args[1] != OBJ_NONE ? args[1] : OBJ_NULL, 0, 0, NULL));
}

static obj_t ref_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    (void)args;
    args_check(n, kw, 0, 0, false);
    obj_t target = weak_target((struct weak *)self);
    return target == OBJ_NULL ? OBJ_NONE : target;
}

static obj_t finalize_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 2, SIZE_MAX, true);
    return OBJ_PTR(weak_new(&type_finalize, args[0], args[1], n - 2, kw, args + 2));
}

static obj_t finalize_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct weak *w = (struct weak *)self;
    (void)args;
    args_check(n, kw, 0, 0, false);
    if (!w->hidden) return OBJ_NONE;
    w->hidden = 0;
    return call(w->callback, w->n, w->kw, w->args);
}

// (object, callback, args, kwargs), or None.
static obj_t finalize_peek(obj_t self) {
    struct weak *w = (struct weak *)self;
    obj_t target = weak_target(w);
    if (target == OBJ_NULL) return OBJ_NONE;
    obj_t positional = tuple_new(w->n, w->args), named = dict_new(w->kw);
    for (size_t i = 0; i < w->kw; i++) dict_set(named, w->args[w->n + 2 * i], w->args[w->n + 2 * i + 1]);
    return tuple_new(4, (obj_t[]){target, w->callback, positional, named});
}
BUILTIN_1(finalize_peek_fn, finalize_peek);

static obj_t finalize_detach(obj_t self) {
    obj_t parts = finalize_peek(self);
    ((struct weak *)self)->hidden = 0;
    return parts;
}
BUILTIN_1(finalize_detach_fn, finalize_detach);

static void finalize_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL && name == Q_alive) out[0] = obj_bool(((struct weak *)self)->hidden != 0);
}

static const struct map_slot finalize_members[] = {
    MEMBER(peek, &finalize_peek_fn),
    MEMBER(detach, &finalize_detach_fn),
};
static FIXED_DICT(finalize_dict, finalize_members);
static const struct type_ops ref_ops = {.construct = ref_construct, .call = ref_call};
static const struct type_ops finalize_ops = {.construct = finalize_construct, .call = finalize_call, .attr = finalize_attr};
static const struct type type_ref = {.type = &type_type, .name = Q_ref, .ops = &ref_ops};
static const struct type type_finalize = {.type = &type_type, .name = Q_finalize, .ops = &finalize_ops, .members = &finalize_dict};

void weakref_start(void) {
    table.n = waiting.n = 0;
    rt.weak_used = true;
    heap_weak_hook = weak_look;
    heap_add_root(weak_mark);
}

static const struct map_slot weakref_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_weakref)),
    MEMBER(ref, &type_ref),
    MEMBER(finalize, &type_finalize),
};
static FIXED_DICT(weakref_dict, weakref_members);
const struct module module_weakref = {&type_module, &weakref_dict, {0}};
MODULE(weakref, false, weakref_start, "linux");
