// SPDX-License-Identifier: MIT
// Between the files that make text, bytes and the byte methods of bytearray: str*.c, bytes.c, array.c, text_members.c.
//
// A method is written once for str, bytes and bytearray. text_self() says which of them self is; the result has the same type. For str
// every position given by or to Python counts code points; inside everything counts bytes.
// The characters of a bytearray move when it is resized. So a method first converts its other arguments (which may run Python code) and
// looks at characters afterwards.
#ifndef SRC_TEXT_H
#define SRC_TEXT_H

#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "run/call.h"

struct text {
    const struct type *type; // type_str, type_bytes or type_bytearray
    const char *data;
    size_t len;
};
struct text text_self(obj_t o); // TypeError for anything else
// The characters of an argument that must fit self's type. bytearray counts as bytes. TypeError `can't convert ...`
struct text text_argument(const struct text *self, obj_t o);
_Noreturn void text_raise_implicit(obj_t o, const char *wanted); // can't convert 'x' object to WANTED implicitly

qstr_t text_known(const char *data, size_t len); // the interned text with these characters, or 0
obj_t text_nothing(const struct type *type);     // the constant '' or b''
obj_t text_piece(const struct text *of, const char *from, size_t len); // header then data; same type as `of`
char *text_run(size_t len);                                           // a run for len characters and the NUL, uninitialised contents zero
obj_t text_from_run(const struct type *type, char *run, size_t len);  // str_take for all three types
size_t text_count(const struct text *t, size_t len);                  // the first len bytes as Python counts them
bool text_is_space(char c);

// utf8.c
bool utf8_ascii(const char *data, size_t len);
size_t utf8_valid_start(const char *data, size_t len, size_t *wrong); // bytes that are right, and how many are wrong behind them
size_t utf8_forward(const char *data, size_t len, size_t n, size_t *left); // bytes that n code points take; *left: n's rest at the end
size_t utf8_backward(const char *data, size_t len, size_t n, size_t *left); // start of the last n code points
size_t utf8_cut(const char *data, size_t len); // largest n <= len that does not end inside a character
size_t utf8_width(const char *p);              // bytes of the character at p; p points to valid UTF-8 and a NUL behind it

// Where a range given in Python's positions lies. OBJ_NONE or OBJ_NULL bounds: missing. from <= to unless `empty_range`
struct text_range {
    size_t from, to;
    bool reversed; // the start lies behind the end
};
struct text_bounds {
    intptr_t start, stop;
    bool has_start, has_stop;
};
struct text_bounds text_bounds(const struct type *type, size_t n, const obj_t *args, size_t first); // from args[first], args[first + 1]
struct text_range text_range(const struct text *t, const struct text_bounds *b);
obj_t text_subscr_slice(obj_t self, obj_t slice);

// searching in bytes; NULL when absent. An empty needle is found at once
const char *text_find(const char *hay, size_t n, const char *needle, size_t m);
const char *text_find_last(const char *hay, size_t n, const char *needle, size_t m);

int text_compare(const char *a, size_t an, const char *b, size_t bn); // memcmp order, then length
obj_t text_ordered(enum binary_op op, int order);
obj_t text_repeat(obj_t self, obj_t times); // OBJ_NULL when times is no integer
obj_t text_iter_bytes(obj_t self, struct iter_buf *buf);

// array.c, array_view.c
obj_t text_buffer_bytearray(struct text_buffer *b);
obj_t bytearray_take(char *run, size_t len); // header for a run of len + 1 bytes
size_t array_item_bytes(char code);          // host bytes of an item in an array
obj_t array_load(const struct array *a, size_t index);
void array_store(struct array *a, size_t index, obj_t value); // the index is checked again after the value is converted
size_t array_index(const struct array *a, obj_t index);       // IndexError, TypeError
struct slice_bounds array_bounds(const struct array *a, obj_t slice); // NotImplementedError when the step is not 1; stop >= start
bool array_source(obj_t value, char code, struct buffer *out, size_t *count); // what a slice store takes; NotImplementedError, ValueError
obj_t array_iter(obj_t self, struct iter_buf *buf);
obj_t array_unary(enum unary_op op, obj_t self);
obj_t array_compare(enum binary_op op, obj_t left, obj_t right);
bool array_number(obj_t item); // asking for it with `in` is not implemented

// methods; str_find.c
obj_t text_method_find(size_t n, const obj_t *args);
obj_t text_method_rfind(size_t n, const obj_t *args);
obj_t text_method_index(size_t n, const obj_t *args);
obj_t text_method_rindex(size_t n, const obj_t *args);
obj_t text_method_count(size_t n, const obj_t *args);
obj_t text_method_startswith(size_t n, const obj_t *args);
obj_t text_method_endswith(size_t n, const obj_t *args);
obj_t text_method_replace(size_t n, const obj_t *args);
obj_t text_method_strip(size_t n, const obj_t *args);
obj_t text_method_lstrip(size_t n, const obj_t *args);
obj_t text_method_rstrip(size_t n, const obj_t *args);
// str_split.c
obj_t text_method_split(size_t n, const obj_t *args);
obj_t text_method_rsplit(size_t n, const obj_t *args);
obj_t text_method_splitlines(size_t n, size_t kw, const obj_t *args);
obj_t text_method_partition(obj_t self, obj_t separator);
obj_t text_method_rpartition(obj_t self, obj_t separator);
// str_case.c
obj_t text_method_lower(obj_t self);
obj_t text_method_upper(obj_t self);
obj_t text_method_isspace(obj_t self);
obj_t text_method_isalpha(obj_t self);
obj_t text_method_isdigit(obj_t self);
obj_t text_method_isupper(obj_t self);
obj_t text_method_islower(obj_t self);
obj_t text_method_center(obj_t self, obj_t width);
obj_t text_method_join(obj_t self, obj_t items);
// bytes.c
obj_t text_method_encode(size_t n, const obj_t *args);
obj_t text_method_decode(size_t n, const obj_t *args);
obj_t bytes_decode(size_t n, const obj_t *args, const char *data, size_t len); // the same bytes wherever they come from; args[2]: errors
obj_t text_method_hex(size_t n, const obj_t *args);
obj_t text_method_fromhex(obj_t type, obj_t digits);
// str_format.c
obj_t text_method_format(size_t n, size_t kw, const obj_t *args);

extern struct dict str_dict, bytes_dict, bytearray_dict; // text_members.c
extern const struct builtin text_hex_fn;

// numbers and padding for str_format.c and str_percent.c
enum { ALIGN_LEFT = '<', ALIGN_RIGHT = '>', ALIGN_CENTER = '^', ALIGN_NUMBER = '=' };
struct field {
    char fill, align;
    char sign;       // '+', ' ' or 0
    char grouping;   // ',' '_' or 0
    char type;       // conversion letter or 0
    bool alternative, zero;
    bool fits_text;  // the result is a str: nothing may cut a character
    size_t width;
    ptrdiff_t precision; // -1: none
};
void field_put(struct text_buffer *b, const struct field *f, const char *head, size_t head_len, const char *body, size_t len);
void field_put_int(struct text_buffer *b, const struct field *f, obj_t value, size_t digits_min);
void field_put_float(struct text_buffer *b, const struct field *f, double value);
void field_put_text(struct text_buffer *b, const struct field *f, const char *data, size_t len);
void field_put_char(struct text_buffer *b, const struct field *f, intptr_t code);

// The methods shared by array and bytearray (array.c)
obj_t array_method_append(obj_t self, obj_t item);
obj_t array_method_extend(obj_t self, obj_t items);

#endif
