// SPDX-License-Identifier: MIT
// The run-time half of viper functions (compile/viper.h).
//
// Addresses are those Python sees: of a board's heap under a board profile, of the host on the desktop. Real machine code would read
// and write anything; here an address has to lie in the heap, and a store may only change plain bytes, so that a wrong pointer is an
// exception (ValueError) and not the end of the program.
#include "modules/memory.h"
#include "modules/viper.h"

#include "heap/heap.h"
#include "objects/num.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"

static uint64_t word_mask(void) { return rt.profile.word_bytes == 4 ? UINT32_MAX : UINT64_MAX; }

static obj_t word_signed(uint64_t v) { return rt.profile.word_bytes == 4 ? int_from_i64((int32_t)(uint32_t)v) : int_from_i64((int64_t)v); }

// The value of an integral object as a machine word. None counts as 0.
static uint64_t word_of(obj_t o) {
    if (o == OBJ_NONE) return 0;
    if (obj_is_integer(o)) return int_to_u64_truncated(int_plain(o));
    return (uint64_t)obj_get_int_truncated(o);
}

static obj_t to_int(obj_t o) { return word_signed(word_of(o)); }
static obj_t to_uint(obj_t o) { return int_from_u64(word_of(o) & word_mask()); }
static obj_t to_bool(obj_t o) { return obj_bool(obj_true(o)); }
static obj_t left(obj_t a, obj_t b) {
    uint64_t by = word_of(b);
    return int_from_u64(by < 64 ? word_of(a) << by : 0);
}

const struct builtin viper_to_int = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = to_int}};
const struct builtin viper_to_uint = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = to_uint}};
const struct builtin viper_to_bool = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = to_bool}};
const struct builtin viper_left = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = left}};

// ---- pointers ---------------------------------------------------------------------------------------------------------------
static obj_t pin(obj_t o) {
    struct buffer b;
    if (o == OBJ_NONE || obj_is_integer(o) || !obj_buffer_maybe(o, &b, BUFFER_READ)) return o;
    if (b.data != NULL && heap_pointer(heap_address(b.data)) == b.data) return o;
    return b.len > 0 ? bytes_new(b.data, b.len) : o;
}

static obj_t to_ptr(obj_t o) {
    struct buffer b;
    if (o == OBJ_NONE || obj_is_integer(o) || !obj_buffer_maybe(o, &b, BUFFER_READ)) return to_uint(o);
    return int_from_u64(b.data == NULL ? 0 : heap_address(b.data));
}

const struct builtin viper_pin = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = pin}};
const struct builtin viper_to_ptr = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = to_ptr}};

static uint64_t memory_address(obj_t pointer, obj_t index, unsigned size) {
    return (word_of(pointer) + word_of(index) * size) & word_mask();
}

static obj_t viper_load(obj_t pointer, obj_t index, unsigned size) {
    return word_signed(memory_load(memory_address(pointer, index, size), size));
}

static obj_t viper_store(obj_t value, obj_t pointer, obj_t index, unsigned size) {
    memory_store(memory_address(pointer, index, size), size, word_of(value));
    return OBJ_NONE;
}

static obj_t load_8(obj_t p, obj_t i) { return viper_load(p, i, 1); }
static obj_t load_16(obj_t p, obj_t i) { return viper_load(p, i, 2); }
static obj_t load_32(obj_t p, obj_t i) { return viper_load(p, i, 4); }
static obj_t store_8(obj_t v, obj_t p, obj_t i) { return viper_store(v, p, i, 1); }
static obj_t store_16(obj_t v, obj_t p, obj_t i) { return viper_store(v, p, i, 2); }
static obj_t store_32(obj_t v, obj_t p, obj_t i) { return viper_store(v, p, i, 4); }

const struct builtin viper_load_8 = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = load_8}};
const struct builtin viper_load_16 = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = load_16}};
const struct builtin viper_load_32 = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = load_32}};
const struct builtin viper_store_8 = {BUILTIN_TYPE(FORM_3), FORM_3, 3, 3, 0, {.f3 = store_8}};
const struct builtin viper_store_16 = {BUILTIN_TYPE(FORM_3), FORM_3, 3, 3, 0, {.f3 = store_16}};
const struct builtin viper_store_32 = {BUILTIN_TYPE(FORM_3), FORM_3, 3, 3, 0, {.f3 = store_32}};
