// SPDX-License-Identifier: MIT
// The random module. The generator is Yasmarang (Ilya Levin, public domain): 13 bytes of state, 32 bits each call.
//
// A seed fills the first word and puts the others to fixed values, so seed(n) gives the sequence it gives on every MicroPython.
// Without a seed the host's entropy is used, at the first import and by seed(). A range is drawn by masking to the next power of
// two and throwing away what lies outside.
#include "host.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"
#include <math.h>

static struct {
    uint32_t pad, n, d;
    uint8_t dat;
} state = {0xeda4baba, 69, 233, 0};

static uint32_t random_next(void) {
    state.pad += state.dat + state.d * state.n;
    state.pad = state.pad << 3 | state.pad >> 29;
    state.n = state.pad | 2;
    state.d ^= state.pad << 31 | state.pad >> 1;
    state.dat ^= (uint8_t)(state.pad ^ state.d >> 8 ^ 1);
    return state.pad ^ state.d << 5 ^ state.pad >> 18 ^ (uint32_t)state.dat << 1;
}

static void random_seed_word(uint32_t seed) {
    state.pad = seed;
    state.n = 69;
    state.d = 233;
    state.dat = 0;
}

void random_start(void) { random_seed_word(host_random()); }

// 0 <= result < count; count is not 0
static uint64_t random_below(uint64_t count) {
    uint64_t mask = count, v;
    for (unsigned shift = 1; shift < 64; shift *= 2) mask |= mask >> shift; // all ones, up to the top bit of count
    do {
        v = random_next();
        if (mask > UINT32_MAX) v |= (uint64_t)random_next() << 32;
        v &= mask;
    } while (v >= count);
    return v;
}

// As many random bits as the float's mantissa has, below 1.
static double random_fraction(void) {
    if (rt.profile.float_bytes == 4) return (random_next() & 0x7fffff) / 0x1p23;
    uint64_t high = random_next() & 0xfffff;
    return (double)(high << 32 | random_next()) / 0x1p52;
}

static obj_t random_seed(size_t n, const obj_t *args) {
    if (n == 0 || args[0] == OBJ_NONE) random_seed_word(host_random());
    else random_seed_word((uint32_t)obj_get_int_truncated(args[0]));
    return OBJ_NONE;
}

static obj_t random_getrandbits(obj_t o) {
    intptr_t bits = obj_get_int(o);
    if (bits < 0 || bits > 32) raise_message(&type_ValueError, "bits must be 32 or less");
    if (bits == 0) return OBJ_INT(0);
    return int_from_u64(random_next() & (UINT32_MAX >> (32 - bits)));
}

static obj_t random_randrange(size_t n, const obj_t *args) {
    intptr_t start = obj_get_int(args[0]), stop, step = 1;
    if (n == 1) {
        if (start <= 0) raise_type(&type_ValueError);
        return int_from((intptr_t)random_below((uint64_t)start));
    }
    stop = obj_get_int(args[1]);
    if (n > 2) step = obj_get_int(args[2]);
    if (step == 0 || (step > 0 ? start >= stop : start <= stop)) raise_type(&type_ValueError);
    uint64_t span = step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    uint64_t stride = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    uint64_t count = (span - 1) / stride + 1;
    return int_from((intptr_t)((uint64_t)start + (uint64_t)step * random_below(count)));
}

static obj_t random_randint(obj_t low_object, obj_t high_object) {
    intptr_t low = obj_get_int(low_object), high = obj_get_int(high_object);
    if (low > high) raise_type(&type_ValueError);
    uint64_t count = (uint64_t)high - (uint64_t)low + 1;
    if (count == 0) return int_from_i64((int64_t)((uint64_t)random_next() << 32 | random_next())); // every word
    return int_from((intptr_t)((uint64_t)low + random_below(count)));
}

static obj_t random_choice(obj_t sequence) {
    obj_t len_object = obj_len(sequence);
    intptr_t len = obj_get_int(len_object);
    if (len <= 0) raise_type(&type_IndexError);
    return obj_subscr(sequence, int_from((intptr_t)random_below((uint64_t)len)), OBJ_SENTINEL);
}

static obj_t random_random(void) { return float_new(random_fraction()); }

static obj_t random_uniform(obj_t a_object, obj_t b_object) {
    double a = obj_get_float(a_object), b = obj_get_float(b_object);
    return float_new(a + float_narrow(float_narrow(b - a) * random_fraction()));
}

static obj_t random_init(void) {
    random_start();
    return OBJ_NONE;
}

BUILTIN_0(init_builtin, random_init);
BUILTIN_VAR(seed_builtin, 0, 1, random_seed);
BUILTIN_1(getrandbits_builtin, random_getrandbits);
BUILTIN_VAR(randrange_builtin, 1, 3, random_randrange);
BUILTIN_2(randint_builtin, random_randint);
BUILTIN_1(choice_builtin, random_choice);
BUILTIN_0(random_builtin, random_random);
BUILTIN_2(uniform_builtin, random_uniform);

static const struct map_slot random_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_random)),
    MEMBER(__init__, &init_builtin),
    MEMBER(seed, &seed_builtin),
    MEMBER(getrandbits, &getrandbits_builtin),
    MEMBER(randrange, &randrange_builtin),
    MEMBER(randint, &randint_builtin),
    MEMBER(choice, &choice_builtin),
    MEMBER(random, &random_builtin),
    MEMBER(uniform, &uniform_builtin),
};
static FIXED_DICT(random_dict, random_members);
const struct module module_random = {.type = &type_module, .globals = &random_dict};
MODULE(random, true, random_start, "");
