// SPDX-License-Identifier: MIT
// Printing: where text goes (struct printer), a small printf, and the printing of any object.
//
// print_format() knows %d %u %x %ld %lu %lx %zu %s %q %c %% with the flags 0 - and +, a width, and a precision for %s (both also as *).
// It allocates nothing, so that the error path can use it.
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/types.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/vm.h"
#include <stdarg.h>

static void stdout_write(void *data, const char *text, size_t len) {
    (void)data;
    terminal_print(1, text, len);
}
static void stderr_write(void *data, const char *text, size_t len) {
    (void)data;
    terminal_print(2, text, len);
}
const struct printer printer_stdout = {NULL, stdout_write}, printer_stderr = {NULL, stderr_write};

void print_bytes(const struct printer *p, const char *text, size_t len) {
    if (len) p->write(p->data, text, len);
}
void print_text(const struct printer *p, const char *text) { print_bytes(p, text, strlen(text)); }

struct format {
    bool zero, left, plus;
    int width, precision; // precision -1: none
    int size;             // 0 int, 1 long or size_t
};

static void print_padding(const struct printer *p, char c, int n) {
    for (; n > 0; n--) print_bytes(p, &c, 1);
}

static void print_field(const struct printer *p, const struct format *f, const char *text, size_t len) {
    int spare = f->width > (int)len ? f->width - (int)len : 0;
    if (!f->left) print_padding(p, ' ', spare);
    print_bytes(p, text, len);
    if (f->left) print_padding(p, ' ', spare);
}

static void print_number(const struct printer *p, const struct format *f, unsigned long v, bool negative, unsigned base) {
    char text[72];
    size_t at = sizeof text;
    do text[--at] = "0123456789abcdef"[v % base];
    while (v /= base);
    int sign = negative || f->plus;
    while (f->zero && !f->left && (int)(sizeof text - at) + sign < f->width && at > 1) text[--at] = '0';
    if (sign) text[--at] = negative ? '-' : '+';
    print_field(p, f, text + at, sizeof text - at);
}

static const char *format_read(const char *s, struct format *f, va_list list) {
    *f = (struct format){.precision = -1};
    for (;; s++) {
        if (*s == '0') f->zero = true;
        else if (*s == '-') f->left = true;
        else if (*s == '+') f->plus = true;
        else break;
    }
    for (; *s >= '0' && *s <= '9'; s++) f->width = f->width * 10 + *s - '0';
    if (*s == '*') {
        f->width = va_arg(list, int);
        s++;
    }
    if (*s == '.') {
        f->precision = 0;
        for (s++; *s >= '0' && *s <= '9'; s++) f->precision = f->precision * 10 + *s - '0';
        if (*s == '*') {
            f->precision = va_arg(list, int);
            s++;
        }
    }
    for (; *s == 'l' || *s == 'z'; s++) f->size = 1;
    return s;
}

struct list_of_args {
    va_list list;
};

static void print_conversion(const struct printer *p, char c, const struct format *f, struct list_of_args *args) {
    switch (c) {
    case 'd':
    case 'i': {
        long v = f->size ? va_arg(args->list, long) : va_arg(args->list, int);
        print_number(p, f, v < 0 ? 0ul - (unsigned long)v : (unsigned long)v, v < 0, 10);
        break;
    }
    case 'u':
    case 'x': {
        unsigned long v = f->size ? va_arg(args->list, unsigned long) : va_arg(args->list, unsigned);
        print_number(p, f, v, false, c == 'x' ? 16 : 10);
        break;
    }
    case 's': {
        const char *text = va_arg(args->list, const char *);
        size_t len = 0;
        while (text && (f->precision < 0 || len < (size_t)f->precision) && text[len]) len++;
        print_field(p, f, text ? text : "", len);
        break;
    }
    case 'q': {
        size_t len;
        const char *text = qstr_text(va_arg(args->list, qstr_t), &len);
        print_field(p, f, text, len);
        break;
    }
    case 'c': {
        char one = (char)va_arg(args->list, int);
        print_field(p, f, &one, 1);
        break;
    }
    default: print_bytes(p, &c, 1); break;
    }
}

void print_format_list(const struct printer *p, const char *format, va_list list) {
    struct list_of_args args;
    va_copy(args.list, list);
    for (;;) {
        size_t plain = strcspn(format, "%");
        print_bytes(p, format, plain);
        format += plain;
        if (*format == 0) break;
        struct format f;
        format = format_read(format + 1, &f, args.list);
        if (*format == 0) break;
        print_conversion(p, *format++, &f, &args);
    }
    va_end(args.list);
}

void print_format(const struct printer *p, const char *format, ...) {
    va_list list;
    va_start(list, format);
    print_format_list(p, format, list);
    va_end(list);
}

void obj_print(struct printer *p, obj_t o, enum print_kind kind) {
    stack_check();
    poll_keyboard();
    const struct type *type = obj_type(o);
    if (obj_is_int(o)) {
        struct format f = {.precision = -1};
        intptr_t v = obj_int(o);
        print_number(p, &f, v < 0 ? 0ul - (unsigned long)v : (unsigned long)v, v < 0, 10);
    } else if (type->ops && type->ops->print) {
        type->ops->print(p, o, kind);
    } else {
        print_format(p, "<%q>", type->name);
    }
}
