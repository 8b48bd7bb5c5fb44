// SPDX-License-Identifier: MIT
// Instances of Python classes: construction, attributes, native parts.
//
// An instance has a members table (starting without slots) and, when its class descends from a native type, a fifth word with an object
// of that type, the native part. Until the part is made the word holds instance_native_init, a builtin function: it is what
// super().__init__ finds, and what misuse of an unfinished object shows. The part is made
//  - by super().__init__(args) in the class's own __init__, or
//  - after __init__, from the constructor's arguments, unless the class has its own __new__.
//
// type->attr_filter: bit (name & 63) is set before a name is first stored in an instance of that very type. A clear bit means that no
// instance of the type has the attribute.
//
// Order of an attribute load: the instance's members, __class__ and __dict__, the class and its bases (properties and descriptors
// run), attributes of the native part, __getattr__. Order of a store: property or descriptor of the class, __setattr__, members.
#include "heap/heap.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

bool obj_is_instance(obj_t o) { return obj_is_ptr(o) && (((const struct object *)o)->type->flags & TYPE_CLASS); }

// ---- native parts -------------------------------------------------------------------------------------------------------
static obj_t native_init(size_t n, size_t kw, const obj_t *args) {
    if (!obj_is_instance(args[0])) raise_type(&type_TypeError);
    struct instance *i = (struct instance *)args[0];
    const struct type *native = i->type->native;
    if (!native) raise_type(&type_TypeError);
    i->native = native->ops->construct(native, n - 1, kw, args + 1);
    return OBJ_NONE;
}
const struct builtin instance_native_init = {BUILTIN_TYPE(FORM_KW), FORM_KW, 1, 255, 0, {.kw = native_init}};

bool instance_native_made(obj_t self) {
    obj_t native = instance_native(self);
    return native != OBJ_NULL && native != OBJ_PTR(&instance_native_init);
}

obj_t instance_native_part(obj_t self) {
    if (!instance_native_made(self)) raise_message(&type_AttributeError, "call super().__init__() first");
    return instance_native(self);
}

obj_t obj_native(obj_t o, const struct type *native) {
    const struct type *type = obj_type(o);
    if (type == native) return o;
    if (!(type->flags & TYPE_CLASS)) return type_is_subtype(type, native) && native != &type_object ? o : OBJ_NULL;
    if (!type->native || !instance_native_made(o)) return OBJ_NULL;
    obj_t part = instance_native(o);
    return type_is_subtype(obj_type(part), native) ? part : OBJ_NULL;
}

// ---- construction -------------------------------------------------------------------------------------------------------
obj_t instance_alloc(const struct type *type) {
    struct instance *i = heap_new(type->native ? 5 : 4, 0, HEAP_REFS);
    i->type = type;
    if (type->native) i->native = OBJ_PTR(&instance_native_init);
    return OBJ_PTR(i);
}

// f(first, args...); the board takes `extra` words more than the arguments need, and nothing when there are none
static obj_t instance_call_maker(obj_t f, obj_t first, size_t extra, size_t n, size_t kw, const obj_t *args) {
    rt.board_between = rt.profile.extra.init;
    if (n + kw == 0) return call(f, 1, 0, &first);
    obj_t *all = heap_new(extra + n + 2 * kw, 0, HEAP_REFS);
    obj_t *from = all + extra - 1;
    *from = first;
    memcpy(from + 1, args, (n + 2 * kw) * sizeof(obj_t));
    obj_t result = call(f, n + 1, kw, from);
    heap_free(all);
    return result;
}

static void instance_initialise(const struct type *type, obj_t self, size_t n, size_t kw, const obj_t *args) {
    const struct type *owner = NULL;
    obj_t init = type_lookup(type, Q___init__, &owner);
    // without an __init__ any arguments are let pass
    if (init == OBJ_NULL || !(owner->flags & TYPE_CLASS)) return;
    obj_t pair[2];
    obj_bind_member(self, type, init, pair);
    obj_t result = pair[1] != OBJ_NULL ? instance_call_maker(pair[0], pair[1], 2, n, kw, args) : call(pair[0], n, kw, args);
    if (result != OBJ_NONE)
        raise_format(&type_TypeError, "__init__() should return None, not '%s'", obj_type_name(result));
}

obj_t instance_new(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    const struct type *owner = NULL;
    obj_t make = type_lookup(type, Q___new__, &owner), self;
    bool own_new = make != OBJ_NULL && (owner->flags & TYPE_CLASS);
    if (own_new) {
        obj_t pair[2];
        obj_bind_member(OBJ_PTR(type), type, make, pair);
        self = instance_call_maker(pair[0], OBJ_PTR(type), 1, n, kw, args);
        if (obj_type(self) != type) return self;
    } else {
        self = instance_alloc(type);
    }
    instance_initialise(type, self, n, kw, args);
    if (type->native && !own_new && !instance_native_made(self))
        ((struct instance *)self)->native = type->native->ops->construct(type->native, n, kw, args);
    return self;
}

// ---- attributes: load -----------------------------------------------------------------------------------------------------
// A property or descriptor found on the class gives its value. False: it is neither.
static bool load_special(obj_t self, const struct type *type, obj_t member, obj_t out[2]) {
    if (obj_is(member, &type_property)) {
        struct property *p = (struct property *)member;
        if (p->get == OBJ_NONE) raise_message(&type_AttributeError, "unreadable attribute");
        rt.board_between = rt.profile.extra.property;
        out[0] = call_1(p->get, self);
        return true;
    }
    obj_t pair[4];
    if (!obj_is_instance(member) || !instance_special(member, Q___get__, pair)) return false;
    pair[2] = self;
    pair[3] = OBJ_PTR(type);
    out[0] = call_method(2, 0, pair);
    return true;
}

// What the class gives. False: nothing.
static bool load_from_class(obj_t self, const struct type *type, qstr_t name, obj_t out[2]) {
    const struct type *owner = NULL;
    obj_t member = type_lookup(type, name, &owner);
    if (member == OBJ_NULL) return false;
    if (!(owner->flags & TYPE_CLASS)) {
        obj_bind_member(instance_native_part(self), owner, member, out);
        return true;
    }
    if ((type->flags & TYPE_HAS_SPECIAL_ATTR) && load_special(self, type, member, out)) return true;
    obj_bind_member(self, type, member, out);
    return true;
}

static bool load_from_native(obj_t self, const struct type *type, qstr_t name, obj_t out[2]) {
    if (!type->native || !type->native->ops->attr || !instance_native_made(self)) return false;
    type->native->ops->attr(instance_native(self), name, OBJ_NULL, out);
    if (out[0] == OBJ_SENTINEL) out[0] = OBJ_NULL;
    return out[0] != OBJ_NULL;
}

static void instance_load(obj_t self, qstr_t name, obj_t out[2]) {
    const struct type *type = obj_type(self);
    struct instance *i = (struct instance *)self;
    if (type->attr_filter >> (name & 63) & 1) {
        struct map_slot *slot = map_find_qstr(&i->members, name);
        if (slot) {
            out[0] = slot->value;
            return;
        }
    }
    if (name == Q___class__) {
        out[0] = OBJ_PTR(type);
        return;
    }
    if (name == Q___dict__) {
        out[0] = members_view(&i->members);
        return;
    }
    if (load_from_class(self, type, name, out) || load_from_native(self, type, name, out)) return;
    obj_t pair[3];
    if (instance_special(self, Q___getattr__, pair)) {
        pair[2] = OBJ_QSTR(name);
        rt.board_between = rt.profile.extra.getattr;
        out[0] = call_method(1, 0, pair);
        return;
    }
    out[0] = OBJ_SENTINEL;
}

// ---- attributes: store and delete ---------------------------------------------------------------------------------------------
enum stored { STORED, STORE_REFUSED, STORE_PLAIN };

static enum stored store_special(obj_t self, const struct type *type, qstr_t name, obj_t value) {
    bool deleting = value == OBJ_SENTINEL;
    const struct type *owner = NULL;
    obj_t member = type_lookup(type, name, &owner), pair[4];
    if (member != OBJ_NULL && obj_is(member, &type_property)) {
        struct property *p = (struct property *)member;
        obj_t f = deleting ? p->delete : p->set;
        if (f == OBJ_NONE) return STORE_REFUSED;
        if (deleting) call_1(f, self);
        else call_2(f, self, value);
        return STORED;
    }
    if (member != OBJ_NULL && obj_is_instance(member) && instance_special(member, deleting ? Q___delete__ : Q___set__, pair)) {
        pair[2] = self;
        pair[3] = value;
        call_method(deleting ? 1 : 2, 0, pair);
        return STORED;
    }
    if (!instance_special(self, deleting ? Q___delattr__ : Q___setattr__, pair)) return STORE_PLAIN;
    pair[2] = OBJ_QSTR(name);
    pair[3] = value;
    call_method(deleting ? 1 : 2, 0, pair);
    return STORED;
}

static void instance_store(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct type *type = obj_type(self);
    struct instance *i = (struct instance *)self;
    if (type->flags & TYPE_HAS_SPECIAL_ATTR) {
        enum stored how = store_special(self, type, name, value);
        if (how == STORED) out[0] = OBJ_NULL;
        if (how != STORE_PLAIN) return;
    }
    if (value == OBJ_SENTINEL) {
        if (map_remove(&i->members, OBJ_QSTR(name), NULL)) out[0] = OBJ_NULL;
        return;
    }
    ((struct type *)(uintptr_t)type)->attr_filter |= (uint64_t)1 << (name & 63);
    map_add(&i->members, OBJ_QSTR(name))->value = value;
    out[0] = OBJ_NULL;
}

static void instance_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value == OBJ_NULL) instance_load(self, name, out);
    else instance_store(self, name, value, out);
}

const struct type_ops instance_ops = {
    .print = instance_print,
    .construct = instance_new,
    .call = instance_call,
    .unary = instance_unary,
    .binary = instance_binary,
    .attr = instance_attr,
    .subscr = instance_subscr,
    .iter = instance_iter,
    .next = instance_next,
    .buffer = instance_buffer,
};
