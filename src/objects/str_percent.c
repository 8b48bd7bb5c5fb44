// SPDX-License-Identifier: MIT
// "pattern" % values, for str and bytes.
//
// A conversion is %(key)flags width .precision letter. With keys the right side is one dictionary and counts as used up.
// Numbers are written straight into the main buffer of 16; %s and %r print into a buffer of their own, which is freed.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/text.h"
#include "run/raise.h"

enum { BUFFER_START = 16 };

struct percent {
    struct text_buffer out;
    const char *start, *at, *end;
    const obj_t *args;
    size_t n, used;
    obj_t dict; // OBJ_NULL: the right side is not a dictionary
    obj_t bytes_pattern; // self when it is bytes, else OBJ_NULL
};

_Noreturn static void percent_raise(const struct type *type, const char *message) { raise_message(type, message); }

static obj_t percent_argument(struct percent *p) {
    if (p->used >= p->n) percent_raise(&type_TypeError, "format string needs more arguments");
    return p->args[p->used++];
}

static char percent_peek(struct percent *p) {
    if (p->at >= p->end) percent_raise(&type_ValueError, "incomplete format");
    return *p->at;
}

static obj_t percent_key(struct percent *p) {
    if (p->dict == OBJ_NULL) percent_raise(&type_TypeError, "format needs a dict");
    const char *key = ++p->at;
    while (p->at < p->end && *p->at != ')') p->at++;
    if (p->at == p->end) percent_raise(&type_ValueError, "incomplete format key");
    obj_t name = OBJ_QSTR(intern(key, (size_t)(p->at - key)));
    p->at++;
    p->used = p->n;
    return dict_get(p->dict, name);
}

// Digits, or an asterisk that takes an argument.
static intptr_t percent_number(struct percent *p) {
    if (p->at < p->end && *p->at == '*') {
        p->at++;
        return obj_get_int(percent_argument(p));
    }
    intptr_t v = 0;
    for (; p->at < p->end && *p->at >= '0' && *p->at <= '9'; p->at++) {
        if (v > INTPTR_MAX / 16) v = INTPTR_MAX / 16; // more than any memory
        v = v * 10 + (*p->at - '0');
    }
    return v;
}

static struct field percent_field(struct percent *p) {
    struct field f = {.precision = -1, .align = 0, .fits_text = p->bytes_pattern == OBJ_NULL};
    for (;; p->at++) {
        char c = percent_peek(p);
        if (c == '-') f.align = ALIGN_LEFT;
        else if (c == '+') f.sign = '+';
        else if (c == ' ' && !f.sign) f.sign = ' ';
        else if (c == '#') f.alternative = true;
        else if (c == '0') f.zero = true;
        else if (c != ' ') break;
    }
    intptr_t width = percent_number(p);
    f.width = width < 0 ? 0 : (size_t)width;
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        intptr_t precision = percent_number(p);
        f.precision = precision < 0 ? -1 : precision;
    }
    return f;
}

static obj_t percent_integer(obj_t value) {
    if (obj_is_int(value) || value == OBJ_TRUE || value == OBJ_FALSE || obj_is(value, &type_int)) return value;
    return int_from(obj_get_int(value));
}

static void percent_char(struct percent *p, struct field *f, obj_t value) {
    size_t len;
    f->zero = false;
    f->precision = -1;
    if (obj_is_str(value)) {
        const char *data = str_data(value, &len);
        if (len != 1) percent_raise(&type_TypeError, "%c needs int or char");
        field_put_char(&p->out, f, data[0]);
    } else if (obj_is_integer(value)) {
        field_put_char(&p->out, f, obj_get_int(value));
    } else {
        percent_raise(&type_TypeError, "integer needed");
    }
}

static void percent_text(struct percent *p, struct field *f, obj_t value) {
    f->zero = false;
    if (!f->align) f->align = ALIGN_RIGHT;
    if (f->type == 's' && p->bytes_pattern != OBJ_NULL && obj_is_str_or_bytes(value)) {
        size_t len;
        const char *data = str_data(value, &len);
        field_put_text(&p->out, f, data, len);
        return;
    }
    struct text_buffer b;
    text_buffer_init(&b, BUFFER_START);
    struct printer printer = text_buffer_printer(&b);
    obj_print(&printer, value, f->type == 'r' ? PRINT_REPR : PRINT_STR);
    field_put_text(&p->out, f, b.data, b.len);
    text_buffer_free(&b);
}

// A precision makes leading zeros. With the flag 0 it is another width instead, and counts the sign.
static void percent_int(struct percent *p, struct field *f, obj_t value) {
    size_t digits = f->precision > 0 ? (size_t)f->precision : 0;
    if (f->zero && !f->align) {
        if (f->width < digits) f->width = digits;
        digits = 0;
    }
    if (f->align && digits > 1) f->zero = false;
    field_put_int(&p->out, f, value, digits);
}

static void percent_convert(struct percent *p, struct field *f, obj_t value) {
    switch (f->type) {
    case 'c': percent_char(p, f, value); break;
    case 'd':
    case 'i':
    case 'u':
        f->type = 'd';
        value = obj_is_float(value) ? int_from_double(float_value(value)) : percent_integer(value);
        percent_int(p, f, value);
        break;
    case 'o':
    case 'x':
    case 'X': percent_int(p, f, percent_integer(value)); break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': field_put_float(&p->out, f, obj_get_float(value)); break;
    case 'r':
    case 's': percent_text(p, f, value); break;
    default:
        raise_format(&type_ValueError, "unsupported format character '%c' (0x%x) at index %d", (uint8_t)f->type < 0x80 ? f->type : '?',
                     (unsigned)(uint8_t)f->type, (int)(p->at - p->start) - 1);
    }
}

// p->at is behind the '%'.
static void percent_one(struct percent *p) {
    if (percent_peek(p) == '%') {
        p->at++;
        *text_buffer_extend(&p->out, 1) = '%';
        return;
    }
    obj_t value = OBJ_NULL;
    if (*p->at == '(') value = percent_key(p);
    struct field f = percent_field(p);
    f.type = percent_peek(p);
    p->at++;
    if (value == OBJ_NULL) value = percent_argument(p);
    percent_convert(p, &f, value);
}

obj_t str_format_percent(obj_t pattern, obj_t args) {
    size_t len;
    struct percent p = {.args = &args, .n = 1};
    p.start = p.at = str_data(pattern, &len);
    p.end = p.at + len;
    if (obj_is_tuple(args)) {
        obj_t *items;
        seq_items(args, &p.n, &items);
        p.args = items;
    } else if (obj_is(args, &type_dict)) {
        p.dict = args;
    }
    if (obj_is(pattern, &type_bytes)) p.bytes_pattern = pattern;
    text_buffer_init(&p.out, BUFFER_START);
    while (p.at < p.end) {
        char c = *p.at++;
        if (c == '%') percent_one(&p);
        else *text_buffer_extend(&p.out, 1) = c;
    }
    if (p.dict == OBJ_NULL && p.used < p.n) percent_raise(&type_TypeError, "format string didn't convert all arguments");
    return p.bytes_pattern == OBJ_NULL ? text_buffer_str(&p.out) : text_buffer_bytes(&p.out);
}
