// SPDX-License-Identifier: MIT
// str: text objects and what all text has in common. Searching is in str_find.c, splitting in str_split.c, letters and joining in
// str_case.c, formatting in str_format.c and str_percent.c; the tables of methods are in text_members.c.
//
//  - Two texts with equal characters may be an interned handle and an object, so equality of one handle with one object looks at
//    the characters.
//  - A result that is text is first looked up among the interned texts; only when it is not there an object is made
//    (spec/heap-model.md 2.3). Texts longer than an interned text can be are not looked up.
//  - Single characters from indexing and iteration are always interned.
//  - Positions are code points, found with the walks of utf8.c; for the ASCII part of a text that is eight bytes at a step.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/text.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

enum { KNOWN_MAX = 255 };

// ---- looking at texts ---------------------------------------------------------------------------------------------------
bool obj_is_str(obj_t o) { return obj_is_qstr(o) || obj_is(o, &type_str); }
bool obj_is_str_or_bytes(obj_t o) { return obj_is_qstr(o) || obj_is(o, &type_str) || obj_is(o, &type_bytes); }

const char *str_data_maybe(obj_t o, size_t *len) {
    if (obj_is_qstr(o)) return qstr_text(obj_qstr(o), len);
    if (!obj_is(o, &type_str) && !obj_is(o, &type_bytes)) return NULL;
    const struct str *s = (const struct str *)o;
    if (len) *len = s->len;
    return s->data;
}

_Noreturn void text_raise_implicit(obj_t o, const char *wanted) {
    raise_format(&type_TypeError, "can't convert '%s' object to %s implicitly", obj_type_name(o), wanted);
}

const char *str_data(obj_t text, size_t *len) {
    const char *data = str_data_maybe(text, len);
    if (!data) text_raise_implicit(text, "str");
    return data;
}

qstr_t str_qstr(obj_t text) {
    if (obj_is_qstr(text)) return obj_qstr(text);
    if (!obj_is(text, &type_str)) text_raise_implicit(text, "str");
    const struct str *s = (const struct str *)text;
    return intern(s->data, s->len);
}

static size_t text_hash_long(const char *data, size_t len) {
    uint32_t hash = TEXT_HASH_SEED;
    for (size_t done = 0, piece; done < len; done += piece) {
        piece = patience_piece(len - done);
        hash = text_hash_more(hash, data + done, piece);
    }
    return text_hash_end(hash);
}

size_t str_hash(obj_t o) {
    if (obj_is_qstr(o)) return qstr_hash(obj_qstr(o));
    struct str *s = (struct str *)o;
    if (!s->hash) s->hash = s->len < PATIENCE ? text_hash(s->data, s->len) : text_hash_long(s->data, s->len);
    return s->hash;
}

bool str_equal(obj_t a, obj_t b) {
    if (a == b) return true;
    if (obj_is_qstr(a) && obj_is_qstr(b)) return false;
    size_t an, bn;
    const char *x, *y;
    if (!obj_is_qstr(a) && !obj_is_qstr(b)) {
        const struct str *s = (const struct str *)a, *t = (const struct str *)b;
        if (s->len != t->len || (s->hash && t->hash && s->hash != t->hash)) return false;
        x = s->data, y = t->data, an = s->len;
    } else {
        x = str_data(a, &an), y = str_data(b, &bn);
        if (an != bn) return false;
    }
    if (an > 0 && (x[0] != y[0] || x[an - 1] != y[an - 1])) return false;
    return memcmp(x, y, an) == 0;
}

int text_compare(const char *a, size_t an, const char *b, size_t bn) {
    size_t n = an < bn ? an : bn;
    int order = n ? memcmp(a, b, n) : 0;
    return order ? order : (an > bn) - (an < bn);
}

obj_t text_ordered(enum binary_op op, int order) {
    switch (op) {
    case OP_LT: return obj_bool(order < 0);
    case OP_LE: return obj_bool(order <= 0);
    case OP_GT: return obj_bool(order > 0);
    case OP_GE: return obj_bool(order >= 0);
    case OP_EQ: return obj_bool(order == 0);
    default: return OBJ_NULL;
    }
}

struct text text_self(obj_t o) {
    size_t len;
    const struct type *type = obj_type(o);
    const char *data = str_data_maybe(o, &len);
    if (data) return (struct text){type, data, len};
    if (type != &type_bytearray) raise_format(&type_TypeError, "argument should be a '%q' not a '%s'", Q_str, obj_type_name(o));
    struct buffer buffer;
    obj_buffer(o, &buffer, BUFFER_READ);
    return (struct text){type, buffer.data, buffer.len};
}

struct text text_argument(const struct text *self, obj_t o) {
    struct text t = {obj_type(o), NULL, 0};
    if (self->type != &type_str && obj_is(o, &type_bytearray)) return text_self(o);
    t.data = str_data_maybe(o, &t.len);
    if (!t.data || (self->type == &type_str && t.type != &type_str)) text_raise_implicit(o, "str");
    if (self->type != &type_str && t.type == &type_str) text_raise_implicit(o, "bytes");
    return t;
}

// ---- making texts -------------------------------------------------------------------------------------------------------
qstr_t text_known(const char *data, size_t len) { return len <= KNOWN_MAX ? intern_find(data, len) : 0; }

char *text_run(size_t len) {
    if (len >= PTRDIFF_MAX) raise_no_memory(len);
    return heap_new(0, len + 1, HEAP_DATA);
}

static obj_t text_copy(const struct type *type, const char *data, size_t len) {
    struct str *s = heap_new(4, 0, HEAP_REFS);
    char *run = text_run(len);
    if (len >= PATIENCE) copy_patiently(run, data, len);
    else if (len) memcpy(run, data, len);
    *s = (struct str){type, 0, len, run};
    return OBJ_PTR(s);
}

obj_t str_new_checked(const char *data, size_t len) {
    if (len == 0) return OBJ_QSTR(Q_empty);
    qstr_t known = text_known(data, len);
    return known ? OBJ_QSTR(known) : text_copy(&type_str, data, len);
}

obj_t str_new(const char *data, size_t len) {
    if (!utf8_valid(data, len)) raise_type(&type_UnicodeError);
    return str_new_checked(data, len);
}

obj_t str_new_rom(const char *text) {
    struct str *s = heap_new(4, 0, HEAP_REFS);
    *s = (struct str){&type_str, 0, strlen(text), text};
    return OBJ_PTR(s);
}

obj_t bytes_new(const char *data, size_t len) { return text_copy(&type_bytes, data, len); }

obj_t bytes_empty(void) {
    static struct str empty = {.type = &type_bytes, .data = ""};
    return OBJ_PTR(&empty);
}

obj_t str_of_type(const struct type *type, const char *data, size_t len) {
    return type == &type_str ? str_new_checked(data, len) : bytes_new(data, len);
}

obj_t text_piece(const struct text *of, const char *from, size_t len) {
    return of->type == &type_bytearray ? bytearray_new(len, from) : str_of_type(of->type, from, len);
}

obj_t text_nothing(const struct type *type) { return type == &type_str ? OBJ_QSTR(Q_empty) : bytes_empty(); }

obj_t str_take(const struct type *type, char *run, size_t len) {
    run[len] = 0;
    qstr_t known = type == &type_str ? text_known(run, len) : 0;
    if (known) {
        heap_free(run);
        return OBJ_QSTR(known);
    }
    struct str *s = heap_new(4, 0, HEAP_REFS);
    *s = (struct str){type, 0, len, run};
    return OBJ_PTR(s);
}

obj_t text_from_run(const struct type *type, char *run, size_t len) {
    return type == &type_bytearray ? bytearray_take(run, len) : str_take(type, run, len);
}

// ---- positions ------------------------------------------------------------------------------------------------------------
size_t text_count(const struct text *t, size_t len) { return t->type == &type_str ? utf8_length(t->data, len) : len; }

static intptr_t text_position(const struct type *type, obj_t index) {
    intptr_t i;
    if (obj_is_int(index)) return obj_int(index);
    if (!obj_get_int_maybe(index, &i)) {
        if (type == &type_str) raise_format(&type_TypeError, "string indices must be integers, not %s", obj_type_name(index));
        raise_format(&type_TypeError, "%q indices must be integers, not %s", type->name, obj_type_name(index));
    }
    return i;
}

struct text_bounds text_bounds(const struct type *type, size_t n, const obj_t *args, size_t first) {
    struct text_bounds b = {0, 0, false, false};
    if (n > first && args[first] != OBJ_NONE) {
        b.start = text_position(type, args[first]);
        b.has_start = true;
    }
    if (n > first + 1 && args[first + 1] != OBJ_NONE) {
        b.stop = text_position(type, args[first + 1]);
        b.has_stop = true;
    }
    return b;
}

// Byte place of a position, kept within the text.
static size_t text_place(const struct text *t, intptr_t i) {
    size_t left, n = i < 0 ? (size_t)0 - (size_t)i : (size_t)i;
    if (t->type == &type_str) return i < 0 ? utf8_backward(t->data, t->len, n, &left) : utf8_forward(t->data, t->len, n, &left);
    if (i < 0) return n < t->len ? t->len - n : 0;
    return n < t->len ? n : t->len;
}

struct text_range text_range(const struct text *t, const struct text_bounds *b) {
    struct text_range r = {0, t->len, false};
    if (b->has_start) r.from = text_place(t, b->start);
    if (b->has_stop) r.to = text_place(t, b->stop);
    if (r.from > r.to) {
        r.reversed = true;
        r.to = r.from;
    }
    return r;
}

obj_t text_subscr_slice(obj_t self, obj_t slice) {
    const struct slice *s = (const struct slice *)slice;
    const struct type *type = obj_type(self);
    if (type != &type_str) {
        struct text t = text_self(self);
        struct slice_bounds bounds;
        if (!slice_indices(t.len, slice, &bounds))
            raise_message(&type_NotImplementedError, "only slices with step=1 (aka None) are supported");
        return text_piece(&t, t.data + bounds.start, bounds.count);
    }
    if (s->step != OBJ_NONE && s->step != OBJ_INT(1))
        raise_message(&type_NotImplementedError, "only slices with step=1 (aka None) are supported");
    obj_t ends[2] = {s->start, s->stop};
    struct text_bounds bounds = text_bounds(type, 2, ends, 0);
    struct text t = text_self(self);
    struct text_range r = text_range(&t, &bounds);
    return text_piece(&t, t.data + r.from, r.to - r.from);
}

// ---- operators ------------------------------------------------------------------------------------------------------------
obj_t text_repeat(obj_t self, obj_t times) {
    intptr_t count;
    if (!obj_get_int_maybe(times, &count)) return OBJ_NULL;
    struct text t = text_self(self);
    size_t total;
    if (count <= 0 || t.len == 0) return text_nothing(t.type);
    if (__builtin_mul_overflow(t.len, (size_t)count, &total)) raise_no_memory(SIZE_MAX);
    char *run = text_run(total);
    if (t.len == 1) {
        fill_patiently(run, t.data[0], total);
    } else {
        memcpy(run, t.data, t.len);
        for (size_t done = t.len; done < total;) { // what is there is copied after itself
            size_t more = done < total - done ? done : total - done;
            copy_patiently(run + done, run, more);
            done += more;
        }
    }
    return str_take(t.type, run, total);
}

static obj_t str_concat(obj_t left, obj_t right) {
    size_t an, bn;
    const char *a = str_data(left, &an), *b = str_data(right, &bn);
    if (an == 0) return right;
    if (bn == 0) return left;
    char *run = text_run(an + bn);
    copy_patiently(run, a, an);
    copy_patiently(run + an, b, bn);
    return str_take(&type_str, run, an + bn);
}

static obj_t str_contains(obj_t self, obj_t item) {
    if (!obj_is_str(item)) text_raise_implicit(item, "str");
    size_t n, m;
    const char *hay = str_data(self, &n), *needle = str_data(item, &m);
    return obj_bool(text_find(hay, n, needle, m) != NULL);
}

static obj_t str_binary(enum binary_op op, obj_t left, obj_t right) {
    switch (op) {
    case OP_ADD: return obj_is_str(right) ? str_concat(left, right) : OBJ_NULL;
    case OP_MUL:
    case OP_RMUL: return text_repeat(left, right);
    case OP_MOD: return str_format_percent(left, right);
    case OP_CONTAINS: return str_contains(left, right);
    case OP_EQ: return obj_is_str(right) ? obj_bool(str_equal(left, right)) : OBJ_NULL;
    case OP_LT:
    case OP_GT:
    case OP_LE:
    case OP_GE: {
        if (!obj_is_str(right)) return OBJ_NULL;
        size_t an, bn;
        const char *a = str_data(left, &an), *b = str_data(right, &bn);
        return text_ordered(op, text_compare(a, an, b, bn));
    }
    default: return OBJ_NULL;
    }
}

// In a piece that begins inside a character that one is not counted again.
static size_t characters(const char *data, size_t len) {
    size_t n = 0;
    for (size_t done = 0, piece; done < len; done += piece) {
        piece = patience_piece(len - done);
        n += utf8_length(data + done, piece);
    }
    return n;
}

static obj_t str_unary(enum unary_op op, obj_t self) {
    size_t len;
    const char *data = str_data(self, &len);
    switch (op) {
    case OP_BOOL: return obj_bool(len != 0);
    case OP_LEN: return OBJ_INT(characters(data, len));
    case OP_HASH: return OBJ_INT(str_hash(self));
    case OP_SIZEOF: return OBJ_INT(obj_is_qstr(self) ? 0 : 4 * rt.profile.word_bytes + len + 1);
    default: return OBJ_NULL;
    }
}

static obj_t str_subscr(obj_t self, obj_t index, obj_t value) {
    if (value != OBJ_SENTINEL) return OBJ_NULL;
    if (obj_is(index, &type_slice)) return text_subscr_slice(self, index);
    intptr_t i = text_position(&type_str, index);
    size_t len, left, n = i < 0 ? (size_t)0 - (size_t)i : (size_t)i;
    const char *data = str_data(self, &len);
    size_t at = i < 0 ? utf8_backward(data, len, n, &left) : utf8_forward(data, len, n, &left);
    if (left > 0 || at == len) raise_message(&type_IndexError, "string index out of range");
    return OBJ_QSTR(intern(data + at, utf8_width(data + at)));
}

// ---- iteration --------------------------------------------------------------------------------------------------------------
static obj_t str_next(obj_t self) {
    struct polymorph_iter *it = (struct polymorph_iter *)self;
    size_t len, at = it->cursor;
    const char *data = str_data(it->of, &len);
    if (at >= len) return iter_end();
    size_t width = utf8_width(data + at);
    it->cursor = at + width;
    return OBJ_QSTR(intern(data + at, width));
}

static obj_t str_iter(obj_t self, struct iter_buf *buf) { return iter_build(buf, str_next, self, 0); }

static bool str_buffer(obj_t self, struct buffer *out, unsigned flags) {
    if (flags & BUFFER_WRITE) return false;
    out->data = (void *)(uintptr_t)str_data(self, &out->len);
    out->typecode = 'B';
    return true;
}

// ---- printing -----------------------------------------------------------------------------------------------------------------
// Escapes of repr() and JSON for one byte below 0x80; 0: as it is.
static size_t quoted_escape(char out[8], char c, char quote) {
    const char *short_form = c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : c == '\\' ? "\\\\" : NULL;
    if (short_form) {
        memcpy(out, short_form, 2);
        return 2;
    }
    if (c != quote) return 0;
    out[0] = '\\';
    out[1] = c;
    return 2;
}

static size_t quoted_hex(char out[12], char letter, uint32_t code, unsigned digits) {
    out[0] = '\\';
    out[1] = letter;
    for (unsigned i = 0; i < digits; i++) out[2 + i] = "0123456789abcdef"[code >> 4 * (digits - 1 - i) & 15];
    return 2 + digits;
}

// Can the character be shown as it is? Not: controls, soft hyphen, marks without width, half surrogates, private and unassigned planes.
static bool code_is_printable(uint32_t c) {
    static const uint32_t hidden[][2] = {{0x7f, 0xa0},     {0xad, 0xad},     {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e},
                                         {0x2060, 0x206f}, {0xd800, 0xf8ff}, {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}};
    if (c >= 0xe0000) return false;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i][0] && c <= hidden[i][1]) return false;
    return true;
}

void str_print_quoted(struct printer *p, const char *data, size_t len, bool is_bytes) {
    bool single = len > 0 && memchr(data, '\'', len) && !memchr(data, '"', len);
    char quote = single ? '"' : '\'', out[12];
    print_bytes(p, &quote, 1);
    const char *at = data, *end = data + len, *plain = data; // plain: start of what needs no escape
    size_t steps = 0;
    while (at < end) {
        uint8_t c = (uint8_t)*at;
        patience(steps++);
        if (c >= 0x20 && c < 0x7f && c != '\\' && c != (uint8_t)quote) {
            at++;
            continue;
        }
        uint32_t code = c;
        const char *next = is_bytes || c < 0x80 ? at + 1 : utf8_next(at, &code);
        if (c >= 0x80 && !is_bytes && next <= end && next > at + 1 && code_is_printable(code)) {
            at = next;
            continue;
        }
        poll_keyboard();
        print_bytes(p, plain, (size_t)(at - plain));
        at = next;
        size_t n = c < 0x80 ? quoted_escape(out, (char)c, quote) : 0;
        if (n == 0) {
            if (code < 0x100) n = quoted_hex(out, 'x', code, 2);
            else n = code < 0x10000 ? quoted_hex(out, 'u', code, 4) : quoted_hex(out, 'U', code, 8);
        }
        print_bytes(p, out, n);
        plain = at;
    }
    if (plain < end) print_bytes(p, plain, (size_t)(end - plain));
    print_bytes(p, &quote, 1);
}

void str_print_json(struct printer *p, const char *data, size_t len) {
    char out[12];
    print_bytes(p, "\"", 1);
    const char *at = data, *end = data + len, *plain = data;
    for (; at < end; at++) {
        uint8_t c = (uint8_t)*at;
        patience((size_t)(at - data));
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        poll_keyboard();
        print_bytes(p, plain, (size_t)(at - plain));
        size_t n = quoted_escape(out, (char)c, '"');
        print_bytes(p, out, n ? n : quoted_hex(out, 'u', c, 4));
        plain = at + 1;
    }
    print_bytes(p, plain, (size_t)(end - plain));
    print_bytes(p, "\"", 1);
}

static void str_print(struct printer *p, obj_t self, enum print_kind kind) {
    size_t len;
    const char *data = str_data(self, &len);
    if (kind == PRINT_JSON) str_print_json(p, data, len);
    else if (kind == PRINT_REPR) str_print_quoted(p, data, len, false);
    else print_bytes(p, data, len);
}

// ---- construction -------------------------------------------------------------------------------------------------------------
static obj_t str_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    if (kw) raise_message(&type_NotImplementedError, "keyword argument(s) not implemented - use normal args instead");
    args_check(n, kw, 0, 3, false);
    if (n == 0) return OBJ_QSTR(Q_empty);
    if (n == 1) {
        struct text_buffer b;
        text_buffer_init(&b, 16);
        struct printer p = text_buffer_printer(&b);
        obj_print(&p, args[0], PRINT_STR);
        return text_buffer_str(&b);
    }
    if (obj_is(args[0], &type_bytes) || obj_is(args[0], &type_bytearray)) return text_method_decode(n, args);
    struct buffer buffer;
    obj_buffer(args[0], &buffer, BUFFER_READ);
    return bytes_decode(n, args, buffer.data, buffer.len);
}

static const struct type_ops str_ops = {
    .print = str_print,
    .construct = str_construct,
    .unary = str_unary,
    .binary = str_binary,
    .subscr = str_subscr,
    .iter = str_iter,
    .buffer = str_buffer,
};
const struct type type_str = {.type = &type_type, .name = Q_str, .ops = &str_ops, .members = &str_dict};
