// SPDX-License-Identifier: MIT
// bytearray and array.array. (memoryview: array_view.c; single items in memory: binary.c)
//
// A header of 4 words and one run of items. capacity = len + room; it never shrinks. Growth (spec/heap-model.md 2.4): append takes 8 items
// more, everything else takes exactly what is needed.
// Python code runs while a value or an index is converted, and may resize the array meanwhile. So every function converts first, and
// computes places in the run afterwards.
// Once a memoryview has been made (ARRAY_VIEWED), or when the items are not in the heap at all, a run that has to move is left behind
// instead of being freed: the view keeps looking at the old items and nothing dangles.
// Items of code O are real objects. Nothing but Python values gets into such an array: it gives no writable buffer, and bytes are not
// copied into it.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "objects/types.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

enum { APPEND_ROOM = 8 };

static char array_code(const struct array *a) { return (char)(a->typecode & ARRAY_CODE); }

// ---- runs of items ----------------------------------------------------------------------------------------------------------
size_t array_item_bytes(char code) {
    size_t align;
    return code == 'O' ? sizeof(obj_t) : binary_size('@', code, &align);
}

static size_t run_bytes(char code, size_t n) {
    size_t bytes;
    if (__builtin_mul_overflow(n, array_item_bytes(code), &bytes) || bytes > PTRDIFF_MAX) raise_no_memory(SIZE_MAX);
    return bytes;
}

static void *run_new(char code, size_t n) {
    size_t bytes = run_bytes(code, n);
    if (n == 0) return NULL;
    return code == 'O' ? heap_new(n, 0, HEAP_REFS) : heap_new(0, bytes, HEAP_DATA);
}

static struct array *array_new(const struct type *type, char code, size_t n) {
    struct array *a = heap_new(4, 0, HEAP_REFS);
    *a = (struct array){.type = type, .typecode = (uint8_t)code};
    a->items = run_new(code, n);
    a->len = n;
    return a;
}

obj_t bytearray_new(size_t n, const void *data) {
    struct array *a = array_new(&type_bytearray, 'B', n);
    if (n && data) memcpy(a->items, data, n);
    return OBJ_PTR(a);
}

obj_t bytearray_take(char *run, size_t len) {
    struct array *a = heap_new(4, 0, HEAP_REFS);
    *a = (struct array){.type = &type_bytearray, .typecode = 'B', .len = len, .items = run};
    return OBJ_PTR(a);
}

// Makes the capacity `capacity` items, which is more than it is.
static void array_grow(struct array *a, size_t capacity) {
    char code = array_code(a);
    size_t bytes = run_bytes(code, capacity), words = code == 'O' ? capacity : 0;
    unsigned kind = code == 'O' ? HEAP_REFS : HEAP_DATA;
    if (code == 'O') bytes = 0;
    bool leave = a->items && ((a->typecode & ARRAY_VIEWED) || !heap_owns(a->items));
    if (!leave) {
        a->items = heap_resize(a->items, words, bytes, kind);
    } else if (!heap_try_resize(a->items, words, bytes, kind, false)) {
        void *run = heap_new(words, bytes, kind);
        if (a->len) memcpy(run, a->items, a->len * array_item_bytes(code));
        a->items = run;
    }
    a->room = capacity - a->len;
}

static size_t array_sum(size_t a, size_t b) {
    size_t sum;
    if (__builtin_add_overflow(a, b, &sum)) raise_no_memory(SIZE_MAX);
    return sum;
}

// Adds n items at the end, contents undefined.
static void array_extend_by(struct array *a, size_t n) {
    if (n > a->room) array_grow(a, array_sum(a->len, n));
    a->len += n;
    a->room -= n;
}

// ---- items ------------------------------------------------------------------------------------------------------------------
obj_t array_load(const struct array *a, size_t index) {
    char code = array_code(a);
    size_t at = index + (a->type == &type_memoryview ? a->room : 0);
    if (code == 'B') return OBJ_INT(((const uint8_t *)a->items)[at]);
    if (code != 'O') return binary_load('@', code, (const char *)a->items + at * array_item_bytes(code));
    obj_t item = ((const obj_t *)a->items)[at];
    return item == OBJ_NULL ? OBJ_NONE : item;
}

// A converted item, on its way into the run.
union item {
    obj_t object;
    char bytes[8];
};

static union item item_convert(char code, obj_t value) {
    union item item = {.object = value};
    if (code != 'O') binary_store('@', code, item.bytes, value);
    return item;
}

void array_store(struct array *a, size_t index, obj_t value) {
    char code = array_code(a);
    if (code == 'B' && obj_is_int(value)) {
        ((uint8_t *)a->items)[index + (a->type == &type_memoryview ? a->room : 0)] = (uint8_t)obj_int(value);
        return;
    }
    union item item = item_convert(code, value);
    if (index >= a->len) raise_format(&type_IndexError, "%q index out of range", a->type->name);
    size_t size = array_item_bytes(code), at = index + (a->type == &type_memoryview ? a->room : 0);
    memcpy((char *)a->items + at * size, item.bytes, size);
}

size_t array_index(const struct array *a, obj_t index) {
    if (!obj_is_int(index)) {
        intptr_t i;
        if (obj_get_int_maybe(index, &i)) index = int_from(i);
    }
    return obj_get_index(a->type, a->len, index, false);
}

static obj_t bound_convert(obj_t bound) { return bound == OBJ_NONE || obj_is_int(bound) ? bound : int_from(obj_get_int(bound)); }

struct slice_bounds array_bounds(const struct array *a, obj_t slice) {
    const struct slice *s = (const struct slice *)slice;
    struct slice plain = {s->type, bound_convert(s->start), bound_convert(s->stop), bound_convert(s->step)};
    struct slice_bounds b;
    if (!slice_indices(a->len, OBJ_PTR(&plain), &b))
        raise_message(&type_NotImplementedError, "only slices with step=1 (aka None) are supported");
    if (b.stop < b.start) b.stop = b.start;
    return b;
}

// ---- append and extend ------------------------------------------------------------------------------------------------------
static struct array *array_self(obj_t o) {
    if (!obj_is(o, &type_bytearray) && !obj_is(o, &type_array))
        raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_bytearray, obj_type_name(o));
    return (struct array *)o;
}

static void array_append(struct array *a, obj_t value) {
    char code = array_code(a);
    union item item = item_convert(code, value);
    if (a->room == 0) array_grow(a, array_sum(a->len, APPEND_ROOM));
    size_t size = array_item_bytes(code);
    memcpy((char *)a->items + a->len * size, item.bytes, size);
    a->len++;
    a->room--;
}

// Can the bytes of b become items of code?
static bool array_takes(char code, const struct buffer *b) { return code != 'O' || b->typecode == 'O'; }

static void array_extend(struct array *a, obj_t source) {
    struct buffer b;
    char code = array_code(a);
    if (obj_buffer_maybe(source, &b, BUFFER_READ) && array_takes(code, &b)) {
        size_t size = array_item_bytes(code), n = b.len / size, old = a->len;
        bool own = b.data == a->items;
        array_extend_by(a, n);
        copy_patiently((char *)a->items + old * size, own ? a->items : b.data, n * size);
        return;
    }
    obj_t it = iter_begin(source, NULL), item;
    while ((item = iter_next(it)) != OBJ_NULL) array_append(a, item);
}

obj_t array_method_append(obj_t self, obj_t item) {
    array_append(array_self(self), item);
    return OBJ_NONE;
}

obj_t array_method_extend(obj_t self, obj_t items) {
    array_extend(array_self(self), items);
    return OBJ_NONE;
}

// ---- construction -------------------------------------------------------------------------------------------------------------
static obj_t array_from_iterable(const struct type *type, char code, obj_t items) {
    obj_t known = obj_len_maybe(items), item;
    if (known == OBJ_NULL || !obj_is_int(known) || obj_int(known) < 0) {
        struct array *a = array_new(type, code, 0);
        array_extend(a, items);
        return OBJ_PTR(a);
    }
    struct array *a = array_new(type, code, (size_t)obj_int(known));
    obj_t it = iter_begin(items, NULL);
    for (size_t i = 0; i < a->len && (item = iter_next(it)) != OBJ_NULL; i++) array_store(a, i, item);
    return OBJ_PTR(a);
}

static obj_t array_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 2, false);
    size_t len, align;
    const char *text = str_data(args[0], &len);
    char code = len ? text[0] : 0;
    if (!binary_size('@', code, &align)) raise_message(&type_ValueError, "bad typecode");
    if (n == 1) return OBJ_PTR(array_new(&type_array, code, 0));
    struct buffer b;
    bool plain = obj_is(args[1], &type_bytes) || obj_is(args[1], &type_bytearray);
    if (!plain || code == 'O' || !obj_buffer_maybe(args[1], &b, BUFFER_READ)) return array_from_iterable(&type_array, code, args[1]);
    struct array *a = array_new(&type_array, code, b.len / array_item_bytes(code));
    if (a->len) memcpy(a->items, b.data, a->len * array_item_bytes(code));
    return OBJ_PTR(a);
}

static obj_t bytearray_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 0, 3, false);
    if (n == 0) return bytearray_new(0, NULL);
    if (obj_is_int(args[0]) || obj_is(args[0], &type_int)) {
        intptr_t len = obj_get_int(args[0]);
        if (len < 0) {
            array_new(&type_bytearray, 'B', 0);
            raise_no_memory(rt.profile.word_bytes == 4 ? (size_t)(uint32_t)len : (size_t)len);
        }
        return bytearray_new((size_t)len, NULL);
    }
    if (n == 1 && obj_is_str(args[0])) raise_message(&type_TypeError, "string argument without an encoding");
    struct buffer b;
    if (obj_buffer_maybe(args[0], &b, BUFFER_READ)) return bytearray_new(b.len, b.data);
    return array_from_iterable(&type_bytearray, 'B', args[0]);
}

// ---- slices -------------------------------------------------------------------------------------------------------------------
static obj_t array_slice(const struct array *a, obj_t slice) {
    struct slice_bounds s = array_bounds(a, slice);
    char code = array_code(a);
    struct array *piece = array_new(a->type, code, s.count);
    size_t size = array_item_bytes(code);
    if (s.count) memcpy(piece->items, (const char *)a->items + s.start * size, s.count * size);
    return OBJ_PTR(piece);
}

bool array_source(obj_t value, char code, struct buffer *out, size_t *count) {
    bool array = obj_is(value, &type_bytearray) || obj_is(value, &type_array) || obj_is(value, &type_memoryview);
    if (!array && !obj_is(value, &type_bytes)) raise_message(&type_NotImplementedError, "array/bytes required on right side");
    obj_buffer(value, out, BUFFER_READ);
    size_t size = array_item_bytes(code);
    if (array_item_bytes(out->typecode) != size || (code == 'O') != (out->typecode == 'O'))
        raise_message(&type_ValueError, "lhs and rhs should be compatible");
    *count = out->len / size;
    return true;
}

static void array_slice_store(struct array *a, obj_t slice, obj_t value) {
    char code = array_code(a);
    struct slice_bounds s = array_bounds(a, slice);
    struct buffer b;
    size_t n, size = array_item_bytes(code), old = s.stop - s.start;
    array_source(value, code, &b, &n);
    const char *from = b.data;
    char *copy = NULL, *items = a->items;
    if (n && items && from >= items && from < items + (a->len + a->room) * size) { // its own items, which are about to move
        copy = code == 'O' ? heap_new(n, 0, HEAP_REFS) : heap_new(0, n * size, HEAP_DATA);
        memcpy(copy, from, n * size);
        from = copy;
    }
    size_t behind = a->len - s.stop;
    if (n > old) array_extend_by(a, n - old);
    items = a->items;
    if (behind && n != old) memmove(items + (s.start + n) * size, items + s.stop * size, behind * size);
    if (n) memcpy(items + s.start * size, from, n * size);
    if (n < old) {
        a->len -= old - n;
        a->room += old - n;
    }
    heap_free(copy);
}

static obj_t array_subscr(obj_t self, obj_t index, obj_t value) {
    struct array *a = (struct array *)self;
    if (value == OBJ_NULL) return OBJ_NULL;
    if (obj_is(index, &type_slice)) {
        if (value == OBJ_SENTINEL) return array_slice(a, index);
        array_slice_store(a, index, value);
        return OBJ_NONE;
    }
    size_t i = array_index(a, index);
    if (value == OBJ_SENTINEL) return array_load(a, i);
    array_store(a, i, value);
    return OBJ_NONE;
}

// ---- operators ----------------------------------------------------------------------------------------------------------------
static obj_t array_concat(const struct array *a, obj_t right) {
    struct buffer b;
    char code = array_code(a);
    obj_buffer(right, &b, BUFFER_READ);
    if (!array_takes(code, &b)) raise_message(&type_ValueError, "lhs and rhs should be compatible");
    size_t size = array_item_bytes(code), n = b.len / size;
    struct array *sum = array_new(a->type, code, array_sum(a->len, n));
    copy_patiently(sum->items, a->items, a->len * size);
    copy_patiently((char *)sum->items + a->len * size, b.data, n * size);
    return OBJ_PTR(sum);
}

// May items of these codes be compared as bytes? They must be integers of one size by name; signed ones have no order.
static bool codes_compare(enum binary_op op, char a, char b) {
    if (a == 'f' || a == 'd' || a == 'e') return false;
    bool exact = a == 'P' || a == 'O' || a == 'S' || b == 'P' || b == 'O' || b == 'S';
    if (exact ? a != b : (a | 0x20) != (b | 0x20)) return false;
    return op == OP_EQ || a < 'a' || b < 'a';
}

obj_t array_compare(enum binary_op op, obj_t left, obj_t right) {
    struct buffer a, b;
    obj_buffer(left, &a, BUFFER_READ);
    if (!obj_buffer_maybe(right, &b, BUFFER_READ)) return op == OP_EQ ? OBJ_NULL : OBJ_FALSE;
    if (!codes_compare(op, a.typecode, b.typecode)) raise_type(&type_NotImplementedError);
    return text_ordered(op, text_compare(a.data, a.len, b.data, b.len));
}

bool array_number(obj_t item) { return obj_is_int(item) || obj_is(item, &type_int) || obj_is_float(item); }

static obj_t array_contains(const struct array *a, obj_t item) {
    struct buffer b;
    if (array_number(item)) raise_type(&type_NotImplementedError);
    if (a->type != &type_bytearray || !obj_buffer_maybe(item, &b, BUFFER_READ)) return OBJ_FALSE;
    if (b.len == 0) return OBJ_TRUE;
    return obj_bool(a->len && text_find(a->items, a->len, b.data, b.len));
}

static obj_t array_binary(enum binary_op op, obj_t left, obj_t right) {
    switch (op) {
    case OP_ADD: return array_concat((const struct array *)left, right);
    case OP_IADD: array_extend((struct array *)left, right); return left;
    case OP_CONTAINS: return array_contains((const struct array *)left, right);
    case OP_EQ:
    case OP_LT:
    case OP_GT:
    case OP_LE:
    case OP_GE: return array_compare(op, left, right);
    default: return OBJ_NULL;
    }
}

obj_t array_unary(enum unary_op op, obj_t self) {
    const struct array *a = (const struct array *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(a->len != 0);
    case OP_LEN: return OBJ_INT(a->len);
    case OP_SIZEOF: {
        size_t align, size = a->type == &type_memoryview ? 0 : binary_size('@', array_code(a), &align);
        return OBJ_INT(4 * rt.profile.word_bytes + (a->len + a->room) * size);
    }
    default: return OBJ_NULL;
    }
}

static obj_t array_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    const struct array *a = (const struct array *)it->of;
    return it->cursor < a->len ? array_load(a, it->cursor++) : iter_end();
}

obj_t array_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, array_next, self, 0); }

static bool array_buffer(obj_t self, struct buffer *out, unsigned flags) {
    static char nothing[8];
    const struct array *a = (const struct array *)self;
    char code = array_code(a);
    if (code == 'O' && (flags & BUFFER_WRITE)) return false;
    *out = (struct buffer){a->items ? a->items : nothing, a->len * array_item_bytes(code), code};
    return true;
}

static void bytearray_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct array *a = (const struct array *)self;
    print_text(p, "bytearray(b");
    str_print_quoted(p, a->len ? a->items : "", a->len, true);
    print_text(p, ")");
}

static void array_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct array *a = (const struct array *)self;
    print_format(p, "array('%c'", array_code(a));
    for (size_t i = 0; i < a->len; i++) {
        print_text(p, i ? ", " : ", [");
        obj_print(p, array_load(a, i), PRINT_REPR);
    }
    print_text(p, a->len ? "])" : ")");
}

static const struct type_ops bytearray_ops = {
    .print = bytearray_print,
    .construct = bytearray_construct,
    .unary = array_unary,
    .binary = array_binary,
    .subscr = array_subscr,
    .iter = array_iter,
    .buffer = array_buffer,
};
const struct type type_bytearray = {
    .type = &type_type, .name = Q_bytearray, .flags = TYPE_EQ_OTHER_TYPES, .ops = &bytearray_ops, .members = &bytearray_dict};

BUILTIN_2(append_fn, array_method_append);
BUILTIN_2(extend_fn, array_method_extend);
static const struct map_slot array_members[] = {MEMBER(append, &append_fn), MEMBER(extend, &extend_fn)};
static FIXED_DICT(array_dict, array_members);

static const struct type_ops array_ops = {
    .print = array_print,
    .construct = array_construct,
    .unary = array_unary,
    .binary = array_binary,
    .subscr = array_subscr,
    .iter = array_iter,
    .buffer = array_buffer,
};
const struct type type_array = {.type = &type_type, .name = Q_array, .ops = &array_ops, .members = &array_dict};
