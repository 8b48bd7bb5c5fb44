// SPDX-License-Identifier: MIT
// Powers of integers: a ** b and pow(a, b, m).
//
// Both walk the exponent's bits from the bottom, as the board does: z takes a factor x where the bit is set, and x is squared. What stays
// in the heap depends on it: the store of the result has room for the longest product that z ever was (spec/heap-model.md 2.2). A power
// keeps three stores of the final size; a modular power works in one run that is split into parts. Sizes are known before work
// starts, so an absurd request ends in MemoryError at once, and pending work (Ctrl-C) is looked at between steps.
#include "heap/heap.h"
#include "int_big.h"
#include "int_long.h"
#include "run/raise.h"
#include "run/vm.h"
#include <math.h>

enum { SLACK_BITS = 4 * LIMB_BITS };

static bool bit_of(const struct magnitude *m, size_t i) { return (m->limb[i / LIMB_BITS] >> (i % LIMB_BITS)) & 1; }

static size_t strip(const mp_limb_t *limb, size_t len) {
    while (len > 0 && limb[len - 1] == 0) len--;
    return len;
}

static size_t digits_of(const mp_limb_t *limb, size_t len) {
    struct magnitude m = {.limb = limb, .len = len};
    return magnitude_digits(&m);
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static void poll(void) {
    if (rt.poll) poll_run();
}

// log2 of a magnitude of at least 2, a little too large rather than too small
static double magnitude_log2(const struct magnitude *m) {
    double top = (double)m->limb[m->len - 1];
    if (m->len > 1) top += 1;
    return log2(top) * (1 + 1e-15) + (double)(m->len - 1) * LIMB_BITS;
}

// to = a * b; `to` is another place. Returns the length.
static size_t product(mp_limb_t *to, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len) {
    if (a_len == 0 || b_len == 0) return 0;
    if (!int_long_mul(to, a, a_len, b, b_len)) int_long_stop();
    return strip(to, a_len + b_len);
}

static void swap(mp_limb_t **a, mp_limb_t **b) {
    mp_limb_t *c = *a;
    *a = *b;
    *b = c;
}

// base is at least 2 in magnitude, exponent at least 1
static obj_t power_big(const struct magnitude *base, const struct magnitude *exponent) {
    double bits = exponent->len > 1 ? INFINITY : magnitude_log2(base) * (double)exponent->limb[0] + SLACK_BITS;
    if (bits >= 0x1p35) raise_no_memory(bits >= 0x1p60 ? SIZE_MAX : (size_t)bits / 8);
    size_t digits = (size_t)bits / DIGIT_BITS + LIMB_DIGITS, room = 0;
    struct bigint *z = bigint_header();
    mp_limb_t *x = heap_new(0, digits * 2, HEAP_DATA), *other = heap_new(0, digits * 2, HEAP_DATA);
    bigint_room(z, digits);
    mp_limb_t *now = bigint_limbs(z);
    size_t len = 1, x_len = base->len, n_bits = magnitude_bits(exponent);
    mpn_copyi(x, base->limb, (mp_size_t)x_len);
    now[0] = 1;
    for (size_t i = 0;; i++) {
        poll();
        if (bit_of(exponent, i)) {
            room = larger(room, digits_of(now, len) + digits_of(x, x_len));
            len = product(other, now, len, x, x_len);
            swap(&now, &other);
        }
        if (i + 1 == n_bits) break;
        x_len = product(other, x, x_len, x, x_len);
        swap(&x, &other);
    }
    heap_free(x);
    heap_free(other);
    z->limb = heap_resize(now, 0, larger(room, 2) * 2, HEAP_DATA);
    z->digits = (uint32_t)larger(room, 2);
    z->negative = base->negative && bit_of(exponent, 0);
    return bigint_finish(z, len);
}

// As the board multiplies: a product that does not fit its machine word ends the short way.
static bool power_step(intptr_t *to, intptr_t by) {
    return __builtin_mul_overflow(*to, by, to) || (rt.profile.word_bytes == 4 && *to != (int32_t)*to);
}

// Small base and exponent. False when the result is not small.
static bool power_small(intptr_t base, intptr_t exponent, intptr_t *out) {
    intptr_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) && power_step(&result, base)) return false;
        exponent >>= 1;
        if (exponent > 0 && power_step(&base, base)) return false;
    }
    *out = result;
    return true;
}

obj_t int_power(obj_t base, obj_t exponent) {
    if (int_sign(exponent) < 0) {
        return float_binary(OP_POW, float_narrow(int_to_double(base)), float_narrow(int_to_double(exponent)));
    }
    intptr_t small;
    if (obj_is_int(base) && obj_is_int(exponent) && power_small(obj_int(base), obj_int(exponent), &small)) return int_from(small);
    if (obj_is_int(base)) bigint_new(LIMB_DIGITS); // the board widens it first
    struct magnitude b, e;
    magnitude_of(base, &b);
    magnitude_of(exponent, &e);
    bool one = b.len == 1 && b.limb[0] == 1;
    if (e.len > 0 && b.len > 0 && !one) return power_big(&b, &e);
    bigint_new(2);
    if (e.len == 0) return OBJ_INT(1);
    if (b.len == 0) return OBJ_INT(0);
    return OBJ_INT(b.negative && bit_of(&e, 0) ? -1 : 1);
}

// ---- with a modulus --------------------------------------------------------------------------------------------------
static uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) { return (uint64_t)((unsigned __int128)a * b % m); }

static size_t word_digits(uint64_t v) { return digits_of(&(mp_limb_t){v}, v != 0); }

// *room: digits of the longest product.
static uint64_t power_modulo_word(const struct magnitude *base, const struct magnitude *exponent, uint64_t m, size_t *room) {
    uint64_t x = base->len ? mpn_mod_1(base->limb, (mp_size_t)base->len, m) : 0, z = 1 % m;
    if (base->negative && x) x = m - x;
    size_t n_bits = magnitude_bits(exponent), x_digits = magnitude_digits(base);
    for (size_t i = 0; i < n_bits; i++) {
        if (i % LIMB_BITS == 0) poll();
        if (bit_of(exponent, i)) {
            *room = larger(*room, word_digits(z) + x_digits);
            z = multiply_modulo(z, x, m);
        }
        x = multiply_modulo(x, x, m);
        x_digits = word_digits(x);
    }
    return z;
}

// The scratch run of a modular power, in parts of limbs; n: length of the modulus.
struct modular {
    const struct magnitude *m;
    mp_limb_t *x, *z, *product, *quotient; // n, n, 2n, n + 1
};

// to = a * b modulo m; a and b have up to n limbs. Returns the length.
static size_t modular_multiply(struct modular *w, mp_limb_t *to, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len) {
    size_t n = w->m->len, len = product(w->product, a, a_len, b, b_len);
    if (len < n) {
        mpn_copyi(to, w->product, (mp_size_t)len);
        return len;
    }
    if (!int_long_div(w->quotient, to, w->product, len, w->m->limb, n)) int_long_stop();
    return strip(to, n);
}

// w->x = base modulo m. Returns the length.
static size_t modular_reduce(struct modular *w, const struct magnitude *base) {
    size_t n = w->m->len, len = base->len;
    if (len < n) {
        if (len) mpn_copyi(w->x, base->limb, (mp_size_t)len);
    } else {
        mp_limb_t *quotient = heap_new(0, (len - n + 1) * sizeof(mp_limb_t), HEAP_DATA);
        if (!int_long_div(quotient, w->x, base->limb, len, w->m->limb, n)) int_long_stop();
        heap_free(quotient);
        len = strip(w->x, n);
    }
    if (!base->negative || len == 0) return len;
    mpn_sub(w->x, w->m->limb, (mp_size_t)n, w->x, (mp_size_t)len);
    return strip(w->x, n);
}

static obj_t power_modulo_big(struct bigint *z, const struct magnitude *base, const struct magnitude *exponent, const struct magnitude *m) {
    size_t n = m->len, n_bits = magnitude_bits(exponent), room = 2, x_digits = magnitude_digits(base);
    mp_limb_t *run = heap_new(0, (n * 5 + 1) * sizeof(mp_limb_t), HEAP_DATA);
    struct modular w = {m, run, run + n, run + 2 * n, run + 4 * n};
    size_t x_len = modular_reduce(&w, base), len = 1;
    w.z[0] = 1;
    for (size_t i = 0; i < n_bits; i++) {
        poll();
        if (bit_of(exponent, i)) {
            room = larger(room, digits_of(w.z, len) + x_digits);
            len = modular_multiply(&w, w.z, w.z, len, w.x, x_len);
        }
        x_len = modular_multiply(&w, w.x, w.x, x_len, w.x, x_len);
        x_digits = digits_of(w.x, x_len);
    }
    bigint_room(z, room);
    mpn_copyi(bigint_limbs(z), w.z, (mp_size_t)len);
    heap_free(run);
    return bigint_finish(z, len);
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
    struct bigint *z = bigint_header();
    obj_t result;
    if (b.negative && e.len && bit_of(&e, 0)) heap_new(0, 4, HEAP_DATA); // the board corrects a remainder, see int_big.c
    if (m.len == 1) {
        size_t room = 2;
        uint64_t value = power_modulo_word(&b, &e, m.limb[0], &room);
        bigint_room(z, room);
        bigint_limbs(z)[0] = value;
        result = bigint_finish(z, 1);
    } else {
        struct magnitude positive = {.limb = m.limb, .len = m.len};
        result = power_modulo_big(z, &b, &e, &positive);
    }
    if (m.negative && result != OBJ_INT(0)) result = int_binary(OP_ADD, result, modulus);
    return result;
}
