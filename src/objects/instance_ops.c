// SPDX-License-Identifier: MIT
// Operators, calls, iteration and printing of instances: each is a special method of the class, or else what the native part does.
//
// Special methods are looked up in the class only, never in the instance and never through __getattr__. A method that returns
// NotImplemented did not answer (except __contains__ and the unary ones, whose result is taken as it is).
#include "heap/heap.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

bool instance_special(obj_t self, qstr_t name, obj_t pair[2]) {
    const struct type *type = ((const struct object *)self)->type, *owner = NULL;
    obj_t member = type_lookup(type, name, &owner);
    if (member == OBJ_NULL || !(owner->flags & TYPE_CLASS)) return false;
    if (obj_is(member, &type_function)) {
        pair[0] = member;
        pair[1] = self;
    } else {
        obj_bind_member(self, type, member, pair);
    }
    rt.board_between = rt.profile.extra.operator;
    return true;
}

// ---- unary --------------------------------------------------------------------------------------------------------------
static bool conversion_ok(enum unary_op op, obj_t result) {
    if (op == OP_INT) return obj_is_integer(result);
    if (op == OP_FLOAT) return obj_is_float(result);
    return obj_is(result, &type_complex);
}

static obj_t unary_answer(enum unary_op op, obj_t result) {
    switch (op) {
    case OP_BOOL: return obj_bool(result == OBJ_TRUE);
    case OP_HASH: {
        intptr_t v = obj_get_int_truncated(result);
        unsigned spare = 64u - rt.profile.small_int_bits;
        return OBJ_INT((intptr_t)((int64_t)((uint64_t)v << spare) >> spare));
    }
    case OP_INT:
        if (!conversion_ok(op, result)) raise_type(&type_TypeError);
        return result;
    case OP_FLOAT:
    case OP_COMPLEX: return conversion_ok(op, result) ? result : OBJ_NULL;
    default: return result;
    }
}

static obj_t unary_of_native(enum unary_op op, obj_t native) {
    switch (op) {
    case OP_BOOL: return obj_bool(obj_true(native));
    case OP_HASH: return obj_hash(native);
    case OP_INT: return obj_is_integer(native) ? native : OBJ_NULL;
    case OP_FLOAT:
    case OP_COMPLEX: return OBJ_NULL;
    default: return obj_unary(op, native);
    }
}

obj_t instance_unary(enum unary_op op, obj_t self) {
    obj_t pair[2];
    stack_check();
    if (op == OP_SIZEOF) {
        const struct instance *i = (const struct instance *)self;
        return OBJ_INT((intptr_t)((i->type->native ? 5 : 4) + 2 * i->members.slots) * rt.profile.word_bytes);
    }
    if (instance_special(self, unary_name(op), pair)) return unary_answer(op, call_method(0, 0, pair));
    if (op == OP_HASH && instance_native(self) == OBJ_NULL) {
        if (instance_special(self, Q___eq__, pair)) return OBJ_NULL; // equality of its own, but no hash
        uint64_t address = heap_address((const void *)self);
        return OBJ_INT((intptr_t)(address & (uint64_t)(rt.small_span >> 1)));
    }
    obj_t native = instance_native(self);
    return native == OBJ_NULL ? OBJ_NULL : unary_of_native(op, native);
}

// ---- binary -------------------------------------------------------------------------------------------------------------
obj_t instance_binary(enum binary_op op, obj_t left, obj_t right) {
    stack_check();
    qstr_t name = binary_name(op);
    obj_t pair[3];
    if (name != Q_none && instance_special(left, name, pair)) {
        pair[2] = right;
        obj_t result = call_method(1, 0, pair);
        return result == OBJ_NOTIMPLEMENTED && op != OP_CONTAINS ? OBJ_NULL : result;
    }
    obj_t native = instance_native(left);
    if (native == OBJ_NULL) return OBJ_NULL;
    if (op == OP_EQ || op == OP_NE) return obj_bool(obj_equal(native, right) == (op == OP_EQ));
    if (op >= OP_IOR && op <= OP_IPOW) return OBJ_NULL;
    if (op >= OP_ROR) binary_reflected_refused(op, native, right); // native types have no reflected operators
    return obj_binary(op, native, right);
}

obj_t instance_subscr(obj_t self, obj_t index, obj_t value) {
    obj_t pair[4];
    qstr_t name = value == OBJ_SENTINEL ? Q___getitem__ : value == OBJ_NULL ? Q___delitem__ : Q___setitem__;
    stack_check();
    if (instance_special(self, name, pair)) {
        pair[2] = index;
        pair[3] = value;
        obj_t result = call_method(name == Q___setitem__ ? 2 : 1, 0, pair);
        return name == Q___getitem__ ? result : OBJ_NONE;
    }
    obj_t native = instance_native(self);
    return native == OBJ_NULL ? OBJ_NULL : obj_subscr(native, index, value);
}

// ---- calls, iteration, buffers ---------------------------------------------------------------------------------------------
obj_t instance_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    obj_t pair[2];
    if (instance_special(self, Q___call__, pair))
        return pair[1] == OBJ_NULL ? call(pair[0], n, kw, args) : call_with_self(pair[0], pair[1], n, kw, args);
    obj_t native = instance_native(self);
    if (native != OBJ_NULL && obj_is_callable(native)) return call(native, n, kw, args);
    raise_format(&type_TypeError, "'%s' object isn't callable", obj_type_name(self));
}

obj_t instance_iter(obj_t self, struct iter_buf *buf) {
    obj_t pair[2];
    if (instance_special(self, Q___iter__, pair)) {
        stack_check();
        return call_method(0, 0, pair);
    }
    obj_t native = instance_native(self);
    return native == OBJ_NULL ? OBJ_NULL : iter_begin(native, buf);
}

obj_t instance_next_raising(obj_t self) {
    obj_t pair[2];
    if (!instance_special(self, Q___next__, pair)) {
        obj_t native = instance_native(self);
        if (native == OBJ_NULL) obj_load_method_maybe(self, Q___next__, pair);
        else if (instance_native_made(self)) return iter_next(native);
        if (native != OBJ_NULL || pair[0] == OBJ_NULL)
            raise_format(&type_TypeError, "'%s' object isn't an iterator", obj_type_name(self));
    }
    stack_check();
    return call_method(0, 0, pair);
}

static void instance_next_protected(void *arg) {
    obj_t *place = arg;
    *place = instance_next_raising(*place);
}

obj_t instance_next(obj_t self) {
    obj_t place = self, exception;
    if (protect(instance_next_protected, &place, &exception)) return place;
    if (!obj_isinstance(exception, &type_StopIteration)) raise_object(exception);
    rt.stop_value = exception_value(exception);
    return OBJ_NULL;
}

bool instance_buffer(obj_t self, struct buffer *out, unsigned flags) {
    return instance_native_made(self) && obj_buffer_maybe(instance_native(self), out, flags);
}

// ---- printing -------------------------------------------------------------------------------------------------------------
void instance_print(struct printer *p, obj_t self, enum print_kind kind) {
    obj_t pair[2];
    bool found = (kind == PRINT_STR || kind == PRINT_RAW) && instance_special(self, Q___str__, pair);
    // str() of a class with a native base goes to the native part rather than to __repr__
    bool try_repr = !found && !((kind == PRINT_STR || kind == PRINT_RAW) && obj_type(self)->native);
    if (try_repr) found = instance_special(self, Q___repr__, pair);
    if (found) {
        obj_print(p, call_method(0, 0, pair), PRINT_STR);
        return;
    }
    const struct type *type = obj_type(self);
    obj_t native = instance_native(self);
    if (native == OBJ_NULL || !type->native->ops->print) {
        print_format(p, "<%q object at %lx>", type->name, (unsigned long)heap_address((const void *)self));
    } else if (obj_type(native)->flags & TYPE_EXCEPTION) {
        exception_print_as(p, native, type->name, kind);
    } else {
        obj_print(p, native, kind);
    }
}
