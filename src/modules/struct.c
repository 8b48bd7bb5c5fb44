// SPDX-License-Identifier: MIT
// The struct module.
//
// A format is an optional order character (@ native with alignment, < > !) and items: an optional count and a code of objects/binary.c,
// or s (count is the length of one value) or x (count is the number of padding bytes).
// It is walked by struct_next(); sizes are summed with a check, so that a count can be as large as anybody likes.
// pack and pack_into accept too few and too many values: what is missing stays as it was (zero in new bytes).
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "objects/seq.h"
#include "run/call.h"
#include "run/raise.h"

struct walk {
    const char *at, *end;
    char order;
    size_t offset; // of the item last returned; behind it once `size * count` is added
};
struct item {
    char code;
    size_t count, size; // count values of size bytes; s: one value of size bytes; x: no value
};

static struct walk walk_start(obj_t format) {
    size_t len;
    const char *text = str_data(format, &len);
    struct walk w = {text, text + len, '@', 0};
    if (len > 0 && (*text == '@' || *text == '<' || *text == '>' || *text == '!')) w.order = *w.at++;
    return w;
}

_Noreturn static void struct_raise_size(void) { raise_no_memory(SIZE_MAX); }

static size_t walk_count(struct walk *w) {
    size_t count = 0;
    if (w->at == w->end || *w->at < '0' || *w->at > '9') return 1;
    for (; w->at < w->end && *w->at >= '0' && *w->at <= '9'; w->at++) {
        if (__builtin_mul_overflow(count, (size_t)10, &count) || __builtin_add_overflow(count, (size_t)(*w->at - '0'), &count))
            struct_raise_size();
    }
    return count;
}

// The next item, with w->offset where it starts; false at the end. The caller goes on with walk_skip().
static bool walk_next(struct walk *w, struct item *item) {
    if (w->at == w->end) return false;
    size_t count = walk_count(w), align = 1;
    item->code = w->at < w->end ? *w->at++ : 0;
    item->count = count;
    switch (item->code) {
    case 's':
        item->size = count;
        item->count = 1;
        break;
    case 'x': item->size = 1; break;
    default:
        item->size = binary_size(w->order, item->code, &align);
        if (item->size == 0) raise_message(&type_ValueError, "bad typecode");
    }
    if (count == 0) align = 1;
    if (w->offset > PTRDIFF_MAX - 16) struct_raise_size();
    w->offset = (w->offset + align - 1) & ~(align - 1);
    return true;
}

static void walk_skip(struct walk *w, const struct item *item) {
    size_t bytes;
    if (__builtin_mul_overflow(item->size, item->count, &bytes)) struct_raise_size();
    if (__builtin_add_overflow(w->offset, bytes, &w->offset)) struct_raise_size();
}

static size_t struct_size(obj_t format, size_t *values) {
    struct walk w = walk_start(format);
    struct item item;
    *values = 0;
    while (walk_next(&w, &item)) {
        if (item.code != 'x' && __builtin_add_overflow(*values, item.count, values)) struct_raise_size();
        walk_skip(&w, &item);
    }
    return w.offset;
}

static obj_t struct_calcsize(obj_t format) {
    size_t values;
    return int_from_u64(struct_size(format, &values));
}

// Where packed bytes go. A value may run Python code that moves a bytearray, so its address is asked for anew each time.
struct target {
    obj_t object;  // OBJ_NULL: `data`
    char *data;
    size_t offset; // in the object
};

// bytes NULL: zeros
static void target_put(const struct target *t, size_t at, const void *bytes, size_t n) {
    char *data = t->data;
    if (n == 0) return;
    if (t->object != OBJ_NULL) {
        struct buffer b;
        obj_buffer(t->object, &b, BUFFER_WRITE);
        if (at + t->offset + n > b.len) raise_message(&type_ValueError, "buffer too small");
        data = (char *)b.data + t->offset;
    }
    if (bytes) memcpy(data + at, bytes, n);
    else memset(data + at, 0, n);
}

static void struct_pack_values(obj_t format, const struct target *t, size_t n, const obj_t *values) {
    struct walk w = walk_start(format);
    struct item item;
    for (size_t used = 0; used < n && walk_next(&w, &item); walk_skip(&w, &item)) {
        if (item.code == 'x') target_put(t, w.offset, NULL, item.count);
        if (item.code == 's') {
            struct buffer b;
            obj_buffer(values[used++], &b, BUFFER_READ);
            size_t given = b.len < item.size ? b.len : item.size;
            target_put(t, w.offset, b.data, given);
            target_put(t, w.offset + given, NULL, item.size - given);
        }
        for (size_t i = 0; item.code != 'x' && item.code != 's' && i < item.count && used < n; i++) {
            char bytes[8];
            binary_store(w.order, item.code, bytes, values[used++]);
            target_put(t, w.offset + i * item.size, bytes, item.size);
        }
    }
}

static obj_t struct_pack(size_t n, const obj_t *args) {
    size_t values, size = struct_size(args[0], &values);
    if (size >= PTRDIFF_MAX) struct_raise_size();
    struct target t = {OBJ_NULL, heap_new(0, size + 1, HEAP_DATA), 0};
    struct_pack_values(args[0], &t, n - 1, args + 1);
    return str_take(&type_bytes, t.data, size);
}

// Offset into len bytes, from the end when negative, with room for size bytes behind it.
static size_t struct_offset(intptr_t offset, size_t len, size_t size) {
    if (offset < 0) offset += (intptr_t)len;
    if (offset < 0 || (size_t)offset > len || len - (size_t)offset < size) raise_message(&type_ValueError, "buffer too small");
    return (size_t)offset;
}

static obj_t struct_pack_into(size_t n, const obj_t *args) {
    size_t values, size = struct_size(args[0], &values);
    struct buffer b;
    intptr_t offset = obj_get_int(args[2]);
    obj_buffer(args[1], &b, BUFFER_WRITE);
    struct target t = {args[1], NULL, struct_offset(offset, b.len, size)};
    struct_pack_values(args[0], &t, n - 3, args + 3);
    return OBJ_NONE;
}

static obj_t struct_unpack_from(size_t n, const obj_t *args) {
    size_t values, size = struct_size(args[0], &values);
    intptr_t offset = n > 2 ? obj_get_int(args[2]) : 0;
    struct buffer b;
    obj_t tuple = tuple_new(values, NULL); // made before it is known whether there are bytes for it
    obj_buffer(args[1], &b, BUFFER_READ);
    const char *data = (const char *)b.data + struct_offset(offset, b.len, size);
    obj_t *out = ((struct tuple *)tuple)->items;
    struct walk w = walk_start(args[0]);
    struct item item;
    for (; walk_next(&w, &item); walk_skip(&w, &item)) {
        if (item.code == 'x') continue;
        for (size_t i = 0; i < item.count; i++) {
            const char *at = data + w.offset + i * item.size;
            *out++ = item.code == 's' ? bytes_new(at, item.size) : binary_load(w.order, item.code, at);
        }
    }
    return tuple;
}

BUILTIN_1(calcsize_fn, struct_calcsize);
BUILTIN_VAR(pack_fn, 1, 255, struct_pack);
BUILTIN_VAR(pack_into_fn, 3, 255, struct_pack_into);
BUILTIN_VAR(unpack_fn, 2, 3, struct_unpack_from);
BUILTIN_VAR(unpack_from_fn, 2, 3, struct_unpack_from);

static const struct map_slot struct_globals[] = {
    MEMBER(__name__, OBJ_QSTR(Q_struct)),
    MEMBER(calcsize, &calcsize_fn),
    MEMBER(pack, &pack_fn),
    MEMBER(pack_into, &pack_into_fn),
    MEMBER(unpack, &unpack_fn),
    MEMBER(unpack_from, &unpack_from_fn),
};
static FIXED_DICT(struct_globals_dict, struct_globals);
const struct module module_struct = {.type = &type_module, .globals = &struct_globals_dict};
MODULE(struct, true, NULL, "");
