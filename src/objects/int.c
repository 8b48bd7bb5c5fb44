// SPDX-License-Identifier: MIT
// type_int: small integers, the choice between small and big, conversions to and from C, and the type's constructor and methods.
//
// A small integer lives in the handle and lies in the profile's range (int_fits). Every result passes int_from() or bigint_finish(),
// so a value that fits is never a struct bigint; comparing handles of small integers is comparing values.
// Operations on two small integers are done here on intptr_t; profile ranges are at most 63 bits, so sums cannot overflow the host's
// word. What does not fit goes to int_big.c with the garbage that a board makes (spec/heap-model.md 2.2).
#include "heap/heap.h"
#include "int_big.h"
#include "map.h"
#include "run/call.h"
#include "run/raise.h"
#include "seq.h"
#include "str.h"
#include "types.h"
#include <math.h>

static _Noreturn void raise_divide_by_zero(void) { raise_message(&type_ZeroDivisionError, "divide by zero"); }

bool obj_is_integer(obj_t o) { return obj_is_int(o) || obj_is(o, &type_int) || o == OBJ_TRUE || o == OBJ_FALSE; }

// ---- from C --------------------------------------------------------------------------------------------------------------

obj_t int_from(intptr_t v) {
    if (int_fits(v)) return OBJ_INT(v);
    return bigint_from_parts(v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
}

obj_t int_from_u64(uint64_t v) {
    if (v <= (uint64_t)INTPTR_MAX && int_fits((intptr_t)v)) return OBJ_INT((intptr_t)v);
    return bigint_from_parts(v, false);
}

obj_t int_from_i64(int64_t v) { return int_from((intptr_t)v); }

obj_t int_from_double(double v) {
    if (isnan(v)) raise_message(&type_ValueError, "can't convert NaN to int");
    if (isinf(v)) raise_message(&type_OverflowError, "can't convert inf to int");
    v = trunc(v);
    if (v > -0x1p62 && v < 0x1p62 && int_fits((intptr_t)v)) return OBJ_INT((intptr_t)v);
    int exponent;
    double fraction = frexp(fabs(v), &exponent); // |v| = fraction * 2^exponent, fraction in [0.5, 1)
    struct bigint *z = bigint_new(((size_t)exponent + DIGIT_BITS - 1) / DIGIT_BITS);
    z->negative = v < 0;
    mp_limb_t *limb = bigint_limbs(z), mantissa = (mp_limb_t)ldexp(fraction, 53);
    int shift = exponent - 53;
    if (shift <= 0) {
        limb[0] = mantissa >> -shift;
        return bigint_finish(z, 1);
    }
    size_t whole = (size_t)shift / LIMB_BITS, len = whole + 1;
    unsigned bits = (unsigned)shift % LIMB_BITS;
    limb[whole] = mantissa << bits;
    mp_limb_t high = bits ? mantissa >> (LIMB_BITS - bits) : 0;
    if (high) limb[len++] = high;
    return bigint_finish(z, len);
}

// ---- to C ----------------------------------------------------------------------------------------------------------------

int int_sign(obj_t o) {
    o = int_plain(o);
    if (obj_is_int(o)) return (obj_int(o) > 0) - (obj_int(o) < 0);
    const struct bigint *z = (const struct bigint *)o;
    return z->len == 0 ? 0 : z->negative ? -1 : 1;
}

int int_compare(obj_t a, obj_t b) {
    a = int_plain(a);
    b = int_plain(b);
    if (obj_is_int(a) && obj_is_int(b)) return (obj_int(a) > obj_int(b)) - (obj_int(a) < obj_int(b));
    struct magnitude x, y;
    magnitude_of(a, &x);
    magnitude_of(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int c = magnitude_compare(&x, &y);
    return x.negative ? -c : c;
}

bool int_to_i64(obj_t o, int64_t *out) {
    struct magnitude m;
    magnitude_of(o, &m);
    uint64_t low = m.len ? m.limb[0] : 0, limit = (uint64_t)INT64_MAX + m.negative;
    if (m.len > 1 || low > limit) return false;
    *out = m.negative ? (int64_t)(0 - low) : (int64_t)low;
    return true;
}

uint64_t int_to_u64_truncated(obj_t o) {
    struct magnitude m;
    magnitude_of(o, &m);
    uint64_t low = m.len ? m.limb[0] : 0;
    return m.negative ? 0 - low : low;
}

// Rounds once, half to even: the top 64 bits, with a set low bit standing for everything below them.
double int_to_double(obj_t o) {
    struct magnitude m;
    magnitude_of(o, &m);
    if (m.len == 0) return 0;
    size_t shift = (m.len - 1) * LIMB_BITS;
    uint64_t top = m.limb[m.len - 1];
    unsigned lead = (unsigned)__builtin_clzl(top);
    bool sticky = false;
    if (m.len > 1 && lead > 0) {
        uint64_t next = m.limb[m.len - 2];
        top = top << lead | next >> (LIMB_BITS - lead);
        sticky = next << lead != 0;
        shift -= lead;
    } else if (m.len > 1) {
        sticky = m.limb[m.len - 2] != 0;
    }
    for (size_t i = 0; !sticky && i + 2 < m.len; i++) sticky = m.limb[i] != 0;
    if (sticky) top |= 1;
    double v = shift > 2000 ? INFINITY : ldexp(rt.profile.float_bytes == 4 ? (double)(float)top : (double)top, (int)shift);
    return m.negative ? -v : v;
}

size_t int_bit_length(obj_t o) {
    struct magnitude m;
    magnitude_of(o, &m);
    return magnitude_bits(&m);
}

// ---- small operands --------------------------------------------------------------------------------------------------------

intptr_t int_floor_div(intptr_t a, intptr_t b) {
    intptr_t q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

intptr_t int_modulo(intptr_t a, intptr_t b) {
    intptr_t r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

static obj_t small_mul(obj_t left, obj_t right) {
    intptr_t product;
    bool overflow = __builtin_mul_overflow(obj_int(left), obj_int(right), &product);
    if (!overflow && int_fits(product)) return OBJ_INT(product);
    if (!overflow && rt.profile.word_bytes == 4 && product == (int32_t)product) // fits a machine word
        return bigint_from_parts((uint64_t)(product < 0 ? -product : product), product < 0);
    struct magnitude a, b;
    magnitude_of(left, &a);
    magnitude_of(right, &b);
    bigint_new(4); // the board widens the left operand first
    return bigint_mul(&a, &b);
}

// The number of places to shift by, from the right operand of << or >>.
static size_t shift_count(obj_t o) {
    intptr_t count = obj_get_int(o);
    if (count < 0) raise_message(&type_ValueError, "negative shift count");
    return (size_t)count;
}

static size_t big_shift_count(obj_t o) {
    if (obj_is_int(o) && obj_int(o) < 0) bigint_header(); // the board has begun the result by then
    return shift_count(o);
}

static obj_t small_shift_left(obj_t left, size_t count) {
    intptr_t a = obj_int(left);
    if (a == 0) return left;
    if (count < LIMB_BITS - 1) {
        intptr_t shifted = (intptr_t)((uintptr_t)a << count);
        if (shifted >> count == a && int_fits(shifted)) return OBJ_INT(shifted);
    }
    struct magnitude m;
    magnitude_of(left, &m);
    if (a != -1 || count != 31 || rt.profile.word_bytes != 4) bigint_new(4); // -1 << 31 still fits the board's machine word
    return bigint_shift_left(&m, count);
}

static obj_t true_divide(obj_t left, obj_t right) {
    return float_binary(OP_TRUEDIV, float_narrow(int_to_double(left)), float_narrow(int_to_double(right)));
}

static obj_t small_divide(enum binary_op op, intptr_t a, intptr_t b) {
    if (b == 0) raise_divide_by_zero();
    if (op == OP_FLOORDIV) return int_from(int_floor_div(a, b));
    if (op == OP_MOD) return OBJ_INT(int_modulo(a, b));
    obj_t pair[2] = {int_from(int_floor_div(a, b)), OBJ_INT(int_modulo(a, b))};
    return tuple_new(2, pair);
}

static obj_t small_binary(enum binary_op op, obj_t left, obj_t right) {
    intptr_t a = obj_int(left), b = obj_int(right);
    switch (op) {
    case OP_LT: return obj_bool(a < b);
    case OP_GT: return obj_bool(a > b);
    case OP_EQ: return obj_bool(a == b);
    case OP_LE: return obj_bool(a <= b);
    case OP_GE: return obj_bool(a >= b);
    case OP_NE: return obj_bool(a != b);
    case OP_OR: return OBJ_INT(a | b);
    case OP_XOR: return OBJ_INT(a ^ b);
    case OP_AND: return OBJ_INT(a & b);
    case OP_ADD: return int_from(a + b);
    case OP_SUB: return int_from(a - b);
    case OP_MUL: return small_mul(left, right);
    case OP_LSHIFT: return small_shift_left(left, shift_count(right));
    case OP_RSHIFT: {
        size_t count = shift_count(right);
        return OBJ_INT(a >> (count < LIMB_BITS ? count : LIMB_BITS - 1));
    }
    case OP_FLOORDIV:
    case OP_MOD:
    case OP_DIVMOD: return small_divide(op, a, b);
    case OP_TRUEDIV: return true_divide(left, right);
    case OP_POW: return int_power(left, right);
    default: return OBJ_NULL;
    }
}

// ---- any operands ----------------------------------------------------------------------------------------------------------

static obj_t compare_binary(enum binary_op op, int c) {
    switch (op) {
    case OP_LT: return obj_bool(c < 0);
    case OP_GT: return obj_bool(c > 0);
    case OP_EQ: return obj_bool(c == 0);
    case OP_LE: return obj_bool(c <= 0);
    case OP_GE: return obj_bool(c >= 0);
    default: return obj_bool(c != 0);
    }
}

static obj_t big_divide(enum binary_op op, const struct magnitude *a, const struct magnitude *b) {
    if (b->len == 0) {
        bigint_header();
        raise_divide_by_zero();
    }
    if (op == OP_FLOORDIV) return bigint_floor_div(a, b);
    if (op == OP_MOD) return bigint_modulo(a, b);
    return bigint_divmod(a, b);
}

static obj_t big_binary(enum binary_op op, obj_t left, obj_t right) {
    if (op <= OP_NE && op != OP_IN) return compare_binary(op, int_compare(left, right));
    struct magnitude a, b;
    magnitude_of(left, &a);
    magnitude_of(right, &b);
    switch (op) {
    case OP_OR:
    case OP_XOR:
    case OP_AND: return bigint_bitwise(op, &a, &b);
    case OP_ADD: return bigint_add(&a, &b, false);
    case OP_SUB: return bigint_add(&a, &b, true);
    case OP_MUL: return bigint_mul(&a, &b);
    case OP_LSHIFT: return bigint_shift_left(&a, big_shift_count(right));
    case OP_RSHIFT: return bigint_shift_right(&a, big_shift_count(right));
    case OP_FLOORDIV:
    case OP_MOD:
    case OP_DIVMOD: return big_divide(op, &a, &b);
    case OP_TRUEDIV: return true_divide(left, right);
    case OP_POW: return int_power(left, right);
    default: return OBJ_NULL;
    }
}

static enum binary_op not_in_place(enum binary_op op) { return op >= OP_IOR && op <= OP_IPOW ? op - OP_IOR + OP_OR : op; }

obj_t int_binary(enum binary_op op, obj_t left, obj_t right) {
    op = not_in_place(op);
    left = int_plain(left);
    right = int_plain(right);
    if (obj_is_int(left) && obj_is_int(right)) return small_binary(op, left, right);
    return big_binary(op, left, right);
}

// ---- the type --------------------------------------------------------------------------------------------------------------

static void int_type_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    int_print(p, self);
}

static bool is_repeatable(obj_t o) { return obj_is_str_or_bytes(o) || obj_is(o, &type_list) || obj_is_tuple(o); }

static obj_t int_type_binary(enum binary_op op, obj_t left, obj_t right) {
    op = not_in_place(op);
    if (obj_is_integer(right)) return int_binary(op, left, right);
    if (obj_is_float(right)) return float_binary(op, float_narrow(int_to_double(left)), float_value(right));
    if (obj_is(right, &type_complex)) {
        const struct complex_object *c = (const struct complex_object *)right;
        return complex_binary(op, float_narrow(int_to_double(left)), 0, c->real, c->imag);
    }
    if (op == OP_MUL && is_repeatable(right)) return obj_type(right)->ops->binary(op, right, left);
    return OBJ_NULL;
}

// Lowest bits of the two's complement value, as many as a small integer of the profile has, the top one being the sign.
static obj_t int_hash(obj_t o) {
    unsigned spare = LIMB_BITS - rt.profile.small_int_bits;
    return OBJ_INT((intptr_t)(int_to_u64_truncated(o) << spare) >> spare);
}

static obj_t int_negate(obj_t self) {
    if (obj_is_int(self)) return int_from(-obj_int(self));
    struct magnitude m;
    magnitude_of(self, &m);
    return bigint_copy(&m, !m.negative);
}

static obj_t int_invert(obj_t self) {
    if (obj_is_int(self)) return OBJ_INT(~obj_int(self));
    struct magnitude m;
    magnitude_of(self, &m);
    return bigint_invert(&m);
}

static obj_t int_type_unary(enum unary_op op, obj_t self) {
    switch (op) {
    case OP_POSITIVE:
    case OP_INT: return self;
    case OP_NEGATIVE: return int_negate(self);
    case OP_INVERT: return int_invert(self);
    case OP_NOT: return obj_bool(self == OBJ_INT(0));
    case OP_BOOL: return obj_bool(self != OBJ_INT(0));
    case OP_HASH: return int_hash(self);
    case OP_ABS: return int_sign(self) < 0 ? int_negate(self) : self;
    default: return OBJ_NULL;
    }
}

static obj_t int_from_object(obj_t o) {
    if (obj_is_int(o) || obj_is(o, &type_int)) return o;
    if (obj_is_float(o)) return int_from_double(float_value(o));
    const struct type *t = obj_type(o);
    obj_t result = t->ops && t->ops->unary ? t->ops->unary(OP_INT, o) : OBJ_NULL;
    struct buffer b;
    if (result == OBJ_NULL && obj_buffer_maybe(o, &b, BUFFER_READ)) return int_from_text(b.data ? b.data : "", b.len, 10);
    if (result == OBJ_NULL) raise_format(&type_TypeError, "can't convert %s to int", obj_type_name(o));
    if (!obj_is_int(result) && !obj_is(result, &type_int)) raise_type(&type_TypeError);
    return result;
}

static obj_t int_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 0, 2, false);
    if (n == 0) return OBJ_INT(0);
    size_t len;
    if (n == 1) {
        if (!obj_is_str_or_bytes(args[0])) return int_from_object(args[0]);
        const char *text = str_data(args[0], &len);
        return int_from_text(text, len, 10);
    }
    const char *text = str_data(args[0], &len); // TypeError for what is no text
    intptr_t base = obj_get_int(args[1]);
    if (base != 0 && (base < 2 || base > 36)) raise_message(&type_ValueError, "int() arg 2 must be >= 2 and <= 36");
    return int_from_text(text, len, (int)base);
}

// ---- methods ---------------------------------------------------------------------------------------------------------------

// Any byte order that is not "little" is taken as big, as MicroPython does.
static bool is_little(size_t n, const obj_t *args, size_t at) {
    size_t len;
    if (at >= n || !obj_is_str(args[at])) return false;
    const char *text = str_data(args[at], &len);
    return len == 6 && memcmp(text, "little", 6) == 0;
}

static obj_t int_from_bytes_method(size_t n, const obj_t *args) {
    struct buffer b;
    obj_buffer(args[1], &b, BUFFER_READ);
    return int_from_bytes(b.data, b.len, is_little(n, args, 2), false);
}
BUILTIN_VAR(int_from_bytes_builtin, 2, 4, int_from_bytes_method);
static const struct wrapped int_from_bytes_class = {&type_classmethod, (obj_t)&int_from_bytes_builtin};

// to_bytes(length=1, byteorder="big", *, signed=False): the 1.29 preview's rules; 1.28 took what fits one way or the other.
static obj_t int_to_bytes_method(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_length, ARG_OBJ, 0, {.obj = OBJ_INT(1)}}, {Q_byteorder, ARG_OBJ, 0, {.obj = OBJ_NULL}}, {Q_signed, ARG_BOOL, 0, {.b = false}}};
    union arg_value given[3];
    args_parse(n - 1, kw, args + 1, 3, spec, given);
    intptr_t len = obj_get_int(given[0].obj);
    bool little = is_little(given[1].obj != OBJ_NULL, &given[1].obj, 0);
    if (len < 0) raise_type(&type_ValueError);
    char *run = heap_new(0, (size_t)len + 1, HEAP_DATA);
    if (!int_fits_bytes(args[0], (size_t)len, given[2].b)) raise_message(&type_OverflowError, "buffer too small");
    int_store_bytes(args[0], (uint8_t *)run, (size_t)len, little);
    if (len == 0) {
        heap_free(run);
        return bytes_new("", 0);
    }
    return str_take(&type_bytes, run, (size_t)len);
}
BUILTIN_KW(int_to_bytes_builtin, 1, 255, int_to_bytes_method);

static const struct map_slot int_members[] = {
    MEMBER(from_bytes, &int_from_bytes_class),
    MEMBER(to_bytes, &int_to_bytes_builtin),
};
static FIXED_DICT(int_dict, int_members);

static const struct type_ops int_ops = {
    .print = int_type_print, .construct = int_construct, .unary = int_type_unary, .binary = int_type_binary};
const struct type type_int = {
    .type = &type_type, .name = Q_int, .flags = TYPE_EQ_OTHER_TYPES, .ops = &int_ops, .members = &int_dict, .bases = OBJ_NULL};
