// SPDX-License-Identifier: MIT
// The processor's arithmetic of single floats. See thumb.h.
//
// Rounding is to nearest, of conversions to integers towards zero; integers that do not fit are the nearest that do, NaN is 0.
// Exceptions of arithmetic leave no trace in FPSCR; only the flags of comparisons are kept there.
#include "native/thumb.h"

#include <math.h>
#include <string.h>

static float number(const struct thumb *t, unsigned s) {
    float f;
    memcpy(&f, &t->s[s], sizeof f);
    return f;
}

static void put(struct thumb *t, unsigned s, float f) { memcpy(&t->s[s], &f, sizeof f); }

static void compare(struct thumb *t, float a, float b) {
    uint32_t flags = 3; // unordered: C and V
    if (a == b) flags = 6;
    else if (a < b) flags = 8;
    else if (a > b) flags = 2;
    t->fpscr = (t->fpscr & 0x0fffffffu) | flags << 28;
}

static uint32_t integer(float f, bool with_sign, bool truncates) {
    if (isnan(f)) return 0;
    double v = truncates ? trunc((double)f) : nearbyint((double)f);
    if (with_sign) return (uint32_t)(v < INT32_MIN ? INT32_MIN : v > INT32_MAX ? INT32_MAX : (int32_t)v);
    return v < 0 ? 0 : v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;
}

static bool one_operand(struct thumb *t, uint32_t w1, uint32_t w2, unsigned d, unsigned m) {
    bool high = w2 & 0x80;
    if (!(w2 & 0x40)) { // VMOV of a constant
        uint32_t imm = (w1 & 15) << 4 | (w2 & 15);
        t->s[d] = (imm & 0x80) << 24 | (imm & 0x40 ? 0x3e000000u : 0x40000000u) | (imm & 0x3f) << 19;
        return true;
    }
    switch (w1 & 15) {
    case 0: t->s[d] = high ? t->s[m] & 0x7fffffffu : t->s[m]; return true;
    case 1:
        if (high) put(t, d, sqrtf(number(t, m)));
        else t->s[d] = t->s[m] ^ 0x80000000u;
        return true;
    case 4: compare(t, number(t, d), number(t, m)); return true;
    case 5: compare(t, number(t, d), 0); return true;
    case 8: put(t, d, high ? (float)(int32_t)t->s[m] : (float)t->s[m]); return true;
    case 12: t->s[d] = integer(number(t, m), false, high); return true;
    case 13: t->s[d] = integer(number(t, m), true, high); return true;
    default: return false;
    }
}

static bool operation(struct thumb *t, uint32_t w1, uint32_t w2) {
    unsigned d = (w2 >> 11 & 30) | (w1 >> 6 & 1), n = (w1 << 1 & 30) | (w2 >> 7 & 1), m = (w2 << 1 & 30) | (w2 >> 5 & 1);
    float a = number(t, n), b = number(t, m), was = number(t, d);
    bool other = w2 & 0x40;
    switch (w1 >> 4 & 11) {
    case 0: put(t, d, was + (other ? -(a * b) : a * b)); return true;
    case 1: put(t, d, -was + (other ? -(a * b) : a * b)); return true;
    case 2: put(t, d, other ? -(a * b) : a * b); return true;
    case 3: put(t, d, other ? a - b : a + b); return true;
    case 8:
        if (other) return false;
        put(t, d, a / b);
        return true;
    case 11: return one_operand(t, w1, w2, d, m);
    default: return false;
    }
}

static bool move(struct thumb *t, uint32_t w1, uint32_t w2) {
    unsigned r = w2 >> 12;
    if ((w1 & 0xffe0) == 0xee00 && (w2 & 0x7f) == 0x10) {
        unsigned n = (w1 << 1 & 30) | (w2 >> 7 & 1);
        if (r == THUMB_PC) return false;
        if (!(w1 & 0x10)) t->s[n] = t->r[r];
        else return thumb_set(t, r, t->s[n], false);
        return true;
    }
    if ((w2 & 0xfff) != 0xa10) return false;
    if (w1 == 0xeee1 && r != THUMB_PC) {
        t->fpscr = t->r[r];
        return true;
    }
    if (w1 != 0xeef1) return false;
    if (r != THUMB_PC) return thumb_set(t, r, t->fpscr, false);
    t->n = t->fpscr >> 31;
    t->z = t->fpscr >> 30 & 1;
    t->c = t->fpscr >> 29 & 1;
    t->v = t->fpscr >> 28 & 1;
    return true;
}

bool thumb_float(struct thumb *t, uint32_t w1, uint32_t w2) {
    if ((w2 & 0xf00) != 0xa00) return false;
    if ((w1 & 0xff20) == 0xed00) {
        unsigned d = (w2 >> 11 & 30) | (w1 >> 6 & 1), n = w1 & 15;
        uint32_t offset = (w2 & 0xff) * 4, base = n == THUMB_PC ? thumb_get(t, n) & ~3u : t->r[n];
        uint32_t address = w1 & 0x80 ? base + offset : base - offset;
        if (w1 & 0x10) t->s[d] = t->load(t->data, address, 4);
        else t->store(t->data, address, 4, t->s[d]);
        return true;
    }
    if ((w1 & 0xff00) != 0xee00) return false;
    return w2 & 0x10 ? move(t, w1, w2) : operation(t, w1, w2);
}
