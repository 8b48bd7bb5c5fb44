// SPDX-License-Identifier: MIT
// The processor: its loop, conditions, flags, and the instructions of 16 bits. See thumb.h.
//
// Invariants
//  - An instruction reads all it needs before it writes; one that loads writes its registers after the last load, so that a load which
//    leaves by raising has changed none of them.
//  - Inside an IT block the 16-bit instructions set no flags, but the comparisons.
#include "native/thumb.h"

// ---- what the instructions have in common -----------------------------------------------------------------------------------
void thumb_nz(struct thumb *t, uint32_t value) {
    t->n = value >> 31;
    t->z = value == 0;
}

uint32_t thumb_add(struct thumb *t, uint32_t a, uint32_t b, bool carry, bool flags) {
    uint64_t sum = (uint64_t)a + b + carry;
    uint32_t result = (uint32_t)sum;
    if (!flags) return result;
    thumb_nz(t, result);
    t->c = sum >> 32;
    t->v = (~(a ^ b) & (a ^ result)) >> 31;
    return result;
}

uint32_t thumb_shift(unsigned type, uint32_t value, unsigned by, bool *carry) {
    if (by == 0) return value;
    switch (type) {
    case 0:
        *carry = by <= 32 && (((uint64_t)value << by) >> 32 & 1);
        return by < 32 ? value << by : 0;
    case 1:
        *carry = by <= 32 && (value >> (by - 1) & 1);
        return by < 32 ? value >> by : 0;
    case 2: {
        uint32_t sign = value >> 31 ? UINT32_MAX : 0;
        *carry = by < 32 ? value >> (by - 1) & 1 : sign & 1;
        return by < 32 ? value >> by | sign << (32 - by) : sign;
    }
    default: {
        unsigned turn = by & 31;
        uint32_t result = turn ? value >> turn | value << (32 - turn) : value;
        *carry = result >> 31;
        return result;
    }
    }
}

uint32_t thumb_shift_fixed(unsigned type, uint32_t value, unsigned by, bool *carry) {
    if (by != 0 || type == 0) return thumb_shift(type, value, by, carry);
    if (type != 3) return thumb_shift(type, value, 32, carry);
    uint32_t result = value >> 1 | (uint32_t)*carry << 31;
    *carry = value & 1;
    return result;
}

bool thumb_condition(const struct thumb *t, unsigned condition) {
    bool holds = true;
    switch (condition >> 1) {
    case 0: holds = t->z; break;
    case 1: holds = t->c; break;
    case 2: holds = t->n; break;
    case 3: holds = t->v; break;
    case 4: holds = t->c && !t->z; break;
    case 5: holds = t->n == t->v; break;
    case 6: holds = t->n == t->v && !t->z; break;
    default: return true;
    }
    return holds != (condition & 1);
}

bool thumb_jump(struct thumb *t, uint32_t address) {
    if (!(address & 1)) return false; // there is no other instruction set
    t->next = address & ~1u;
    return true;
}

bool thumb_set(struct thumb *t, unsigned r, uint32_t value, bool jump) {
    if (r != THUMB_PC) {
        t->r[r] = r == THUMB_SP ? value & ~3u : value;
        return true;
    }
    if (jump) return thumb_jump(t, value);
    t->next = value & ~1u;
    return true;
}

uint32_t thumb_extend(uint32_t value, unsigned bytes) {
    if (bytes == 1) return (uint32_t)(int32_t)(int8_t)value;
    if (bytes == 2) return (uint32_t)(int32_t)(int16_t)value;
    return value;
}

unsigned thumb_count(uint32_t set) {
    unsigned n = 0;
    for (; set; set &= set - 1) n++;
    return n;
}

bool thumb_load_many(struct thumb *t, uint32_t address, uint32_t set) {
    uint32_t values[16];
    bool good = true;
    for (unsigned r = 0; r < 16; r++) {
        if (!(set >> r & 1)) continue;
        values[r] = t->load(t->data, address, 4);
        address += 4;
    }
    for (unsigned r = 0; r < 16; r++)
        if (set >> r & 1) good = thumb_set(t, r, values[r], true) && good;
    return good;
}

void thumb_store_many(struct thumb *t, uint32_t address, uint32_t set) {
    for (unsigned r = 0; r < 16; r++) {
        if (!(set >> r & 1)) continue;
        t->store(t->data, address, 4, t->r[r]);
        address += 4;
    }
}

// ---- 16 bits: arithmetic ----------------------------------------------------------------------------------------------------
static bool shift_add_move(struct thumb *t, uint32_t w, bool flags) { // 00xxxx
    unsigned d = w & 7, m = w >> 3 & 7, op = w >> 11, d8 = w >> 8 & 7;
    uint32_t imm8 = w & 0xff;
    if (op < 3) {
        bool carry = t->c;
        uint32_t result = thumb_shift_fixed(op, t->r[m], w >> 6 & 31, &carry);
        t->r[d] = result;
        if (!flags) return true;
        thumb_nz(t, result);
        t->c = carry;
        return true;
    }
    switch (op) {
    case 3: {
        uint32_t b = w & 0x400 ? w >> 6 & 7 : t->r[w >> 6 & 7];
        bool minus = w & 0x200;
        t->r[d] = thumb_add(t, t->r[m], minus ? ~b : b, minus, flags);
        return true;
    }
    case 4:
        t->r[d8] = imm8;
        if (flags) thumb_nz(t, imm8);
        return true;
    case 5: thumb_add(t, t->r[d8], ~imm8, true, true); return true;
    case 6: t->r[d8] = thumb_add(t, t->r[d8], imm8, false, flags); return true;
    default: t->r[d8] = thumb_add(t, t->r[d8], ~imm8, true, flags); return true;
    }
}

static bool arithmetic(struct thumb *t, uint32_t w, bool flags) { // 010000
    unsigned d = w & 7, op = w >> 6 & 15;
    uint32_t a = t->r[d], b = t->r[w >> 3 & 7], result;
    bool carry = t->c;
    switch (op) {
    case 0: result = a & b; break;
    case 1: result = a ^ b; break;
    case 2: result = thumb_shift(0, a, b & 0xff, &carry); break;
    case 3: result = thumb_shift(1, a, b & 0xff, &carry); break;
    case 4: result = thumb_shift(2, a, b & 0xff, &carry); break;
    case 5: t->r[d] = thumb_add(t, a, b, t->c, flags); return true;
    case 6: t->r[d] = thumb_add(t, a, ~b, t->c, flags); return true;
    case 7: result = thumb_shift(3, a, b & 0xff, &carry); break;
    case 8: thumb_nz(t, a & b); return true;
    case 9: t->r[d] = thumb_add(t, ~b, 0, true, flags); return true;
    case 10: thumb_add(t, a, ~b, true, true); return true;
    case 11: thumb_add(t, a, b, false, true); return true;
    case 12: result = a | b; break;
    case 13: result = a * b; break;
    case 14: result = a & ~b; break;
    default: result = ~b; break;
    }
    t->r[d] = result;
    if (!flags) return true;
    thumb_nz(t, result);
    t->c = carry;
    return true;
}

static bool high_registers(struct thumb *t, uint32_t w) { // 010001
    unsigned d = (w & 7) | (w >> 4 & 8), m = w >> 3 & 15;
    uint32_t b = thumb_get(t, m);
    switch (w >> 8 & 3) {
    case 0: return thumb_set(t, d, thumb_get(t, d) + b, false);
    case 1: thumb_add(t, thumb_get(t, d), ~b, true, true); return true;
    case 2: return thumb_set(t, d, b, false);
    default:
        if (w & 0x80) t->r[THUMB_LR] = t->next | 1;
        return thumb_jump(t, b);
    }
}

// ---- 16 bits: memory --------------------------------------------------------------------------------------------------------
static bool memory_register(struct thumb *t, uint32_t w) { // 0101
    static const uint8_t bytes[] = {4, 2, 1, 1, 4, 2, 1, 2};
    unsigned op = w >> 9 & 7, d = w & 7;
    uint32_t address = t->r[w >> 3 & 7] + t->r[w >> 6 & 7];
    if (op < 3) {
        t->store(t->data, address, bytes[op], t->r[d]);
        return true;
    }
    uint32_t value = t->load(t->data, address, bytes[op]);
    t->r[d] = op == 3 || op == 7 ? thumb_extend(value, bytes[op]) : value;
    return true;
}

static bool memory_fixed(struct thumb *t, uint32_t w) { // 011 100 1001
    unsigned d = w & 7, bytes = 4;
    uint32_t address;
    if (w >> 12 == 9) {
        d = w >> 8 & 7;
        address = t->r[THUMB_SP] + (w & 0xff) * 4;
    } else {
        bytes = w >> 12 == 6 ? 4 : w >> 12 == 7 ? 1 : 2;
        address = t->r[w >> 3 & 7] + (w >> 6 & 31) * bytes;
    }
    if (w & 0x800) t->r[d] = t->load(t->data, address, bytes);
    else t->store(t->data, address, bytes, t->r[d]);
    return true;
}

static bool push_pop(struct thumb *t, uint32_t w) {
    uint32_t sp = t->r[THUMB_SP];
    if (w & 0x800) {
        uint32_t set = (w & 0xff) | (w & 0x100 ? 1u << THUMB_PC : 0);
        bool good = thumb_load_many(t, sp, set);
        t->r[THUMB_SP] = sp + 4 * thumb_count(set);
        return good;
    }
    uint32_t set = (w & 0xff) | (w & 0x100 ? 1u << THUMB_LR : 0);
    sp -= 4 * thumb_count(set);
    thumb_store_many(t, sp, set);
    t->r[THUMB_SP] = sp;
    return true;
}

static bool many(struct thumb *t, uint32_t w) { // 1100
    unsigned n = w >> 8 & 7;
    uint32_t set = w & 0xff, address = t->r[n];
    if (w & 0x800) {
        thumb_load_many(t, address, set);
        if (!(set >> n & 1)) t->r[n] = address + 4 * thumb_count(set);
        return true;
    }
    thumb_store_many(t, address, set);
    t->r[n] = address + 4 * thumb_count(set);
    return true;
}

// ---- 16 bits: the rest ------------------------------------------------------------------------------------------------------
static bool reverse_extend(struct thumb *t, uint32_t w) {
    uint32_t *d = &t->r[w & 7], v = t->r[w >> 3 & 7], swapped = (v & 0x00ff00ffu) << 8 | (v >> 8 & 0x00ff00ffu);
    switch (w >> 6) {
    case 0x2c8: *d = thumb_extend(v, 2); return true;
    case 0x2c9: *d = thumb_extend(v, 1); return true;
    case 0x2ca: *d = v & 0xffff; return true;
    case 0x2cb: *d = v & 0xff; return true;
    case 0x2e8: *d = swapped << 16 | swapped >> 16; return true;
    case 0x2e9: *d = swapped; return true;
    case 0x2eb: *d = thumb_extend(swapped, 2); return true;
    default: return false;
    }
}

static bool hints(struct thumb *t, uint32_t w) { // 10111111
    if (w & 15) {
        t->it = w & 0xff;
        return true;
    }
    unsigned hint = w >> 4 & 15;
    if (hint == 2 || hint == 3) t->stop = THUMB_WAITS;
    return true; // NOP, YIELD, SEV and those without a meaning yet
}

static bool various(struct thumb *t, uint32_t w) { // 1011
    unsigned op = w >> 8 & 15;
    switch (op) {
    case 0: t->r[THUMB_SP] += (w & 0x80 ? ~0u : 1u) * ((w & 0x7f) * 4); return true;
    case 1: case 3: case 9: case 11: // CBZ, CBNZ
        if ((t->r[w & 7] == 0) == !(w & 0x800)) t->next = t->r[THUMB_PC] + 4 + ((w >> 3 & 31) << 1 | (w >> 3 & 0x40));
        return true;
    case 4: case 5: case 12: case 13: return push_pop(t, w);
    case 6:
        if ((w & 0xffec) != 0xb660) return false;
        if (w & 2) t->masked = w & 0x10;
        t->stop = THUMB_MASK;
        return true;
    case 15: return hints(t, w);
    default: return reverse_extend(t, w);
    }
}

static bool narrow(struct thumb *t, uint32_t w, bool flags) {
    uint32_t pc = t->r[THUMB_PC] + 4;
    switch (w >> 11) {
    case 0: case 1: case 2: case 3: case 4: case 5: case 6: case 7: return shift_add_move(t, w, flags);
    case 8: return w & 0x400 ? high_registers(t, w) : arithmetic(t, w, flags);
    case 9: t->r[w >> 8 & 7] = t->load(t->data, (pc & ~3u) + (w & 0xff) * 4, 4); return true;
    case 10: case 11: return memory_register(t, w);
    case 20: t->r[w >> 8 & 7] = (pc & ~3u) + (w & 0xff) * 4; return true;
    case 21: t->r[w >> 8 & 7] = t->r[THUMB_SP] + (w & 0xff) * 4; return true;
    case 22: case 23: return various(t, w);
    case 24: case 25: return many(t, w);
    case 26: case 27:
        if ((w >> 8 & 15) >= 14) return false; // UDF, SVC
        if (thumb_condition(t, w >> 8 & 15)) t->next = pc + thumb_extend(w & 0xff, 1) * 2;
        return true;
    case 28: t->next = pc + (((w & 0x7ff) << 1) ^ 0x800) - 0x800; return true;
    default: return memory_fixed(t, w);
    }
}

// ---- the loop ---------------------------------------------------------------------------------------------------------------
static bool step(struct thumb *t) {
    uint32_t w = t->load(t->data, t->r[THUMB_PC], 2), w2 = 0;
    bool wide = w >> 11 >= 29, inside = t->it != 0, runs = true;
    if (wide) w2 = t->load(t->data, t->r[THUMB_PC] + 2, 2);
    t->next = t->r[THUMB_PC] + (wide ? 4 : 2);
    if (inside) {
        runs = thumb_condition(t, t->it >> 4);
        t->it = t->it & 7 ? (t->it & 0xe0) | (t->it << 1 & 0x1f) : 0;
    }
    if (runs && !(wide ? thumb_wide(t, w, w2) : narrow(t, w, !inside))) return false;
    t->r[THUMB_PC] = t->next;
    return true;
}

enum thumb_stop thumb_run(struct thumb *t, uint32_t steps) {
    t->stop = THUMB_STEPS;
    for (; steps > 0; steps--) {
        if (t->r[THUMB_PC] == THUMB_END) return THUMB_RETURNED;
        if (!step(t)) return THUMB_UNDEFINED;
        if (t->stop != THUMB_STEPS) return t->stop;
    }
    return t->r[THUMB_PC] == THUMB_END ? THUMB_RETURNED : THUMB_STEPS;
}
