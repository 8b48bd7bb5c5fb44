// SPDX-License-Identifier: MIT
// libFuzzer target: descriptors and addresses made from bytes, on a board. Nothing may be read or written that is no memory.
#include "harness.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/raise.h"

struct input { const uint8_t *at, *end; };
struct access { obj_t object; uint32_t how; };

static uint32_t take(struct input *in, int bytes) {
    uint32_t v = 0;
    for (; bytes > 0; bytes--) v = v << 8 | (in->at < in->end ? *in->at++ : 0);
    return v;
}

static obj_t number(struct input *in) {
    uint32_t how = take(in, 1);
    if (how < 40) return int_from(take(in, 1));                       // a small offset or type 0
    if (how < 120) return int_from((intptr_t)(how % 16) << 27 | take(in, 1)); // a type and a small offset
    return int_from((int32_t)take(in, 4) >> (how & 1));
}

static obj_t descriptor(struct input *in, int depth) {
    uint32_t how = depth > 5 ? 0 : take(in, 1) % 8;
    if (how < 3) return number(in);
    if (how == 3) {
        obj_t items[3] = {number(in), descriptor(in, depth + 1), OBJ_NULL};
        return tuple_new(2, items);
    }
    if (how == 4) {
        obj_t items[3] = {number(in), number(in), descriptor(in, depth + 1)};
        return tuple_new(3, items);
    }
    if (how == 5) return OBJ_NONE;
    obj_t dict = dict_new(0);
    for (uint32_t n = take(in, 1) % 4; n > 0; n--) dict_set(dict, OBJ_QSTR(n & 1 ? Q_x : intern_text("y")), descriptor(in, depth + 1));
    return dict;
}

static void look(void *arg) {
    struct access *a = arg;
    switch (a->how % 8) {
    case 0: a->object = obj_load_attr(a->object, Q_x); break;
    case 1: a->object = obj_load_attr(a->object, intern_text("y")); break;
    case 2: a->object = obj_subscr(a->object, int_from((int8_t)a->how), OBJ_SENTINEL); break;
    case 3: obj_store_attr(a->object, Q_x, int_from((intptr_t)a->how)); break;
    case 4: obj_subscr(a->object, int_from((int8_t)a->how), int_from((intptr_t)a->how)); break;
    case 5: call_1(harness_function("uctypes", "sizeof"), a->object); break;
    case 6: call_1(OBJ_PTR(&type_bytes), a->object); break;
    default: call_1(OBJ_PTR(&type_int), a->object);
    }
}

static void uctypes_case(const uint8_t *data, size_t size) {
    struct input in = {data, data + size};
    obj_t memory = bytearray_new(64, data == NULL || size < 64 ? NULL : data);
    obj_t address = take(&in, 1) & 1 ? int_from(take(&in, 4)) : call_1(harness_function("uctypes", "addressof"), memory);
    obj_t args[3] = {address, descriptor(&in, 0), int_from(take(&in, 1) % 3)};
    obj_t top = call(harness_function("uctypes", "struct"), 3, 0, args);
    struct access a = {top, 0};
    while (in.at < in.end) {
        a.how = take(&in, 2);
        if (!protect(look, &a, NULL)) a.object = top;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_board = "generic32";
    harness_case(uctypes_case, data, size);
    return 0;
}
