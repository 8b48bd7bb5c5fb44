// SPDX-License-Identifier: MIT
// Single values in memory, by struct code: what struct, array, uctypes and the machine modules share.
//
// Sizes are the board's: l, L, P, O and S have its word. Native order is little-endian, as on every board, with each member aligned to its
// size; bytes are put together one by one, so nothing depends on the host.
// Packed objects (O) and addresses of texts (S) come back from bytes that anybody can have written. An object is given out only when it
// was packed not long ago (rt.packed), a text only when it is an interned text or the head of a run of the heap.
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "objects/num.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include <math.h>

enum { PACKED_MAX = sizeof rt.packed / sizeof rt.packed[0], HOST_BLOCK_BYTES = 32 };

size_t binary_size(char order, char code, size_t *align) {
    size_t size;
    switch (code) {
    case 'b':
    case 'B': size = 1; break;
    case 'h':
    case 'H':
    case 'e': size = 2; break;
    case 'i':
    case 'I':
    case 'f': size = 4; break;
    case 'l':
    case 'L': size = order == '@' ? rt.profile.word_bytes : 4; break;
    case 'q':
    case 'Q':
    case 'd': size = 8; break;
    case 'P':
    case 'O':
    case 'S': size = rt.profile.word_bytes; break;
    default: size = 0;
    }
    *align = order == '@' && size ? size : 1;
    return size;
}

static bool order_is_big(char order) { return order == '>' || order == '!'; }

static uint64_t bytes_load(char order, const uint8_t *p, size_t size) {
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) word = word << 8 | p[order_is_big(order) ? i : size - 1 - i];
    return word;
}

static void bytes_store(char order, uint8_t *p, size_t size, uint64_t word) {
    for (size_t i = 0; i < size; i++, word >>= 8) p[order_is_big(order) ? size - 1 - i : i] = (uint8_t)word;
}

// ---- half precision -------------------------------------------------------------------------------------------------------
static double half_load(unsigned half) {
    int exponent = half >> 10 & 31;
    double v = half & 0x3ff;
    if (exponent == 31) v = v != 0 ? (double)NAN : (double)INFINITY;
    else v = exponent == 0 ? ldexp(v, -24) : ldexp(v + 1024, exponent - 25);
    return half & 0x8000 ? -v : v;
}

static unsigned half_store(double v) {
    enum { HALF_INF = 0x7c00, HALF_NAN = 0x7e00 };
    unsigned sign = signbit(v) ? 0x8000 : 0;
    int exponent;
    if (isnan(v)) return sign | HALF_NAN;
    v = fabs(v);
    if (v >= 65520) return sign | HALF_INF;
    if (v < ldexp(1, -14)) return sign | (unsigned)rint(ldexp(v, 24)); // too small for an exponent
    frexp(v, &exponent);                                               // v = m * 2^exponent, m in 0.5 .. 1
    unsigned mantissa = (unsigned)rint(ldexp(v, 11 - exponent));       // 1024 .. 2048; 2048 carries into the exponent
    return sign | (((unsigned)(exponent + 14) << 10) + mantissa - 1024);
}

// ---- objects and texts ----------------------------------------------------------------------------------------------------
static uint64_t word_cut(uint64_t word) { return rt.profile.word_bytes == 4 ? word & UINT32_MAX : word; }

static uint64_t object_pack(obj_t o) {
    if (obj_is_int(o)) return word_cut((uint64_t)obj_int(o) << 1 | 1);
    uint64_t word = word_cut(obj_is_ptr(o) ? heap_address((const void *)o) : (uint64_t)o);
    for (size_t i = 0; i < PACKED_MAX; i++)
        if (rt.packed[i].object == o && rt.packed[i].word == word) return word;
    rt.packed[rt.packed_next % PACKED_MAX].word = word;
    rt.packed[rt.packed_next % PACKED_MAX].object = o;
    rt.packed_next++;
    return word;
}

static obj_t object_unpack(uint64_t word) {
    if (word & 1) {
        int64_t v = rt.profile.word_bytes == 4 ? (int32_t)(uint32_t)word : (int64_t)word;
        return int_from(v >> 1);
    }
    for (size_t i = 1; i <= PACKED_MAX; i++) { // newest first
        size_t at = (rt.packed_next - i) % PACKED_MAX;
        if (rt.packed[at].object != OBJ_NULL && rt.packed[at].word == word) return rt.packed[at].object;
    }
    raise_message(&type_ValueError, "not a packed object");
}

static obj_t text_at(uint64_t address) {
    for (qstr_t q = 1; q < intern_count(); q++)
        if (word_cut(heap_address(qstr_text(q, NULL))) == address) return OBJ_QSTR(q);
    const char *run = heap_pointer(address);
    if (rt.profile.sram_base == 0 && !(run && heap_owns(run))) { // the desktop: a text of a library, as getpwnam() gives it
        size_t len = host_text_length((uintptr_t)address);
        if (len == SIZE_MAX) raise_type(&type_UnicodeError);
        return str_new((const char *)(uintptr_t)address, len);
    }
    if (!run || !heap_owns(run)) raise_type(&type_UnicodeError);
    const char *end = memchr(run, 0, heap_run_blocks(run) * HOST_BLOCK_BYTES);
    if (!end) raise_type(&type_UnicodeError);
    return str_new(run, (size_t)(end - run));
}

// ---- load and store -------------------------------------------------------------------------------------------------------
obj_t binary_load(char order, char code, const void *p) {
    size_t align, size = binary_size(order, code, &align);
    uint64_t word = bytes_load(order, p, size);
    uint32_t half = (uint32_t)word;
    unsigned spare = 64 - 8 * (unsigned)size;
    float single;
    double number;
    switch (code) {
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q': return int_from_i64((int64_t)(word << spare) >> spare);
    case 'f': memcpy(&single, &half, sizeof single); return float_new((double)single);
    case 'd': memcpy(&number, &word, sizeof number); return float_new(number);
    case 'e': return float_new(half_load(half));
    case 'O': return object_unpack(word);
    case 'S': return text_at(word);
    default: return int_from_u64(word);
    }
}

// Integers are cut to the size, whatever they are.
static uint64_t store_integer(obj_t value) {
    if (obj_is_int(value)) return (uint64_t)obj_int(value);
    if (obj_is(value, &type_int)) return int_to_u64_truncated(value);
    return (uint64_t)obj_get_int_truncated(value);
}

void binary_store(char order, char code, void *p, obj_t value) {
    size_t align, size = binary_size(order, code, &align);
    uint64_t word;
    float single;
    uint32_t half;
    double number;
    switch (code) {
    case 'f':
        single = (float)obj_get_float(value);
        memcpy(&half, &single, sizeof half);
        word = half;
        break;
    case 'd':
        number = obj_get_float(value);
        memcpy(&word, &number, sizeof word);
        break;
    case 'e': word = half_store(obj_get_float(value)); break;
    case 'O': word = object_pack(value); break;
    default: word = store_integer(value);
    }
    bytes_store(order, p, size, word);
}
