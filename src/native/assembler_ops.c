// SPDX-License-Identifier: MIT
// The instructions of the inline assembler: operands, and their bits (ARM DDI 0403). See assembler.h.
//
// Names and operands are those of MicroPython's documentation of the assembler, not those of ARM: fewer forms, `and_` for AND, offsets
// of memory in a list behind the register.
#include "native/assembler.h"

#include "heap/intern.h"

enum { ANY_REGISTER = 15, LOW_REGISTER = 7, MOST_SINGLE = 31 };

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

// ---- operands ---------------------------------------------------------------------------------------------------------------
static int digits_of(const char *text, int most) { // a number without needless zeros; -1: none
    int v = 0;
    if (*text == '\0' || (*text == '0' && text[1] != '\0')) return -1;
    for (; *text >= '0' && *text <= '9'; text++) {
        v = v * 10 + (*text - '0');
        if (v > most) return -1;
    }
    return *text == '\0' ? v : -1;
}

static int register_maybe(tree_t t) {
    static const struct { char name[3]; uint8_t r; } others[] = {{"sl", 10}, {"fp", 11}, {"sp", 13}, {"lr", 14}, {"pc", 15}};
    if (t->kind != N_NAME) return -1;
    const char *name = qstr_text(t->name, NULL);
    for (unsigned i = 0; i < sizeof others / sizeof *others; i++)
        if (is(name, others[i].name)) return others[i].r;
    return name[0] == 'r' ? digits_of(name + 1, ANY_REGISTER) : -1;
}

static unsigned reg(struct assembler *a, tree_t t, unsigned most) {
    int r = register_maybe(t);
    if (r < 0) asm_error(a, "'%s' expects a register", a->op, 0, 0);
    if ((unsigned)r > most) asm_error(a, "'%s' expects at most r%lu", a->op, most, 0);
    return (unsigned)r;
}

static unsigned single(struct assembler *a, tree_t t) {
    const char *name = t->kind == N_NAME ? qstr_text(t->name, NULL) : "";
    int s = name[0] == 's' && name[1] >= '0' && name[1] <= '9' ? digits_of(name + 1, 999) : -1;
    if (s < 0) asm_error(a, "'%s' expects an FPU register", a->op, 0, 0);
    if (s > MOST_SINGLE) asm_error(a, "'%s' expects at most r%lu", a->op, MOST_SINGLE, 0);
    return (unsigned)s;
}

static uint32_t register_set(struct assembler *a, tree_t t) {
    uint32_t set = 0;
    for (uint32_t i = 0; t->kind == N_SET && i < t->n; i++) {
        int r = register_maybe(t->child[i]);
        if (r < 0 && t->n > 1) asm_error(a, "'%s' expects a register", a->op, 0, 0);
        if (r < 0) break;
        set |= 1u << r;
    }
    if (set == 0) asm_error(a, "'%s' expects {r0, r1, ...}", a->op, 0, 0);
    return set;
}

static bool is_address(tree_t t) { return t->kind == N_LIST && t->n == 2; }

static void wide(struct assembler *a, uint32_t w1, uint32_t w2) {
    asm_put(a, w1, 2);
    asm_put(a, w2, 2);
}

static int condition_of(const char *name, size_t len) {
    static const char names[] = "eqnecsccmiplvsvchilsgeltgtle";
    if (len != 2) return -1;
    for (int i = 0; i < 14; i++)
        if (memcmp(name, names + 2 * i, 2) == 0) return i;
    return -1;
}

// ---- jumps ------------------------------------------------------------------------------------------------------------------
static int32_t distance(struct assembler *a, tree_t t, int32_t reach) {
    int32_t d = asm_distance(a, t);
    if (d < -reach || d > reach - 2) asm_error(a, "branch not in range", "", 0, 0);
    return d;
}

static bool branch(struct assembler *a, tree_t label) {
    enum { NARROW = 256, PLAIN = 2048, WIDE = 1 << 20, CALL = 1 << 24 };
    const char *op = a->op;
    size_t len = strlen(op);
    if (is(op, "b")) {
        asm_put(a, 0xe000u | ((uint32_t)distance(a, label, PLAIN) >> 1 & 0x7ff), 2);
        return true;
    }
    if (is(op, "bl")) {
        uint32_t d = (uint32_t)distance(a, label, CALL), s = d >> 31, j1 = !((d >> 23 & 1) ^ s), j2 = !((d >> 22 & 1) ^ s);
        wide(a, 0xf000 | s << 10 | (d >> 12 & 0x3ff), 0xd000 | j1 << 13 | j2 << 11 | (d >> 1 & 0x7ff));
        return true;
    }
    bool marked = len == 5 && op[3] == '_' && (op[4] == 'n' || op[4] == 'w');
    int condition = op[0] == 'b' && (len == 3 || marked) ? condition_of(op + 1, 2) : -1;
    if (condition < 0) return false;
    if (marked && op[4] == 'w') {
        uint32_t d = (uint32_t)distance(a, label, WIDE), s = d >> 31;
        wide(a, 0xf000 | s << 10 | (uint32_t)condition << 6 | (d >> 12 & 0x3f),
             0x8000 | (d >> 18 & 1) << 13 | (d >> 19 & 1) << 11 | (d >> 1 & 0x7ff));
        return true;
    }
    asm_put(a, 0xd000u | (uint32_t)condition << 8 | ((uint32_t)distance(a, label, NARROW) >> 1 & 0xff), 2);
    return true;
}

static bool if_then(struct assembler *a, tree_t t) { // it, itt, ite, ...
    size_t len = strlen(a->op);
    if (len < 2 || len > 5 || a->op[0] != 'i' || a->op[1] != 't' || t->kind != N_NAME) return false;
    const char *name = qstr_text(t->name, NULL);
    int condition = condition_of(name, strlen(name));
    if (condition < 0) return false;
    uint32_t mask = 8, bit = 8;
    for (size_t i = 2; i < len; i++) {
        if (a->op[i] != 't' && a->op[i] != 'e') return false;
        uint32_t then = (uint32_t)condition & 1;
        mask = (mask & ~bit) | ((a->op[i] == 't') == then ? bit : 0) | bit >> 1;
        bit >>= 1;
    }
    asm_put(a, 0xbf00 | (uint32_t)condition << 4 | mask, 2);
    return true;
}

// ---- one operand, or none ---------------------------------------------------------------------------------------------------
static bool one(struct assembler *a, tree_t t) {
    if (is(a->op, "bx")) {
        asm_put(a, 0x4700 | reg(a, t, ANY_REGISTER) << 3, 2);
    } else if (is(a->op, "cpsid") || is(a->op, "cpsie")) {
        asm_put(a, a->op[4] == 'd' ? 0xb672 : 0xb662, 2);
    } else if (is(a->op, "push") || is(a->op, "pop")) {
        bool pops = a->op[1] == 'o';
        uint32_t set = register_set(a, t), more = pops ? 1u << 15 : 1u << 14;
        if (set & ~(0xff | more)) wide(a, pops ? 0xe8bd : 0xe92d, set);
        else asm_put(a, (pops ? 0xbc00u : 0xb400u) | (set & more ? 0x100 : 0) | (set & 0xff), 2);
    } else {
        return branch(a, t) || if_then(a, t);
    }
    return true;
}

// ---- two operands -----------------------------------------------------------------------------------------------------------
static void constant(struct assembler *a, uint32_t op, unsigned d, uint32_t value) { // movw, movt
    value &= 0xffff;
    wide(a, op | (value >> 1 & 0x400) | value >> 12, (value << 4 & 0x7000) | d << 8 | (value & 0xff));
}

static bool two_low(struct assembler *a, tree_t d, tree_t m) { // both in r0 to r7
    static const char names[][5] = {"and_", "eor", "lsl", "lsr", "asr", "adc", "sbc", "ror",
                                    "tst",  "neg", "cmp", "cmn", "orr", "mul", "bic", "mvn"};
    for (uint32_t i = 0; i < 16; i++) {
        if (!is(a->op, names[i])) continue;
        unsigned rd = reg(a, d, LOW_REGISTER);
        asm_put(a, 0x4000 | i << 6 | reg(a, m, LOW_REGISTER) << 3 | rd, 2);
        return true;
    }
    return false;
}

static bool two_numbers(struct assembler *a, tree_t d, tree_t v) { // a register and a number
    static const struct { char name[4]; uint16_t bits; } low[] = {{"mov", 0x2000}, {"cmp", 0x2800}, {"add", 0x3000}, {"sub", 0x3800}};
    for (unsigned i = 0; i < sizeof low / sizeof *low; i++) {
        if (!is(a->op, low[i].name)) continue;
        unsigned r = reg(a, d, LOW_REGISTER);
        asm_put(a, low[i].bits | r << 8 | asm_number(a, v, 0xff), 2);
        return true;
    }
    unsigned r;
    if (is(a->op, "movw") || is(a->op, "movt")) {
        r = reg(a, d, ANY_REGISTER);
        constant(a, a->op[3] == 'w' ? 0xf240 : 0xf2c0, r, asm_number(a, v, 0xffff));
    } else if (is(a->op, "movwt")) {
        r = reg(a, d, ANY_REGISTER);
        uint32_t value = asm_number(a, v, UINT32_MAX);
        constant(a, 0xf240, r, value);
        constant(a, 0xf2c0, r, value >> 16);
    } else {
        return false;
    }
    return true;
}

static bool two_memory(struct assembler *a, tree_t t, tree_t address) {
    static const struct { char name[5]; uint16_t bits; uint8_t mask, shift; } ops[] = {
        {"str", 0x6000, 0x7c, 4}, {"ldr", 0x6800, 0x7c, 4}, {"strb", 0x7000, 0x1f, 6}, {"ldrb", 0x7800, 0x1f, 6},
        {"strh", 0x8000, 0x3e, 5}, {"ldrh", 0x8800, 0x3e, 5}};
    for (unsigned i = 0; is_address(address) && i < sizeof ops / sizeof *ops; i++) {
        if (!is(a->op, ops[i].name)) continue;
        unsigned d = reg(a, t, LOW_REGISTER), n = reg(a, address->child[0], LOW_REGISTER);
        asm_put(a, ops[i].bits | n << 3 | d | asm_number(a, address->child[1], ops[i].mask) << ops[i].shift, 2);
        return true;
    }
    if (!is(a->op, "ldrex")) return false;
    unsigned d = reg(a, t, ANY_REGISTER);
    if (!is_address(address)) asm_error(a, "'%s' expects an address of the form [a, b]", a->op, 0, 0);
    unsigned n = reg(a, address->child[0], ANY_REGISTER);
    wide(a, 0xe850 | n, 0x0f00 | d << 12 | asm_number(a, address->child[1], 0xff) >> 2);
    return true;
}

static bool two_special(struct assembler *a, tree_t d, tree_t m) {
    const char *name = m->kind == N_NAME ? qstr_text(m->name, NULL) : "";
    if (is(a->op, "mov")) {
        unsigned rd = reg(a, d, ANY_REGISTER);
        asm_put(a, 0x4600 | (rd & 8) << 4 | reg(a, m, ANY_REGISTER) << 3 | (rd & 7), 2);
    } else if (is(a->op, "clz") || is(a->op, "rbit")) {
        bool clz = a->op[0] == 'c';
        unsigned rd = reg(a, d, ANY_REGISTER), rm = reg(a, m, ANY_REGISTER);
        wide(a, (clz ? 0xfab0 : 0xfa90) | rm, (clz ? 0xf080 : 0xf0a0) | rd << 8 | rm);
    } else if (is(a->op, "mrs")) {
        unsigned rd = reg(a, d, 12);
        if (!is(name, "IPSR") && !is(name, "BASEPRI")) asm_error(a, "'%s' expects a special register", a->op, 0, 0);
        wide(a, 0xf3ef, 0x8000 | rd << 8 | (name[0] == 'I' ? 5 : 17));
    } else {
        return false;
    }
    return true;
}

// ---- floats -----------------------------------------------------------------------------------------------------------------
static uint32_t float_bits(unsigned d, unsigned n, unsigned m) { // of both halves, the first one in the upper bits
    return (d & 1) << 22 | (d >> 1) << 12 | (n >> 1) << 16 | (n & 1) << 7 | (m & 1) << 5 | m >> 1;
}

static void float_put(struct assembler *a, uint32_t bits) { wide(a, bits >> 16, bits & 0xffff); }

static bool float_two(struct assembler *a, tree_t d, tree_t m) {
    static const struct { char name[13]; uint32_t bits; } ops[] = {
        {"vcmp", 0xeeb40ac0}, {"vsqrt", 0xeeb10ac0}, {"vneg", 0xeeb10a40}, {"vcvt_f32_s32", 0xeeb80ac0}, {"vcvt_s32_f32", 0xeebd0ac0}};
    for (unsigned i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (!is(a->op, ops[i].name)) continue;
        unsigned sd = single(a, d);
        float_put(a, ops[i].bits | float_bits(sd, 0, single(a, m)));
        return true;
    }
    if (is(a->op, "vmrs")) {
        if (m->kind != N_NAME || !is(qstr_text(m->name, NULL), "FPSCR")) return false;
        bool flags = d->kind == N_NAME && is(qstr_text(d->name, NULL), "APSR_nzcv");
        wide(a, 0xeef1, 0x0a10 | (flags ? 15u : reg(a, d, ANY_REGISTER)) << 12);
    } else if (is(a->op, "vmov")) {
        bool to_core = register_maybe(d) >= 0;
        unsigned r = reg(a, to_core ? d : m, ANY_REGISTER), s = single(a, to_core ? m : d);
        wide(a, (to_core ? 0xee10 : 0xee00) | s >> 1, 0x0a10 | r << 12 | (s & 1) << 7);
    } else if (is(a->op, "vldr") || is(a->op, "vstr")) {
        unsigned s = single(a, d);
        if (!is_address(m)) asm_error(a, "'%s' expects an address of the form [a, b]", a->op, 0, 0);
        unsigned n = reg(a, m->child[0], LOW_REGISTER);
        float_put(a, (a->op[1] == 'l' ? 0xed900a00 : 0xed800a00) | float_bits(s, 0, 0) | n << 16 | asm_number(a, m->child[1], 0x3fc) >> 2);
    } else {
        return false;
    }
    return true;
}

static bool float_three(struct assembler *a, const tree_t *args) {
    static const struct { char name[5]; uint32_t bits; } ops[] = {
        {"vadd", 0xee300a00}, {"vsub", 0xee300a40}, {"vmul", 0xee200a00}, {"vdiv", 0xee800a00}};
    for (unsigned i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (!is(a->op, ops[i].name)) continue;
        unsigned d = single(a, args[0]), n = single(a, args[1]);
        float_put(a, ops[i].bits | float_bits(d, n, single(a, args[2])));
        return true;
    }
    return false;
}

// ---- three operands ---------------------------------------------------------------------------------------------------------
static bool three(struct assembler *a, const tree_t *args) {
    static const char shifts[][4] = {"lsl", "lsr", "asr"};
    const char *op = a->op;
    for (uint32_t i = 0; i < 3; i++) {
        if (!is(op, shifts[i])) continue;
        unsigned d = reg(a, args[0], LOW_REGISTER), m = reg(a, args[1], LOW_REGISTER);
        asm_put(a, i << 11 | asm_number(a, args[2], 31) << 6 | m << 3 | d, 2);
        return true;
    }
    if (is(op, "add") || is(op, "sub")) {
        unsigned d = reg(a, args[0], LOW_REGISTER), n = reg(a, args[1], LOW_REGISTER);
        bool by_register = args[2]->kind == N_NAME;
        uint32_t m = by_register ? reg(a, args[2], LOW_REGISTER) : asm_number(a, args[2], 7);
        asm_put(a, (by_register ? 0x1800 : 0x1c00) | (op[0] == 's' ? 0x200 : 0) | m << 6 | n << 3 | d, 2);
        return true;
    }
    if (is(op, "sdiv") || is(op, "udiv")) {
        unsigned d = reg(a, args[0], ANY_REGISTER), n = reg(a, args[1], ANY_REGISTER);
        wide(a, (op[0] == 's' ? 0xfb90 : 0xfbb0) | n, 0xf0f0 | d << 8 | reg(a, args[2], ANY_REGISTER));
        return true;
    }
    if (is(op, "strex")) {
        unsigned d = reg(a, args[0], ANY_REGISTER), t = reg(a, args[1], ANY_REGISTER);
        if (!is_address(args[2])) asm_error(a, "'%s' expects an address of the form [a, b]", a->op, 0, 0);
        unsigned n = reg(a, args[2]->child[0], ANY_REGISTER);
        wide(a, 0xe840 | n, t << 12 | d << 8 | asm_number(a, args[2]->child[1], 0xff) >> 2);
        return true;
    }
    return float_three(a, args);
}

bool asm_instruction(struct assembler *a, uint32_t n, const tree_t *args) {
    switch (n) {
    case 0:
        if (is(a->op, "nop")) asm_put(a, 0xbf00, 2);
        else if (is(a->op, "wfi")) asm_put(a, 0xbf30, 2);
        else return false;
        return true;
    case 1: return one(a, args[0]);
    case 2:
        if (args[1]->kind != N_NAME) {
            if (two_numbers(a, args[0], args[1]) || two_memory(a, args[0], args[1])) return true;
        } else if (two_special(a, args[0], args[1]) || two_low(a, args[0], args[1])) {
            return true;
        }
        return float_two(a, args[0], args[1]);
    case 3: return three(a, args);
    default: return false;
    }
}
