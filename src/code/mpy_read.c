// SPDX-License-Identifier: MIT
// Reading .mpy files (spec/mpy-format.md). Nothing of the file is trusted: each read is checked, every function is taken apart by
// code_split() and walked by code_verify_info() before any of it can run. What the documented loader refuses is refused with its words;
// everything else that is wrong is `bad .mpy file: ...`.
#include "code/code.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

enum { MPY_VERSION = 6, MPY_SUB_VERSION = 3, MOST_NESTED = 60, MOST_TUPLE_NESTED = 60, MOST_MORE_SLOTS = 8 };
enum mpy_object { OBJECT_FUNCTIONS, OBJECT_NONE, OBJECT_FALSE, OBJECT_TRUE, OBJECT_ELLIPSIS, OBJECT_STR, OBJECT_BYTES, OBJECT_INT,
    OBJECT_FLOAT,
    OBJECT_COMPLEX, OBJECT_TUPLE };

struct mpy {
    const uint8_t *p, *end;
    struct context *context;
    obj_t kept; // list that holds what is only in host memory while reading
};

_Noreturn static void mpy_bad(const char *what) { raise_format(&type_ValueError, "bad .mpy file: %s", what); }

static unsigned mpy_byte(struct mpy *m) {
    if (m->p >= m->end) mpy_bad("cut short");
    return *m->p++;
}

static size_t mpy_varint(struct mpy *m) {
    size_t v = 0;
    unsigned b;
    do {
        b = mpy_byte(m);
        if (v >> 40) mpy_bad("number too large");
        v = v << 7 | (b & 0x7f);
    } while (b & 0x80);
    return v;
}

static const char *mpy_bytes(struct mpy *m, size_t n) {
    if (n > (size_t)(m->end - m->p)) mpy_bad("cut short");
    const char *start = (const char *)m->p;
    m->p += n;
    return start;
}

bool mpy_looks_like(const uint8_t *data, size_t len) { return len >= 2 && data[0] == 'M' && data[1] < 32 && data[1] != '\n' &&
    data[1] != '\r' && data[1] != '\t' && data[1] != '\f'; }

static void mpy_header(struct mpy *m) {
    if (m->end - m->p < 4) raise_message(&type_ValueError, "incompatible .mpy file");
    unsigned magic = mpy_byte(m), version = mpy_byte(m), features = mpy_byte(m), bits = mpy_byte(m);
    unsigned arch = features >> 2 & 0x2f; // bit 6 of the byte announces flags and is no part of the number
    arch = (features >> 2 & 15) | (features & 0x80 ? 32 : 0);
    if (magic != 'M' || version != MPY_VERSION || (arch && (features & 3) != MPY_SUB_VERSION) || bits > rt.profile.small_int_bits)
        raise_message(&type_ValueError, "incompatible .mpy file");
    if (arch) raise_message(&type_ValueError, "native code in .mpy unsupported");
    if (features & 0x40) raise_message(&type_ValueError, "incompatible .mpy file");
}

// The form of UTF-8: lead bytes with the continuations they announce. Half surrogates pass, and continuations that stand alone: the
// reference compiler writes them for '\\ud800' and for a backslash before a character that is not ASCII.
static bool mpy_text_formed(const char *text, size_t n) {
    const uint8_t *p = (const uint8_t *)text, *end = p + n;
    while (p < end) {
        size_t more = *p < 0xc2 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : *p < 0xf8 ? 3 : 9;
        if ((*p & 0xfe) == 0xc0 || more >= (size_t)(end - p)) return false;
        for (p++; more; more--, p++)
            if ((*p & 0xc0) != 0x80) return false;
    }
    return true;
}

static qstr_t mpy_string(struct mpy *m) {
    size_t n = mpy_varint(m);
    if (n & 1) {
        if (n >> 1 == 0 || n >> 1 > Q_last_static) mpy_bad("unknown static string");
        return (qstr_t)(n >> 1);
    }
    const char *text = mpy_bytes(m, n >> 1);
    if (mpy_byte(m) != 0) mpy_bad("string without end");
    if (!mpy_text_formed(text, n >> 1)) mpy_bad("string is not UTF-8");
    return intern(text, n >> 1);
}

static obj_t mpy_text(const char *text, size_t n) {
    if (!mpy_text_formed(text, n)) mpy_bad("string is not UTF-8");
    return str_new_checked(text, n);
}

static obj_t mpy_integer(const char *text, size_t n) {
    bool ok;
    obj_t value = int_parse(text, n, 10, &ok);
    if (!ok) mpy_bad("not an integer");
    return value;
}

static obj_t mpy_number(const char *text, size_t n, bool imaginary) {
    if (imaginary) {
        if (n == 0 || text[n - 1] != 'j') mpy_bad("not an imaginary number");
        n--;
    }
    double v;
    size_t used;
    if (!float_parse(text, n, &v, &used) || used != n) mpy_bad("not a float");
    return imaginary ? complex_new(0, v) : float_new(v);
}

static obj_t mpy_object(struct mpy *m, size_t depth) {
    unsigned tag = mpy_byte(m);
    switch (tag) {
    case OBJECT_NONE: return OBJ_NONE;
    case OBJECT_FALSE: return OBJ_FALSE;
    case OBJECT_TRUE: return OBJ_TRUE;
    case OBJECT_ELLIPSIS: return OBJ_ELLIPSIS;
    default: break;
    }
    if (tag == OBJECT_FUNCTIONS || tag > OBJECT_TUPLE) mpy_bad("unknown kind of constant");
    size_t n = mpy_varint(m);
    if (tag == OBJECT_TUPLE) {
        if (n > (size_t)(m->end - m->p) || depth > MOST_TUPLE_NESTED) mpy_bad("tuple too large");
        obj_t tuple = tuple_new(n, NULL);
        for (size_t i = 0; i < n; i++) ((struct tuple *)tuple)->items[i] = OBJ_NONE;
        for (size_t i = 0; i < n; i++) ((struct tuple *)tuple)->items[i] = mpy_object(m, depth + 1);
        return tuple;
    }
    const char *text = mpy_bytes(m, n);
    if (tag == OBJECT_STR || tag == OBJECT_BYTES) {
        if (mpy_byte(m) != 0) mpy_bad("string without end");
        return tag == OBJECT_STR ? mpy_text(text, n) : bytes_new(text, n);
    }
    if (tag == OBJECT_INT) return mpy_integer(text, n);
    return mpy_number(text, n, tag == OBJECT_COMPLEX);
}

static void mpy_tables(struct mpy *m) {
    size_t n_names = mpy_varint(m), n_constants = mpy_varint(m), left = (size_t)(m->end - m->p);
    if (n_names == 0 || n_names > left || n_constants > left) mpy_bad("tables longer than the file");
    struct context *c = m->context;
    c->table = heap_new((n_names + 1) / 2 + n_constants, 0, HEAP_REFS);
    c->n_names = (uint32_t)n_names;
    c->n_constants = (uint32_t)n_constants;
    for (size_t i = 0; i < n_constants; i++) context_constants(c)[i] = OBJ_NONE;
    for (size_t i = 0; i < n_names; i++) context_names(c)[i] = mpy_string(m);
    for (size_t i = 0; i < n_constants; i++) context_constants(c)[i] = mpy_object(m, 0);
}

static bool mpy_names_in_range(const struct code_info *info, size_t n_names) {
    const uint8_t *p = info->names;
    for (size_t i = 0; i < 1 + (size_t)info->n_pos + info->n_kwonly; i++)
        if (varint_read(&p) >= n_names) return false;
    return true;
}

static void mpy_verify(struct mpy *m, struct code *code) {
    struct code_info info;
    const char *wrong = code_split(code->image, code->info->image_len, &info);
    const struct context *c = m->context;
    if (!wrong && !mpy_names_in_range(&info, c->n_names)) wrong = "name out of range";
    if (wrong) mpy_bad(wrong);
    wrong = code_verify_info(code, &info, context_names(c), c->n_names, c->n_constants);
    // Older compilers of this format reserve too few slots in places (and their loaders never look): such a frame is made larger.
    while (wrong && code->info->more_slots < MOST_MORE_SLOTS &&
           (strcmp(wrong, "stack overflow") == 0 || strcmp(wrong, "local out of range") == 0)) {
        code->info->more_slots++;
        info.n_state++;
        wrong = code_verify_info(code, &info, context_names(c), c->n_names, c->n_constants);
    }
    if (wrong) mpy_bad(wrong);
}

static struct code_record *mpy_element(struct mpy *m, size_t depth) {
    if (depth > MOST_NESTED) mpy_bad("functions nested too deep");
    size_t head = mpy_varint(m), len = head >> 3;
    if ((head & 3) != CODE_BYTECODE) raise_message(&type_ValueError, "incompatible .mpy file");
    const char *body = mpy_bytes(m, len);
    if (len == 0) mpy_bad("no code");
    struct code_record *record = heap_new(4, 0, HEAP_REFS);
    list_append(m->kept, OBJ_PTR(record));
    struct code *code = record->code = code_new(body, len);
    if (head & 4) {
        size_t n = mpy_varint(m);
        if (n == 0 || n > 0xffff || n > (size_t)(m->end - m->p)) mpy_bad("bad number of functions");
        code->children = heap_new(n, 0, HEAP_REFS);
        for (size_t i = 0; i < n; i++) {
            code->children[i] = mpy_element(m, depth + 1);
            code->info->n_children = (uint16_t)(i + 1);
        }
    }
    mpy_verify(m, code);
    return record;
}

struct code *mpy_read_function(const uint8_t *data, size_t len, struct context *context) {
    struct mpy m = {data, data + len, context, OBJ_NULL};
    mpy_header(&m);
    m.kept = list_new(0, NULL);
    mpy_tables(&m);
    return mpy_element(&m, 0)->code;
}

struct code *mpy_read(const uint8_t *data, size_t len, struct context *context) {
    struct code *code = mpy_read_function(data, len, context);
    struct code_info info;
    code_split(code->image, code->info->image_len, &info);
    if (info.n_pos || info.n_kwonly || info.flags) mpy_bad("module body takes arguments");
    return code;
}
