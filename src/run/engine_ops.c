// SPDX-License-Identifier: MIT
// The slow halves of the engine's instructions: name look-up, cache filling, unpacking.
//
// What a cache cell holds (code/code.h):
//   LOAD_GLOBAL, LOAD_NAME   key = globals dict, value = map slot; valid for one rt.globals_version (no key came or went)
//   LOAD_ATTR of a module, LOAD_METHOD of a module   key = the module, value = map slot of its globals; same validity
//   LOAD_ATTR, STORE_ATTR of an instance   slot = a guess which member slot has the name; checked against the key there
//   LOAD_METHOD   key = type, value = function found on the type, slot = name & 63 for the instance filter; same validity
#include "run/engine_ops.h"
#include "code/opcodes.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

static struct map_slot *builtin_slot(qstr_t name) {
    if (rt.builtins_override) {
        struct map_slot *slot = map_find_qstr(&rt.builtins_override->map, name);
        if (slot) return slot;
    }
    return map_find_qstr(&module_builtins.globals->map, name);
}

static void cache_slot(struct cache *c, bool cacheable, const void *key, struct map_slot *slot) {
    if (!cacheable) return;
    c->key = (uintptr_t)key;
    c->value = (uintptr_t)slot;
    c->version = rt.globals_version;
}

static bool engine_matches_next(const uint8_t *ip) {
    while (*ip++ & 0x80) {}
    return *ip == BC_BINARY_OP_MULTI + OP_EXC_MATCH;
}

obj_t engine_load_global(struct frame *f, qstr_t name, struct cache *c, bool cacheable) {
    // the compiler's own match in `async with`; the verifier counts on it
    if (name == Q_BaseException && f->ip && engine_matches_next(f->ip)) return OBJ_PTR(&type_BaseException);
    struct map_slot *slot = map_find_qstr(&f->globals->map, name);
    if (!slot) slot = builtin_slot(name);
    if (!slot) raise_format(&type_NameError, "name '%q' isn't defined", name);
    // only dictionaries that count their changes may be remembered
    cache_slot(c, cacheable && (f->globals->map.flags & MAP_GLOBALS), f->globals, slot);
    return slot->value;
}

obj_t engine_load_name(struct frame *f, qstr_t name) {
    struct map_slot *slot = map_find_qstr(&f->locals->map, name);
    if (slot) return slot->value;
    struct cache unused = {0, 0, 0, 0};
    return engine_load_global(f, name, &unused, false);
}

obj_t engine_builtin(qstr_t name) {
    struct map_slot *slot = builtin_slot(name);
    if (!slot) raise_format(&type_NameError, "name '%q' isn't defined", name);
    return slot->value;
}

void engine_delete_name(struct dict *d, qstr_t name) {
    if (!map_remove(&d->map, OBJ_QSTR(name), NULL)) raise_value(&type_KeyError, OBJ_QSTR(name));
}

obj_t engine_load_attr(obj_t o, qstr_t name, struct cache *c, bool cacheable) {
    const struct type *t = obj_type(o);
    if (cacheable && (t->flags & TYPE_CLASS)) {
        const struct map *m = &((struct instance *)o)->members;
        struct map_slot *slot = map_find_qstr(m, name);
        if (slot) {
            c->slot = (uint32_t)(slot - m->table);
            return slot->value;
        }
    }
    if (t == &type_module) {
        struct dict *globals = ((struct module *)o)->globals;
        struct map_slot *slot = map_find_qstr(&globals->map, name);
        if (slot && slot->value != OBJ_SENTINEL) {
            cache_slot(c, cacheable && (globals->map.flags & (MAP_GLOBALS | MAP_FIXED)), (void *)o, slot);
            return slot->value;
        }
    }
    return obj_load_attr(o, name);
}

void engine_load_method(obj_t o, const struct type *type, qstr_t name, obj_t *out, struct cache *c, bool cacheable) {
    if (type == &type_module) {
        struct dict *globals = ((struct module *)o)->globals;
        struct map_slot *slot = map_find_qstr(&globals->map, name);
        if (slot && slot->value != OBJ_SENTINEL) {
            cache_slot(c, cacheable && (globals->map.flags & (MAP_GLOBALS | MAP_FIXED)), (void *)o, slot);
            out[0] = slot->value;
            out[1] = OBJ_NULL;
            return;
        }
    }
    obj_t pair[2];
    obj_load_method(o, name, pair);
    out[0] = pair[0];
    out[1] = pair[1];
    if (!cacheable || pair[1] != o) return;
    if (!(type->flags & TYPE_CLASS) && type->ops && type->ops->attr) return;
    if ((type->flags & TYPE_CLASS) && (type->attr_filter >> (name & 63) & 1)) return;
    if (type_lookup(type, name, NULL) != pair[0] || !(obj_type(pair[0])->flags & TYPE_BINDS)) return;
    c->key = (uintptr_t)type;
    c->value = pair[0];
    c->slot = name & 63;
    c->version = rt.globals_version;
}

void engine_store_attr(obj_t o, qstr_t name, obj_t value, struct cache *c, bool cacheable) {
    obj_store_attr(o, name, value);
    if (!cacheable || value == OBJ_NULL) return;
    const struct type *t = obj_type(o);
    if ((t->flags & (TYPE_CLASS | TYPE_HAS_SPECIAL_ATTR)) != TYPE_CLASS) return;
    const struct map *m = &((struct instance *)o)->members;
    struct map_slot *slot = map_find_qstr(m, name);
    if (slot) c->slot = (uint32_t)(slot - m->table);
}

bool engine_short_slice(obj_t base) {
    return obj_is(base, &type_bytearray) || obj_is(base, &type_memoryview);
}

_Noreturn static void unpack_too_few(size_t have) {
    raise_format(&type_ValueError, "need more than %lu values to unpack", (unsigned long)have);
}
_Noreturn static void unpack_too_many(size_t expected) {
    raise_format(&type_ValueError, "too many values to unpack (expected %lu)", (unsigned long)expected);
}

void engine_unpack(obj_t sequence, size_t n, obj_t *slot) {
    bool tuple = obj_is(sequence, &type_tuple);
    if (tuple || obj_is(sequence, &type_list)) {
        size_t len = tuple ? ((struct tuple *)sequence)->len : ((struct list *)sequence)->len;
        obj_t *items = tuple ? ((struct tuple *)sequence)->items : ((struct list *)sequence)->items;
        if (len < n) unpack_too_few(len);
        if (len > n) unpack_too_many(n);
        for (size_t i = 0; i < n; i++) slot[n - 1 - i] = items[i];
        return;
    }
    // The sequence must survive while its place on the stack is filled: items go to a scratch area on the C stack first when few.
    struct iter_buf buf;
    obj_t it = iter_begin(sequence, &buf), few[16], kept = OBJ_NULL, *to = few;
    if (n > 16) {
        kept = list_new(n, NULL);
        to = ((struct list *)kept)->items;
    }
    for (size_t i = 0; i < n; i++) {
        obj_t item = iter_next(it);
        if (item == OBJ_NULL) unpack_too_few(i);
        to[i] = item;
    }
    if (iter_next(it) != OBJ_NULL) unpack_too_many(n);
    for (size_t i = 0; i < n; i++) slot[n - 1 - i] = to[i];
}

// The first items go to their places, all others into a new list, which gives back the last ones.
static void unpack_iterable_rest(obj_t iterable, size_t left, size_t right, obj_t *slot) {
    obj_t it = iter_begin(iterable, NULL), item;
    obj_t first[UINT8_MAX + 1]; // the operand is on the stack until all is read
    for (size_t i = 0; i < left; i++) {
        first[i] = iter_next(it);
        if (first[i] == OBJ_NULL) unpack_too_few(i);
    }
    obj_t rest = list_new(0, NULL);
    while ((item = iter_next(it)) != OBJ_NULL) list_append(rest, item);
    struct list *l = (struct list *)rest;
    if (l->len < right) unpack_too_few(left + l->len);
    l->len -= right;
    for (size_t i = 0; i < right; i++) {
        slot[i] = l->items[l->len + right - 1 - i];
        l->items[l->len + right - 1 - i] = OBJ_NULL;
    }
    slot[right] = rest;
    for (size_t i = 0; i < left; i++) slot[right + left - i] = first[i];
}

void engine_unpack_rest(obj_t sequence, size_t left, size_t right, obj_t *slot) {
    if (!obj_is(sequence, &type_tuple) && !obj_is(sequence, &type_list)) {
        unpack_iterable_rest(sequence, left, right, slot);
        return;
    }
    size_t len;
    obj_t *items;
    seq_items(sequence, &len, &items);
    if (len < left + right) unpack_too_few(len);
    obj_t rest = list_new(len - left - right, items + left);
    seq_items(sequence, &len, &items);
    for (size_t i = 0; i < right; i++) slot[i] = items[len - 1 - i];
    slot[right] = rest;
    for (size_t i = 0; i < left; i++) slot[right + left - i] = items[i];
}

obj_t engine_plain_init(const struct type *type) {
    if (type->native || (type->flags & TYPE_HAS_SPECIAL_ATTR)) return OBJ_NULL;
    const struct type *owner = NULL;
    obj_t make = type_lookup(type, Q___new__, &owner);
    if (make != OBJ_NULL && owner != &type_object) return OBJ_NULL;
    obj_t init = type_lookup(type, Q___init__, &owner);
    return obj_is(init, &type_function) ? init : OBJ_NULL;
}

obj_t engine_import_from(obj_t module, qstr_t name) {
    obj_t out[2];
    obj_load_method_maybe(module, name, out);
    if (out[0] != OBJ_NULL && out[1] == OBJ_NULL) return out[0];
    if (out[0] != OBJ_NULL) return obj_load_attr(module, name);
    // a package: the member may be a submodule
    obj_load_method_maybe(module, Q___path__, out);
    if (out[0] != OBJ_NULL) {
        obj_load_method(module, Q___name__, out);
        size_t package_len, len;
        const char *package = str_data(out[0], &package_len), *member = qstr_text(name, &len);
        char dotted[512];
        if (package_len + len + 1 < sizeof dotted) {
            memcpy(dotted, package, package_len);
            dotted[package_len] = '.';
            memcpy(dotted + package_len + 1, member, len);
            return import_module(intern(dotted, package_len + 1 + len), OBJ_TRUE, 0);
        }
    }
    raise_format(&type_ImportError, "can't import name %q", name);
}

obj_t engine_import_name(qstr_t name, obj_t from_list, obj_t level) {
    if (rt.builtins_override) {
        struct map_slot *slot = map_find_qstr(&rt.builtins_override->map, Q___import__);
        if (slot) {
            obj_t args[5] = {OBJ_QSTR(name), OBJ_PTR(rt.globals), OBJ_PTR(rt.locals), from_list, level};
            return call(slot->value, 5, 0, args);
        }
    }
    return import_module(name, from_list, obj_is_int(level) ? obj_int(level) : 0);
}

static void import_star_names(obj_t from, obj_t all, struct dict *into) {
    size_t n;
    obj_t *items;
    seq_items(all, &n, &items);
    for (size_t i = 0; i < n; i++) {
        qstr_t name = str_qstr(items[i]);
        dict_set_qstr(into, name, obj_load_attr(from, name));
        seq_items(all, &n, &items); // the attribute may have been a property that changed the list
    }
}

static void import_star_all(void *arg) {
    obj_t *pair = arg;
    obj_load_method_maybe(pair[2], Q___all__, pair);
}

// Any object may stand in sys.modules: what has no globals is asked for __dict__.
void engine_import_star(obj_t from, struct dict *into) {
    obj_t all[3] = {OBJ_NULL, OBJ_NULL, from}, exception;
    if (!protect(import_star_all, all, &exception)) { // a module's __getattr__ may say no
        if (!exception_matches(exception, OBJ_PTR(&type_AttributeError))) raise_object(exception);
        all[0] = OBJ_NULL;
    }
    if (all[0] != OBJ_NULL) {
        import_star_names(from, all[0], into);
        return;
    }
    obj_t names = obj_is(from, &type_module) ? OBJ_PTR(((struct module *)from)->globals) : obj_load_attr(from, Q___dict__);
    if (!obj_is_dict(names)) return;
    size_t cursor = 0;
    struct map_slot *slot;
    while ((slot = map_next(dict_map(names), &cursor))) {
        if (!obj_is_str(slot->key)) continue;
        qstr_t name = str_qstr(slot->key);
        if (qstr_text(name, NULL)[0] == '_') continue;
        if (slot->value != OBJ_SENTINEL) {
            dict_set_qstr(into, name, slot->value);
            continue;
        }
        obj_t computed[2]; // a member that the module works out, and may not have
        obj_load_method_maybe(from, name, computed);
        if (computed[0] != OBJ_NULL) dict_set_qstr(into, name, computed[0]);
    }
}

obj_t engine_raise_from(obj_t exception, obj_t cause) {
    if (cause != OBJ_NONE) print_text(&printer_stderr, "Warning: exception chaining not supported\n");
    return exception_from_class_or_instance(exception);
}

obj_t engine_binary(enum binary_op op, obj_t left, obj_t right) {
    bool left_float = obj_is(left, &type_float), right_float = obj_is(right, &type_float);
    if ((left_float || right_float) && (left_float || obj_is_int(left)) && (right_float || obj_is_int(right)) && op != OP_IN &&
        op != OP_IS) {
        double l = left_float ? ((struct float_object *)left)->value : (double)obj_int(left);
        double r = right_float ? ((struct float_object *)right)->value : (double)obj_int(right);
        bool exact = left_float || (obj_int(left) < 1L << 53 && obj_int(left) > -(1L << 53));
        exact = exact && (right_float || (obj_int(right) < 1L << 53 && obj_int(right) > -(1L << 53)));
        if (exact) {
            obj_t result = float_binary(op, l, r);
            if (result != OBJ_NULL) return result;
        }
    }
    return obj_binary(op, left, right);
}

// ---- with --------------------------------------------------------------------------------------------------------------------------
obj_t engine_enter_with(struct frame *f) {
    obj_t enter[2], manager = *f->sp;
    obj_load_method(manager, Q___exit__, f->sp);
    f->sp++;
    obj_load_method(manager, Q___enter__, enter);
    return enter[1] != OBJ_NULL ? call(enter[0], 1, 0, &enter[1]) : call(enter[0], 0, 0, NULL);
}

obj_t *engine_leave_with(obj_t *sp) {
    if (obj_is_int(*sp)) { // return or jump: two slots
        obj_t exit[5] = {sp[-3], sp[-2], OBJ_NONE, OBJ_NONE, OBJ_NONE};
        call_method(3, 0, exit);
        sp[-3] = sp[-1];
        sp[-2] = sp[0];
    } else if (*sp == OBJ_NONE) {
        obj_t exit[5] = {sp[-2], sp[-1], OBJ_NONE, OBJ_NONE, OBJ_NONE};
        call_method(3, 0, exit);
        sp[-2] = OBJ_NONE;
    } else {
        obj_t exit[5] = {sp[-2], sp[-1], OBJ_PTR(obj_type(*sp)), *sp, OBJ_NONE};
        if (obj_true(call_method(3, 0, exit))) *sp = OBJ_NONE;
        sp[-2] = *sp;
    }
    return sp - 2;
}

// ---- calls that stay in the loop ---------------------------------------------------------------------------------------------------
struct frame *engine_enter_closure(obj_t closure, size_t n, size_t kw, const obj_t *args) {
    const struct closure *c = (const struct closure *)closure;
    size_t words = c->n + n + 2 * kw;
    rt.call_scratch = engine_models_board && words > 5 ? heap_new(words, 0, HEAP_DATA) : NULL;
    rt.board_between = 0;
    struct frame *f = frame_push(c->function, c->n, c->cells, n, kw, args);
    f->scratch = rt.call_scratch;
    rt.call_scratch = NULL;
    f->kind = FRAME_CALL;
    return f;
}

struct frame *engine_enter_init(const struct type *type, obj_t init, size_t n, size_t kw, obj_t *args) {
    struct instance *o = heap_new(4, 0, HEAP_REFS);
    o->type = type;
    args[-1] = OBJ_PTR(o);
    rt.call_scratch = engine_models_board && n + kw ? heap_new(2 + n + 2 * kw, 0, HEAP_DATA) : NULL;
    rt.board_between = rt.profile.extra.init;
    struct frame *f = frame_push(init, 0, NULL, n + 1, kw, args - 1);
    f->scratch = rt.call_scratch;
    rt.call_scratch = NULL;
    f->instance = OBJ_PTR(o);
    f->kind = FRAME_INIT;
    return f;
}
