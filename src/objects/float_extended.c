// SPDX-License-Identifier: MIT
// Conversions between doubles and text as the reference cross-compiler does them: in 80-bit extended precision, every operation
// rounded to nearest even (spec/bytecode.md 10.6). They are not always correctly rounded, on purpose: compiled files are compared
// byte for byte.
//
// The arithmetic is done here in software, the same on every host: struct extended is m * 2^e with a 64-bit m whose top bit is set,
// or zero (m == 0). Exponents are unbounded; powers of ten stay far inside the range of the real format.
#include "num.h"
#include <math.h>
#include <stdio.h>

typedef unsigned __int128 wide;

struct extended {
    uint64_t m;
    int e;
};

enum { POWER_LIMIT = 5000 }; // beyond it every double is zero or infinite

// high bits of v that make 64, rounded to nearest even
static struct extended extended_round(wide v, int e) {
    if (v == 0) return (struct extended){0, 0};
    uint64_t high = (uint64_t)(v >> 64);
    if (high == 0) {
        unsigned lead = (unsigned)__builtin_clzll((uint64_t)v);
        return (struct extended){(uint64_t)v << lead, e - (int)lead};
    }
    unsigned drop = 64 - (unsigned)__builtin_clzll(high);
    uint64_t m = (uint64_t)(v >> drop);
    wide rest = v & (((wide)1 << drop) - 1), half = (wide)1 << (drop - 1);
    e += (int)drop;
    if (rest > half || (rest == half && (m & 1))) {
        if (++m == 0) {
            m = (uint64_t)1 << 63;
            e++;
        }
    }
    return (struct extended){m, e};
}

static struct extended extended_mul(struct extended a, struct extended b) { return extended_round((wide)a.m * b.m, a.e + b.e); }

// b is not zero
static struct extended extended_div(struct extended a, struct extended b) {
    if (a.m == 0) return a;
    unsigned shift = a.m >= b.m ? 63 : 64;
    wide n = (wide)a.m << shift;
    uint64_t q = (uint64_t)(n / b.m), rest = (uint64_t)(n % b.m);
    struct extended r = {q, a.e - b.e - (int)shift};
    if (rest > b.m - rest || (rest == b.m - rest && (q & 1))) {
        if (++r.m == 0) {
            r.m = (uint64_t)1 << 63;
            r.e++;
        }
    }
    return r;
}

static struct extended extended_scale(struct extended v, int power) {
    struct extended p = extended_round(10, 0);
    for (unsigned k = (unsigned)(power < 0 ? -power : power); k; k >>= 1) {
        if (k & 1) v = power < 0 ? extended_div(v, p) : extended_mul(v, p);
        p = extended_mul(p, p);
    }
    return v;
}

static double extended_to_double(struct extended v) {
    if (v.m == 0) return 0;
    int top = v.e + 63, keep = 53; // value in [2^top, 2^(top + 1))
    if (top > 1023) return INFINITY;
    if (top < -1022) keep -= -1022 - top;
    if (keep < 0) return 0;
    unsigned drop = 64 - (unsigned)keep;
    uint64_t m = drop == 64 ? 0 : v.m >> drop, rest = drop == 64 ? v.m : v.m & (((uint64_t)1 << drop) - 1),
        half = (uint64_t)1 << (drop - 1);
    if (rest > half || (rest == half && (m & 1))) m++;
    return ldexp((double)m, v.e + (int)drop);
}

static struct extended extended_from_double(double v) {
    int e;
    double fraction = frexp(v, &e);
    return extended_round((wide)(uint64_t)ldexp(fraction, 53), e - 53);
}

// v + 0.5 (rounded), then the integer part. v is below 2^64.
static uint64_t extended_round_up_half(struct extended v) {
    if (v.e > 0) return UINT64_MAX;
    if (v.e == 0) return v.m + (v.m & 1); // half of the last place: to even
    unsigned places = (unsigned)-v.e;
    if (places > 64) return 0;
    if (places == 64) return 1; // the value itself is at least one half
    wide sum = (wide)v.m + ((uint64_t)1 << (places - 1));
    struct extended r = extended_round(sum, v.e);
    return r.e >= 0 ? r.m << r.e : r.m >> -r.e;
}

// ---- text to double ------------------------------------------------------------------------------------------------------------

static const uint64_t digit_limit = 0x1999999999999998;

struct digits {
    uint64_t m;
    bool full;
    int taken;
};

static void digits_take(struct digits *d, unsigned digit) {
    if (!d->full && d->m < digit_limit) {
        d->m = d->m * 10 + digit;
        d->taken++;
    } else {
        d->full = true;
    }
}

static int read_exponent(const char *p, const char *end) {
    bool negative = false;
    int value = 0;
    if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
    for (; p < end; p++) {
        if (*p >= '0' && *p <= '9' && value < 100000) value = value * 10 + (*p - '0');
    }
    return negative ? -value : value;
}

double float_parse_extended(const char *text, size_t len) {
    const char *p = text, *end = text + len;
    bool negative = p < end && *p == '-', fraction = false;
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p < end && (*p | 0x20) == 'i') return negative ? -INFINITY : INFINITY;
    if (p < end && (*p | 0x20) == 'n') return NAN;
    struct digits d = {0, false, 0};
    int whole = 0, zeros = 0, exponent = 0;
    for (; p < end; p++) {
        if (*p == '.') {
            fraction = true;
        } else if (*p >= '0' && *p <= '9') {
            if (!fraction && whole < 100000) whole++;
            zeros++; // a zero is held back until another digit follows
            if (*p == '0') continue;
            for (; zeros > 1; zeros--) digits_take(&d, 0);
            zeros = 0;
            digits_take(&d, (unsigned)(*p - '0'));
        } else if ((*p | 0x20) == 'e') {
            exponent = read_exponent(p + 1, end);
            break;
        } else if (*p != '_') {
            break;
        }
    }
    if (d.m == 0) return negative ? -0.0 : 0.0;
    int power = whole - d.taken + exponent;
    double v = power > POWER_LIMIT    ? INFINITY
               : power < -POWER_LIMIT ? 0
                                      : extended_to_double(extended_scale(extended_round(d.m, 0), power));
    return negative ? -v : v;
}

// ---- double to text ------------------------------------------------------------------------------------------------------------

static int decimal_exponent(double v) {
    char text[40];
    int e = 0, sign = 1;
    snprintf(text, sizeof text, "%.30e", v); // more digits than needed: must not round up to the next power of ten
    const char *p = strchr(text, 'e') + 1;
    if (*p == '-') sign = -1;
    for (p++; *p; p++) e = e * 10 + (*p - '0');
    e *= sign;
    // The double that stands for a power of ten counts as that power also when it lies a little below: 1e23 has the exponent 23.
    int len = snprintf(text, sizeof text, "1e%d", e + 1);
    return float_parse_extended(text, (size_t)len) <= v ? e + 1 : e;
}

// digits[0..count) with the exponent of the first one. Returns the length of the text.
static size_t write_number(char *out, const char *digits, int count, int exponent, bool point) {
    size_t n = 0;
    int last = count;
    while (last > 1 && digits[last - 1] == '0') last--;
    if (exponent < -4 || exponent > 15) {
        out[n++] = digits[0];
        if (last > 1) out[n++] = '.';
        for (int i = 1; i < last; i++) out[n++] = digits[i];
        n += (size_t)snprintf(out + n, 8, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
        out[n] = 0;
        return n;
    }
    for (int i = exponent < 0 ? exponent : 0; i < last || i <= exponent; i++) {
        if (i == exponent + 1) out[n++] = '.';
        out[n++] = i < 0 || i >= last ? '0' : digits[i];
    }
    if (last <= exponent + 1 && point) {
        out[n++] = '.';
        out[n++] = '0';
    }
    out[n] = 0;
    return n;
}

size_t float_text_extended(double v, char out[40]) {
    size_t sign = 0;
    if (isnan(v)) return (size_t)snprintf(out, 40, "nan");
    if (signbit(v)) out[sign++] = '-';
    v = fabs(v);
    if (isinf(v)) return sign + (size_t)snprintf(out + sign, 39, "inf");
    if (v == 0) return sign + (size_t)snprintf(out + sign, 39, "0.0");
    int exponent = decimal_exponent(v);
    size_t len = 0;
    for (int count = 16; count <= 19; count++) {
        char digits[24];
        int e = exponent;
        uint64_t n = extended_round_up_half(extended_scale(extended_from_double(v), count - 1 - e)), ten = 1;
        for (int i = 0; i < count; i++) ten *= 10;
        if (n >= ten) {
            n /= 10;
            e++;
        }
        for (int i = count; i-- > 0; n /= 10) digits[i] = (char)('0' + n % 10);
        digits[count] = 0;
        len = write_number(out + sign, digits, count, e, true);
        if (float_parse_extended(out + sign, len) == v) break;
    }
    return sign + len;
}
