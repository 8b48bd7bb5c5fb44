// SPDX-License-Identifier: MIT
// Inside of the integer files: magnitudes of any integer, and operations whose operands or results may be big.
//
// A magnitude is a read-only view of an integer of either form. It points into the big integer's limbs, or at its own field for a
// small one, so it must not be copied. Every operation asks the heap for what spec/heap-model.md 2.2 lists, in that order, and
// answers a small integer when the value is one (the big result is then garbage, as on a board).
#ifndef SRC_INT_BIG_H
#define SRC_INT_BIG_H

#include "num.h"
#include <gmp.h>

enum { LIMB_BITS = 64, DIGIT_BITS = 16, LIMB_DIGITS = 4 };

struct magnitude {
    const mp_limb_t *limb;
    size_t len; // limbs, the top one is not zero
    bool negative;
    mp_limb_t own;
};

void magnitude_of(obj_t o, struct magnitude *m); // o: small, big or bool
size_t magnitude_bits(const struct magnitude *m);
size_t magnitude_digits(const struct magnitude *m); // 16-bit digits in use
int magnitude_compare(const struct magnitude *a, const struct magnitude *b);

struct bigint *bigint_header(void);
void bigint_room(struct bigint *z, size_t digits); // gives a header its digit store (at least 2 digits)
struct bigint *bigint_new(size_t digits);          // header, then store
void bigint_grow(struct bigint *z, size_t digits); // the store becomes at least this long
obj_t bigint_finish(struct bigint *z, size_t len); // strips zero limbs; small when it fits
static inline mp_limb_t *bigint_limbs(const struct bigint *z) { return (mp_limb_t *)z->limb; }

obj_t bigint_from_parts(uint64_t value, bool negative); // 4 digits; small when it fits
obj_t bigint_add(const struct magnitude *a, const struct magnitude *b, bool subtract);
obj_t bigint_mul(const struct magnitude *a, const struct magnitude *b);
obj_t bigint_floor_div(const struct magnitude *a, const struct magnitude *b); // b not zero
obj_t bigint_modulo(const struct magnitude *a, const struct magnitude *b);
obj_t bigint_divmod(const struct magnitude *a, const struct magnitude *b);
obj_t bigint_shift_left(const struct magnitude *a, size_t count);
obj_t bigint_shift_right(const struct magnitude *a, size_t count); // rounds down
obj_t bigint_bitwise(enum binary_op op, const struct magnitude *a, const struct magnitude *b);
obj_t bigint_copy(const struct magnitude *a, bool negative);
obj_t bigint_invert(const struct magnitude *a);
bool int_fits_bytes(obj_t o, size_t len, bool is_signed);                   // as CPython takes `signed`
void int_store_bytes(obj_t o, uint8_t *out, size_t len, bool little);          // lowest bytes, two's complement
obj_t int_power(obj_t base, obj_t exponent); // integers; a negative exponent gives a float

#endif
