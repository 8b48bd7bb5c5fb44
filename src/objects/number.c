// SPDX-License-Identifier: MIT
// Float and complex text as the constructors read it.
//
// Accepted text: white space, a number, white space. A number is a float; with allow_imaginary also `xj` and `x+yj`, where an
// imaginary part without digits counts as 1. Underscores may stand anywhere among the digits.
#include "num.h"
#include "run/raise.h"

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
