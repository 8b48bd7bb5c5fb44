// SPDX-License-Identifier: MIT
// Floats as text, both ways.
//
// Between value and text stands struct decimal: the significant digits and the exponent of the first one. It is made in two ways:
//  - shortest: the fewest digits that read back to the same value of the profile's width. Numbers of few digits and moderate size take
//    a fast path that is exact because both the integer made of the digits and the power of ten are exact doubles; others try 15, 16
//    and 17 digits (6 to 9 for single) of the C library's correctly rounded conversion.
//  - rounded: exactly n digits, a tie going up. MicroPython never shows digits beyond the shortest ones; zeros follow.
// repr uses plain notation for exponents -4 to 15 (single: -4 to 6).
// Parsing hands at most MAX_DIGITS digits to strtod/strtof; a 1 stands for anything that follows, so the result is correctly rounded.
#include "num.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_DIGITS = 800, SHORTEST_DIGITS = 17, EXPONENT_LIMIT = 100000 };

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

struct decimal {
    int len, exponent; // value = d.ddd * 10^exponent
    char digit[48];    // characters
};

static bool is_single(void) { return rt.profile.float_bytes == 4; }

// ---- value to digits ---------------------------------------------------------------------------------------------------------

static void decimal_strip(struct decimal *d) {
    while (d->len > 1 && d->digit[d->len - 1] == '0') d->len--;
}

static void decimal_from_integer(struct decimal *d, uint64_t m, int places) {
    char text[24];
    d->len = snprintf(text, sizeof text, "%llu", (unsigned long long)m);
    memcpy(d->digit, text, (size_t)d->len);
    d->exponent = d->len - 1 - places;
    decimal_strip(d);
}

// `count` significant digits, at most 40, correctly rounded (ties as the C library does).
static void decimal_print(struct decimal *d, double v, int count) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", count - 1, v);
    char *e = strchr(text, 'e');
    d->exponent = (int)strtol(e + 1, NULL, 10);
    d->digit[0] = text[0];
    if (count > 1) memcpy(d->digit + 1, text + 2, (size_t)count - 1);
    d->len = count;
}

// The digits plus one in the last place.
static void decimal_step_up(struct decimal *d) {
    int i = d->len - 1;
    while (i >= 0 && d->digit[i] == '9') d->digit[i--] = '0';
    if (i >= 0) {
        d->digit[i]++;
        return;
    }
    d->digit[0] = '1'; // 999 -> 1000, one exponent more and the same number of digits
    d->exponent++;
}

static double decimal_value(const struct decimal *d) {
    char text[80];
    snprintf(text, sizeof text, "%.*se%d", d->len, d->digit, d->exponent - (d->len - 1));
    return is_single() ? float_narrow((double)strtof(text, NULL)) : strtod(text, NULL);
}

static bool shortest_fast_double(double v, struct decimal *d) {
    if (v >= 1e15) return false;
    for (int k = 0; k <= 22; k++) {
        double scaled = v * powers[k];
        if (scaled >= 1e15) return false;
        uint64_t m = (uint64_t)(scaled + 0.5);
        if ((double)m / powers[k] == v) {
            decimal_from_integer(d, m, k);
            return true;
        }
    }
    return false;
}

static bool shortest_fast_single(double v, double centre, struct decimal *d) {
    if (v >= 1e6) return false;
    for (int k = 0; k <= 15; k++) {
        double scaled = centre * powers[k];
        if (scaled >= 1e9) return false;
        uint64_t m = (uint64_t)(scaled + 0.5);
        if (float_narrow((double)m / powers[k]) == v) {
            decimal_from_integer(d, m, k);
            return true;
        }
    }
    return false;
}

// The middle of all reals that become v: v itself, but in the 30-bit format, which cuts, one and a half steps of a single above it.
static double cut_centre(double v) {
    if (!rt.profile.float_unboxed) return v;
    return v + 1.5 * ((double)nextafterf((float)v, INFINITY) - v);
}

// v is finite and positive
static void decimal_shortest(double v, struct decimal *d) {
    bool single = is_single();
    double centre = single ? cut_centre(v) : v;
    if (!isfinite(centre)) centre = v;
    if (single ? shortest_fast_single(v, centre, d) : shortest_fast_double(v, d)) return;
    int exponent, last = single ? 9 : SHORTEST_DIGITS;
    bool power_of_two = frexp(v, &exponent) == 0.5;
    bool tiny = v < (single ? 0x1p-126 : 0x1p-1022);
    int first = tiny || rt.profile.float_unboxed ? 1 : single ? 6 : v > 1e-7 && v < 1e15 ? 16 : 15; // 15 were tried by the fast path
    for (int n = first; n <= last; n++) {
        decimal_print(d, centre, n);
        bool found = n == last || decimal_value(d) == v;
        if (!found && power_of_two && n < last) {
            // the interval is wider above a power of two: the digits above may do although the nearest ones do not
            struct decimal up = *d;
            decimal_step_up(&up);
            found = decimal_value(&up) == v;
            if (found) *d = up;
        }
        if (found) break;
    }
    decimal_strip(d);
}

// Rounds v (finite, not negative) to `count` significant digits, a tie upwards. count < 1: to the place above the first digit (0) or
// beyond (the result is zero, len 0).
static void decimal_rounded(double v, int count, struct decimal *d) {
    if (v == 0) {
        *d = (struct decimal){.len = 1, .exponent = 0, .digit = {'0'}};
        return;
    }
    decimal_shortest(v, d);
    bool tiny = v < (is_single() ? 0x1p-126 : 0x1p-1022); // few digits tell it from its neighbours, but more of them are true
    if (count >= (tiny ? SHORTEST_DIGITS : d->len)) return;
    if (count < 0) {
        d->len = 0;
        return;
    }
    struct decimal exact;
    decimal_print(&exact, v, 40);
    bool up = exact.digit[count] >= '5';
    *d = exact;
    d->len = count;
    if (count == 0) {
        if (!up) return;
        d->len = 1;
        d->digit[0] = '1';
        d->exponent++;
    } else if (up) {
        decimal_step_up(d);
    }
}

// ---- digits to text ----------------------------------------------------------------------------------------------------------

struct text_out { // writes what fits
    char *to;
    size_t room, len;
};

static void put(struct text_out *o, char c) {
    if (o->len < o->room) o->to[o->len++] = c;
}

static char decimal_digit(const struct decimal *d, int i) { return i >= 0 && i < d->len ? d->digit[i] : '0'; }

static void put_plain(struct text_out *o, const struct decimal *d, int places) {
    if (d->exponent < 0) put(o, '0');
    for (int i = 0; i <= d->exponent; i++) put(o, decimal_digit(d, i));
    if (places <= 0) return;
    put(o, '.');
    for (int i = 1; i <= places; i++) put(o, decimal_digit(d, d->exponent + i));
}

static void put_exponent(struct text_out *o, int exponent, char letter) {
    char text[16];
    int n = snprintf(text, sizeof text, "%c%c%02d", letter, exponent < 0 ? '-' : '+', abs(exponent));
    for (int i = 0; i < n; i++) put(o, text[i]);
}

static void put_scientific(struct text_out *o, const struct decimal *d, int places, char letter) {
    put(o, decimal_digit(d, 0));
    if (places > 0) put(o, '.');
    for (int i = 1; i <= places; i++) put(o, decimal_digit(d, i));
    put_exponent(o, d->exponent, letter);
}

static void put_special(struct text_out *o, double v, bool upper) {
    const char *text = isnan(v) ? (upper ? "NAN" : "nan") : upper ? "INF" : "inf";
    while (*text) put(o, *text++);
}

size_t float_repr(double v, char out[40], bool point) {
    struct text_out o = {out, 39, 0};
    v = float_narrow(v);
    if (signbit(v) && !isnan(v)) put(&o, '-');
    v = fabs(v);
    if (!isfinite(v)) {
        put_special(&o, v, false);
    } else {
        struct decimal d = {.len = 1, .exponent = 0, .digit = {'0'}};
        if (v != 0) decimal_shortest(v, &d);
        int fraction = d.len - 1 - d.exponent;
        if (d.exponent < -4 || d.exponent > (is_single() ? 6 : 15)) {
            put_scientific(&o, &d, d.len - 1, 'e');
        } else {
            put_plain(&o, &d, fraction > 0 ? fraction : point);
        }
    }
    out[o.len] = 0;
    return o.len;
}

// ---- %e %f %g ----------------------------------------------------------------------------------------------------------------

enum { EXPONENT_ROOM = 5 }; // e+308

static int limit(int v, int low, int high) { return v < low ? low : v > high ? high : v; }

static void format_scientific(struct text_out *o, double v, int precision, char letter) {
    int room = (int)(o->room - o->len) - EXPONENT_ROOM - 2;
    precision = limit(precision, 0, limit(room, 0, 1000));
    struct decimal d;
    decimal_rounded(v, precision + 1, &d);
    put_scientific(o, &d, precision, letter);
}

static void format_general(struct text_out *o, double v, int precision, char letter) {
    int room = (int)(o->room - o->len) - EXPONENT_ROOM - 1;
    precision = limit(precision, 1, limit(room, 1, 1000));
    struct decimal d;
    decimal_rounded(v, precision, &d);
    decimal_strip(&d);
    if (d.exponent < -4 || d.exponent >= precision) {
        put_scientific(o, &d, d.len - 1, letter);
    } else {
        put_plain(o, &d, d.len - 1 - d.exponent);
    }
}

// Too long for the room: decimals are dropped; when the digits before the point alone do not fit, %g it is.
static void format_fixed(struct text_out *o, double v, int precision, char letter) {
    int room = (int)(o->room - o->len);
    precision = limit(precision, 0, 10000);
    struct decimal d = {.len = 1, .exponent = 0, .digit = {'0'}};
    if (v != 0) decimal_shortest(v, &d);
    int exponent = d.exponent, whole = exponent > 0 ? exponent : 0;
    if (whole > 0 && (whole + precision > (int)o->room || whole + 1 > room)) {
        format_general(o, v, precision + 1, letter);
        return;
    }
    precision = limit(precision, 0, limit(room - whole - 2, 0, 10000));
    if (v != 0) decimal_rounded(v, exponent + 1 + precision, &d);
    if (d.len == 0) d = (struct decimal){.len = 1, .exponent = 0, .digit = {'0'}};
    put_plain(o, &d, precision);
}

size_t float_format(double v, char *out, size_t size, char conversion, int precision, char sign) {
    if (size == 0) return 0;
    struct text_out o = {out, size - 1, 0};
    bool upper = conversion >= 'A' && conversion <= 'Z';
    char exponent_letter = upper ? 'E' : 'e';
    if (signbit(v) && !isnan(v)) put(&o, '-');
    else if (sign) put(&o, sign);
    v = fabs(v);
    if (precision < 0) precision = 6;
    if (conversion == '%') v *= 100;
    if (!isfinite(v)) put_special(&o, v, upper);
    else if ((conversion | 0x20) == 'e') format_scientific(&o, v, precision, exponent_letter);
    else if ((conversion | 0x20) == 'g') format_general(&o, v, precision, exponent_letter);
    else format_fixed(&o, v, precision, exponent_letter);
    if (conversion == '%') put(&o, '%');
    out[o.len] = 0;
    return o.len;
}

// ---- text to value -------------------------------------------------------------------------------------------------------------

struct float_scan {
    char digit[MAX_DIGITS + 40]; // significant digits, then room for the exponent
    int len;
    int exponent; // of ten, for the digits as an integer
    bool more;    // a digit that is not zero was dropped
};

static size_t match_word(const char *text, size_t len, const char *word) {
    size_t n = 0;
    while (word[n]) {
        if (n >= len || (text[n] | 0x20) != word[n]) return 0;
        n++;
    }
    return n;
}

static void scan_digit(struct float_scan *s, char c, bool fraction) {
    if (s->len < MAX_DIGITS) {
        if (s->len > 0 || c != '0') s->digit[s->len++] = c;
        if (fraction) s->exponent--;
        return;
    }
    s->more |= c != '0';
    if (!fraction && s->exponent < EXPONENT_LIMIT) s->exponent++;
}

// Digits, point, underscores. Returns the characters read.
static size_t scan_mantissa(struct float_scan *s, const char *text, size_t len) {
    bool fraction = false;
    size_t i = 0;
    for (; i < len; i++) {
        char c = text[i];
        if (c >= '0' && c <= '9') scan_digit(s, c, fraction);
        else if (c == '.' && !fraction) fraction = true;
        else if (c != '_') break;
    }
    return i;
}

// Text after the letter e. 0: no digit or underscore there.
static size_t scan_exponent(struct float_scan *s, const char *text, size_t len) {
    size_t i = 0;
    bool negative = false;
    int value = 0;
    if (i < len && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
    size_t start = i;
    for (; i < len && ((text[i] >= '0' && text[i] <= '9') || text[i] == '_'); i++) {
        if (text[i] != '_' && value < EXPONENT_LIMIT) value = value * 10 + (text[i] - '0');
    }
    s->exponent += negative ? -value : value;
    return i > start ? i : 0;
}

static double scan_value(struct float_scan *s) {
    if (s->len == 0) return 0;
    if (s->len <= 15 && !s->more && s->exponent >= -22 && s->exponent <= 22 && !is_single()) {
        uint64_t m = 0;
        for (int i = 0; i < s->len; i++) m = m * 10 + (uint64_t)(s->digit[i] - '0');
        return s->exponent < 0 ? (double)m / powers[-s->exponent] : (double)m * powers[s->exponent];
    }
    if (s->more) {
        s->digit[s->len++] = '1';
        s->exponent--;
    }
    snprintf(s->digit + s->len, 16, "e%d", s->exponent);
    return is_single() ? float_narrow((double)strtof(s->digit, NULL)) : strtod(s->digit, NULL);
}

bool float_parse(const char *text, size_t len, double *out, size_t *used) {
    size_t at = 0, n;
    bool negative = false;
    if (at < len && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
    double v;
    if ((n = match_word(text + at, len - at, "infinity")) != 0 || (n = match_word(text + at, len - at, "inf")) != 0) {
        v = INFINITY;
        at += n;
    } else if ((n = match_word(text + at, len - at, "nan")) != 0) {
        v = NAN;
        at += n;
    } else {
        struct float_scan s;
        s.len = s.exponent = 0;
        s.more = false;
        n = scan_mantissa(&s, text + at, len - at);
        size_t start = at;
        at += n;
        if (at < len && (text[at] | 0x20) == 'e') {
            n = scan_exponent(&s, text + at + 1, len - at - 1);
            if (n == 0) return false;
            at += n + 1;
        }
        if (at == start) return false;
        v = scan_value(&s);
    }
    *out = negative ? -v : v;
    *used = at;
    return true;
}
