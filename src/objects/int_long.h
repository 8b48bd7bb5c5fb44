// SPDX-License-Identifier: MIT
// Arithmetic on limbs that may take seconds, and hears Ctrl-C all the same. Limbs are as for mpn_mul(): least significant first.
//
// Each function gives up when Ctrl-C arrives and says so: what it should have written is then undefined, what it read is as it was. The
// caller gives back host memory, if it has some, and calls int_long_stop().
#ifndef SRC_INT_LONG_H
#define SRC_INT_LONG_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>

// to: a_len + b_len limbs, a place of its own. Both lengths at least 1; the order does not matter.
bool int_long_mul(mp_limb_t *to, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len);
// a_len >= b_len >= 1. quotient: a_len - b_len + 1 limbs, rest: b_len
bool int_long_div(mp_limb_t *quotient, mp_limb_t *rest, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len);
// As mpn_get_str() and mpn_set_str(). 0 of int_long_digits: gave up. `a` is overwritten.
size_t int_long_digits(unsigned char *to, unsigned base, mp_limb_t *a, size_t len);
bool int_long_scan(mp_limb_t *to, size_t *len, const unsigned char *digits, size_t n, unsigned base);
void int_long_stop(void); // KeyboardInterrupt

#endif
