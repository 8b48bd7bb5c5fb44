// SPDX-License-Identifier: MIT
// Text and bytes objects, and the growing buffer that builds them.
//
// Invariants
//  - A text is an interned handle or a struct str of type_str; its bytes are valid UTF-8 followed by a NUL that is not counted.
//  - hash 0 means "not computed yet". data points to the head of a heap run, into static memory (ROM texts), or is shared with the
//    object it was decoded from.
//  - Costs and the order header/data follow spec/heap-model.md 2.3; so do which operations return an interned text.
#ifndef SRC_STR_H
#define SRC_STR_H

#include "obj.h"

struct str {
    const struct type *type; // type_str or type_bytes
    size_t hash;
    size_t len;              // bytes
    const char *data;
};

bool obj_is_str(obj_t o);           // text: interned, or exactly type_str
bool obj_is_str_or_bytes(obj_t o);
const char *str_data(obj_t text, size_t *len); // text or bytes; TypeError for others. NUL-terminated
const char *str_data_maybe(obj_t o, size_t *len); // NULL when not text or bytes
qstr_t str_qstr(obj_t text);                   // interns if needed; TypeError when not a text
size_t str_hash(obj_t text_or_bytes);
bool str_equal(obj_t a, obj_t b);              // both text or bytes of the same kind

obj_t str_new(const char *data, size_t len);        // looked up in the pool first; header then data. UnicodeError when not UTF-8
obj_t str_new_checked(const char *data, size_t len); // as str_new for data known to be UTF-8
obj_t str_new_rom(const char *text);                // header only, data must live forever
obj_t bytes_new(const char *data, size_t len);      // header then data, also when len is 0
obj_t bytes_empty(void);                            // the constant b''
obj_t str_of_type(const struct type *type, const char *data, size_t len); // type_str or type_bytes; copies
// Takes over a run of len + 1 heap bytes (data first, then header)
obj_t str_take(const struct type *type, char *run, size_t len);
size_t utf8_length(const char *data, size_t len);   // code points
bool utf8_valid(const char *data, size_t len);
unsigned utf8_put(char out[4], uint32_t code);      // bytes written
const char *utf8_next(const char *p, uint32_t *code); // decodes one, returns the place after it

// The growing text buffer: capacity grows to ((len + extra + 16) & ~7) + 8. Lives in the Python heap.
struct text_buffer {
    size_t capacity, len;
    char *data;
    bool fixed;
};
void text_buffer_init(struct text_buffer *b, size_t capacity);
char *text_buffer_extend(struct text_buffer *b, size_t extra); // room for `extra` bytes at the end, counted as used; MemoryError
void text_buffer_add(struct text_buffer *b, const char *data, size_t len);
void text_buffer_add_char(struct text_buffer *b, uint32_t code); // UTF-8
void text_buffer_insert(struct text_buffer *b, size_t at, const char *data, size_t len);
void text_buffer_cut(struct text_buffer *b, size_t at, size_t len);
void text_buffer_free(struct text_buffer *b);
struct printer text_buffer_printer(struct text_buffer *b);
obj_t text_buffer_str(struct text_buffer *b);    // final size, then header (interned if known); b is empty afterwards
obj_t text_buffer_bytes(struct text_buffer *b);

void str_print_quoted(struct printer *p, const char *data, size_t len, bool is_bytes); // repr
void str_print_json(struct printer *p, const char *data, size_t len);
obj_t str_format_percent(obj_t pattern, obj_t args); // "..." % args
// format(value, spec) as used by f-strings, str.format and format(): objects/str_format.c
obj_t str_format_value(obj_t value, obj_t spec);

// bytearray, array, memoryview: objects/array.c, array_view.c
struct array {
    const struct type *type; // type_bytearray, type_array, type_memoryview
    uint64_t typecode : 8;   // struct code ('B' for bytearray) and one of the marks below
    uint64_t room : 56;      // unused items at the end (array, bytearray), or offset in items (memoryview)
    size_t len;              // items
    void *items;             // heap run, NULL when there never was an item; memoryview: the run of the object looked at
};
enum {
    ARRAY_CODE = 0x7f,
    ARRAY_VIEWED = 0x80,  // bytearray, array: a memoryview may look at the run, which therefore is not freed when it has to move
    VIEW_WRITABLE = 0x80, // memoryview
};
obj_t bytearray_new(size_t n, const void *data);
// For one call of a Python method, at no cost to the heap (array_lend.c). Who lends takes it back in any case, from protect().
obj_t bytearray_lend(const void *data, size_t len); // data NULL: zeros
void bytearray_give_back(obj_t lent);
void bytearray_settle(struct array *a); // before something looks at the items that may outlive the call; may collect
void bytearray_lend_stop(void);
// Struct codes b B h H i I l L q Q f d e P O S; order '@' native, '<' little, '>' or '!' big. align: of a member in native order, else 1
size_t binary_size(char order, char code, size_t *align); // one item of a struct code; 0: unknown code
obj_t binary_load(char order, char code, const void *p);
void binary_store(char order, char code, void *p, obj_t value);

#endif
