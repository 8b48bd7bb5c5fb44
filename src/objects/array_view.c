// SPDX-License-Identifier: MIT
// memoryview: a window on the items of another object, described by that object's run, an offset and a length in items.
//
// The run is kept alive by the pointer to its head; the object itself is not. When a bytearray or array that has been viewed must move its
// items, it leaves the old run to the view (array.c). A view of something that cannot be written refuses stores.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

static char view_code(const struct array *v) { return (char)(v->typecode & ARRAY_CODE); }

static obj_t view_new(uint8_t typecode, uint64_t offset, size_t len, void *items) {
    struct array *v = heap_new(4, 0, HEAP_REFS);
    *v = (struct array){&type_memoryview, typecode, offset, len, items};
    return OBJ_PTR(v);
}

// The bytearray or array behind o, an instance of a subclass included; NULL: something else.
static struct array *view_owner(obj_t o) {
    obj_t native = obj_native(o, &type_bytearray);
    if (native == OBJ_NULL) native = obj_native(o, &type_array);
    return (struct array *)native;
}

// The window on all items of o.
static struct array view_of(obj_t o) {
    if (obj_is(o, &type_memoryview)) return *(const struct array *)o;
    struct array *owner = view_owner(o);
    if (owner) bytearray_settle(owner);
    struct buffer b;
    bool writable = obj_buffer_maybe(o, &b, BUFFER_WRITE);
    if (!writable) obj_buffer(o, &b, BUFFER_READ);
    if (owner) owner->typecode |= ARRAY_VIEWED;
    size_t size = array_item_bytes(b.typecode);
    if (size == 0) {
        b.typecode = 'B';
        size = 1;
    }
    return (struct array){&type_memoryview, (uint8_t)b.typecode | (writable ? VIEW_WRITABLE : 0), 0, b.len / size, b.data};
}

static size_t view_bound(obj_t o) {
    intptr_t n = obj_get_int(o);
    if (n < 0) raise_message(&type_ValueError, "offset and size must not be negative");
    return (size_t)n;
}

static obj_t view_checked(const struct array *v, uint64_t offset, size_t len) {
    uint64_t limit = rt.profile.word_bytes == 4 ? 0xffffff : 0xffffffffffffff;
    if (offset > limit) raise_message(&type_OverflowError, "memoryview offset too large");
    return view_new((uint8_t)v->typecode, offset, len, v->items);
}

// memoryview(buffer), or as Pycopy has it memoryview(buffer, offset, size): the window memoryview(buffer)[offset:offset + size].
static obj_t view_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, n == 3 ? 3 : 1, false); // not two
    size_t offset = n == 3 ? view_bound(args[1]) : 0, most = n == 3 ? view_bound(args[2]) : SIZE_MAX;
    struct array v = view_of(args[0]); // the numbers first: __int__ may have changed the buffer
    if (offset > v.len) offset = v.len;
    return view_checked(&v, v.room + offset, most < v.len - offset ? most : v.len - offset);
}

static obj_t view_slice(const struct array *v, obj_t slice) {
    struct slice_bounds s = array_bounds(v, slice);
    return view_checked(v, v->room + s.start, s.count);
}

// False: the memory cannot be written, which is found out after the value was looked at.
static bool view_slice_store(const struct array *v, obj_t slice, obj_t value) {
    struct slice_bounds s = array_bounds(v, slice);
    struct buffer b;
    size_t n, size = array_item_bytes(view_code(v));
    array_source(value, view_code(v), &b, &n);
    if (!(v->typecode & VIEW_WRITABLE)) return false;
    if (n != s.count) raise_message(&type_ValueError, "lhs and rhs should be compatible");
    if (n) memmove((char *)v->items + (v->room + s.start) * size, b.data, n * size);
    return true;
}

static obj_t view_subscr(obj_t self, obj_t index, obj_t value) {
    struct array *v = (struct array *)self;
    if (value == OBJ_NULL) return OBJ_NULL;
    if (obj_is(index, &type_slice)) {
        if (value == OBJ_SENTINEL) return view_slice(v, index);
        return view_slice_store(v, index, value) ? OBJ_NONE : OBJ_NULL;
    }
    size_t i = array_index(v, index);
    if (value == OBJ_SENTINEL) return array_load(v, i);
    if (!(v->typecode & VIEW_WRITABLE)) return OBJ_NULL;
    array_store(v, i, value);
    return OBJ_NONE;
}

static obj_t view_binary(enum binary_op op, obj_t left, obj_t right) {
    switch (op) {
    case OP_CONTAINS:
        if (array_number(right)) raise_type(&type_NotImplementedError);
        return OBJ_FALSE;
    case OP_EQ:
    case OP_LT:
    case OP_GT:
    case OP_LE:
    case OP_GE: return array_compare(op, left, right);
    default: return OBJ_NULL;
    }
}

static bool view_buffer(obj_t self, struct buffer *out, unsigned flags) {
    const struct array *v = (const struct array *)self;
    if ((flags & BUFFER_WRITE) && !(v->typecode & VIEW_WRITABLE)) return false;
    size_t size = array_item_bytes(view_code(v));
    *out = (struct buffer){(char *)v->items + v->room * size, v->len * size, view_code(v)};
    return true;
}

static void view_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value != OBJ_NULL || name != Q_itemsize) return;
    size_t align;
    out[0] = OBJ_INT(binary_size('@', view_code((const struct array *)self), &align));
}

static const struct map_slot view_members[] = {MEMBER(hex, &text_hex_fn)};
static FIXED_DICT(view_dict, view_members);

static const struct type_ops view_ops = {
    .construct = view_construct,
    .unary = array_unary,
    .binary = view_binary,
    .attr = view_attr,
    .subscr = view_subscr,
    .iter = array_iter,
    .buffer = view_buffer,
};
const struct type type_memoryview = {
    .type = &type_type, .name = Q_memoryview, .flags = TYPE_EQ_OTHER_TYPES, .ops = &view_ops, .members = &view_dict};
