// SPDX-License-Identifier: MIT
// bytes: like text objects, but never interned and counted in bytes. Also the ways between text, bytes and hexadecimal digits.
//
// encode() and decode() of objects that cannot change make a header only; the characters are shared (spec/heap-model.md 2.3).
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "objects/types.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

// ---- operators --------------------------------------------------------------------------------------------------------------
static obj_t bytes_concat(obj_t left, const struct buffer *right, obj_t right_object) {
    size_t an;
    const char *a = str_data(left, &an);
    if (right->len == 0) return left;
    if (an == 0 && obj_is(right_object, &type_bytes)) return right_object;
    if (right->len > (size_t)PTRDIFF_MAX - an) raise_no_memory(SIZE_MAX);
    char *run = text_run(an + right->len);
    copy_patiently(run, a, an);
    copy_patiently(run + an, right->data, right->len);
    return str_take(&type_bytes, run, an + right->len);
}

static obj_t bytes_contains(obj_t self, obj_t item) {
    size_t len;
    const char *data = str_data(self, &len);
    if (obj_is_int(item)) {
        intptr_t v = obj_int(item);
        return obj_bool(v >= 0 && v < 256 && len > 0 && memchr(data, (int)v, len));
    }
    struct buffer b;
    if (!obj_buffer_maybe(item, &b, BUFFER_READ)) return OBJ_NULL;
    return obj_bool(text_find(data, len, b.data, b.len) != NULL);
}

static obj_t bytes_binary(enum binary_op op, obj_t left, obj_t right) {
    struct buffer b;
    switch (op) {
    case OP_MUL:
    case OP_RMUL: return text_repeat(left, right);
    case OP_MOD: return str_format_percent(left, right);
    case OP_CONTAINS: return bytes_contains(left, right);
    case OP_ADD: return obj_buffer_maybe(right, &b, BUFFER_READ) ? bytes_concat(left, &b, right) : OBJ_NULL;
    case OP_EQ:
        if (obj_is(right, &type_bytes)) return obj_bool(str_equal(left, right));
        // fall through
    case OP_LT:
    case OP_GT:
    case OP_LE:
    case OP_GE: {
        if (!obj_buffer_maybe(right, &b, BUFFER_READ)) return OBJ_NULL;
        size_t an;
        const char *a = str_data(left, &an);
        return text_ordered(op, text_compare(a, an, b.data, b.len));
    }
    default: return OBJ_NULL;
    }
}

static obj_t bytes_unary(enum unary_op op, obj_t self) {
    const struct str *s = (const struct str *)self;
    switch (op) {
    case OP_BOOL: return obj_bool(s->len != 0);
    case OP_LEN: return OBJ_INT(s->len);
    case OP_HASH: return OBJ_INT(str_hash(self));
    case OP_SIZEOF: return OBJ_INT(4 * rt.profile.word_bytes + s->len + 1);
    default: return OBJ_NULL;
    }
}

static obj_t bytes_subscr(obj_t self, obj_t index, obj_t value) {
    if (value != OBJ_SENTINEL) return OBJ_NULL;
    if (obj_is(index, &type_slice)) return text_subscr_slice(self, index);
    const struct str *s = (const struct str *)self;
    return OBJ_INT((uint8_t)s->data[obj_get_index(&type_bytes, s->len, index, false)]);
}

static obj_t bytes_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    const struct str *s = (const struct str *)it->of;
    return it->cursor < s->len ? OBJ_INT((uint8_t)s->data[it->cursor++]) : iter_end();
}

static obj_t bytes_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, bytes_next, self, 0); }

static bool bytes_buffer(obj_t self, struct buffer *out, unsigned flags) {
    if (flags & BUFFER_WRITE) return false;
    const struct str *s = (const struct str *)self;
    *out = (struct buffer){(void *)(uintptr_t)s->data, s->len, 'B'};
    return true;
}

static void bytes_print(struct printer *p, obj_t self, enum print_kind kind) {
    const struct str *s = (const struct str *)self;
    if (kind == PRINT_JSON) {
        str_print_json(p, s->data, s->len);
    } else if (kind == PRINT_RAW) {
        print_bytes(p, s->data, s->len);
    } else {
        print_bytes(p, "b", 1);
        str_print_quoted(p, s->data, s->len, true);
    }
}

// ---- construction -----------------------------------------------------------------------------------------------------------
static obj_t bytes_zero(intptr_t n) {
    if (n < 0) raise_type(&type_ValueError);
    return str_take(&type_bytes, text_run((size_t)n), (size_t)n);
}

static obj_t bytes_collect(obj_t items) {
    obj_t known = obj_len_maybe(items);
    struct text_buffer b;
    struct iter_buf buf;
    text_buffer_init(&b, known != OBJ_NULL && obj_is_int(known) && obj_int(known) >= 0 ? (size_t)obj_int(known) : 16);
    obj_t it = iter_begin(items, &buf), item;
    while ((item = iter_next(it)) != OBJ_NULL) {
        intptr_t v = obj_get_int(item);
        if (v < 0 || v > 255) raise_message(&type_ValueError, "bytes value out of range");
        char *room = text_buffer_extend(&b, 1);
        *room = (char)v;
    }
    return text_buffer_bytes(&b);
}

static obj_t bytes_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    if (kw) raise_message(&type_NotImplementedError, "keyword argument(s) not implemented - use normal args instead");
    if (n == 0) return bytes_empty();
    if (obj_is_str(args[0])) {
        if (n == 1 || n > 3) raise_message(&type_TypeError, "string argument without an encoding");
        return text_method_encode(n, args);
    }
    if (obj_is(args[0], &type_bytes) && n <= 3) return args[0];
    if (n > 1) raise_message(&type_TypeError, "wrong number of arguments");
    if (obj_is_int(args[0])) return bytes_zero(obj_int(args[0]));
    struct buffer b;
    if (obj_buffer_maybe(args[0], &b, BUFFER_READ)) return bytes_new(b.data, b.len);
    return bytes_collect(args[0]);
}

// ---- text and bytes -----------------------------------------------------------------------------------------------------------
static obj_t text_share(const struct type *type, const char *data, size_t len) {
    struct str *s = heap_new(4, 0, HEAP_REFS);
    *s = (struct str){type, 0, len, data};
    return OBJ_PTR(s);
}

static bool encoding_is(obj_t name, const char *wanted) {
    size_t len;
    const char *data = str_data(name, &len);
    if (len != strlen(wanted)) return false;
    for (size_t i = 0; i < len; i++)
        if ((data[i] >= 'A' && data[i] <= 'Z' ? data[i] | 0x20 : data[i]) != wanted[i]) return false;
    return true;
}

// args[1], when it is there, names the encoding. True: ASCII.
static bool encoding_is_ascii(size_t n, const obj_t *args) {
    if (n < 2 || encoding_is(args[1], "utf-8") || encoding_is(args[1], "utf8")) return false;
    if (!encoding_is(args[1], "ascii")) raise_value(&type_LookupError, args[1]);
    return true;
}

obj_t text_method_encode(size_t n, const obj_t *args) {
    struct text t = text_self(args[0]);
    if (encoding_is_ascii(n, args) && !utf8_ascii(t.data, t.len)) raise_type(&type_UnicodeError);
    return text_share(&type_bytes, t.data, t.len);
}

static size_t ascii_start(const char *data, size_t len, size_t *wrong) {
    size_t i = 0;
    while (i < len && (uint8_t)data[i] < 0x80) i++;
    *wrong = i < len;
    return i;
}

// Bytes that are not in the encoding, as args[2] wants it: what is wrong is left out or replaced. Boards are built without that.
static obj_t decode_repaired(size_t n, const obj_t *args, const char *data, size_t len, bool ascii) {
    if (n < 3 || rt.profile.word_bytes == 4 || encoding_is(args[2], "strict")) raise_type(&type_UnicodeError);
    bool replaces = encoding_is(args[2], "replace");
    if (!replaces && !encoding_is(args[2], "ignore")) raise_value(&type_LookupError, args[2]);
    struct text_buffer b;
    text_buffer_init(&b, len);
    while (len > 0) {
        size_t wrong, right = ascii ? ascii_start(data, len, &wrong) : utf8_valid_start(data, len, &wrong);
        text_buffer_add(&b, data, right);
        if (wrong && replaces) text_buffer_add(&b, "\xef\xbf\xbd", 3); // U+FFFD
        data += right + wrong;
        len -= right + wrong;
    }
    return text_buffer_str(&b);
}

obj_t bytes_decode(size_t n, const obj_t *args, const char *data, size_t len) {
    if (utf8_valid(data, len)) return str_new_checked(data, len);
    return decode_repaired(n, args, data, len, false);
}

obj_t text_method_decode(size_t n, const obj_t *args) {
    struct text t = text_self(args[0]);
    bool ascii = encoding_is_ascii(n, args);
    if (!(ascii ? utf8_ascii : utf8_valid)(t.data, t.len)) return decode_repaired(n, args, t.data, t.len, ascii);
    if (t.type == &type_bytearray) return str_new_checked(t.data, t.len);
    qstr_t known = text_known(t.data, t.len);
    return known ? OBJ_QSTR(known) : text_share(&type_str, t.data, t.len);
}

// ---- hexadecimal ----------------------------------------------------------------------------------------------------------------
obj_t text_method_hex(size_t n, const obj_t *args) {
    size_t separator_len = 0;
    const char *separator = "";
    if (n > 1) { // the first character counts; of an empty text that is its closing NUL
        separator = str_data(args[1], &separator_len);
        separator_len = obj_is_str(args[1]) ? utf8_width(separator) : 1;
        if (!utf8_valid(separator, separator_len)) raise_type(&type_UnicodeError);
    }
    struct buffer b;
    obj_buffer(args[0], &b, BUFFER_READ);
    if (b.len == 0) return OBJ_QSTR(Q_empty);
    size_t size;
    if (__builtin_mul_overflow(b.len, 2 + separator_len, &size)) raise_no_memory(SIZE_MAX);
    size -= separator_len;
    char *run = text_run(size), *out = run;
    const uint8_t *data = b.data;
    for (size_t i = 0; i < b.len; i++) {
        patience(i);
        if (i) memcpy(out, separator, separator_len);
        if (i) out += separator_len;
        *out++ = "0123456789abcdef"[data[i] >> 4];
        *out++ = "0123456789abcdef"[data[i] & 15];
    }
    return str_take(&type_str, run, size);
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// White space may stand between bytes, not inside one.
obj_t text_method_fromhex(obj_t type, obj_t digits) {
    struct buffer b;
    obj_buffer(digits, &b, BUFFER_READ);
    const char *at = b.data, *end = at + b.len;
    char *run = text_run(b.len / 2);
    size_t n = 0;
    for (;;) {
        while (at < end && text_is_space(*at)) at++;
        if (at >= end) break;
        int high = hex_value(at[0]), low = at + 1 < end ? hex_value(at[1]) : -1;
        if (high < 0 || low < 0) raise_message(&type_ValueError, "non-hex digit");
        patience(n);
        run[n++] = (char)(high << 4 | low);
        at += 2;
    }
    if (n < b.len / 2) run = heap_resize(run, 0, n + 1, HEAP_DATA);
    bool array = type_is_subtype((const struct type *)type, &type_bytearray);
    return text_from_run(array ? &type_bytearray : &type_bytes, run, n);
}

static const struct type_ops bytes_ops = {
    .print = bytes_print,
    .construct = bytes_construct,
    .unary = bytes_unary,
    .binary = bytes_binary,
    .subscr = bytes_subscr,
    .iter = bytes_iter,
    .buffer = bytes_buffer,
};
const struct type type_bytes = {.type = &type_type, .name = Q_bytes, .ops = &bytes_ops, .members = &bytes_dict};
