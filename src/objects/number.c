// SPDX-License-Identifier: MIT
// What concerns numbers of more than one kind: float and complex text as the constructors read it, and round().
//
// Accepted text: white space, a number, white space. A number is a float; with allow_imaginary also `xj` and `x+yj`, where an
// imaginary part without digits counts as 1. Underscores may stand anywhere among the digits.
#include "num.h"
#include "run/raise.h"
#include <math.h>

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static size_t skip_space(const char *text, size_t len, size_t at) {
    while (at < len && is_space(text[at])) at++;
    return at;
}

static bool imaginary_mark(const char *text, size_t len, size_t at) { return at < len && (text[at] | 0x20) == 'j'; }

// A float at text[at], or just a sign (or nothing) before `j`. Moves *at; false: neither.
static bool read_part(const char *text, size_t len, bool allow_imaginary, size_t *at, double *value) {
    size_t used;
    if (float_parse(text + *at, len - *at, value, &used)) {
        *at += used;
        return true;
    }
    size_t p = *at;
    if (p < len && (text[p] == '+' || text[p] == '-')) p++;
    if (!allow_imaginary || !imaginary_mark(text, len, p)) return false;
    *value = p > *at && text[*at] == '-' ? -1 : 1;
    *at = p;
    return true;
}

obj_t number_from_text(const char *text, size_t len, bool allow_imaginary, bool force_complex) {
    double real = 0, imag = 0, value = 0;
    bool is_complex = force_complex, good;
    size_t at = skip_space(text, len, 0);
    good = read_part(text, len, allow_imaginary, &at, &value);
    if (good && allow_imaginary && imaginary_mark(text, len, at)) {
        imag = value;
        is_complex = true;
        at++;
    } else if (good) {
        real = value;
        at = skip_space(text, len, at);
        if (allow_imaginary && at < len && (text[at] == '+' || text[at] == '-')) {
            good = read_part(text, len, true, &at, &imag) && imaginary_mark(text, len, at);
            is_complex = true;
            at++;
        }
    }
    if (!good || skip_space(text, len, at) != len) raise_message(&type_ValueError, "invalid syntax for number");
    return is_complex ? complex_new(real, imag) : float_new(real);
}

// value to a multiple of 10 ** places, half to even
static obj_t round_int(obj_t value, intptr_t places) {
    // 10 ** places is more than eight times 2 ** (3 * places): nothing is left of a much shorter number
    if ((size_t)places > int_bit_length(value) / 3 + 1) return OBJ_INT(0);
    obj_t unit = int_binary(OP_POW, OBJ_INT(10), OBJ_INT(places));
    obj_t half = int_binary(OP_FLOORDIV, unit, OBJ_INT(2)), rest = int_binary(OP_MOD, value, unit);
    obj_t down = int_binary(OP_SUB, value, rest);
    int order = int_compare(rest, half);
    if (order == 0) {
        obj_t quotient = int_binary(OP_FLOORDIV, value, unit);
        order = int_to_u64_truncated(quotient) & 1 ? 1 : -1;
    }
    return order > 0 ? int_binary(OP_ADD, down, unit) : down;
}

obj_t number_round(obj_t value, obj_t digits) {
    bool integer = obj_is_int(value) || obj_is(value, &type_int);
    if (integer) {
        if (digits == OBJ_NULL) return value;
        intptr_t places = obj_get_int(digits);
        return places >= 0 ? value : places == INTPTR_MIN ? OBJ_INT(0) : round_int(value, -places);
    }
    double v = obj_get_float(value);
    if (digits == OBJ_NULL) return int_from_double(nearbyint(v));
    double scale = float_narrow(pow(10, (double)obj_get_int(digits)));
    return float_new(nearbyint(float_narrow(v * scale)) / scale);
}
