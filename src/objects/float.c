// SPDX-License-Identifier: MIT
// type_float. A float is a two-word heap object, or (profiles with float_unboxed) a handle with the bits of a single in its upper half.
//
// Invariant: the value of every float object is one the profile can hold. float_new() rounds; what enters an operation is therefore
// exact, and rounding a double result once more gives the correctly rounded single one for + - * / and fmod.
// Unboxed floats have 30 bits: the two lowest bits of the mantissa are cut off, as in MicroPython's representation C.
#include "heap/heap.h"
#include "num.h"
#include "run/call.h"
#include "run/raise.h"
#include "seq.h"
#include "str.h"
#include <math.h>

static uint32_t single_bits(float v) {
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static float single_of(uint32_t bits) {
    float v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

double float_narrow(double v) {
    if (rt.profile.float_bytes == 8) return v;
    float single = (float)v;
    if (!rt.profile.float_unboxed || isnan(single)) return single;
    return single_of(single_bits(single) & ~(uint32_t)3);
}

obj_t float_new(double v) {
    v = float_narrow(v);
    if (rt.profile.float_unboxed) return (obj_t)single_bits((float)v) << 32 | 6;
    struct float_object *o = heap_new(2, 0, HEAP_DATA);
    o->type = &type_float;
    o->value = v;
    return OBJ_PTR(o);
}

bool obj_is_float(obj_t o) { return obj_is_float_now(o) || obj_is(o, &type_float); }

double float_value(obj_t o) {
    if (obj_is_float_now(o)) return single_of((uint32_t)(o >> 32));
    return ((const struct float_object *)o)->value;
}

bool float_get(obj_t o, double *out) {
    if (obj_is_float(o)) *out = float_value(o);
    else if (obj_is_integer(o)) *out = float_narrow(int_to_double(o));
    else return false;
    return true;
}

static bool float_get_converted(obj_t o, double *out) {
    if (float_get(o, out)) return true;
    const struct type *t = obj_type(o);
    obj_t f = t->ops && t->ops->unary ? t->ops->unary(OP_FLOAT, o) : OBJ_NULL;
    if (f == OBJ_NULL || !obj_is_float(f)) return false;
    *out = float_value(f);
    return true;
}

double obj_get_float(obj_t o) {
    double v;
    if (!float_get_converted(o, &v)) raise_format(&type_TypeError, "can't convert %s to float", obj_type_name(o));
    return v;
}

// ---- complex conversions live here because they fall back on the float ones ------------------------------------------------

bool obj_get_complex_maybe(obj_t o, double *real, double *imag) {
    *imag = 0;
    const struct complex_object *c = (const struct complex_object *)o;
    if (!obj_is(o, &type_complex)) {
        if (float_get_converted(o, real)) return true;
        const struct type *t = obj_type(o);
        obj_t converted = t->ops && t->ops->unary ? t->ops->unary(OP_COMPLEX, o) : OBJ_NULL;
        if (converted == OBJ_NULL || !obj_is(converted, &type_complex)) return false;
        c = (const struct complex_object *)converted;
    }
    *real = c->real;
    *imag = c->imag;
    return true;
}

void obj_get_complex(obj_t o, double *real, double *imag) {
    if (!obj_get_complex_maybe(o, real, imag)) raise_format(&type_TypeError, "can't convert %s to complex", obj_type_name(o));
}

// ---- arithmetic --------------------------------------------------------------------------------------------------------------

static _Noreturn void raise_divide_by_zero(void) { raise_message(&type_ZeroDivisionError, "divide by zero"); }

struct split {
    double quotient, rest;
};

// Floor division as Python defines it: the rest has the sign of the divisor, also when it is zero.
static struct split float_divide(double a, double b) {
    if (b == 0) raise_divide_by_zero();
    double rest = fmod(a, b), quotient = (a - rest) / b;
    if (rest == 0) {
        rest = copysign(0, b);
    } else if ((rest < 0) != (b < 0)) {
        rest += b;
        quotient -= 1;
    }
    if (quotient == 0) return (struct split){copysign(0, a / b), rest};
    double down = floor(quotient);
    if (quotient - down > 0.5) down += 1; // (a - rest) / b was rounded to just below an integer
    return (struct split){down, rest};
}

static obj_t float_power(double base, double exponent) {
    if (base == 0 && exponent < 0 && !isinf(exponent)) raise_divide_by_zero();
    if (base < 0 && exponent != floor(exponent) && !isnan(exponent)) return complex_binary(OP_POW, base, 0, exponent, 0);
    return float_new(pow(base, exponent));
}

obj_t float_binary(enum binary_op op, double left, double right) {
    switch (op) {
    case OP_LT: return obj_bool(left < right);
    case OP_GT: return obj_bool(left > right);
    case OP_EQ: return obj_bool(left == right);
    case OP_LE: return obj_bool(left <= right);
    case OP_GE: return obj_bool(left >= right);
    case OP_NE: return obj_bool(left != right);
    case OP_IADD:
    case OP_ADD: return float_new(left + right);
    case OP_ISUB:
    case OP_SUB: return float_new(left - right);
    case OP_IMUL:
    case OP_MUL: return float_new(left * right);
    case OP_ITRUEDIV:
    case OP_TRUEDIV:
        if (right == 0) raise_divide_by_zero();
        return float_new(left / right);
    case OP_IFLOORDIV:
    case OP_FLOORDIV: return float_new(float_divide(left, right).quotient);
    case OP_IMOD:
    case OP_MOD: return float_new(float_divide(left, right).rest);
    case OP_IPOW:
    case OP_POW: return float_power(left, right);
    case OP_DIVMOD: {
        struct split s = float_divide(left, right);
        obj_t pair[2] = {float_new(s.quotient), float_new(s.rest)};
        return tuple_new(2, pair);
    }
    default: return OBJ_NULL;
    }
}

static obj_t float_type_binary(enum binary_op op, obj_t left, obj_t right) {
    double l = float_value(left), r;
    if (float_get(right, &r)) return float_binary(op, l, r);
    if (!obj_is(right, &type_complex)) return OBJ_NULL;
    const struct complex_object *c = (const struct complex_object *)right;
    return complex_binary(op, l, 0, c->real, c->imag);
}

// The value as a machine integer of the profile, toward zero. Out of range: what the processors give - ARM saturates, x86 answers
// its "indefinite" integer, of which the hash sees only zero bits. Same number of bits as a hash of a small integer.
size_t float_hash(double v) {
    if (isnan(v)) return 0;
    if (rt.profile.word_bytes == 4) {
        if (v >= 0x1p31) return INT32_MAX;
        if (v < -0x1p31) return (size_t)INT32_MIN;
        return (size_t)(intptr_t)v;
    }
    return v >= 0x1p63 || v < -0x1p63 ? 0 : (size_t)(intptr_t)v;
}

static obj_t float_unary(enum unary_op op, obj_t self) {
    double v = float_value(self);
    unsigned spare = 64 - rt.profile.small_int_bits;
    switch (op) {
    case OP_NOT: return obj_bool(v == 0);
    case OP_BOOL: return obj_bool(v != 0);
    case OP_HASH: return OBJ_INT((intptr_t)(float_hash(v) << spare) >> spare);
    case OP_POSITIVE: return self;
    case OP_NEGATIVE: return float_new(-v);
    case OP_ABS: return signbit(v) ? float_new(fabs(v)) : self;
    default: return OBJ_NULL;
    }
}

// ---- the type ----------------------------------------------------------------------------------------------------------------

static void float_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    char text[40];
    size_t len = float_repr(float_value(self), text, true);
    print_bytes(p, text, len);
}

static obj_t float_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 0, 1, false);
    if (n == 0) return float_new(0);
    if (obj_is_float(args[0])) return args[0];
    struct buffer b;
    size_t len;
    const char *text = str_data_maybe(args[0], &len);
    if (text) return number_from_text(text, len, false, false);
    if (obj_buffer_maybe(args[0], &b, BUFFER_READ)) return number_from_text(b.data, b.len, false, false);
    return float_new(obj_get_float(args[0]));
}

static const struct type_ops float_ops = {
    .print = float_print, .construct = float_construct, .unary = float_unary, .binary = float_type_binary};
const struct type type_float = {.type = &type_type,
                                .name = Q_float,
                                .flags = TYPE_EQ_NOT_IDENTITY | TYPE_EQ_OTHER_TYPES,
                                .ops = &float_ops,
                                .members = NULL,
                                .bases = OBJ_NULL};
