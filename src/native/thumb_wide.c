// SPDX-License-Identifier: MIT
// The processor's instructions of 32 bits. See thumb.h; floats are in thumb_float.c.
#include "native/thumb.h"

// ---- arithmetic -------------------------------------------------------------------------------------------------------------
static uint32_t expand(uint32_t imm12, bool *carry) { // a "modified immediate" of 12 bits
    uint32_t low = imm12 & 0xff;
    if (imm12 >> 10) return thumb_shift(3, 0x80 | (imm12 & 0x7f), imm12 >> 7, carry);
    switch (imm12 >> 8) {
    case 0: return low;
    case 1: return low << 16 | low;
    case 2: return low << 24 | low << 8;
    default: return low * 0x01010101u;
    }
}

static bool logic(struct thumb *t, uint32_t w1, unsigned d, uint32_t result, bool carry, bool keeps) {
    bool flags = w1 & 0x10;
    if (flags) {
        thumb_nz(t, result);
        t->c = carry;
    }
    return keeps ? thumb_set(t, d, result, false) : flags;
}

// The operation of w1 with its second operand; carry is what the shifter left.
static bool operate(struct thumb *t, uint32_t w1, uint32_t w2, uint32_t b, bool carry) {
    unsigned op = w1 >> 5 & 15, n = w1 & 15, d = w2 >> 8 & 15;
    bool flags = w1 & 0x10, keeps = d != THUMB_PC, plain = n == THUMB_PC;
    uint32_t a = plain ? 0 : t->r[n], result;
    switch (op) {
    case 0: return logic(t, w1, d, a & b, carry, keeps);
    case 1: return keeps && logic(t, w1, d, a & ~b, carry, true);
    case 2: return keeps && logic(t, w1, d, a | b, carry, true);
    case 3: return keeps && logic(t, w1, d, a | ~b, carry, true);
    case 4: return logic(t, w1, d, a ^ b, carry, keeps);
    case 8: result = thumb_add(t, a, b, false, flags); break;
    case 10: result = thumb_add(t, a, b, t->c, flags); break;
    case 11: result = thumb_add(t, a, ~b, t->c, flags); break;
    case 13: result = thumb_add(t, a, ~b, true, flags); break;
    case 14: result = thumb_add(t, ~a, b, true, flags); break;
    default: return false;
    }
    if (!keeps) return flags && (op == 8 || op == 13); // CMN, CMP
    return thumb_set(t, d, result, false);
}

static bool fixed_operand(struct thumb *t, uint32_t w1, uint32_t w2) {
    bool carry = t->c;
    uint32_t b = expand((w1 & 0x400) << 1 | (w2 >> 4 & 0x700) | (w2 & 0xff), &carry);
    return operate(t, w1, w2, b, carry);
}

static bool shifted_operand(struct thumb *t, uint32_t w1, uint32_t w2) {
    bool carry = t->c;
    unsigned m = w2 & 15;
    if (m == THUMB_PC) return false;
    uint32_t b = thumb_shift_fixed(w2 >> 4 & 3, t->r[m], (w2 >> 10 & 28) | (w2 >> 6 & 3), &carry);
    return operate(t, w1, w2, b, carry);
}

static bool bit_field(struct thumb *t, unsigned op, unsigned n, unsigned d, uint32_t w2) {
    unsigned low = (w2 >> 10 & 28) | (w2 >> 6 & 3), last = w2 & 31;
    if (op == 0x16) { // BFI, BFC
        if (last < low) return false;
        uint32_t mask = (last - low == 31 ? UINT32_MAX : (1u << (last - low + 1)) - 1) << low, from = n == THUMB_PC ? 0 : t->r[n];
        return thumb_set(t, d, (t->r[d] & ~mask) | (from << low & mask), false);
    }
    if (low + last > 31 || n == THUMB_PC) return false;
    uint32_t up = t->r[n] << (31 - low - last);
    bool carry;
    return thumb_set(t, d, thumb_shift(op == 0x14 ? 2 : 1, up, 31 - last, &carry), false);
}

static bool plain_operand(struct thumb *t, uint32_t w1, uint32_t w2) {
    unsigned op = w1 >> 4 & 31, n = w1 & 15, d = w2 >> 8 & 15;
    uint32_t imm12 = (w1 & 0x400) << 1 | (w2 >> 4 & 0x700) | (w2 & 0xff), imm16 = n << 12 | imm12;
    uint32_t a = n == THUMB_PC ? thumb_get(t, n) & ~3u : t->r[n];
    if (d == THUMB_PC) return false;
    switch (op) {
    case 0x00: return thumb_set(t, d, a + imm12, false);
    case 0x0a: return thumb_set(t, d, a - imm12, false);
    case 0x04: return thumb_set(t, d, imm16, false);
    case 0x0c: return thumb_set(t, d, (t->r[d] & 0xffff) | imm16 << 16, false);
    case 0x14: case 0x16: case 0x1c: return bit_field(t, op, n, d, w2);
    default: return false;
    }
}

static uint32_t reversed(uint32_t v) {
    uint32_t out = 0;
    for (unsigned i = 0; i < 32; i++) out |= (v >> i & 1) << (31 - i);
    return out;
}

static bool registers(struct thumb *t, uint32_t w1, uint32_t w2) { // 1111 1010
    unsigned n = w1 & 15, d = w2 >> 8 & 15, m = w2 & 15;
    if (d == THUMB_PC || m == THUMB_PC || (w2 & 0xf000) != 0xf000) return false;
    uint32_t v = t->r[m], swapped = (v & 0x00ff00ffu) << 8 | (v >> 8 & 0x00ff00ffu);
    bool carry = t->c;
    if (!(w1 & 0x80) && !(w2 & 0xf0)) {
        if (n == THUMB_PC) return false;
        return logic(t, w1, d, thumb_shift(w1 >> 5 & 3, t->r[n], v & 0xff, &carry), carry, true);
    }
    if (!(w1 & 0x80) && (w2 & 0xc0) == 0x80 && n == THUMB_PC) { // extensions
        uint32_t turned = thumb_shift(3, v, (w2 >> 4 & 3) * 8, &carry);
        unsigned op = w1 >> 4 & 7;
        if (op == 0 || op == 4) return thumb_set(t, d, thumb_extend(turned, op == 0 ? 2 : 1), false);
        if (op == 1 || op == 5) return thumb_set(t, d, turned & (op == 1 ? 0xffff : 0xff), false);
        return false;
    }
    if (n != m) return false;
    switch ((w1 >> 4 & 15) << 4 | (w2 >> 4 & 15)) {
    case 0x98: return thumb_set(t, d, swapped << 16 | swapped >> 16, false);
    case 0x99: return thumb_set(t, d, swapped, false);
    case 0x9a: return thumb_set(t, d, reversed(v), false);
    case 0x9b: return thumb_set(t, d, thumb_extend(swapped, 2), false);
    case 0xb8: {
        uint32_t zeros = 0;
        while (zeros < 32 && !(v << zeros >> 31)) zeros++;
        return thumb_set(t, d, zeros, false);
    }
    default: return false;
    }
}

static uint32_t divide(uint32_t a, uint32_t b, bool with_sign) {
    if (b == 0) return 0;
    if (!with_sign) return a / b;
    return (uint32_t)((int64_t)(int32_t)a / (int32_t)b);
}

static bool multiply(struct thumb *t, uint32_t w1, uint32_t w2) { // 1111 1011
    unsigned n = w1 & 15, low = w2 >> 12, d = w2 >> 8 & 15, m = w2 & 15, op = (w1 >> 4 & 15) << 4 | (w2 >> 4 & 15);
    if (n == THUMB_PC || m == THUMB_PC || d == THUMB_PC) return false;
    uint32_t a = t->r[n], b = t->r[m], product = a * b;
    if (op == 0x00) return thumb_set(t, d, low == THUMB_PC ? product : product + t->r[low], false);
    if (op == 0x01) return low != THUMB_PC && thumb_set(t, d, t->r[low] - product, false);
    if (op == 0x9f || op == 0xbf) return thumb_set(t, d, divide(a, b, op == 0x9f), false);
    if (low == THUMB_PC || low == d) return false;
    uint64_t wide, old = (uint64_t)t->r[d] << 32 | t->r[low];
    switch (op) {
    case 0x80: case 0xc0: wide = (uint64_t)((int64_t)(int32_t)a * (int32_t)b); break;
    case 0xa0: case 0xe0: wide = (uint64_t)a * b; break;
    default: return false;
    }
    if (op & 0x40) wide += old;
    t->r[low] = (uint32_t)wide;
    return thumb_set(t, d, (uint32_t)(wide >> 32), false);
}

// ---- memory -----------------------------------------------------------------------------------------------------------------
static bool many(struct thumb *t, uint32_t w1, uint32_t w2) {
    unsigned n = w1 & 15, mode = w1 >> 7 & 3;
    uint32_t size = 4 * thumb_count(w2), base = t->r[n];
    if (n == THUMB_PC || (mode != 1 && mode != 2)) return false;
    uint32_t address = mode == 1 ? base : base - size, after = mode == 1 ? base + size : base - size;
    bool good = true;
    if (w1 & 0x10) good = thumb_load_many(t, address, w2);
    else thumb_store_many(t, address, w2);
    if (w1 & 0x20 && !((w1 & 0x10) && w2 >> n & 1)) t->r[n] = after;
    return good;
}

static bool pairs_exclusive_tables(struct thumb *t, uint32_t w1, uint32_t w2) {
    unsigned n = w1 & 15, a = w2 >> 12, b = w2 >> 8 & 15;
    uint32_t base = n == THUMB_PC ? thumb_get(t, n) & ~3u : t->r[n], offset = (w2 & 0xff) * 4;
    if ((w1 & 0xfff0) == 0xe8d0 && (w2 & 0xffe0) == 0xf000) { // TBB, TBH
        unsigned bytes = w2 & 0x10 ? 2 : 1;
        uint32_t table = thumb_get(t, n) + t->r[w2 & 15] * bytes;
        t->next = t->r[THUMB_PC] + 4 + 2 * t->load(t->data, table, bytes);
        return true;
    }
    if (a == THUMB_PC) return false;
    if ((w1 & 0xfff0) == 0xe850) { // LDREX
        uint32_t value = t->load(t->data, base + offset, 4);
        t->exclusive = true;
        return thumb_set(t, a, value, false);
    }
    if ((w1 & 0xfff0) == 0xe840) { // STREX: 0 when it was stored
        bool stores = t->exclusive;
        if (stores) t->store(t->data, base + offset, 4, t->r[a]);
        t->exclusive = false;
        return b != THUMB_PC && thumb_set(t, b, !stores, false);
    }
    if (!(w1 & 0x120) || b == THUMB_PC) return false;
    uint32_t after = w1 & 0x80 ? base + offset : base - offset, address = w1 & 0x100 ? after : base;
    if (w1 & 0x10) {
        uint32_t first = t->load(t->data, address, 4), second = t->load(t->data, address + 4, 4);
        t->r[a] = first;
        t->r[b] = second;
    } else {
        t->store(t->data, address, 4, t->r[a]);
        t->store(t->data, address + 4, 4, t->r[b]);
    }
    if (w1 & 0x20) t->r[n] = after;
    return true;
}

static bool single(struct thumb *t, uint32_t w1, uint32_t w2) { // 1111 100
    unsigned n = w1 & 15, r = w2 >> 12, bytes = 1u << (w1 >> 5 & 3);
    bool loads = w1 & 0x10, with_sign = w1 & 0x100, write_back = false;
    uint32_t base = n == THUMB_PC ? thumb_get(t, n) & ~3u : t->r[n], address, after = base;
    if (bytes > 4 || (with_sign && (!loads || bytes == 4))) return false;
    if (n == THUMB_PC) {
        if (!loads) return false;
        address = w1 & 0x80 ? base + (w2 & 0xfff) : base - (w2 & 0xfff);
    } else if (w1 & 0x80) {
        address = base + (w2 & 0xfff);
    } else if (w2 & 0x800) {
        uint32_t offset = w2 & 0xff;
        after = w2 & 0x200 ? base + offset : base - offset;
        address = w2 & 0x400 ? after : base;
        write_back = w2 & 0x100;
    } else {
        if ((w2 & 0xfc0) || (w2 & 15) == THUMB_PC) return false;
        address = base + (t->r[w2 & 15] << (w2 >> 4 & 3));
    }
    if (!loads) {
        if (r == THUMB_PC) return false;
        t->store(t->data, address, bytes, t->r[r]);
    } else if (r == THUMB_PC && bytes < 4) {
        return true; // PLD, PLI
    } else {
        uint32_t value = t->load(t->data, address, bytes);
        if (write_back) t->r[n] = after;
        return thumb_set(t, r, with_sign ? thumb_extend(value, bytes) : value, true);
    }
    if (write_back) t->r[n] = after;
    return true;
}

// ---- jumps and control ------------------------------------------------------------------------------------------------------
static bool special(struct thumb *t, uint32_t w1, uint32_t w2) {
    if (w1 == 0xf3ef && (w2 & 0xf000) == 0x8000 && (w2 >> 8 & 15) != THUMB_PC) { // MRS
        uint32_t flags = (uint32_t)t->n << 31 | (uint32_t)t->z << 30 | (uint32_t)t->c << 29 | (uint32_t)t->v << 28;
        unsigned which = w2 & 0xff;
        uint32_t value = which < 4 ? flags : which == 16 ? t->masked : 0; // IPSR, BASEPRI and the others are 0
        if (which == 8 || which == 9) value = t->r[THUMB_SP];
        return thumb_set(t, w2 >> 8 & 15, value, false);
    }
    if ((w1 & 0xfff0) == 0xf3b0) return (w2 & 0xff00) == 0x8f00; // CLREX, DSB, DMB, ISB
    if (w1 == 0xf3af && (w2 & 0xff00) == 0x8000) {
        if ((w2 & 0xff) == 2 || (w2 & 0xff) == 3) t->stop = THUMB_WAITS;
        return true;
    }
    return false;
}

static bool jumps(struct thumb *t, uint32_t w1, uint32_t w2) {
    uint32_t pc = t->r[THUMB_PC] + 4, s = w1 >> 10 & 1, j1 = w2 >> 13 & 1, j2 = w2 >> 11 & 1, offset;
    if (!(w2 & 0x5000)) { // B with a condition
        if ((w1 & 0x380) == 0x380) return special(t, w1, w2);
        offset = j2 << 19 | j1 << 18 | (w1 & 0x3f) << 12 | (w2 & 0x7ff) << 1;
        if (thumb_condition(t, w1 >> 6 & 15)) t->next = pc + (offset | (s ? 0xfff00000u : 0));
        return true;
    }
    if (!(w2 & 0x1000)) return false;
    offset = !(j1 ^ s) << 23 | !(j2 ^ s) << 22 | (w1 & 0x3ff) << 12 | (w2 & 0x7ff) << 1;
    if (w2 & 0x4000) t->r[THUMB_LR] = t->next | 1;
    t->next = pc + (offset | (s ? 0xff000000u : 0));
    return true;
}

bool thumb_wide(struct thumb *t, uint32_t w1, uint32_t w2) {
    if ((w1 & 0xec00) == 0xec00) return thumb_float(t, w1, w2);
    switch (w1 >> 9) {
    case 0x74: return w1 & 0x40 ? pairs_exclusive_tables(t, w1, w2) : many(t, w1, w2);
    case 0x75: return shifted_operand(t, w1, w2);
    case 0x78: case 0x79: case 0x7a: case 0x7b:
        if (w2 & 0x8000) return jumps(t, w1, w2);
        return w1 & 0x200 ? plain_operand(t, w1, w2) : fixed_operand(t, w1, w2);
    case 0x7c: return single(t, w1, w2);
    case 0x7d: return w1 & 0x100 ? multiply(t, w1, w2) : registers(t, w1, w2);
    default: return false;
    }
}
