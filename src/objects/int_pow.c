// SPDX-License-Identifier: MIT
// Powers of integers: a ** b and pow(a, b, m).
//
// Both walk the exponent's bits from the top: square, and multiply by the base where the bit is set. A power keeps two stores of the
// final size and swaps them; a modular power works in one run that is split into parts. Sizes are known before work starts, so an
// absurd request ends in MemoryError at once, and pending work (Ctrl-C) is looked at between steps.
// The heap requests of a power follow spec/heap-model.md 2.2 as far as that goes: header, copies of base and exponent, result.
#include "heap/heap.h"
#include "int_big.h"
#include "run/raise.h"
#include "run/vm.h"
#include <math.h>

enum { SLACK_BITS = 4 * LIMB_BITS };

static bool bit_of(const struct magnitude *m, size_t i) { return (m->limb[i / LIMB_BITS] >> (i % LIMB_BITS)) & 1; }

static size_t strip(const mp_limb_t *limb, size_t len) {
    while (len > 0 && limb[len - 1] == 0) len--;
    return len;
}

static void poll(void) {
    if (rt.poll) poll_run();
}

// log2 of a magnitude of at least 2, a little too large rather than too small
static double magnitude_log2(const struct magnitude *m) {
    double top = (double)m->limb[m->len - 1];
    if (m->len > 1) top += 1;
    return log2(top) * (1 + 1e-15) + (double)(m->len - 1) * LIMB_BITS;
}

static void *copy_magnitude(const struct magnitude *m) {
    void *run = heap_new(0, magnitude_digits(m) * 2 + 2, HEAP_DATA);
    memcpy(run, m->limb, m->len * sizeof(mp_limb_t)); // a run is made of whole blocks, so of whole limbs
    return run;
}

// base is at least 2 in magnitude, exponent at least 1
static obj_t power_big(const struct magnitude *base, const struct magnitude *exponent) {
    double bits = exponent->len > 1 ? INFINITY : magnitude_log2(base) * (double)exponent->limb[0] + SLACK_BITS;
    if (bits >= 0x1p35) raise_no_memory(bits >= 0x1p60 ? SIZE_MAX : (size_t)bits / 8);
    size_t digits = (size_t)bits / DIGIT_BITS + 1;
    struct bigint *z = bigint_header();
    void *base_copy = copy_magnitude(base), *exponent_copy = copy_magnitude(exponent);
    bigint_room(z, digits);
    mp_limb_t *now = bigint_limbs(z), *other = heap_new(0, digits * 2, HEAP_DATA);
    size_t len = base->len;
    mpn_copyi(now, base->limb, (mp_size_t)len);
    for (size_t i = magnitude_bits(exponent) - 1; i-- > 0;) {
        poll();
        mpn_sqr(other, now, (mp_size_t)len);
        len = strip(other, len * 2);
        mp_limb_t *swap = now;
        now = other;
        other = swap;
        if (!bit_of(exponent, i)) continue;
        if (len >= base->len) mpn_mul(other, now, (mp_size_t)len, base->limb, (mp_size_t)base->len);
        else mpn_mul(other, base->limb, (mp_size_t)base->len, now, (mp_size_t)len);
        len = strip(other, len + base->len);
        swap = now;
        now = other;
        other = swap;
    }
    heap_free(base_copy);
    heap_free(exponent_copy);
    heap_free(other);
    struct magnitude result = {.limb = now, .len = len};
    size_t used = magnitude_digits(&result);
    if (used < 2) used = 2;
    z->limb = heap_resize(now, 0, used * 2, HEAP_DATA);
    z->digits = (uint32_t)used;
    z->negative = base->negative && bit_of(exponent, 0);
    return bigint_finish(z, len);
}

// Small base and exponent. False when the result is not small.
static bool power_small(intptr_t base, intptr_t exponent, intptr_t *out) {
    intptr_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) return false;
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return false;
    }
    *out = result;
    return int_fits(result);
}

obj_t int_power(obj_t base, obj_t exponent) {
    if (int_sign(exponent) < 0) {
        return float_binary(OP_POW, float_narrow(int_to_double(base)), float_narrow(int_to_double(exponent)));
    }
    intptr_t small;
    if (obj_is_int(base) && obj_is_int(exponent) && power_small(obj_int(base), obj_int(exponent), &small)) return OBJ_INT(small);
    struct magnitude b, e;
    magnitude_of(base, &b);
    magnitude_of(exponent, &e);
    if (e.len == 0) return OBJ_INT(1);
    if (b.len == 0) return OBJ_INT(0);
    if (b.len == 1 && b.limb[0] == 1) return OBJ_INT(b.negative && bit_of(&e, 0) ? -1 : 1);
    return power_big(&b, &e);
}

static uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) { return (uint64_t)((unsigned __int128)a * b % m); }

static uint64_t power_modulo_word(const struct magnitude *base, const struct magnitude *exponent, uint64_t m) {
    uint64_t b = base->len ? mpn_mod_1(base->limb, (mp_size_t)base->len, m) : 0, result = 1 % m;
    if (base->negative && b) b = m - b;
    for (size_t i = magnitude_bits(exponent); i-- > 0;) {
        if (i % LIMB_BITS == 0) poll();
        result = multiply_modulo(result, result, m);
        if (bit_of(exponent, i)) result = multiply_modulo(result, b, m);
    }
    return result;
}

// Parts of the scratch run of a modular power: n limbs are those of the modulus.
struct modular {
    const struct magnitude *m;
    mp_limb_t *base, *result, *product, *quotient;
};

// product (2n limbs) modulo m into result
static void modular_reduce(struct modular *w) {
    size_t n = w->m->len;
    mpn_tdiv_qr(w->quotient, w->result, 0, w->product, (mp_size_t)(2 * n), w->m->limb, (mp_size_t)n);
}

static obj_t power_modulo_big(const struct magnitude *base, const struct magnitude *exponent, const struct magnitude *m, obj_t reduced) {
    (void)base;
    size_t n = m->len;
    mp_limb_t *run = heap_new(0, (n * 5 + 1) * sizeof(mp_limb_t), HEAP_DATA);
    struct modular w = {m, run, run + n, run + 2 * n, run + 4 * n};
    struct magnitude b;
    magnitude_of(reduced, &b);
    if (b.len > 0) mpn_copyi(w.base, b.limb, (mp_size_t)b.len);
    w.result[0] = 1;
    for (size_t i = magnitude_bits(exponent); i-- > 0;) {
        poll();
        mpn_sqr(w.product, w.result, (mp_size_t)n);
        modular_reduce(&w);
        if (!bit_of(exponent, i)) continue;
        mpn_mul_n(w.product, w.result, w.base, (mp_size_t)n);
        modular_reduce(&w);
    }
    struct magnitude result = {.limb = w.result, .len = strip(w.result, n)};
    obj_t o = bigint_copy(&result, false);
    heap_free(run);
    return o;
}

static bool is_int_object(obj_t o) { return obj_is_int(o) || obj_is(o, &type_int); }

obj_t int_pow_mod(obj_t base, obj_t exponent, obj_t modulus) {
    if (!is_int_object(base) || !is_int_object(exponent) || !is_int_object(modulus)) {
        raise_message(&type_TypeError, "pow() with 3 arguments requires integers");
    }
    struct magnitude b, e, m;
    magnitude_of(base, &b);
    magnitude_of(exponent, &e);
    magnitude_of(modulus, &m);
    if (m.len == 0) raise_message(&type_ValueError, "divide by zero");
    if (e.negative) return OBJ_INT(0); // MicroPython knows no modular inverse
    if (m.len == 1 && m.limb[0] == 1) return OBJ_INT(0);
    obj_t result;
    if (e.len == 0) {
        result = OBJ_INT(1);
    } else if (m.len == 1) {
        result = int_from_u64(power_modulo_word(&b, &e, m.limb[0]));
    } else {
        struct magnitude positive = {.limb = m.limb, .len = m.len};
        result = power_modulo_big(&b, &e, &m, bigint_modulo(&b, &positive));
    }
    if (m.negative && result != OBJ_INT(0)) result = int_binary(OP_ADD, result, modulus);
    return result;
}
