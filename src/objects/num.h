// SPDX-License-Identifier: MIT
// Integers (small and big), bool, floats, complex.
//
// A small integer is in the handle (range of the profile). A big one is a struct bigint: sign and magnitude; 64-bit limbs, lowest
// first, in one heap run, worked on with GMP's mpn_*. Requests are counted in 16-bit digits as spec/heap-model.md 2.2 states:
// heap_new(0, 2 * digits). Results that fit become small.
// Floats hold a double on the host; on profiles with float_bytes 4 every result is rounded to single.
#ifndef SRC_NUM_H
#define SRC_NUM_H

#include "obj.h"
#include "rt.h"

struct bigint { // 4 words
    const struct type *type; // type_int
    uint32_t negative;
    uint32_t digits;         // room, in 16-bit digits (as requested)
    size_t len;              // limbs in use, top one not zero
    uint64_t *limb;
};
struct float_object { // 2 words on the board (8 bytes)
    const struct type *type;
    double value;
};
struct complex_object { // a word and two floats of the profile
    const struct type *type;
    double real, imag;
};

obj_t int_from(intptr_t v);              // small or big
obj_t int_plain(obj_t o);                // bool to small integer; anything else as it is
obj_t int_from_u64(uint64_t v);
obj_t int_from_i64(int64_t v);
obj_t int_from_double(double v);         // truncates; OverflowError/ValueError `can't convert inf to int`, `... nan ...`
bool obj_is_integer(obj_t o);            // small int, big int or bool
// base 0: from prefix; underscores are skipped; sign and white space around
obj_t int_parse(const char *text, size_t len, int base, bool *ok);
obj_t int_from_text(const char *text, size_t len, int base); // the same; ValueError `invalid syntax for integer with base 10: 'x'`
obj_t int_binary(enum binary_op op, obj_t left, obj_t right); // small or big operands; OBJ_NULL when unsupported
int int_compare(obj_t a, obj_t b);       // -1 0 1, integers only
int int_sign(obj_t o);
bool int_to_i64(obj_t o, int64_t *out);  // false: does not fit
uint64_t int_to_u64_truncated(obj_t o);  // two's complement, low 64 bits
double int_to_double(obj_t o);
obj_t int_from_bytes(const uint8_t *data, size_t len, bool little, bool is_signed);
size_t int_bit_length(obj_t o);
obj_t int_pow_mod(obj_t base, obj_t exponent, obj_t modulus);
// Digits of o in `base` (2..36), lower or upper case, no sign, no prefix, in a heap run that the caller frees. `negative` tells the sign.
char *int_digits(obj_t o, unsigned base, bool upper, size_t *len, bool *negative);
void int_print(struct printer *p, obj_t o);

double float_narrow(double v);           // v rounded to the profile's width
size_t float_hash(double v);             // truncated to the profile's machine word
obj_t float_new(double v);               // rounds to the profile's width
bool obj_is_float(obj_t o);
double float_value(obj_t o);             // o must be a float
bool float_get(obj_t o, double *out);    // float, integer or bool; false for others
double obj_get_float(obj_t o);           // also __float__; TypeError `can't convert x to float`
obj_t float_binary(enum binary_op op, double left, double right); // OBJ_NULL: unsupported
obj_t complex_new(double real, double imag);
bool obj_get_complex_maybe(obj_t o, double *real, double *imag);
void obj_get_complex(obj_t o, double *real, double *imag);
obj_t complex_binary(enum binary_op op, double lr, double li, double rr, double ri);

// Text of a float (objects/float_text.c). Shortest text that reads back to the same value of the profile's width, as repr() writes it.
size_t float_repr(double v, char out[40], bool point); // point: append ".0" when it looks like an integer
// As %e %f %g of printf with that conversion letter, precision < 0: default; writes at most size - 1 characters and a NUL.
size_t float_format(double v, char *out, size_t size, char conversion, int precision, char sign);
// The number at the start of text; *end after it; false when there is none. Accepts inf, nan. Correctly rounded to the profile's width.
bool float_parse(const char *text, size_t len, double *out, size_t *used);
// float(text), complex(text), int(text) with the ValueError of the builtin constructors
obj_t number_from_text(const char *text, size_t len, bool allow_imaginary, bool force_complex);
// Conversions of the reference compiler in 80-bit extended precision (spec/bytecode.md 10.6); need not be used outside src/compile,
// src/code
double float_parse_extended(const char *text, size_t len);
size_t float_text_extended(double v, char out[40]);

// splits used by // and % on small integers
intptr_t int_floor_div(intptr_t a, intptr_t b);
intptr_t int_modulo(intptr_t a, intptr_t b);

#endif
