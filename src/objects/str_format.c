// SPDX-License-Identifier: MIT
// str.format and formatting of one value by a specification.
//
// A pattern is read once, left to right. A field is {name!conversion:specification}; its specification may hold fields itself, so it is
// first formatted like a pattern of its own. Automatic and manual numbering cannot be mixed, nested fields included.
// Requests (spec/heap-model.md 2.3): the main buffer of 16; a field without specification or with a conversion becomes a text object of
// its own first; a specification takes a buffer of 16 that is given back before the value is written.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/text.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

enum { BUFFER_START = 16, FLOAT_TEXT = 32, PAD_PIECE = 16, PAD_SMALL = 256 };

_Noreturn static void format_raise(const char *message) { raise_message(&type_ValueError, message); }

// ---- fields: padding ------------------------------------------------------------------------------------------------------
// n characters of padding: those that begin a row of `width` fill characters, in which zeros of a grouped number carry separators.
static void field_pad(struct text_buffer *b, const struct field *f, size_t n, size_t width) {
    size_t group = f->grouping == ',' ? 3 : 4;
    bool grouped = f->grouping && f->fill == '0';
    for (size_t done = 0; done < n;) {
        size_t piece = n - done <= PAD_PIECE || n > PAD_SMALL ? n - done : PAD_PIECE;
        char *out = text_buffer_extend(b, piece);
        fill_patiently(out, f->fill, piece);
        for (size_t i = 0; grouped && i < piece; i++)
            if ((width - (done + i)) % (group + 1) == 0) out[i] = f->grouping;
        done += piece;
    }
}

void field_put(struct text_buffer *b, const struct field *f, const char *head, size_t head_len, const char *body, size_t len) {
    size_t width = f->width, group = f->grouping == ',' ? 3 : 4, pad = 0, before = 0;
    if (f->align == ALIGN_NUMBER) {
        text_buffer_add(b, head, head_len);
        width -= width < head_len ? width : head_len;
        head_len = 0;
    }
    if (width > head_len + len) {
        if (f->grouping && f->fill == '0' && width % (group + 1) == 0) width++; // must not begin with a separator
        pad = width - head_len - len;
    }
    if (f->align == ALIGN_RIGHT || f->align == ALIGN_NUMBER) before = pad;
    if (f->align == ALIGN_CENTER) before = pad / 2;
    field_pad(b, f, before, width);
    text_buffer_add(b, head, head_len);
    text_buffer_add(b, body, len);
    field_pad(b, f, pad - before, width);
}

// What the specification leaves open is filled in.
static struct field field_complete(const struct field *f, char align, char zero_align) {
    struct field g = *f;
    if (!g.align) g.align = g.zero ? zero_align : align;
    if (!g.fill) g.fill = g.zero ? '0' : ' ';
    return g;
}

void field_put_text(struct text_buffer *b, const struct field *f, const char *data, size_t len) {
    struct field g = field_complete(f, ALIGN_LEFT, ALIGN_LEFT);
    if (f->precision >= 0 && (size_t)f->precision < len) {
        len = (size_t)f->precision;
        if (f->fits_text) len = utf8_cut(data, len);
    }
    field_put(b, &g, NULL, 0, data, len);
}

void field_put_char(struct text_buffer *b, const struct field *f, intptr_t code) {
    struct field g = field_complete(f, ALIGN_RIGHT, ALIGN_NUMBER);
    char c[4] = {(char)code};
    if (f->fits_text && (code < 0 || code > 0x10ffff)) raise_message(&type_OverflowError, "chr() arg not in range(0x110000)");
    field_put(b, &g, NULL, 0, c, f->fits_text ? utf8_put(c, (uint32_t)code) : 1);
}

void field_put_float(struct text_buffer *b, const struct field *f, double value) {
    struct field g = field_complete(f, ALIGN_RIGHT, ALIGN_NUMBER);
    char text[FLOAT_TEXT + 1], conversion = f->type == 0 || f->type == 'n' ? 'g' : f->type;
    int precision = f->precision > FLOAT_TEXT ? FLOAT_TEXT : (int)f->precision;
    bool percent = conversion == '%';
    size_t len = float_format(percent ? value * 100 : value, text, FLOAT_TEXT, percent ? 'f' : conversion, precision, f->sign);
    if (percent) text[len++] = '%';
    size_t head = len > 0 && (text[0] == '-' || text[0] == '+' || text[0] == ' ');
    field_put(b, &g, text, head, text + head, len - head);
}

// ---- fields: integers -----------------------------------------------------------------------------------------------------
struct digits {
    const char *text;
    char *run; // to be freed, or NULL
    size_t len;
    bool negative;
    char here[66];
};

static unsigned field_base(char type) {
    switch (type) {
    case 'b': return 2;
    case 'o': return 8;
    case 'x':
    case 'X': return 16;
    default: return 10;
    }
}

static void digits_make(struct digits *d, obj_t value, const struct field *f) {
    unsigned base = field_base(f->type);
    d->run = NULL;
    if (!obj_is_int(value) && value != OBJ_TRUE && value != OBJ_FALSE) {
        d->text = d->run = int_digits(value, base, f->type == 'X', &d->len, &d->negative);
        return;
    }
    intptr_t v = obj_is_int(value) ? obj_int(value) : value == OBJ_TRUE;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    const char *letters = f->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    char *at = d->here + sizeof d->here;
    do *--at = letters[left % base];
    while (left /= base);
    d->text = at;
    d->len = (size_t)(d->here + sizeof d->here - at);
    d->negative = v < 0;
    // a board writes binary digits of a small integer into a run for all its bits
    if (base == 2) d->run = heap_new(0, rt.profile.word_bytes * 8u + 3 + (f->alternative ? 2 : 0), HEAP_DATA);
}

static size_t field_head(const struct field *f, bool negative, char head[3]) {
    size_t n = 0;
    if (negative) head[n++] = '-';
    else if (f->sign) head[n++] = f->sign;
    if (f->alternative && (f->type == 'b' || f->type == 'o' || f->type == 'x' || f->type == 'X')) {
        head[n++] = '0';
        head[n++] = f->type;
    }
    return n;
}

// zeros, then the digits, with separators between groups (group 0: none), into a heap run
static char *digits_group(const struct digits *d, size_t total, size_t group, char separator, size_t *size) {
    *size = total + (group ? (total - 1) / group : 0);
    char *run = text_run(*size), *out = run;
    for (size_t i = 0; i < total; i++) {
        if (group && i > 0 && (total - i) % group == 0) *out++ = separator;
        *out++ = i < total - d->len ? '0' : d->text[i - (total - d->len)];
    }
    return run;
}

void field_put_int(struct text_buffer *b, const struct field *f, obj_t value, size_t digits_min) {
    struct field g = field_complete(f, ALIGN_RIGHT, ALIGN_NUMBER);
    struct digits d;
    char head[3];
    digits_make(&d, value, f);
    size_t head_len = field_head(f, d.negative, head), total = d.len > digits_min ? d.len : digits_min, size;
    if (f->grouping || total > d.len) {
        char *run = digits_group(&d, total, !f->grouping ? 0 : field_base(f->type) == 10 ? 3 : 4, f->grouping, &size);
        field_put(b, &g, head, head_len, run, size);
        heap_free(run);
    } else {
        field_put(b, &g, head, head_len, d.text, d.len);
    }
    heap_free(d.run);
}

// ---- specifications -------------------------------------------------------------------------------------------------------
static bool is_align(char c) { return c == ALIGN_LEFT || c == ALIGN_RIGHT || c == ALIGN_CENTER || c == ALIGN_NUMBER; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static const char *number_read(const char *at, const char *end, size_t *value) {
    *value = 0;
    for (; at < end && is_digit(*at); at++) {
        if (*value > PTRDIFF_MAX / 16) *value = PTRDIFF_MAX / 16; // more than any memory
        *value = *value * 10 + (size_t)(*at - '0');
    }
    return at;
}

static struct field spec_read(const char *at, const char *end) {
    struct field f = {.precision = -1};
    if (at < end && is_align(*at)) {
        f.align = *at++;
    } else if (end - at >= 2 && is_align(at[1])) {
        f.fill = *at++;
        f.align = *at++;
    }
    if (at < end && (*at == '+' || *at == '-' || *at == ' ')) {
        f.sign = *at == '-' ? 0 : *at;
        at++;
    }
    if (at < end && *at == '#') {
        f.alternative = true;
        at++;
    }
    if (at < end && *at == '0') {
        f.zero = true;
        at++;
    }
    at = number_read(at, end, &f.width);
    if (at < end && (*at == ',' || *at == '_')) f.grouping = *at++;
    if (at < end && *at == '.') {
        size_t precision;
        const char *digits = ++at;
        at = number_read(at, end, &precision);
        if (at > digits) f.precision = (ptrdiff_t)precision;
    }
    if (at < end && *at && strchr("bcdeEfFgGnosxX%", *at)) f.type = *at++;
    if (at < end) format_raise("invalid format specifier");
    return f;
}

_Noreturn static void format_raise_code(char code, obj_t value) {
    raise_format(&type_ValueError, "unknown format code '%c' for object of type '%s'", code, obj_type_name(value));
}

static void format_integer(struct text_buffer *b, const struct field *f, obj_t value) {
    double v = 0;
    switch (f->type) {
    case 0:
    case 'd':
    case 'n':
    case 'b':
    case 'o':
    case 'x':
    case 'X': field_put_int(b, f, value, 0); return;
    case 'c': field_put_char(b, f, obj_get_int(value)); return;
    case 's': format_raise_code('s', value);
    default:
        float_get(value, &v);
        field_put_float(b, f, v);
    }
}

static void format_by_spec(struct text_buffer *b, const struct field *f, obj_t value) {
    if (f->type == 's' && f->sign) format_raise("sign not allowed in string format specifier");
    if (f->type == 'c' && f->sign) format_raise("sign not allowed with integer format specifier 'c'");
    if (obj_is_integer(value)) {
        format_integer(b, f, value);
    } else if (obj_is_float(value)) {
        if (f->type && !strchr("eEfFgGn%", f->type)) format_raise_code(f->type, value);
        field_put_float(b, f, float_value(value));
    } else {
        size_t len;
        if (f->align == ALIGN_NUMBER) format_raise("'=' alignment not allowed in string format specifier");
        if (f->type && f->type != 's') format_raise_code(f->type, value);
        const char *data = str_data(value, &len);
        field_put_text(b, f, data, len);
    }
}

static obj_t format_print(obj_t value, enum print_kind kind) {
    struct text_buffer b;
    text_buffer_init(&b, BUFFER_START);
    struct printer p = text_buffer_printer(&b);
    obj_print(&p, value, kind);
    return text_buffer_str(&b);
}

obj_t str_format_value(obj_t value, obj_t spec) {
    size_t len;
    const char *data = str_data(spec, &len);
    if (len == 0) return format_print(value, PRINT_STR);
    struct field f = spec_read(data, data + len);
    f.fits_text = true;
    struct text_buffer b;
    text_buffer_init(&b, BUFFER_START);
    format_by_spec(&b, &f, value);
    return text_buffer_str(&b);
}

// ---- patterns -------------------------------------------------------------------------------------------------------------
struct formatter {
    size_t n, kw; // values, without the pattern
    const obj_t *args;
    intptr_t next; // number of the next unnamed field; -1: fields are numbered by hand
    bool fits_text;
};

// One field of a pattern.
struct format_field {
    const char *name, *name_end, *spec, *spec_end;
    char conversion;
};

// Reads a field that starts behind its '{'; returns the place behind its '}'.
static const char *format_field_read(const char *at, const char *end, struct format_field *f) {
    *f = (struct format_field){.name = at};
    while (at < end && *at != '}' && *at != '!' && *at != ':') at++;
    f->name_end = f->spec = f->spec_end = at;
    if (at < end && *at == '!') {
        if (++at == end) format_raise("end of format while looking for conversion specifier");
        f->conversion = *at++;
        if (f->conversion != 'r' && f->conversion != 's')
            raise_format(&type_ValueError, "unknown conversion specifier %c", (uint8_t)f->conversion < 0x80 ? f->conversion : '?');
        if (at < end && *at != ':' && *at != '}') format_raise("expected ':' after format specifier");
    }
    if (at < end && *at == ':') {
        f->spec = ++at;
        for (size_t depth = 0; at < end && (depth > 0 || *at != '}'); at++) depth += (*at == '{') - (size_t)(*at == '}');
        f->spec_end = at;
    }
    if (at == end) format_raise("unmatched '{' in format");
    return at + 1;
}

static obj_t format_keyword(const struct formatter *s, const char *name, size_t len) {
    const obj_t *pair = s->args + s->n;
    for (size_t i = 0; i < s->kw; i++) {
        size_t have;
        const char *text = str_data(pair[2 * i], &have);
        if (have == len && memcmp(text, name, len) == 0) return pair[2 * i + 1];
    }
    raise_value(&type_KeyError, str_new(name, len));
}

static obj_t format_argument(struct formatter *s, const struct format_field *f) {
    const char *at = f->name, *end = f->name_end;
    obj_t value;
    if (at == end || is_digit(*at)) {
        size_t index;
        if (at == end) {
            if (s->next < 0) format_raise("can't switch from manual field specification to automatic field numbering");
            index = (size_t)s->next++;
        } else {
            if (s->next > 0) format_raise("can't switch from automatic field numbering to manual field specification");
            at = number_read(at, end, &index);
            s->next = -1;
        }
        if (index >= s->n) raise_message(&type_IndexError, "tuple index out of range");
        value = s->args[index];
    } else {
        while (at < end && *at != '.' && *at != '[') at++;
        value = format_keyword(s, f->name, (size_t)(at - f->name));
    }
    if (at < end) raise_message(&type_NotImplementedError, "attributes not supported");
    return value;
}

static void format_run(struct formatter *s, struct text_buffer *out, const char *at, const char *end);

static void format_one(struct formatter *s, struct text_buffer *out, const struct format_field *field) {
    obj_t value = format_argument(s, field);
    bool has_spec = field->spec < field->spec_end;
    if (field->conversion || !has_spec) value = format_print(value, field->conversion == 'r' ? PRINT_REPR : PRINT_STR);
    if (!has_spec) {
        size_t len;
        const char *data = str_data(value, &len);
        text_buffer_add(out, data, len);
        return;
    }
    struct text_buffer spec;
    text_buffer_init(&spec, BUFFER_START);
    format_run(s, &spec, field->spec, field->spec_end);
    struct field f = spec_read(spec.data, spec.data + spec.len);
    text_buffer_free(&spec);
    f.fits_text = s->fits_text;
    format_by_spec(out, &f, value);
}

static void format_run(struct formatter *s, struct text_buffer *out, const char *at, const char *end) {
    stack_check();
    while (at < end) {
        char c = *at++;
        if (c == '}' && (at == end || *at != '}')) format_raise("single '}' encountered in format string");
        if (c == '{' && at == end) format_raise("unmatched '{' in format");
        if (c == '{' && *at != '{') {
            struct format_field field;
            at = format_field_read(at, end, &field);
            format_one(s, out, &field);
            continue;
        }
        if (c == '{' || c == '}') at++;
        *text_buffer_extend(out, 1) = c;
    }
}

obj_t text_method_format(size_t n, size_t kw, const obj_t *args) {
    struct text t = text_self(args[0]);
    const char *volatile pattern = t.data; // values may run Python code that resizes a bytearray: this run is to stay
    if (t.type == &type_bytearray) ((struct array *)args[0])->typecode |= ARRAY_VIEWED;
    struct formatter s = {n - 1, kw, args + 1, 0, t.type == &type_str};
    struct text_buffer out;
    text_buffer_init(&out, BUFFER_START);
    format_run(&s, &out, pattern, pattern + t.len);
    if (t.type == &type_str) return text_buffer_str(&out);
    return t.type == &type_bytes ? text_buffer_bytes(&out) : text_buffer_bytearray(&out);
}
