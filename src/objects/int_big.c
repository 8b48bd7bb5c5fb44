// SPDX-License-Identifier: MIT
// Arithmetic of big integers on GMP's mpn layer.
//
// struct bigint holds sign and magnitude. Its store is one heap run, asked for in 16-bit digits: the run of a request for d digits
// has room for ceil(d / 4) limbs, because a block is 32 host bytes whatever the profile says. Requests (number, order and size in
// digits) are those of spec/heap-model.md 2.2; results are never normalised to a smaller store.
//
// Invariants
//  - limb[len - 1] is not zero; zero has len 0 and only exists inside these files (zero is always a small integer outside).
//  - An operation reads its operands through struct magnitude, whose limb pointer is the head of a run and keeps it alive.
//  - Limbs above those the digit count allows are only written when they are not zero, which the digit count then covers.
#include "int_big.h"
#include "heap/heap.h"
#include "int_long.h"
#include "run/raise.h"
#include "seq.h"

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "limbs must be 64-bit words");

enum { BLOCK_LIMBS = 4, STACK_LIMBS = 64 };

obj_t int_plain(obj_t o) {
    if (o == OBJ_TRUE) return OBJ_INT(1);
    if (o == OBJ_FALSE) return OBJ_INT(0);
    return o;
}

void magnitude_of(obj_t o, struct magnitude *m) {
    o = int_plain(o);
    if (obj_is_int(o)) {
        intptr_t v = obj_int(o);
        m->own = v < 0 ? 0 - (mp_limb_t)v : (mp_limb_t)v;
        m->negative = v < 0;
        m->len = v != 0;
        m->limb = &m->own;
        return;
    }
    const struct bigint *z = (const struct bigint *)o;
    m->limb = bigint_limbs(z);
    m->len = z->len;
    m->negative = z->negative != 0;
    m->own = 0;
}

size_t magnitude_bits(const struct magnitude *m) {
    if (m->len == 0) return 0;
    return m->len * LIMB_BITS - (size_t)__builtin_clzl(m->limb[m->len - 1]);
}

size_t magnitude_digits(const struct magnitude *m) { return (magnitude_bits(m) + DIGIT_BITS - 1) / DIGIT_BITS; }

int magnitude_compare(const struct magnitude *a, const struct magnitude *b) {
    if (a->len != b->len) return a->len < b->len ? -1 : 1;
    if (a->len == 0) return 0;
    int c = mpn_cmp(a->limb, b->limb, (mp_size_t)a->len);
    return c < 0 ? -1 : c > 0;
}

struct bigint *bigint_header(void) {
    struct bigint *z = heap_new(4, 0, HEAP_REFS);
    z->type = &type_int;
    return z;
}

static size_t digit_bytes(size_t digits) {
    if (digits < 2) digits = 2;
    if (digits > UINT32_MAX) raise_no_memory(digits > SIZE_MAX / 2 ? SIZE_MAX : digits * 2);
    return digits * 2;
}

void bigint_room(struct bigint *z, size_t digits) {
    size_t bytes = digit_bytes(digits);
    z->limb = heap_new(0, bytes, HEAP_DATA);
    z->digits = (uint32_t)(bytes / 2);
}

struct bigint *bigint_new(size_t digits) {
    digit_bytes(digits); // an absurd size fails before anything is taken
    struct bigint *z = bigint_header();
    bigint_room(z, digits);
    return z;
}

void bigint_grow(struct bigint *z, size_t digits) {
    if (digits <= z->digits) return;
    size_t bytes = digit_bytes(digits);
    z->limb = heap_resize(z->limb, 0, bytes, HEAP_DATA);
    z->digits = (uint32_t)(bytes / 2);
}

obj_t bigint_finish(struct bigint *z, size_t len) {
    const mp_limb_t *limb = bigint_limbs(z);
    while (len > 0 && limb[len - 1] == 0) len--;
    z->len = len;
    if (len == 0) return OBJ_INT(0);
    if (len == 1 && limb[0] <= (mp_limb_t)INTPTR_MAX) {
        intptr_t v = z->negative ? -(intptr_t)limb[0] : (intptr_t)limb[0];
        if (int_fits(v)) return OBJ_INT(v);
    }
    return OBJ_PTR(z);
}

obj_t bigint_from_parts(uint64_t value, bool negative) {
    struct bigint *z = bigint_new(4);
    z->negative = negative;
    bigint_limbs(z)[0] = value;
    return bigint_finish(z, 1);
}

static size_t max_size(size_t a, size_t b) { return a > b ? a : b; }

obj_t bigint_add(const struct magnitude *a, const struct magnitude *b, bool subtract) {
    bool b_negative = b->negative != subtract;
    size_t digits = max_size(magnitude_digits(a), magnitude_digits(b));
    if (a->negative == b_negative) {
        struct bigint *z = bigint_new(digits + 1);
        const struct magnitude *big = a->len >= b->len ? a : b, *other = big == a ? b : a;
        mp_limb_t *limb = bigint_limbs(z);
        z->negative = a->negative;
        size_t len = big->len;
        if (len == 0) return OBJ_INT(0);
        mp_limb_t carry = mpn_add(limb, big->limb, (mp_size_t)len, other->limb, (mp_size_t)other->len);
        if (carry) limb[len++] = carry;
        return bigint_finish(z, len);
    }
    int order = magnitude_compare(a, b);
    struct bigint *z = bigint_new(digits);
    if (order == 0) return OBJ_INT(0);
    const struct magnitude *big = order > 0 ? a : b, *other = order > 0 ? b : a;
    z->negative = order > 0 ? a->negative : b_negative;
    mpn_sub(bigint_limbs(z), big->limb, (mp_size_t)big->len, other->limb, (mp_size_t)other->len);
    return bigint_finish(z, big->len);
}

static bool multiply(mp_limb_t *to, const struct magnitude *a, const struct magnitude *b) {
    return int_long_mul(to, a->limb, a->len, b->limb, b->len);
}

obj_t bigint_mul(const struct magnitude *a, const struct magnitude *b) {
    if (a->len == 0 || b->len == 0) {
        bigint_header();
        return OBJ_INT(0);
    }
    size_t digits = magnitude_digits(a) + magnitude_digits(b), len = a->len + b->len;
    struct bigint *z = bigint_new(digits);
    z->negative = a->negative != b->negative;
    size_t room = heap_blocks(0, digit_bytes(digits)) * BLOCK_LIMBS;
    if (len <= room) {
        if (!multiply(bigint_limbs(z), a, b)) int_long_stop();
        return bigint_finish(z, len);
    }
    // mpn_mul always writes a top limb, also a zero one that the digits leave no room for
    mp_limb_t here[STACK_LIMBS];
    mp_limb_t *scratch = len <= STACK_LIMBS ? here : host_alloc(len * sizeof(mp_limb_t));
    bool done = multiply(scratch, a, b);
    while (len > room) len--;
    if (done) memcpy(z->limb, scratch, len * sizeof(mp_limb_t));
    if (scratch != here) host_free(scratch);
    if (!done) int_long_stop();
    return bigint_finish(z, len);
}

static size_t strip(const mp_limb_t *limb, size_t len) {
    while (len > 0 && limb[len - 1] == 0) len--;
    return len;
}

// Floor division. q and r have a store of digits(a) + 1 digits each.
static void divide(const struct magnitude *a, const struct magnitude *b, struct bigint *q, struct bigint *r) {
    mp_limb_t *quotient = bigint_limbs(q), *rest = bigint_limbs(r);
    if (a->len < b->len) {
        q->len = 0;
        r->len = a->len;
        if (a->len > 0) mpn_copyi(rest, a->limb, (mp_size_t)a->len);
    } else {
        if (!int_long_div(quotient, rest, a->limb, a->len, b->limb, b->len)) int_long_stop();
        q->len = strip(quotient, a->len - b->len + 1);
        r->len = strip(rest, b->len);
    }
    q->negative = a->negative != b->negative;
    r->negative = b->negative;
    if (r->len == 0 || !q->negative) return;
    heap_new(0, digit_bytes(1), HEAP_DATA); // the board makes a number 1 to correct with, and forgets it
    // the truncated quotient is one too near to zero
    if (q->len == 0) {
        quotient[q->len++] = 1;
    } else if (mpn_add_1(quotient, quotient, (mp_size_t)q->len, 1)) {
        quotient[q->len++] = 1;
    }
    bigint_grow(r, magnitude_digits(b));
    rest = bigint_limbs(r);
    mpn_sub(rest, b->limb, (mp_size_t)b->len, rest, (mp_size_t)r->len);
    r->len = strip(rest, b->len);
}

obj_t bigint_floor_div(const struct magnitude *a, const struct magnitude *b) {
    size_t digits = magnitude_digits(a) + 1;
    struct bigint *q = bigint_header(), r = {.type = &type_int};
    bigint_room(q, digits);
    bigint_room(&r, digits);
    divide(a, b, q, &r);
    heap_free(r.limb);
    return bigint_finish(q, q->len);
}

obj_t bigint_modulo(const struct magnitude *a, const struct magnitude *b) {
    size_t digits = magnitude_digits(a) + 1;
    struct bigint *r = bigint_header(), q = {.type = &type_int};
    bigint_room(&q, digits);
    bigint_room(r, digits);
    divide(a, b, &q, r);
    heap_free(q.limb);
    return bigint_finish(r, r->len);
}

obj_t bigint_divmod(const struct magnitude *a, const struct magnitude *b) {
    size_t digits = magnitude_digits(a) + 1;
    struct bigint *q = bigint_header(), *r = bigint_header();
    bigint_room(q, digits);
    bigint_room(r, digits);
    divide(a, b, q, r);
    obj_t pair[2] = {bigint_finish(q, q->len), bigint_finish(r, r->len)};
    return tuple_new(2, pair);
}

obj_t bigint_shift_left(const struct magnitude *a, size_t count) {
    if (a->len == 0) return OBJ_INT(0);
    struct bigint *z = bigint_new(magnitude_digits(a) + count / DIGIT_BITS + (count % DIGIT_BITS != 0));
    z->negative = a->negative;
    mp_limb_t *limb = bigint_limbs(z); // cleared by the heap
    size_t whole = count / LIMB_BITS, len = whole + a->len;
    unsigned bits = count % LIMB_BITS;
    if (bits == 0) {
        mpn_copyi(limb + whole, a->limb, (mp_size_t)a->len);
    } else {
        mp_limb_t carry = mpn_lshift(limb + whole, a->limb, (mp_size_t)a->len, bits);
        if (carry) limb[len++] = carry;
    }
    return bigint_finish(z, len);
}

// Is any of the lowest `count` bits set? count is less than the number of bits.
static bool low_bits_set(const struct magnitude *a, size_t count) {
    size_t whole = count / LIMB_BITS;
    for (size_t i = 0; i < whole; i++) {
        if (a->limb[i]) return true;
    }
    unsigned bits = count % LIMB_BITS;
    return bits != 0 && (a->limb[whole] & (((mp_limb_t)1 << bits) - 1)) != 0;
}

obj_t bigint_shift_right(const struct magnitude *a, size_t count) {
    struct bigint *z = bigint_new(magnitude_digits(a));
    if (count >= magnitude_bits(a)) return OBJ_INT(a->negative ? -1 : 0);
    z->negative = a->negative;
    mp_limb_t *limb = bigint_limbs(z);
    size_t whole = count / LIMB_BITS, len = a->len - whole;
    unsigned bits = count % LIMB_BITS;
    if (bits == 0) {
        mpn_copyi(limb, a->limb + whole, (mp_size_t)len);
    } else {
        mpn_rshift(limb, a->limb + whole, (mp_size_t)len, bits);
    }
    if (a->negative && low_bits_set(a, count) && mpn_add_1(limb, limb, (mp_size_t)len, 1)) limb[len++] = 1;
    return bigint_finish(z, len);
}

// One limb after the other of a number in two's complement, from the lowest; the sign goes on for ever.
struct complement {
    const struct magnitude *of;
    mp_limb_t carry, flip;
};

static mp_limb_t complement_next(struct complement *c, size_t i) {
    mp_limb_t v = i < c->of->len ? c->of->limb[i] : 0;
    v = (v ^ c->flip) + c->carry;
    c->carry = c->carry && v == 0;
    return v;
}

static mp_limb_t combine(enum binary_op op, mp_limb_t x, mp_limb_t y) {
    switch (op) {
    case OP_AND: return x & y;
    case OP_OR: return x | y;
    default: return x ^ y;
    }
}

obj_t bigint_bitwise(enum binary_op op, const struct magnitude *a, const struct magnitude *b) {
    size_t digits = max_size(magnitude_digits(a), magnitude_digits(b)), len = max_size(a->len, b->len);
    struct bigint *z = bigint_new(digits + (a->negative || b->negative));
    mp_limb_t *limb = bigint_limbs(z);
    struct complement x = {a, a->negative, a->negative ? ~(mp_limb_t)0 : 0}, y = {b, b->negative, b->negative ? ~(mp_limb_t)0 : 0};
    z->negative = combine(op, a->negative, b->negative) != 0;
    mp_limb_t flip = z->negative ? ~(mp_limb_t)0 : 0, carry = z->negative;
    for (size_t i = 0; i < len; i++) {
        mp_limb_t v = (combine(op, complement_next(&x, i), complement_next(&y, i)) ^ flip) + carry;
        carry = carry && v == 0;
        limb[i] = v;
    }
    if (carry) limb[len++] = carry;
    return bigint_finish(z, len);
}

obj_t bigint_copy(const struct magnitude *a, bool negative) {
    struct bigint *z = bigint_new(magnitude_digits(a));
    z->negative = negative;
    if (a->len > 0) mpn_copyi(bigint_limbs(z), a->limb, (mp_size_t)a->len);
    return bigint_finish(z, a->len);
}

obj_t bigint_invert(const struct magnitude *a) {
    size_t digits = magnitude_digits(a), len = a->len;
    struct bigint *z = bigint_new(digits);
    z->negative = !a->negative;
    if (a->negative) {
        mpn_sub_1(bigint_limbs(z), a->limb, (mp_size_t)len, 1);
        return bigint_finish(z, len);
    }
    bigint_grow(z, digits + 1);
    mp_limb_t *limb = bigint_limbs(z);
    if (len == 0) {
        limb[len++] = 1;
    } else if (mpn_add_1(limb, a->limb, (mp_size_t)len, 1)) {
        limb[len++] = 1;
    }
    return bigint_finish(z, len);
}
