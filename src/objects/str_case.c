// SPDX-License-Identifier: MIT
// Letters, centring and joining of str, bytes and bytearray. Only ASCII letters have case, and only ASCII characters belong to a class, so
// everything works on bytes.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "run/patience.h"
#include "run/raise.h"

enum letter { LETTER_UPPER = 1, LETTER_LOWER = 2, LETTER_DIGIT = 4, LETTER_SPACE = 8 };

static unsigned letter_class(char c) {
    if (c >= 'A' && c <= 'Z') return LETTER_UPPER;
    if (c >= 'a' && c <= 'z') return LETTER_LOWER;
    if (c >= '0' && c <= '9') return LETTER_DIGIT;
    return text_is_space(c) ? LETTER_SPACE : 0;
}

// The result is always a new object: the characters come first, then the header. `first` is the letter a of the case to change.
static obj_t text_change_case(obj_t self, uint8_t first) {
    struct text t = text_self(self);
    char *run = text_run(t.len);
    for (size_t done = 0, end; done < t.len; done = end) {
        end = done + patience_piece(t.len - done);
        for (size_t i = done; i < end; i++) {
            uint8_t c = (uint8_t)t.data[i];
            run[i] = (char)(c ^ ((uint8_t)(c - first) < 26 ? 0x20 : 0)); // no branch: this loop is to become vector instructions
        }
    }
    return text_from_run(t.type, run, t.len);
}

obj_t text_method_lower(obj_t self) { return text_change_case(self, 'A'); }
obj_t text_method_upper(obj_t self) { return text_change_case(self, 'a'); }

static obj_t text_all(obj_t self, unsigned classes) {
    struct text t = text_self(self);
    for (size_t i = 0; i < t.len; i++) {
        if (!(letter_class(t.data[i]) & classes)) return OBJ_FALSE;
        patience(i);
    }
    return obj_bool(t.len > 0);
}

obj_t text_method_isspace(obj_t self) { return text_all(self, LETTER_SPACE); }
obj_t text_method_isalpha(obj_t self) { return text_all(self, LETTER_UPPER | LETTER_LOWER); }
obj_t text_method_isdigit(obj_t self) { return text_all(self, LETTER_DIGIT); }

// At least one letter, and none of the other case.
static obj_t text_is_case(obj_t self, unsigned wanted) {
    struct text t = text_self(self);
    unsigned seen = 0;
    for (size_t i = 0; i < t.len; i++) {
        seen |= letter_class(t.data[i]);
        patience(i);
    }
    return obj_bool((seen & (LETTER_UPPER | LETTER_LOWER)) == wanted);
}

obj_t text_method_isupper(obj_t self) { return text_is_case(self, LETTER_UPPER); }
obj_t text_method_islower(obj_t self) { return text_is_case(self, LETTER_LOWER); }

// The width counts what Python counts: characters of a text.
obj_t text_method_center(obj_t self, obj_t width_object) {
    intptr_t width = obj_get_int(width_object);
    struct text t = text_self(self);
    size_t count = text_count(&t, t.len);
    if (width < 0 || (size_t)width <= count) return self;
    size_t spaces = (size_t)width - count, before = spaces / 2;
    if (spaces > (size_t)PTRDIFF_MAX - t.len) raise_no_memory(SIZE_MAX);
    size_t size = t.len + spaces;
    char *run = text_run(size);
    fill_patiently(run, ' ', size);
    copy_patiently(run + before, t.data, t.len);
    return text_from_run(t.type, run, size);
}

// ---- join ---------------------------------------------------------------------------------------------------------------------
static bool join_fits(const struct text *self, obj_t item) {
    const struct type *type = obj_type(item);
    return self->type == &type_str ? type == &type_str : type == &type_bytes || type == &type_bytearray;
}

obj_t text_method_join(obj_t self, obj_t items) {
    text_self(self);
    if (!obj_is_tuple(items) && !obj_is(items, &type_list)) items = list_from_iterable(items);
    struct text t = text_self(self);
    size_t n, size = 0;
    obj_t *item;
    seq_items(items, &n, &item);
    for (size_t i = 0; i < n; i++) {
        if (!join_fits(&t, item[i]))
            raise_message(&type_TypeError, "join expects a list of str/bytes objects consistent with self object");
        poll_keyboard();
        size_t more = text_self(item[i]).len + (i ? t.len : 0);
        if (more > (size_t)PTRDIFF_MAX - size) raise_no_memory(SIZE_MAX);
        size += more;
    }
    char *run = text_run(size), *out = run;
    for (size_t i = 0; i < n; i++) {
        struct text piece = text_self(item[i]);
        poll_keyboard();
        if (i) memcpy(out, t.data, t.len);
        if (i) out += t.len;
        if (piece.len) memcpy(out, piece.data, piece.len);
        out += piece.len;
    }
    return text_from_run(t.type, run, size);
}
