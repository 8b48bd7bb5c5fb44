// SPDX-License-Identifier: MIT
// libFuzzer target: a struct format and bytes. First byte: length of the format. What is unpacked is packed again, also into a buffer that is too small.
#include "harness.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/raise.h"

#include <string.h>

struct parts { obj_t format, data, values; };

static void unpack(void *arg) {
    struct parts *p = arg;
    p->values = call_2(harness_function("struct", "unpack_from"), p->format, p->data);
}

static void pack(void *arg) {
    struct parts *p = arg;
    struct tuple *t = (struct tuple *)p->values;
    obj_t args[200] = {p->format};
    size_t n = t->len < 190 ? t->len : 190;
    memcpy(args + 1, t->items, n * sizeof *args);
    call(harness_function("struct", "pack"), n + 1, 0, args);
}

static void pack_into(void *arg) {
    struct parts *p = arg;
    struct tuple *t = (struct tuple *)p->values;
    obj_t args[200] = {p->format, bytearray_new(20, NULL), OBJ_INT(-9)};
    size_t n = t->len < 190 ? t->len : 190;
    memcpy(args + 3, t->items, n * sizeof *args);
    call(harness_function("struct", "pack_into"), n + 3, 0, args);
}

static void struct_case(const uint8_t *data, size_t size) {
    if (size < 1) return;
    size_t len = data[0] < size - 1 ? data[0] : size - 1;
    struct parts p = {str_new((const char *)data + 1, len), bytes_new((const char *)data + 1 + len, size - 1 - len), OBJ_EMPTY_TUPLE};
    call_1(harness_function("struct", "calcsize"), p.format);
    protect(unpack, &p, NULL);
    protect(pack, &p, NULL);
    protect(pack_into, &p, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(struct_case, data, size);
    return 0;
}
