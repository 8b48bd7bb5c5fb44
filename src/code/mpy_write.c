// SPDX-License-Identifier: MIT
// Writes a unit as a .mpy file, version 6 without native code (spec/mpy-format.md).
//
// Header, number of names and of constants, names, constants, then the code elements from the outermost inwards. Nothing is aligned;
// every number is a varint in its shortest form. Output goes to `put` in pieces as they are ready; a writer holds no state but that.
#include "code/code.h"

#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/raise.h"

enum tag { TAG_NONE = 1, TAG_FALSE, TAG_TRUE, TAG_ELLIPSIS, TAG_STR, TAG_BYTES, TAG_INT, TAG_FLOAT, TAG_COMPLEX, TAG_TUPLE };
enum { MPY_VERSION = 6, TEXT_ROOM = 48 };

struct writer {
    void (*put)(void *data, const void *p, size_t n);
    void *data;
};

static void write_bytes(struct writer *w, const void *p, size_t n) {
    if (n > 0) w->put(w->data, p, n);
}

static void write_byte(struct writer *w, uint8_t value) { write_bytes(w, &value, 1); }

static void write_varint(struct writer *w, size_t value) {
    uint8_t text[10];
    size_t at = sizeof(text);
    text[--at] = value & 0x7f;
    while ((value >>= 7) != 0) text[--at] = (uint8_t)(value & 0x7f) | 0x80;
    write_bytes(w, text + at, sizeof(text) - at);
}

static void write_name(struct writer *w, qstr_t name) {
    if (name <= Q_last_static) {
        write_varint(w, (size_t)name << 1 | 1);
        return;
    }
    size_t len;
    const char *text = qstr_text(name, &len);
    write_varint(w, len << 1);
    write_bytes(w, text, len);
    write_byte(w, 0);
}

static void write_text(struct writer *w, enum tag tag, const char *text, size_t len) {
    write_byte(w, tag);
    write_varint(w, len);
    write_bytes(w, text, len);
    if (tag == TAG_STR || tag == TAG_BYTES) write_byte(w, 0);
}

static void write_int(struct writer *w, obj_t value) {
    size_t len;
    bool negative;
    char *digits = int_digits(value, 10, false, &len, &negative);
    write_byte(w, TAG_INT);
    write_varint(w, len + negative);
    if (negative) write_byte(w, '-');
    write_bytes(w, digits, len);
    heap_free(digits);
}

// An imaginary number is written without the ".0" that makes a float of an integer.
static void write_complex(struct writer *w, double imaginary) {
    char text[TEXT_ROOM];
    size_t len = float_text_extended(imaginary, text);
    if (len > 2 && memcmp(text + len - 2, ".0", 2) == 0) len -= 2;
    text[len++] = 'j';
    write_text(w, TAG_COMPLEX, text, len);
}

static void write_constant(struct writer *w, obj_t o) {
    const struct type *type = obj_type(o);
    char text[TEXT_ROOM];
    size_t len;
    if (o == OBJ_NONE) {
        write_byte(w, TAG_NONE);
    } else if (o == OBJ_FALSE || o == OBJ_TRUE) {
        write_byte(w, o == OBJ_TRUE ? TAG_TRUE : TAG_FALSE);
    } else if (o == OBJ_ELLIPSIS) {
        write_byte(w, TAG_ELLIPSIS);
    } else if (type == &type_str || type == &type_bytes) {
        const char *data = str_data(o, &len);
        write_text(w, type == &type_str ? TAG_STR : TAG_BYTES, data, len);
    } else if (type == &type_int) {
        write_int(w, o);
    } else if (type == &type_float) {
        len = float_text_extended(float_value(o), text);
        write_text(w, TAG_FLOAT, text, len);
    } else if (type == &type_complex) {
        write_complex(w, ((const struct complex_object *)o)->imag);
    } else if (type == &type_tuple) {
        stack_check();
        const struct tuple *t = (const struct tuple *)o;
        write_byte(w, TAG_TUPLE);
        write_varint(w, t->len);
        for (size_t i = 0; i < t->len; i++) write_constant(w, t->items[i]);
    } else {
        raise_message(&type_RuntimeError, "invalid .mpy constant");
    }
}

static void write_code(struct writer *w, const struct code *code) {
    stack_check();
    size_t len = code->info->image_len, n_children = code->info->n_children;
    write_varint(w, len << 3 | (size_t)(n_children > 0) << 2 | CODE_BYTECODE);
    write_bytes(w, code->image, len);
    if (n_children == 0) return;
    write_varint(w, n_children);
    for (size_t i = 0; i < n_children; i++) write_code(w, code->children[i]->code);
}

void mpy_write(const struct code *code, const struct context *context, int small_bits, void (*put)(void *data, const void *p, size_t n),
               void *data) {
    struct writer w = {put, data};
    const uint8_t header[] = {'M', MPY_VERSION, 0, (uint8_t)small_bits};
    write_bytes(&w, header, sizeof(header));
    write_varint(&w, context->n_names);
    write_varint(&w, context->n_constants);
    for (size_t i = 0; i < context->n_names; i++) write_name(&w, context_names(context)[i]);
    for (size_t i = 0; i < context->n_constants; i++) write_constant(&w, context_constants(context)[i]);
    write_code(&w, code);
}
