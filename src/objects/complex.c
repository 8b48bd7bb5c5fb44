// SPDX-License-Identifier: MIT
// type_complex: three words on the board, two doubles here, each rounded to the profile's width.
// Arithmetic uses the plain formulas (no scaling), in the order MicroPython evaluates them, so that the last digits agree.
#include "heap/heap.h"
#include "num.h"
#include "run/call.h"
#include "run/raise.h"
#include "str.h"
#include <math.h>

obj_t complex_new(double real, double imag) {
    struct complex_object *o = heap_new(1, 2 * rt.profile.float_bytes, HEAP_DATA);
    o->type = &type_complex;
    o->real = float_narrow(real);
    o->imag = float_narrow(imag);
    return OBJ_PTR(o);
}

static void complex_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct complex_object *c = (const struct complex_object *)self;
    char text[40];
    size_t len;
    if (c->real != 0) {
        len = float_repr(c->real, text, false);
        print_bytes(p, "(", 1);
        print_bytes(p, text, len);
        if (isnan(c->imag) || !signbit(c->imag)) print_bytes(p, "+", 1);
    }
    len = float_repr(c->imag, text, false);
    print_bytes(p, text, len);
    print_text(p, c->real != 0 ? "j)" : "j");
}

// One argument of complex(): a complex or anything that obj_get_float() takes.
static void complex_part(obj_t o, double *real, double *imag) {
    if (obj_is(o, &type_complex)) {
        obj_get_complex(o, real, imag);
        return;
    }
    *real = obj_get_float(o);
    *imag = 0;
}

static obj_t complex_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_no_keywords(kw);
    args_check(n, kw, 0, 2, false);
    double real = 0, imag = 0, real2, imag2;
    if (n == 0) return complex_new(0, 0);
    if (n == 1) {
        if (obj_is(args[0], &type_complex)) return args[0];
        if (obj_is_str(args[0])) {
            size_t len;
            const char *text = str_data(args[0], &len);
            return number_from_text(text, len, true, true);
        }
        obj_get_complex(args[0], &real, &imag);
        return complex_new(real, imag);
    }
    complex_part(args[0], &real, &imag);
    complex_part(args[1], &real2, &imag2);
    return complex_new(real - imag2, imag + real2);
}

static obj_t complex_unary(enum unary_op op, obj_t self) {
    const struct complex_object *c = (const struct complex_object *)self;
    unsigned spare = 64 - rt.profile.small_int_bits;
    switch (op) {
    case OP_NOT: return obj_bool(c->real == 0 && c->imag == 0);
    case OP_BOOL: return obj_bool(c->real != 0 || c->imag != 0);
    case OP_HASH: return OBJ_INT((intptr_t)((float_hash(c->real) ^ float_hash(c->imag)) << spare) >> spare);
    case OP_POSITIVE: return self;
    case OP_NEGATIVE: return complex_new(-c->real, -c->imag);
    case OP_ABS: return float_new(sqrt(float_narrow(c->real * c->real + c->imag * c->imag)));
    default: return OBJ_NULL;
    }
}

static obj_t complex_divide(double lr, double li, double rr, double ri) {
    if (ri == 0) {
        if (rr == 0) raise_message(&type_ZeroDivisionError, "complex divide by zero");
        return complex_new(lr / rr, li / rr);
    }
    if (rr == 0) return complex_new(li / ri, -lr / ri);
    // times the reciprocal
    double size = rr * rr + ri * ri, real = rr / size, imag = -ri / size;
    return complex_new(lr * real - li * imag, lr * imag + li * real);
}

static obj_t complex_power(double lr, double li, double rr, double ri) {
    double size = sqrt(lr * lr + li * li);
    if (size == 0) {
        if (ri != 0 || rr < 0 || isnan(rr) || isnan(ri)) raise_message(&type_ZeroDivisionError, "0.0 to a complex power");
        return complex_new(rr == 0, 0);
    }
    double log_size = log(size), angle = atan2(li, lr);
    double grow = rr * log_size - ri * angle, turn = ri * log_size + rr * angle;
    double scale = exp(grow);
    return complex_new(scale * cos(turn), scale * sin(turn));
}

obj_t complex_binary(enum binary_op op, double lr, double li, double rr, double ri) {
    switch (op) {
    case OP_EQ: return obj_bool(lr == rr && li == ri);
    case OP_IADD:
    case OP_ADD: return complex_new(lr + rr, li + ri);
    case OP_ISUB:
    case OP_SUB: return complex_new(lr - rr, li - ri);
    case OP_IMUL:
    case OP_MUL: return complex_new(lr * rr - li * ri, lr * ri + li * rr);
    case OP_ITRUEDIV:
    case OP_TRUEDIV: return complex_divide(lr, li, rr, ri);
    case OP_IFLOORDIV:
    case OP_FLOORDIV: raise_message(&type_TypeError, "can't truncate-divide a complex number");
    case OP_IPOW:
    case OP_POW: return complex_power(lr, li, rr, ri);
    default: return OBJ_NULL;
    }
}

static obj_t complex_type_binary(enum binary_op op, obj_t left, obj_t right) {
    const struct complex_object *l = (const struct complex_object *)left;
    double real, imag = 0;
    if (obj_is(right, &type_complex)) {
        real = ((const struct complex_object *)right)->real;
        imag = ((const struct complex_object *)right)->imag;
    } else if (!float_get(right, &real)) {
        return OBJ_NULL;
    }
    return complex_binary(op, l->real, l->imag, real, imag);
}

static void complex_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    const struct complex_object *c = (const struct complex_object *)self;
    if (value != OBJ_NULL) return;
    if (name == Q_real) out[0] = float_new(c->real);
    else if (name == Q_imag) out[0] = float_new(c->imag);
}

static const struct type_ops complex_ops = {.print = complex_print,
                                            .construct = complex_construct,
                                            .unary = complex_unary,
                                            .binary = complex_type_binary,
                                            .attr = complex_attr};
const struct type type_complex = {.type = &type_type,
                                  .name = Q_complex,
                                  .flags = TYPE_EQ_NOT_IDENTITY | TYPE_EQ_OTHER_TYPES,
                                  .ops = &complex_ops,
                                  .members = NULL,
                                  .bases = OBJ_NULL};
