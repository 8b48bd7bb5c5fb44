// SPDX-License-Identifier: MIT
// Calls from C, argument unpacking for the star forms, and argument checking of native functions.
//
// The unpacked argument array of a star call is one heap run, sized as the board sizes it (spec/heap-model.md 2.8):
// 1 + positional + len(star) - 1 + 2*(keywords + len(dstar) - 1) words, doubled when an iterable has no known length.
#include "run/call.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call_unpack.h"
#include "run/raise.h"
#include "run/vm.h"

obj_t call(obj_t f, size_t n, size_t kw, const obj_t *args) {
    const struct type *type = obj_type(f);
    if (type->ops && type->ops->call) {
        stack_check();
        return type->ops->call(f, n, kw, args);
    }
    raise_format(&type_TypeError, "'%s' object isn't callable", obj_type_name(f));
}

obj_t call_0(obj_t f) { return call(f, 0, 0, NULL); }
obj_t call_1(obj_t f, obj_t a) { return call(f, 1, 0, &a); }
obj_t call_2(obj_t f, obj_t a, obj_t b) {
    obj_t args[2] = {a, b};
    return call(f, 2, 0, args);
}
obj_t call_method(size_t n, size_t kw, const obj_t *pair) {
    if (pair[1] != OBJ_NULL) return call(pair[0], n + 1, kw, pair + 1);
    return call(pair[0], n, kw, pair + 2);
}
obj_t call_method_0(obj_t o, qstr_t name) {
    obj_t pair[2];
    obj_load_method(o, name, pair);
    return call_method(0, 0, pair);
}
obj_t call_method_1(obj_t o, qstr_t name, obj_t a) {
    obj_t pair[3];
    obj_load_method(o, name, pair);
    pair[2] = a;
    return call_method(1, 0, pair);
}

// ---- star calls --------------------------------------------------------------------------------------------------------
static void unpack_reserve(struct unpacked *u, size_t more) {
    if (u->used + more <= u->room) return;
    size_t room = u->room * 2;
    if (room < u->used + more) room = u->used + more;
    u->args = heap_resize(u->args, room, 0, HEAP_REFS);
    *u->keep = (obj_t)u->args;
    u->room = room;
}

static void unpack_add(struct unpacked *u, obj_t value) {
    unpack_reserve(u, 1);
    u->args[u->used++] = value;
}

static void unpack_star(struct unpacked *u, obj_t iterable) {
    if (obj_is(iterable, &type_tuple) || obj_is(iterable, &type_list)) {
        size_t len;
        obj_t *items;
        seq_items(iterable, &len, &items);
        unpack_reserve(u, len);
        seq_items(iterable, &len, &items); // the reservation may not change it, but a finaliser could
        if (len > u->room - u->used) len = u->room - u->used;
        if (len) memcpy(u->args + u->used, items, len * sizeof(obj_t));
        u->used += len;
        return;
    }
    struct iter_buf buf;
    obj_t it = iter_begin(iterable, &buf), item;
    while ((item = iter_next(it)) != OBJ_NULL) unpack_add(u, item);
}

static void unpack_keyword(struct unpacked *u, obj_t key, obj_t value) {
    if (!obj_is_str(key)) raise_message(&type_TypeError, "keywords must be strings");
    obj_t name = OBJ_QSTR(str_qstr(key));
    unpack_add(u, name);
    unpack_add(u, value);
    u->kw++;
}

static void unpack_mapping(struct unpacked *u, obj_t mapping) {
    if (obj_is_dict(mapping)) {
        size_t cursor = 0;
        struct map_slot *slot;
        while ((slot = map_next(dict_map(mapping), &cursor))) unpack_keyword(u, slot->key, slot->value);
        return;
    }
    obj_t get[3];
    obj_load_method(mapping, Q___getitem__, get);
    obj_t keys = call_method_0(mapping, Q_keys), key;
    struct iter_buf buf;
    obj_t it = iter_begin(keys, &buf);
    while ((key = iter_next(it)) != OBJ_NULL) {
        get[2] = key;
        obj_t value = call_method(1, 0, get);
        unpack_keyword(u, key, value);
    }
}

// How many words the board asks for at first.
static size_t unpack_estimate(size_t n, size_t kw, const obj_t *args, size_t star_map) {
    size_t words = 1 + n + 2 * kw;
    for (size_t i = 0; i < n; i++) {
        if (i < 62 && (star_map >> i & 1)) {
            obj_t len = obj_is(args[i], &type_tuple) || obj_is(args[i], &type_list) ? obj_len_maybe(args[i]) : OBJ_NULL;
            if (len) words += (size_t)obj_int(len);
            words--;
        }
    }
    for (size_t i = 0; i < kw; i++) {
        if (args[n + 2 * i] == OBJ_NULL) {
            obj_t mapping = args[n + 2 * i + 1];
            words -= 2;
            if (obj_is_dict(mapping)) words += 2 * dict_map(mapping)->used;
        }
    }
    return words;
}

void unpack_args(struct unpacked *u, obj_t self, size_t n, size_t kw, obj_t *args) {
    obj_t map = args[n + 2 * kw];
    u->keep = &args[n + 2 * kw];
    size_t star_map = obj_is_int(map) ? (size_t)obj_int(map) : 0;
    u->room = unpack_estimate(n, kw, args, star_map);
    u->args = heap_new(u->room, 0, HEAP_REFS);
    *u->keep = (obj_t)u->args;
    u->used = u->kw = 0;
    if (self != OBJ_NULL) unpack_add(u, self);
    for (size_t i = 0; i < n; i++) {
        if (i < 62 && (star_map >> i & 1)) unpack_star(u, args[i]);
        else unpack_add(u, args[i]);
    }
    u->n = u->used;
    for (size_t i = 0; i < kw; i++) {
        obj_t name = args[n + 2 * i], value = args[n + 2 * i + 1];
        if (name == OBJ_NULL) unpack_mapping(u, value);
        else unpack_keyword(u, name, value);
    }
}

// ---- what natives take -------------------------------------------------------------------------------------------------
void args_no_keywords(size_t kw) {
    if (kw) raise_message(&type_TypeError, "function doesn't take keyword arguments");
}

void args_check(size_t n, size_t kw, size_t min, size_t max, bool takes_kw) {
    if (kw && !takes_kw) args_no_keywords(kw);
    if (min == max) {
        if (n != min)
            raise_format(&type_TypeError, "function takes %d positional arguments but %d were given", (int)min, (int)n);
        return;
    }
    if (n < min) raise_format(&type_TypeError, "function missing %d required positional arguments", (int)(min - n));
    if (n > max) raise_format(&type_TypeError, "function expected at most %d arguments, got %d", (int)max, (int)n);
}

static union arg_value arg_convert(const struct arg_spec *spec, obj_t given) {
    union arg_value v;
    switch (spec->kind) {
    case ARG_INT: v.i = obj_get_int(given); break;
    case ARG_BOOL: v.i = 0; v.b = obj_true(given); break;
    default: v.obj = given; break;
    }
    return v;
}

void args_parse(size_t n, size_t kw, const obj_t *args, size_t count, const struct arg_spec *spec, union arg_value *out) {
    size_t used_pos = 0, used_kw = 0;
    for (size_t i = 0; i < count; i++) {
        if (i < n && !(spec[i].flags & ARG_KW_ONLY)) {
            out[i] = arg_convert(&spec[i], args[i]);
            used_pos++;
            continue;
        }
        obj_t name = OBJ_QSTR(spec[i].name), found = OBJ_NULL;
        for (size_t k = 0; k < kw; k++)
            if (args[n + 2 * k] == name) found = args[n + 2 * k + 1];
        if (found == OBJ_NULL) {
            if (spec[i].flags & ARG_REQUIRED) raise_format(&type_TypeError, "'%q' argument required", spec[i].name);
            out[i] = spec[i].initial;
        } else {
            out[i] = arg_convert(&spec[i], found);
            used_kw++;
        }
    }
    if (used_pos < n) raise_message(&type_TypeError, "extra positional arguments given");
    if (used_kw < kw) raise_message(&type_TypeError, "extra keyword arguments given");
}
