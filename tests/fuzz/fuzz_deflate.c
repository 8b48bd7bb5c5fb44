// SPDX-License-Identifier: MIT
// libFuzzer target: any bytes as compressed data, read whole and in small parts; and compressed and read again, which must give the same.
#include "harness.h"
#include "objects/num.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdlib.h>
#include <string.h>

struct parts { obj_t data; intptr_t bits; };

static void decompress_whole(void *arg) {
    struct parts *p = arg;
    call_2(harness_function("zlib", "decompress"), p->data, OBJ_INT(p->bits));
}

static void decompress_slowly(void *arg) {
    struct parts *p = arg;
    obj_t stream = call_2(harness_function("zlib", "DecompIO"), call_1(harness_function("io", "BytesIO"), p->data), OBJ_INT(p->bits));
    obj_t part;
    struct buffer b;
    do {
        part = call_method_1(stream, Q_read, OBJ_INT(7));
        obj_buffer(part, &b, BUFFER_READ);
    } while (b.len > 0);
}

static void round_trip(void *arg) {
    struct parts *p = arg;
    intptr_t bits = 5 + (p->bits & 0x7fffffff) % 11;
    obj_t small = call_2(harness_function("zlib", "compress"), p->data, OBJ_INT(bits));
    obj_t again = call_2(harness_function("zlib", "decompress"), small, OBJ_INT(bits));
    if (!str_equal(again, p->data)) abort();
}

static void deflate_case(const uint8_t *data, size_t size) {
    if (size < 1) return;
    struct parts p = {bytes_new((const char *)data + 1, size - 1), (int8_t)data[0] % 48};
    protect(decompress_whole, &p, NULL);
    protect(decompress_slowly, &p, NULL);
    round_trip(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(deflate_case, data, size);
    return 0;
}
