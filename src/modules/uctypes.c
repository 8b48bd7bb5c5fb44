// SPDX-License-Identifier: MIT
// Module uctypes: memory seen through a descriptor.
//
// A number of a descriptor has 31 bits, the same on every computer. Scalars: type in bits 27..30, offset below; of a bit field the offset
// is 17 bits, then 5 bits position and 5 bits length. Aggregates: kind in bits 29..30 (0 structure, 1 pointer, 2 array), offset below.
//     {name: scalar or tuple}               structure
//     (kind | offset, descriptor)           structure inside, or pointer to something
//     (ARRAY | offset, count | type), (ARRAY | offset, count, descriptor)
// Descriptors come from the program and are looked at anew at each access; what is none is TypeError. Memory is reached through memory.h
// only.
//
// A struct object keeps its descriptor and the place: as a host pointer while it lies in the heap, so that it keeps alive what a
// board's would keep alive (a run that it points to the head of).
#include "heap/heap.h"
#include "modules/memory.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

enum scalar {
    UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, BFUINT8, BFINT8, BFUINT16, BFINT16, BFUINT32, BFINT32, FLOAT32, FLOAT64
};
enum kind { KIND_STRUCT, KIND_PTR, KIND_ARRAY, KIND_NONE };
enum layout { LAYOUT_LITTLE, LAYOUT_BIG, LAYOUT_NATIVE };
enum {
    SCALAR_SHIFT = 27, KIND_SHIFT = 29, FIELD_OFFSET_BITS = 17, FIELD_POSITION = 17, FIELD_LENGTH = 22, FIELD_MASK = 31,
    SCALAR_MASK = (1 << SCALAR_SHIFT) - 1, KIND_MASK = (1 << KIND_SHIFT) - 1, WORD_MASK = 0x7fffffff
};
#define SCALAR(t) OBJ_INT((int32_t)((uint32_t)(t) << (SCALAR_SHIFT + 1)) / 2) // as a signed number of 31 bits
static const uint8_t scalar_sizes[16] = {1, 1, 2, 2, 4, 4, 8, 8, 1, 1, 2, 2, 4, 4, 4, 8};

struct cstruct { // 4 words
    const struct type *type;
    obj_t descriptor;
    uintptr_t place;  // host pointer when in_heap, else the address
    uint32_t layout;
    bool in_heap;
};
static const struct type type_struct;

_Noreturn static void descriptor_raise(void) { raise_message(&type_TypeError, "syntax error in uctypes descriptor"); }

static uint64_t cstruct_address(const struct cstruct *s) { return s->in_heap ? heap_address((void *)s->place) : s->place; }

static obj_t cstruct_new(uint64_t address, obj_t descriptor, uint32_t layout) {
    struct cstruct *s = heap_new(4, 0, HEAP_REFS);
    void *p = heap_pointer(address);
    s->type = &type_struct;
    s->descriptor = descriptor;
    s->in_heap = p != NULL;
    s->place = p ? (uintptr_t)p : (uintptr_t)address;
    s->layout = layout;
    return OBJ_PTR(s);
}

// ---- descriptors ------------------------------------------------------------------------------------------------------------
static uint32_t descriptor_word(obj_t o) {
    intptr_t v = obj_is_int(o) ? obj_int(o) : INTPTR_MIN;
    if (v < -(1 << 30) || v > WORD_MASK) descriptor_raise();
    return (uint32_t)v & WORD_MASK;
}

struct aggregate {
    enum kind kind;
    uint32_t offset;
    size_t count;       // array
    obj_t of;           // OBJ_NULL: scalars
    enum scalar scalar;
};

// Scalars in arrays and behind pointers have their type only, or count and type.
static void aggregate_scalar(struct aggregate *a, obj_t o) {
    uint32_t word = descriptor_word(o);
    a->of = OBJ_NULL;
    a->scalar = (enum scalar)(word >> SCALAR_SHIFT);
    a->count = word & SCALAR_MASK;
}

static struct aggregate aggregate_read(obj_t descriptor) {
    struct aggregate a = {0};
    size_t n;
    obj_t *items;
    if (!obj_is_tuple(descriptor)) descriptor_raise();
    seq_items(descriptor, &n, &items);
    if (n < 2 || n > 3) descriptor_raise();
    uint32_t word = descriptor_word(items[0]);
    a.kind = (enum kind)(word >> KIND_SHIFT);
    a.offset = word & KIND_MASK;
    if (a.kind == KIND_NONE || (n == 3) > (a.kind == KIND_ARRAY)) descriptor_raise();
    a.of = items[n - 1];
    if (n == 3) a.count = descriptor_word(items[1]) & SCALAR_MASK;
    else if (a.kind == KIND_ARRAY || (a.kind == KIND_PTR && obj_is_integer(a.of))) aggregate_scalar(&a, a.of);
    return a;
}

// ---- sizes ------------------------------------------------------------------------------------------------------------------
static size_t size_of(obj_t descriptor, uint32_t layout, size_t *align);

static size_t size_grow(size_t offset, size_t size) {
    size_t end;
    if (__builtin_add_overflow(offset, size, &end)) descriptor_raise();
    return end;
}

static size_t aggregate_size(const struct aggregate *a, uint32_t layout, size_t *align) {
    size_t item, size, word = rt.profile.word_bytes;
    if (a->kind == KIND_PTR) {
        if (*align < word) *align = word;
        return word;
    }
    if (a->of == OBJ_NULL) {
        item = scalar_sizes[a->scalar];
        if (*align < item) *align = item;
    } else {
        item = size_of(a->of, layout, align);
    }
    if (a->kind == KIND_STRUCT) return item;
    if (__builtin_mul_overflow(item, a->count, &size)) descriptor_raise();
    return size;
}

static size_t dict_size(const struct map *m, uint32_t layout, size_t *align) {
    size_t cursor = 0, size = 0;
    for (struct map_slot *s; (s = map_next(m, &cursor)) != NULL;) {
        size_t end;
        if (obj_is_integer(s->value)) {
            uint32_t word = descriptor_word(s->value);
            enum scalar scalar = (enum scalar)(word >> SCALAR_SHIFT);
            bool is_field = scalar >= BFUINT8 && scalar <= BFINT32;
            size_t bytes = scalar_sizes[scalar];
            if (*align < bytes) *align = bytes;
            end = (word & (is_field ? (1u << FIELD_OFFSET_BITS) - 1 : (unsigned)SCALAR_MASK)) + bytes;
        } else {
            struct aggregate a = aggregate_read(s->value);
            end = size_grow(a.offset, aggregate_size(&a, layout, align));
        }
        if (end > size) size = end;
    }
    return size;
}

// *align grows to the largest scalar inside.
static size_t size_of(obj_t descriptor, uint32_t layout, size_t *align) {
    stack_check();
    if (obj_is_dict(descriptor)) {
        size_t own = 1, size = dict_size(dict_map(descriptor), layout, &own);
        if (*align < own) *align = own;
        return layout == LAYOUT_NATIVE ? size_grow(size, own - 1) & ~(own - 1) : size;
    }
    if (obj_is_int(descriptor)) raise_message(&type_TypeError, "can't unambiguously get sizeof scalar");
    struct aggregate a = aggregate_read(descriptor);
    return aggregate_size(&a, layout, align);
}

static size_t cstruct_size(const struct cstruct *s) {
    size_t align = 1;
    return size_of(s->descriptor, s->layout, &align);
}

static obj_t uctypes_sizeof(size_t n, const obj_t *args) {
    size_t align = 1;
    uint32_t layout = n > 1 ? (uint32_t)obj_get_int(args[1]) : LAYOUT_NATIVE;
    if (obj_is(args[0], &type_bytearray)) return int_from((intptr_t)((struct array *)args[0])->len);
    if (!obj_is(args[0], &type_struct)) return int_from_u64(size_of(args[0], layout, &align));
    if (n > 1) raise_type(&type_TypeError); // it has a layout
    return int_from_u64(cstruct_size((struct cstruct *)args[0]));
}

// ---- memory -------------------------------------------------------------------------------------------------------------------
static uint64_t turned(uint64_t value, unsigned size) { return __builtin_bswap64(value) >> (64 - 8 * size); }

// A number of 1, 2, 4 or 8 bytes, in the heap or in a register of the board.
static uint64_t number_load(uint64_t address, unsigned size, uint32_t layout) {
    uint64_t value = 0;
    const uint8_t *p = memory_at(address, size, false);
    if (p) memcpy(&value, p, size); // the host is little-endian, as all boards are
    else value = memory_load(address, size);
    return layout == LAYOUT_BIG ? turned(value, size) : value;
}

static void number_store(uint64_t address, unsigned size, uint32_t layout, uint64_t value) {
    if (layout == LAYOUT_BIG) value = turned(value, size);
    uint8_t *p = memory_at(address, size, true);
    if (p) memcpy(p, &value, size);
    else memory_store(address, size, value);
}

// ---- scalars ------------------------------------------------------------------------------------------------------------------
static obj_t scalar_load(enum scalar scalar, uint64_t address, uint32_t layout) {
    unsigned size = scalar_sizes[scalar];
    uint64_t v = number_load(address, size, layout);
    if (scalar == FLOAT64) {
        double d;
        memcpy(&d, &v, sizeof d);
        return float_new(d);
    }
    if (scalar == FLOAT32) {
        float f;
        uint32_t low = (uint32_t)v;
        memcpy(&f, &low, sizeof f);
        return float_new(f);
    }
    obj_t number = scalar & 1 ? int_from_i64((int64_t)(v << (64 - 8 * size)) >> (64 - 8 * size)) : int_from_u64(v);
    if (size == 8 && obj_is_int(number)) { // a board makes a long number of any 64 bits
        heap_new(4, 0, HEAP_REFS);
        heap_new(0, 4, HEAP_DATA);
    }
    return number;
}

static uint64_t scalar_bits(enum scalar scalar, obj_t value) {
    uint64_t v;
    if (scalar == FLOAT64) {
        double d = obj_get_float(value);
        memcpy(&v, &d, sizeof d);
        return v;
    }
    if (scalar == FLOAT32) {
        float f = (float)obj_get_float(value);
        uint32_t low;
        memcpy(&low, &f, sizeof f);
        return low;
    }
    if (obj_is_integer(value)) return int_to_u64_truncated(int_plain(value));
    return (uint64_t)obj_get_int(value);
}

static void scalar_store(enum scalar scalar, uint64_t address, uint32_t layout, obj_t value) {
    number_store(address, scalar_sizes[scalar], layout, scalar_bits(scalar, value));
}

// A scalar or bit field at its offset in a structure; value OBJ_NULL: loads.
static obj_t field_access(uint32_t word, uint64_t base, uint32_t layout, obj_t value) {
    enum scalar scalar = (enum scalar)(word >> SCALAR_SHIFT);
    if (scalar < BFUINT8 || scalar > BFINT32) {
        uint64_t address = memory_mask(base + (word & SCALAR_MASK));
        if (value == OBJ_NULL) return scalar_load(scalar, address, layout);
        scalar_store(scalar, address, layout, value);
        return OBJ_NONE;
    }
    uint64_t address = memory_mask(base + (word & ((1u << FIELD_OFFSET_BITS) - 1)));
    unsigned size = scalar_sizes[scalar], position = word >> FIELD_POSITION & FIELD_MASK, length = word >> FIELD_LENGTH & FIELD_MASK;
    uint64_t mask = ((uint64_t)1 << length) - 1, set = value == OBJ_NULL ? 0 : scalar_bits(UINT64, value) & mask;
    uint64_t whole = number_load(address, size, layout);
    if (value == OBJ_NULL) return int_from_u64(whole >> position & mask);
    number_store(address, size, layout, (whole & ~(mask << position)) | set << position);
    return OBJ_NONE;
}

// ---- views --------------------------------------------------------------------------------------------------------------------
static obj_t bytearray_over(uint64_t address, size_t len) {
    uint8_t *p = memory_at(address, len, true);
    if (!p && len > 0 && rt.profile.sram_base != 0) memory_raise();
    struct array *a = heap_new(4, 0, HEAP_REFS);
    a->type = &type_bytearray;
    a->typecode = 'B' | ARRAY_VIEWED;
    a->len = len;
    a->items = rt.profile.sram_base != 0 ? p : (void *)(uintptr_t)address;
    return OBJ_PTR(a);
}

static obj_t aggregate_view(obj_t descriptor, uint64_t base, uint32_t layout) {
    struct aggregate a = aggregate_read(descriptor);
    uint64_t address = memory_mask(base + a.offset);
    if (a.kind == KIND_STRUCT) return cstruct_new(address, a.of, layout);
    if (a.kind == KIND_ARRAY && a.of == OBJ_NULL && a.scalar == UINT8) return bytearray_over(address, a.count);
    return cstruct_new(address, descriptor, layout);
}

static void cstruct_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct cstruct *s = (const struct cstruct *)self;
    if (value == OBJ_SENTINEL || name == Q___class__) return;
    if (!obj_is_dict(s->descriptor)) raise_message(&type_TypeError, "struct: no fields");
    obj_t descriptor = dict_get(s->descriptor, OBJ_QSTR(name));
    if (obj_is_integer(descriptor)) {
        obj_t loaded = field_access(descriptor_word(descriptor), cstruct_address(s), s->layout, value);
        out[0] = value == OBJ_NULL ? loaded : OBJ_NULL;
        return;
    }
    if (value != OBJ_NULL) descriptor_raise();
    out[0] = aggregate_view(descriptor, cstruct_address(s), s->layout);
}

static obj_t item_access(const struct cstruct *s, const struct aggregate *a, uint64_t base, intptr_t index, obj_t value) {
    size_t align = 1, size = a->of == OBJ_NULL ? scalar_sizes[a->scalar] : size_of(a->of, s->layout, &align);
    uint64_t address = memory_mask(base + (uint64_t)index * size);
    if (a->of != OBJ_NULL) return value == OBJ_SENTINEL ? cstruct_new(address, a->of, s->layout) : OBJ_NULL;
    if (value == OBJ_SENTINEL) return scalar_load(a->scalar, address, s->layout);
    scalar_store(a->scalar, address, s->layout, value);
    return OBJ_NONE;
}

static obj_t cstruct_subscr(obj_t self, obj_t index, obj_t value) {
    const struct cstruct *s = (const struct cstruct *)self;
    if (value == OBJ_NULL) return OBJ_NULL;
    if (!obj_is_tuple(s->descriptor)) raise_message(&type_TypeError, "struct: can't index");
    struct aggregate a = aggregate_read(s->descriptor);
    if (a.kind == KIND_STRUCT) raise_message(&type_TypeError, "struct: can't index");
    intptr_t i = obj_get_int(index);
    uint64_t base = cstruct_address(s);
    if (a.kind == KIND_PTR) base = number_load(base, rt.profile.word_bytes, s->layout);
    else if (i < 0 || (size_t)i >= a.count) raise_message(&type_IndexError, "struct: index out of range");
    return item_access(s, &a, base, i, value);
}

static obj_t cstruct_unary(enum unary_op op, obj_t self) {
    const struct cstruct *s = (const struct cstruct *)self;
    if (op == OP_BOOL) return OBJ_TRUE;
    if (op == OP_HASH) raise_message(&type_TypeError, "unsupported type for __hash__: 'struct'");
    if (op != OP_INT || !obj_is_tuple(s->descriptor) || aggregate_read(s->descriptor).kind != KIND_PTR) return OBJ_NULL;
    return int_from_u64(number_load(cstruct_address(s), rt.profile.word_bytes, s->layout));
}

static bool cstruct_buffer(obj_t self, struct buffer *out, unsigned flags) {
    const struct cstruct *s = (const struct cstruct *)self;
    size_t size = cstruct_size(s);
    uint8_t *p = memory_at(cstruct_address(s), size, (flags & BUFFER_WRITE) != 0);
    if (!p && size > 0) memory_raise();
    *out = (struct buffer){p, size, 'B'};
    return true;
}

static void cstruct_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    static const char *const names[] = {"unk", "PTR", "ARRAY", "unk"};
    const struct cstruct *s = (const struct cstruct *)self;
    const char *name = "ERROR";
    if (obj_is_dict(s->descriptor)) name = "STRUCT";
    if (obj_is_tuple(s->descriptor)) {
        const struct tuple *t = (const struct tuple *)s->descriptor;
        name = names[t->len > 0 && obj_is_int(t->items[0]) ? (obj_int(t->items[0]) & WORD_MASK) >> KIND_SHIFT : 0];
    }
    print_format(p, "<struct %s %lx>", name, (unsigned long)cstruct_address(s));
}

static uint64_t address_of(obj_t o) {
    return memory_mask(obj_is_integer(o) ? int_to_u64_truncated(int_plain(o)) : (uint64_t)obj_get_int(o));
}

static obj_t cstruct_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 2, 3, false);
    uint32_t layout = n > 2 ? (uint32_t)obj_get_int(args[2]) : LAYOUT_NATIVE;
    return cstruct_new(address_of(args[0]), args[1], layout);
}

static const struct type_ops struct_ops = {.print = cstruct_print, .construct = cstruct_construct, .unary = cstruct_unary,
    .attr = cstruct_attr, .subscr = cstruct_subscr, .buffer = cstruct_buffer};
static const struct type type_struct = {.type = &type_type, .name = Q_struct, .ops = &struct_ops};

// ---- the module -----------------------------------------------------------------------------------------------------------------
static obj_t uctypes_addressof(obj_t o) {
    struct buffer b;
    obj_buffer(o, &b, BUFFER_READ);
    return int_from_u64(b.data ? heap_address(b.data) : 0);
}

static obj_t uctypes_bytes_at(obj_t address, obj_t size) {
    intptr_t len = obj_get_int(size);
    const uint8_t *p = memory_at(address_of(address), len > 0 ? (size_t)len : 0, false);
    if (len < 0 || (!p && len > 0)) memory_raise();
    return bytes_new(p ? (const char *)p : "", (size_t)len);
}

static obj_t uctypes_bytearray_at(obj_t address, obj_t size) {
    intptr_t len = obj_get_int(size);
    if (len < 0) memory_raise();
    return bytearray_over(address_of(address), (size_t)len);
}

BUILTIN_VAR(sizeof_fn, 1, 2, uctypes_sizeof);
BUILTIN_1(addressof_fn, uctypes_addressof);
BUILTIN_2(bytes_at_fn, uctypes_bytes_at);
BUILTIN_2(bytearray_at_fn, uctypes_bytearray_at);

// LONG and ULONG come last: uctypes_start() gives them the profile's word.
static struct map_slot uctypes_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_uctypes)),
    MEMBER(struct, &type_struct), MEMBER(sizeof, &sizeof_fn), MEMBER(addressof, &addressof_fn), MEMBER(bytes_at, &bytes_at_fn),
    MEMBER(bytearray_at, &bytearray_at_fn),
    MEMBER(NATIVE, OBJ_INT(LAYOUT_NATIVE)), MEMBER(LITTLE_ENDIAN, OBJ_INT(LAYOUT_LITTLE)), MEMBER(BIG_ENDIAN, OBJ_INT(LAYOUT_BIG)),
    MEMBER(UINT8, SCALAR(UINT8)), MEMBER(INT8, SCALAR(INT8)), MEMBER(UINT16, SCALAR(UINT16)), MEMBER(INT16, SCALAR(INT16)),
    MEMBER(UINT32, SCALAR(UINT32)), MEMBER(INT32, SCALAR(INT32)), MEMBER(UINT64, SCALAR(UINT64)), MEMBER(INT64, SCALAR(INT64)),
    MEMBER(BFUINT8, SCALAR(BFUINT8)), MEMBER(BFINT8, SCALAR(BFINT8)), MEMBER(BFUINT16, SCALAR(BFUINT16)),
    MEMBER(BFINT16, SCALAR(BFINT16)), MEMBER(BFUINT32, SCALAR(BFUINT32)), MEMBER(BFINT32, SCALAR(BFINT32)),
    MEMBER(FLOAT32, SCALAR(FLOAT32)), MEMBER(FLOAT64, SCALAR(FLOAT64)), MEMBER(VOID, SCALAR(UINT8)),
    MEMBER(BF_POS, OBJ_INT(FIELD_POSITION)), MEMBER(BF_LEN, OBJ_INT(FIELD_LENGTH)),
    MEMBER(PTR, OBJ_INT(KIND_PTR << KIND_SHIFT)), MEMBER(ARRAY, OBJ_INT(-(1 << 30))),
    MEMBER(SHORT, SCALAR(INT16)), MEMBER(USHORT, SCALAR(UINT16)), MEMBER(INT, SCALAR(INT32)), MEMBER(UINT, SCALAR(UINT32)),
    MEMBER(LONGLONG, SCALAR(INT64)), MEMBER(ULONGLONG, SCALAR(UINT64)),
    MEMBER(LONG, SCALAR(INT32)), MEMBER(ULONG, SCALAR(UINT32)),
};
static FIXED_DICT(uctypes_dict, uctypes_members);
const struct module module_uctypes = {&type_module, &uctypes_dict, {0}};
MODULE(uctypes, false, uctypes_start, "");

void uctypes_start(void) {
    struct map_slot *end = uctypes_members + sizeof uctypes_members / sizeof uctypes_members[0];
    bool wide = rt.profile.word_bytes == 8;
    end[-2].value = wide ? SCALAR(INT64) : SCALAR(INT32);
    end[-1].value = wide ? SCALAR(UINT64) : SCALAR(UINT32);
}
