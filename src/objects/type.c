// SPDX-License-Identifier: MIT
// Type objects: type(), classes made by Python, name resolution, subclass tests.
//
// A class is a struct type in the Python heap: 15 words on the board without bases, 16 with bases, 17 when the native base has a
// buffer or stream protocol (spec/heap-model.md 2.9). Its members dictionary is the one that the class body filled. `bases` is OBJ_NULL,
// the single base, or the tuple of bases. At most one base in the whole ancestry is native (`native`); object does not count.
//
// Names are resolved depth first, left to right; `object` is looked into only when it is written as a base, and then only for what a
// native type gives (so that Class.__init__ of a class without one is missing, as in MicroPython).
//
// The method cache is host memory: an entry is valid for one value of rt.globals_version, which every new class and every change of a
// class advances. A missing name is remembered too.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

// ---- looking up -----------------------------------------------------------------------------------------------------------
//
// Classes with several bases may meet again and again on the ways through them (diamonds, one below the other). What was found out about
// such a class is remembered, or the work would double with each.
enum { CACHE_SIZE = 1024, DEPTH_MOST = 500, DEPTH_KNOWN = 250, SEEN = 16 };
static struct lookup {
    const struct type *type, *owner;
    obj_t member;
    uint32_t name, version;
} cache[CACHE_SIZE];

static struct lookup *lookup_cell(const struct type *type, qstr_t name) {
    return &cache[(((uintptr_t)type >> 5) ^ (uintptr_t)name * 7) % CACHE_SIZE];
}

static bool lookup_fresh(const struct lookup *e, const struct type *type, qstr_t name) {
    return e->type == type && e->name == name && e->version == rt.globals_version;
}

static obj_t lookup_walk(const struct type *type, qstr_t name, const struct type **owner, unsigned depth);

static obj_t lookup_bases(const struct type *type, qstr_t name, const struct type **owner, unsigned depth) {
    struct lookup *e = lookup_cell(type, name);
    if (lookup_fresh(e, type, name)) {
        *owner = e->owner;
        return e->member;
    }
    const struct tuple *bases = (const struct tuple *)type->bases;
    obj_t member = OBJ_NULL;
    for (size_t i = 0; i < bases->len && member == OBJ_NULL; i++)
        member = lookup_walk((const struct type *)bases->items[i], name, owner, depth + 1);
    // below that the walk may have been cut short
    if (depth < DEPTH_KNOWN) *e = (struct lookup){type, *owner, member, name, rt.globals_version};
    return member;
}

static obj_t lookup_walk(const struct type *type, qstr_t name, const struct type **owner, unsigned depth) {
    while (type != NULL && type != &type_object) {
        if (type->members) {
            struct map_slot *slot = map_find_qstr(&type->members->map, name);
            if (slot && slot->value != OBJ_NULL) {
                *owner = type;
                return slot->value;
            }
        }
        if (type->bases == OBJ_NULL) break;
        if (!obj_is(type->bases, &type_tuple)) {
            type = (const struct type *)type->bases;
            continue;
        }
        return depth > DEPTH_MOST ? OBJ_NULL : lookup_bases(type, name, owner, depth);
    }
    return OBJ_NULL;
}

obj_t type_lookup(const struct type *type, qstr_t name, const struct type **owner) {
    if (type == &type_object) {
        struct map_slot *slot = map_find_qstr(&type->members->map, name);
        if (owner) *owner = type;
        return slot ? slot->value : OBJ_NULL;
    }
    if (type->bases == OBJ_NULL && type->members == NULL) return OBJ_NULL;
    struct lookup *e = lookup_cell(type, name);
    if (!lookup_fresh(e, type, name)) {
        const struct type *found = NULL;
        obj_t member = lookup_walk(type, name, &found, 0);
        *e = (struct lookup){type, found, member, name, rt.globals_version};
    }
    if (owner) *owner = e->owner;
    return e->member;
}

struct seen { // the last classes with several bases whose bases have been looked through, in vain
    const struct type *type[SEEN];
    unsigned next;
};

static bool subtype_walk(const struct type *type, const struct type *base, unsigned depth, struct seen *seen) {
    while (type != NULL) {
        if (type == base) return true;
        if (type->bases == OBJ_NULL) return false;
        if (!obj_is(type->bases, &type_tuple)) {
            type = (const struct type *)type->bases;
            continue;
        }
        const struct tuple *bases = (const struct tuple *)type->bases;
        if (depth > DEPTH_MOST) return false;
        for (unsigned i = 0; i < SEEN && i < seen->next; i++)
            if (seen->type[i] == type) return false;
        for (size_t i = 0; i < bases->len; i++)
            if (subtype_walk((const struct type *)bases->items[i], base, depth + 1, seen)) return true;
        seen->type[seen->next++ % SEEN] = type;
        return false;
    }
    return false;
}

bool type_is_subtype(const struct type *type, const struct type *base) {
    if (type == base || base == &type_object) return true;
    if (type->bases == OBJ_NULL) return false;
    struct seen seen;
    seen.next = 0;
    return subtype_walk(type, base, 0, &seen);
}

// Of a tuple only its classes count; tuples inside it are passed over, as in MicroPython.
static bool subclass_of_any(const struct type *type, obj_t classinfo) {
    if (obj_is(classinfo, &type_type)) return type_is_subtype(type, (const struct type *)classinfo);
    const struct tuple *t = (const struct tuple *)classinfo;
    for (size_t i = 0; i < t->len; i++)
        if (obj_is(t->items[i], &type_type) && type_is_subtype(type, (const struct type *)t->items[i])) return true;
    return false;
}

bool obj_is_subclass(obj_t cls, obj_t classinfo) {
    if (!obj_is(cls, &type_type)) raise_message(&type_TypeError, "issubclass() arg 1 must be a class");
    if (!obj_is(classinfo, &type_type) && !obj_is(classinfo, &type_tuple))
        raise_message(&type_TypeError, "issubclass() arg 2 must be a class or a tuple of classes");
    return subclass_of_any((const struct type *)cls, classinfo);
}

bool obj_isinstance(obj_t o, const struct type *base) { return type_is_subtype(obj_type(o), base); }

// ---- making classes ---------------------------------------------------------------------------------------------------------
static bool value_has(obj_t value, qstr_t name) {
    const struct type *type = obj_type(value);
    return (type->flags & TYPE_CLASS) && type_lookup(type, name, NULL) != OBJ_NULL;
}

bool member_is_special(qstr_t name, obj_t value) {
    if (name == Q___setattr__ || name == Q___delattr__ || obj_is(value, &type_property)) return true;
    if (obj_is(value, &type_staticmethod) || obj_is(value, &type_classmethod)) value = ((struct wrapped *)value)->function;
    return value_has(value, Q___get__) || value_has(value, Q___set__) || value_has(value, Q___delete__);
}

static bool base_acceptable(const struct type *base) {
    if (base->flags & TYPE_CLASS) return true;
    return base->ops && base->ops->construct && base != &type_slice;
}

// The native base that a base brings along, or NULL.
static const struct type *base_native(const struct type *base) {
    if (base->flags & TYPE_CLASS) return base->native;
    return base == &type_object ? NULL : base;
}

static void bases_check(const struct tuple *bases, const struct type **native, uint32_t *flags) {
    unsigned natives = 0;
    for (size_t i = 0; i < bases->len; i++) {
        if (!obj_is(bases->items[i], &type_type)) raise_type(&type_TypeError);
        struct type *base = (struct type *)bases->items[i];
        if (!base_acceptable(base)) raise_format(&type_TypeError, "type '%q' isn't an acceptable base type", base->name);
        if (base->flags & TYPE_CLASS) {
            base->flags |= TYPE_IS_SUBCLASSED;
            *flags |= base->flags & TYPE_HAS_SPECIAL_ATTR;
        }
        if (base_native(base)) {
            *native = base_native(base);
            natives++;
        }
    }
    if (natives > 1) raise_message(&type_TypeError, "multiple bases have instance lay-out conflict");
}

static void class_scan_members(struct type *type) {
    size_t cursor = 0;
    struct map_slot *slot;
    while ((slot = map_next(&type->members->map, &cursor))) {
        qstr_t name = obj_is_qstr(slot->key) ? obj_qstr(slot->key) : Q_empty;
        if (member_is_special(name, slot->value)) type->flags |= TYPE_HAS_SPECIAL_ATTR;
    }
}

// __new__ is a static method without being marked so.
static void class_wrap_new(struct dict *members) {
    struct map_slot *slot = map_find_qstr(&members->map, Q___new__);
    if (!slot || !(obj_type(slot->value)->flags & TYPE_BINDS)) return;
    struct wrapped *w = heap_new(2, 0, HEAP_REFS);
    w->type = &type_staticmethod;
    w->function = slot->value;
    slot->value = OBJ_PTR(w);
}

// Members that want to know their name are told. They may change the class meanwhile: so the names are gathered first.
static void class_set_names(struct type *type) {
    size_t cursor = 0;
    struct map_slot *slot;
    obj_t waiting = OBJ_NULL;
    while ((slot = map_next(&type->members->map, &cursor))) {
        if (!value_has(slot->value, Q___set_name__)) continue;
        if (waiting == OBJ_NULL) waiting = list_new(0, NULL);
        obj_t key = slot->key, value = slot->value;
        list_append(waiting, key);
        list_append(waiting, value);
    }
    if (waiting == OBJ_NULL) return;
    struct list *l = (struct list *)waiting;
    for (size_t i = 0; i + 1 < l->len; i += 2) {
        obj_t pair[4];
        obj_load_method_maybe(l->items[i + 1], Q___set_name__, pair);
        if (pair[0] == OBJ_NULL) continue;
        pair[2] = OBJ_PTR(type);
        pair[3] = l->items[i];
        call_method(2, 0, pair);
    }
}

obj_t type_new(qstr_t name, obj_t bases_tuple, struct dict *members) {
    const struct tuple *bases = (const struct tuple *)bases_tuple;
    const struct type *native = NULL;
    uint32_t flags = TYPE_CLASS | TYPE_EQ_NOT_IDENTITY | TYPE_EQ_OTHER_TYPES;
    bases_check(bases, &native, &flags);
    bool protocol = native && (native->ops->buffer || native->ops->stream);
    struct type *type = heap_new(bases->len == 0 ? 15 : protocol ? 17 : 16, 0, HEAP_REFS);
    type->type = &type_type;
    type->name = name;
    type->ops = &instance_ops;
    type->members = members;
    type->native = native;
    type->flags = flags;
    if (bases->len == 1) type->bases = bases->items[0];
    else if (bases->len > 1) type->bases = bases_tuple;
    members->map.flags |= MAP_CLASS | MAP_GLOBALS;
    rt.globals_version++;
    class_scan_members(type);
    class_wrap_new(members);
    class_set_names(type);
    return OBJ_PTR(type);
}

// ---- operations of type objects ---------------------------------------------------------------------------------------------
static void type_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<class '%q'>", ((const struct type *)self)->name);
}

static obj_t type_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 3, false);
    if (n == 1) return OBJ_PTR(obj_type(args[0]));
    if (n == 2) raise_message(&type_TypeError, "type takes 1 or 3 arguments");
    qstr_t name = str_qstr(args[0]);
    if (!obj_is(args[1], &type_tuple) || !obj_is_dict(args[2]) || (dict_map(args[2])->flags & (MAP_FIXED | MAP_READ_ONLY)))
        raise_type(&type_TypeError);
    return type_new(name, args[1], (struct dict *)args[2]);
}

static obj_t type_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    const struct type *type = (const struct type *)self;
    if (!type->ops || !type->ops->construct) raise_format(&type_TypeError, "can't create '%q' instances", type->name);
    return type->ops->construct(type, n, kw, args);
}

static obj_t type_bases(const struct type *type) {
    if (type == &type_object) return OBJ_EMPTY_TUPLE;
    if (type->bases == OBJ_NULL) {
        obj_t base = OBJ_PTR(&type_object);
        return tuple_new(1, &base);
    }
    return obj_is(type->bases, &type_tuple) ? type->bases : tuple_new(1, &type->bases);
}

static obj_t type_dict_attr(const struct type *type) {
    if (!type->members) {
        struct dict *d = (struct dict *)dict_new(0);
        d->map.flags |= MAP_READ_ONLY;
        return OBJ_PTR(d);
    }
    return type->flags & TYPE_CLASS ? members_view(&type->members->map) : OBJ_PTR(type->members);
}

static void type_load(const struct type *type, qstr_t name, obj_t out[2]) {
    switch (name) {
    case Q___class__: out[0] = OBJ_PTR(&type_type); return;
    case Q___name__: out[0] = OBJ_QSTR(type->name); return;
    case Q___bases__: out[0] = type_bases(type); return;
    case Q___dict__: out[0] = type_dict_attr(type); return;
    default: break;
    }
    const struct type *owner = NULL;
    obj_t member = type_lookup(type, name, &owner);
    if (member == OBJ_NULL) {
        out[0] = OBJ_SENTINEL;
    } else if ((type->flags & TYPE_CLASS) && !(owner->flags & TYPE_CLASS) && type_is_builtin(obj_type(member))) {
        out[0] = checked_builtin_new(member, type);
    } else {
        obj_bind_member(OBJ_NULL, type, member, out);
    }
}

static void type_store(struct type *type, qstr_t name, obj_t value, obj_t out[2]) {
    if (!(type->flags & TYPE_CLASS) || !type->members) return;
    struct map *m = &type->members->map;
    if (value == OBJ_SENTINEL) {
        if (map_remove(m, OBJ_QSTR(name), NULL)) out[0] = OBJ_NULL;
        return;
    }
    if (!(type->flags & TYPE_HAS_SPECIAL_ATTR) && member_is_special(name, value)) {
        if (type->flags & TYPE_IS_SUBCLASSED)
            raise_message(&type_AttributeError, "can't add special method to already-subclassed class");
        type->flags |= TYPE_HAS_SPECIAL_ATTR;
    }
    map_add(m, OBJ_QSTR(name))->value = value;
    out[0] = OBJ_NULL;
}

static void type_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL) type_load((const struct type *)self, name, out);
    else type_store((struct type *)self, name, value, out);
}

static const struct type_ops type_ops = {.print = type_print, .construct = type_construct, .call = type_call, .attr = type_attr};
const struct type type_type = {.type = &type_type, .name = Q_type, .flags = TYPE_TRUE, .ops = &type_ops};
