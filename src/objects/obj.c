// SPDX-License-Identifier: MIT
// General operations on any value: truth, equality, operators, length, hash, item access, integers, iteration, buffers.
//
// Each of them has a short path for the common types and then asks the type's operations. The order in which two operands are
// asked is the same for every binary operator:
//   1. the left operand;
//   2. for an in-place operator, the left operand again with the plain operator;
//   3. for OR..POW, the right operand with the reflected operator.
// Equality asks the left operand, then the right one, and falls back to identity. Comparisons (<, > ...) have no reflected form.
// Classes written in Python answer through the same operations (objects/instance.c); what they return is passed on as it is, so
// `a == b` can be any object.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

const struct type *obj_type_slow(obj_t o) {
    if (obj_is_int(o)) return &type_int;
    if (obj_is_qstr(o)) return &type_str;
    return obj_is_float_now(o) ? &type_float : ((const struct object *)o)->type;
}

const char *obj_type_name(obj_t o) { return qstr_text(obj_type(o)->name, NULL); }
qstr_t type_name(const struct type *t) { return t->name; }
obj_t obj_from_type(const struct type *t) { return OBJ_PTR(t); }

// ---- truth ------------------------------------------------------------------------------------------------------------
static bool obj_true_asked(obj_t o, const struct type *type) {
    if ((type->flags & TYPE_TRUE) || !type->ops || !type->ops->unary) return true;
    obj_t answer = type->ops->unary(OP_BOOL, o);
    if (answer != OBJ_NULL) return answer == OBJ_TRUE;
    answer = type->ops->unary(OP_LEN, o);
    return answer == OBJ_NULL || answer != OBJ_INT(0);
}

bool obj_true(obj_t o) {
    if (o == OBJ_TRUE) return true;
    if (o == OBJ_FALSE || o == OBJ_NONE) return false;
    if (obj_is_int(o)) return o != OBJ_INT(0);
    if (obj_is_qstr(o)) return obj_qstr(o) != Q_empty;
    return obj_true_asked(o, obj_type(o));
}

bool obj_is_callable(obj_t o) {
    const struct type *type = obj_type(o);
    if (type->flags & TYPE_CLASS) {
        const struct type *owner;
        if (type_lookup(type, Q___call__, &owner) != OBJ_NULL && (owner->flags & TYPE_CLASS)) return true;
        return type->native && type->native->ops && type->native->ops->call;
    }
    return type->ops && type->ops->call;
}

// ---- equality ---------------------------------------------------------------------------------------------------------
static obj_t equal_ask(enum binary_op op, obj_t a, obj_t b) {
    const struct type *type = obj_type(a);
    if (!type->ops || !type->ops->binary) return OBJ_NULL;
    if (type->flags & TYPE_CLASS) {
        obj_t answer = op == OP_NE ? type->ops->binary(OP_NE, a, b) : OBJ_NULL;
        if (answer != OBJ_NULL) return answer;
    } else if (!(type->flags & TYPE_EQ_OTHER_TYPES) && obj_type(b) != type) {
        return OBJ_NULL;
    }
    obj_t answer = type->ops->binary(OP_EQ, a, b);
    if (answer == OBJ_NULL || op == OP_EQ) return answer;
    return obj_bool(!obj_true(answer));
}

// a == b or a != b, as an object
static obj_t equal_object(enum binary_op op, obj_t a, obj_t b) {
    if (a == b && !(obj_type(a)->flags & TYPE_EQ_NOT_IDENTITY)) return obj_bool(op == OP_EQ);
    if (obj_is_int(a) && obj_is_int(b)) return obj_bool((a == b) == (op == OP_EQ));
    if (obj_is_qstr(a) && obj_is_qstr(b)) return obj_bool((a == b) == (op == OP_EQ));
    if (obj_is_str(a) && obj_is_str(b)) return obj_bool(str_equal(a, b) == (op == OP_EQ));
    stack_check();
    obj_t answer = equal_ask(op, a, b);
    if (answer == OBJ_NULL) answer = equal_ask(op, b, a);
    if (answer != OBJ_NULL) return answer;
    return obj_bool((a == b) == (op == OP_EQ));
}

bool obj_equal(obj_t a, obj_t b) {
    if ((obj_is_int(a) || obj_is_qstr(a)) && (obj_is_int(b) || obj_is_qstr(b))) return a == b;
    return obj_true(equal_object(OP_EQ, a, b));
}

// ---- operators --------------------------------------------------------------------------------------------------------
static const uint16_t unary_names[] = {
    [OP_POSITIVE] = Q___pos__, [OP_NEGATIVE] = Q___neg__, [OP_INVERT] = Q___invert__, [OP_NOT] = Q_empty,
    [OP_BOOL] = Q___bool__,    [OP_LEN] = Q___len__,      [OP_HASH] = Q___hash__,     [OP_ABS] = Q___abs__,
    [OP_INT] = Q___int__,      [OP_FLOAT] = Q___float__,  [OP_COMPLEX] = Q___complex__, [OP_SIZEOF] = Q___sizeof__,
};
qstr_t unary_name(enum unary_op op) { return unary_names[op]; }

// Names of the special methods. In-place operators besides += and -= have none: they always mean the plain operator.
static const uint16_t binary_names[] = {
    [OP_LT] = Q___lt__, [OP_GT] = Q___gt__, [OP_EQ] = Q___eq__, [OP_LE] = Q___le__, [OP_GE] = Q___ge__, [OP_NE] = Q___ne__,
    [OP_IADD] = Q___iadd__, [OP_ISUB] = Q___isub__,
    [OP_OR] = Q___or__, [OP_XOR] = Q___xor__, [OP_AND] = Q___and__, [OP_LSHIFT] = Q___lshift__, [OP_RSHIFT] = Q___rshift__,
    [OP_ADD] = Q___add__, [OP_SUB] = Q___sub__, [OP_MUL] = Q___mul__, [OP_MATMUL] = Q___matmul__, [OP_FLOORDIV] = Q___floordiv__,
    [OP_TRUEDIV] = Q___truediv__, [OP_MOD] = Q___mod__, [OP_POW] = Q___pow__, [OP_DIVMOD] = Q___divmod__,
    [OP_CONTAINS] = Q___contains__,
    [OP_ROR] = Q___ror__, [OP_RXOR] = Q___rxor__, [OP_RAND] = Q___rand__, [OP_RLSHIFT] = Q___rlshift__, [OP_RRSHIFT] = Q___rrshift__,
    [OP_RADD] = Q___radd__, [OP_RSUB] = Q___rsub__, [OP_RMUL] = Q___rmul__, [OP_RMATMUL] = Q___rmatmul__,
    [OP_RFLOORDIV] = Q___rfloordiv__, [OP_RTRUEDIV] = Q___rtruediv__, [OP_RMOD] = Q___rmod__, [OP_RPOW] = Q___rpow__,
};
qstr_t binary_name(enum binary_op op) { return binary_names[op]; }

obj_t obj_unary(enum unary_op op, obj_t o) {
    if (op == OP_NOT) return obj_bool(!obj_true(o));
    if (op == OP_BOOL) return obj_bool(obj_true(o));
    const struct type *type = obj_type(o);
    if (type->ops && type->ops->unary) {
        obj_t answer = type->ops->unary(op, o);
        if (answer != OBJ_NULL) return answer;
    }
    if (op == OP_INT || op == OP_FLOAT || op == OP_COMPLEX) {
        static const char *const wanted[] = {"int", "float", "complex"};
        raise_format(&type_TypeError, "can't convert %q to %s", type->name, wanted[op - OP_INT]);
    }
    raise_format(&type_TypeError, "unsupported type for %q: '%q'", unary_names[op], type->name);
}

_Noreturn static void binary_unsupported(enum binary_op op, obj_t left, obj_t right) {
    qstr_t name = binary_names[op] ? binary_names[op] : Q_empty;
    raise_format(&type_TypeError, "unsupported types for %q: '%s', '%s'", name, obj_type_name(left), obj_type_name(right));
}

_Noreturn void binary_reflected_refused(enum binary_op op, obj_t left, obj_t right) {
    if (obj_is_int(left) && (obj_is_int(right) || obj_is_float(right) || obj_is(right, &type_complex))) binary_unsupported(op, left, right);
    binary_unsupported((enum binary_op)(op - OP_ROR + OP_OR), right, left);
}

// right in left
static obj_t binary_contains(obj_t container, obj_t item) {
    if (obj_is(container, &type_bool) || (obj_is(item, &type_bool) && obj_is_int(container))) { // a bool is seen as its integer
        container = int_plain(container);
        if (obj_is_int(int_plain(item))) raise_message(&type_TypeError, "unsupported types for __contains__: 'int', 'int'");
    }
    const struct type *type = obj_type(container);
    if (type->ops && type->ops->binary) {
        obj_t answer = type->ops->binary(OP_CONTAINS, container, item);
        if (answer != OBJ_NULL) return obj_bool(obj_true(answer));
    }
    if (obj_is_int(item) && (obj_is_int(container) || obj_is_float(container)))
        raise_format(&type_TypeError, "unsupported types for %q: '%s', '%s'", Q_empty, obj_type_name(item), obj_type_name(container));
    struct iter_buf buf;
    obj_t iterator = iter_begin(container, &buf), next;
    while ((next = iter_next(iterator)) != OBJ_NULL)
        if (obj_equal(next, item)) return OBJ_TRUE;
    return OBJ_FALSE;
}

static obj_t binary_ask(enum binary_op op, obj_t left, obj_t right) {
    const struct type *type = obj_type(left);
    return type->ops && type->ops->binary ? type->ops->binary(op, left, right) : OBJ_NULL;
}

static obj_t binary_arithmetic(enum binary_op op, obj_t left, obj_t right) {
    obj_t answer = binary_ask(op, left, right);
    if (answer != OBJ_NULL) return answer;
    // a small integer with a number refuses at once: the message then names the operator as written
    bool numbers = obj_is_int(left) && (obj_is_int(right) || obj_is_float(right));
    if (op >= OP_IOR && op <= OP_IPOW) {
        if (numbers) binary_unsupported(op, left, right);
        op = (enum binary_op)(op - OP_IOR + OP_OR);
        answer = binary_ask(op, left, right);
        if (answer != OBJ_NULL) return answer;
    }
    if (op >= OP_OR && op <= OP_POW) {
        answer = binary_ask((enum binary_op)(op - OP_OR + OP_ROR), right, left);
        if (answer != OBJ_NULL) return answer;
    } else if (op >= OP_ROR) {
        binary_reflected_refused(op, left, right);
    }
    binary_unsupported(op, left, right);
}

obj_t obj_binary(enum binary_op op, obj_t left, obj_t right) {
    switch (op) {
    case OP_IS: return obj_bool(left == right);
    case OP_EQ:
    case OP_NE: return equal_object(op, left, right);
    case OP_IN: return binary_contains(right, left);
    case OP_CONTAINS: return binary_contains(left, right);
    case OP_EXC_MATCH: return obj_bool(exception_matches(left, right));
    default: return binary_arithmetic(op, left, right);
    }
}

// ---- length, hash, identity ---------------------------------------------------------------------------------------------
obj_t obj_len_maybe(obj_t o) {
    const struct type *type = obj_type(o);
    return type->ops && type->ops->unary ? type->ops->unary(OP_LEN, o) : OBJ_NULL;
}

obj_t obj_len(obj_t o) {
    obj_t len = obj_len_maybe(o);
    if (len == OBJ_NULL) raise_format(&type_TypeError, "object of type '%s' has no len()", obj_type_name(o));
    return len;
}

// The low bits of v as a small integer of the profile.
static obj_t small_truncated(uint64_t v) {
    unsigned spare = 64u - rt.profile.small_int_bits;
    return OBJ_INT((intptr_t)((int64_t)(v << spare) >> spare));
}

obj_t obj_hash(obj_t o) {
    if (obj_is_int(o)) return o;
    if (obj_is_qstr(o) || obj_is(o, &type_str) || obj_is(o, &type_bytes)) return OBJ_INT(str_hash(o));
    const struct type *type = obj_type(o);
    if (type->ops && type->ops->unary) {
        obj_t hash = type->ops->unary(OP_HASH, o);
        if (hash != OBJ_NULL) return hash;
    }
    // what compares by identity may be hashed by its address
    if (!type->ops || !type->ops->binary) return small_truncated(heap_address((const void *)o));
    raise_format(&type_TypeError, "unsupported type for __hash__: '%s'", obj_type_name(o));
}

size_t obj_hash_word(obj_t o) {
    intptr_t hash = obj_int(obj_hash(o));
    return rt.profile.word_bytes == 4 ? (uint32_t)hash : (size_t)hash;
}

obj_t obj_id(obj_t o) {
    uint64_t word = obj_is_ptr(o) ? heap_address((const void *)o) : obj_is_int(o) ? (uint64_t)obj_int(o) << 1 | 1 : (uint64_t)o;
    if (rt.profile.word_bytes == 4) word &= UINT32_MAX;
    return int_from_u64(word);
}

// ---- items ------------------------------------------------------------------------------------------------------------
obj_t obj_subscr(obj_t base, obj_t index, obj_t value) {
    const struct type *type = obj_type(base);
    if (type->ops && type->ops->subscr) {
        obj_t answer = type->ops->subscr(base, index, value);
        if (answer != OBJ_NULL) return answer;
    }
    if (value == OBJ_NULL) raise_format(&type_TypeError, "'%q' object doesn't support item deletion", type->name);
    if (value == OBJ_SENTINEL) raise_format(&type_TypeError, "'%q' object isn't subscriptable", type->name);
    raise_format(&type_TypeError, "'%q' object doesn't support item assignment", type->name);
}

// ---- integers ---------------------------------------------------------------------------------------------------------
_Noreturn static void int_overflow(void) {
    raise_message(&type_OverflowError, "overflow converting long int to machine word");
}

// The integer that o stands for (an int, a bool, or an object with __int__), or OBJ_NULL. Floats do not count.
static obj_t obj_as_integer(obj_t o) {
    if (obj_is_int(o)) return o;
    if (o == OBJ_TRUE) return OBJ_INT(1);
    if (o == OBJ_FALSE) return OBJ_INT(0);
    const struct type *type = obj_type(o);
    if (type == &type_int) return o;
    if (!(type->flags & TYPE_CLASS)) return OBJ_NULL;
    return type->ops->unary(OP_INT, o);
}

bool obj_get_int_maybe(obj_t o, intptr_t *out) {
    obj_t number = obj_as_integer(o);
    if (number == OBJ_NULL) return false;
    int64_t v;
    if (obj_is_int(number)) v = obj_int(number);
    else if (!int_to_i64(number, &v)) int_overflow();
    if (rt.profile.word_bytes == 4 && (v < INT32_MIN || v > INT32_MAX)) int_overflow();
    *out = (intptr_t)v;
    return true;
}

intptr_t obj_get_int(obj_t o) {
    intptr_t v;
    if (!obj_get_int_maybe(o, &v)) raise_format(&type_TypeError, "can't convert %s to int", obj_type_name(o));
    return v;
}

intptr_t obj_get_int_truncated(obj_t o) {
    obj_t number = obj_as_integer(o);
    if (number == OBJ_NULL) raise_format(&type_TypeError, "can't convert %s to int", obj_type_name(o));
    uint64_t v = obj_is_int(number) ? (uint64_t)obj_int(number) : int_to_u64_truncated(number);
    return rt.profile.word_bytes == 4 ? (int32_t)(uint32_t)v : (intptr_t)v;
}

size_t obj_get_index(const struct type *owner, size_t len, obj_t index, bool clip) {
    intptr_t i;
    if (obj_is_int(index)) i = obj_int(index);
    else if (!obj_get_int_maybe(index, &i))
        raise_format(&type_TypeError, "%q indices must be integers, not %s", owner->name, obj_type_name(index));
    if (i < 0) i += (intptr_t)len;
    if (i >= 0 && (size_t)i < len) return (size_t)i;
    if (clip) return i < 0 ? 0 : len;
    raise_format(&type_IndexError, "%q index out of range", owner->name);
}

// ---- iteration ----------------------------------------------------------------------------------------------------------
obj_t iter_self(obj_t self, struct iter_buf *buf) {
    (void)buf;
    return self;
}

obj_t iter_begin(obj_t o, struct iter_buf *buf) {
    const struct type *type = obj_type(o);
    if (type->ops && type->ops->iter) {
        obj_t iterator = type->ops->iter(o, buf);
        if (iterator != OBJ_NULL) return iterator;
    } else if (type->flags & TYPE_SELF_ITER) {
        return o;
    }
    if (type->flags & TYPE_CLASS) {
        obj_t iterator = iter_build_getitem(buf, o);
        if (iterator != OBJ_NULL) return iterator;
    }
    raise_format(&type_TypeError, "'%q' object isn't iterable", type->name);
}

obj_t iter_next(obj_t iterator) {
    const struct type *type = obj_type(iterator);
    if (!type->ops || !type->ops->next)
        raise_format(&type_TypeError, "'%q' object isn't an iterator", type->name);
    poll_keyboard();
    return type->ops->next(iterator);
}

// ---- buffers ------------------------------------------------------------------------------------------------------------
bool obj_buffer_maybe(obj_t o, struct buffer *out, unsigned flags) {
    const struct type *type = obj_type(o);
    return type->ops && type->ops->buffer && type->ops->buffer(o, out, flags);
}

void obj_buffer(obj_t o, struct buffer *out, unsigned flags) {
    if (!obj_buffer_maybe(o, out, flags)) raise_message(&type_TypeError, "object with buffer protocol required");
}
