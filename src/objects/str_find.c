// SPDX-License-Identifier: MIT
// Searching in str, bytes and bytearray: find, rfind, index, rindex, count, startswith, endswith, replace, strip.
//
// The search works on bytes for all three types. That is right for text too: in UTF-8 the bytes of one valid text are found in another
// only where its characters are. Only ranges and results are converted between bytes and code points.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "run/patience.h"
#include "run/raise.h"
#include "run/vm.h"

const char *text_find(const char *hay, size_t n, const char *needle, size_t m) {
    if (m == 0) return hay;
    const char *last = hay + n; // first place that is too late for a match
    if (n < m) return NULL;
    last -= m - 1;
    while (hay < last) {
        hay = memchr(hay, needle[0], (size_t)(last - hay));
        if (!hay) return NULL;
        if (hay[m - 1] == needle[m - 1] && memcmp(hay, needle, m) == 0) return hay;
        hay++;
    }
    return NULL;
}

const char *text_find_last(const char *hay, size_t n, const char *needle, size_t m) {
    if (n < m) return NULL;
    for (const char *at = hay + (n - m);; at--) {
        if (m == 0 || (at[0] == needle[0] && memcmp(at, needle, m) == 0)) return at;
        if (at == hay) return NULL;
    }
}

// ---- find, rfind, index, rindex -------------------------------------------------------------------------------------------
// In bytes a single one may be given as its number.
static struct text text_wanted(const struct text *self, obj_t o, char *byte) {
    if (self->type == &type_str || !obj_is_integer(o)) return text_argument(self, o);
    intptr_t value = obj_get_int(o);
    if (value < 0 || value > 255) raise_message(&type_ValueError, "bytes value out of range");
    *byte = (char)value;
    return (struct text){&type_bytes, byte, 1};
}

// Position as Python counts; -1 when absent.
static intptr_t text_search(size_t n, const obj_t *args, bool last) {
    const struct type *type = obj_type(args[0]);
    struct text_bounds bounds = text_bounds(type, n, args, 2);
    char byte;
    struct text t = text_self(args[0]), sub = text_wanted(&t, args[1], &byte);
    struct text_range r = text_range(&t, &bounds);
    if (r.reversed) return -1;
    const char *at = (last ? text_find_last : text_find)(t.data + r.from, r.to - r.from, sub.data, sub.len);
    return at ? (intptr_t)text_count(&t, (size_t)(at - t.data)) : -1;
}

static obj_t text_search_or_raise(size_t n, const obj_t *args, bool last) {
    intptr_t at = text_search(n, args, last);
    if (at < 0) raise_message(&type_ValueError, "substring not found");
    return OBJ_INT(at);
}

obj_t text_method_find(size_t n, const obj_t *args) { return OBJ_INT(text_search(n, args, false)); }
obj_t text_method_rfind(size_t n, const obj_t *args) { return OBJ_INT(text_search(n, args, true)); }
obj_t text_method_index(size_t n, const obj_t *args) { return text_search_or_raise(n, args, false); }
obj_t text_method_rindex(size_t n, const obj_t *args) { return text_search_or_raise(n, args, true); }

obj_t text_method_count(size_t n, const obj_t *args) {
    struct text_bounds bounds = text_bounds(obj_type(args[0]), n, args, 2);
    struct text t = text_self(args[0]), sub = text_argument(&t, args[1]);
    struct text_range r = text_range(&t, &bounds);
    const char *at = t.data + r.from, *end = t.data + r.to;
    if (r.reversed) return OBJ_INT(sub.len == 0 ? 2 : 0); // as MicroPython has it
    if (sub.len == 0) return OBJ_INT((t.type == &type_str ? utf8_length(at, r.to - r.from) : r.to - r.from) + 1);
    size_t count = 0;
    while ((at = text_find(at, (size_t)(end - at), sub.data, sub.len))) {
        poll_keyboard();
        count++;
        at += sub.len;
    }
    return OBJ_INT(count);
}

// ---- startswith, endswith ---------------------------------------------------------------------------------------------------
static bool text_fits_end(const struct text *t, const struct text_range *r, obj_t affix, bool at_end) {
    size_t m, n = r->to - r->from;
    const char *data = str_data(affix, &m);
    if (m > n) return false;
    const char *at = t->data + (at_end ? r->to - m : r->from);
    return m == 0 || memcmp(at, data, m) == 0;
}

static obj_t text_ends(size_t n, const obj_t *args, bool at_end) {
    struct text_bounds bounds = text_bounds(obj_type(args[0]), n, args, 2);
    struct text t = text_self(args[0]);
    struct text_range r = text_range(&t, &bounds);
    if (!obj_is_tuple(args[1])) return obj_bool(text_fits_end(&t, &r, args[1], at_end));
    size_t count;
    obj_t *affixes;
    seq_items(args[1], &count, &affixes);
    for (size_t i = 0; i < count; i++)
        if (text_fits_end(&t, &r, affixes[i], at_end)) return OBJ_TRUE;
    return OBJ_FALSE;
}

obj_t text_method_startswith(size_t n, const obj_t *args) { return text_ends(n, args, false); }
obj_t text_method_endswith(size_t n, const obj_t *args) { return text_ends(n, args, true); }

// ---- replace ----------------------------------------------------------------------------------------------------------------
struct replacement {
    struct text t, old, new;
    size_t most; // replacements allowed
};

// With an empty `old` the new text goes before each character and to the end.
static size_t replace_gaps(const struct replacement *r, char *out) {
    const char *at = r->t.data, *end = at + r->t.len;
    size_t done = 0, size = 0;
    for (;;) {
        if (done < r->most) {
            if (out) memcpy(out + size, r->new.data, r->new.len);
            size += r->new.len;
            done++;
        }
        if (at >= end) return size;
        poll_keyboard();
        size_t width = r->t.type == &type_str ? utf8_width(at) : 1;
        if (out) memcpy(out + size, at, width);
        size += width;
        at += width;
    }
}

static obj_t replace_between(const struct replacement *r) {
    size_t gaps = text_count(&r->t, r->t.len) + 1, added;
    if (gaps > r->most) gaps = r->most;
    if (__builtin_mul_overflow(gaps, r->new.len, &added) || added > PTRDIFF_MAX - r->t.len) raise_no_memory(SIZE_MAX);
    size_t size = r->t.len + added;
    char *run = text_run(size);
    if (r->new.len > 0) replace_gaps(r, run);
    else memcpy(run, r->t.data, r->t.len);
    return text_from_run(r->t.type, run, size);
}

static size_t replace_count(const struct replacement *r) {
    const char *at = r->t.data, *end = at + r->t.len;
    size_t count = 0;
    while (count < r->most && (at = text_find(at, (size_t)(end - at), r->old.data, r->old.len))) {
        poll_keyboard();
        at += r->old.len;
        count++;
    }
    return count;
}

static void replace_fill(const struct replacement *r, char *out, size_t count) {
    const char *at = r->t.data, *end = at + r->t.len;
    for (; count > 0; count--) {
        poll_keyboard();
        const char *found = text_find(at, (size_t)(end - at), r->old.data, r->old.len);
        memcpy(out, at, (size_t)(found - at));
        out += found - at;
        memcpy(out, r->new.data, r->new.len);
        out += r->new.len;
        at = found + r->old.len;
    }
    memcpy(out, at, (size_t)(end - at));
}

obj_t text_method_replace(size_t n, const obj_t *args) {
    intptr_t most = n > 3 ? obj_get_int(args[3]) : -1;
    if (most == 0) return args[0];
    struct replacement r;
    r.t = text_self(args[0]);
    r.old = text_argument(&r.t, args[1]);
    r.new = text_argument(&r.t, args[2]);
    r.most = most < 0 ? SIZE_MAX : (size_t)most;
    if (r.old.len == 0) return replace_between(&r);
    size_t count = replace_count(&r), added;
    if (count == 0) return args[0];
    size_t kept = r.t.len - count * r.old.len;
    if (__builtin_mul_overflow(count, r.new.len, &added) || added > PTRDIFF_MAX - kept) raise_no_memory(SIZE_MAX);
    char *run = text_run(kept + added);
    replace_fill(&r, run, count);
    return text_from_run(r.t.type, run, kept + added);
}

// ---- strip ------------------------------------------------------------------------------------------------------------------
bool text_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Is the character (width bytes) one of those to strip? chars == NULL: white space.
static bool strip_has(const struct text *chars, const char *c, size_t width) {
    poll_keyboard();
    if (!chars) return width == 1 && text_is_space(*c);
    return text_find(chars->data, chars->len, c, width) != NULL;
}

static size_t strip_width(const struct text *t, const char *at) { return t->type == &type_str ? utf8_width(at) : 1; }

static obj_t text_strip(size_t n, const obj_t *args, bool left, bool right) {
    struct text t = text_self(args[0]), given;
    const struct text *chars = NULL;
    if (n > 1) {
        given = text_argument(&t, args[1]);
        chars = &given;
    }
    const char *from = t.data, *to = t.data + t.len;
    while (left && from < to && strip_has(chars, from, strip_width(&t, from))) from += strip_width(&t, from);
    while (right && from < to) {
        const char *last = to - 1;
        while (t.type == &type_str && last > from && ((uint8_t)*last & 0xc0) == 0x80) last--;
        if (!strip_has(chars, last, (size_t)(to - last))) break;
        to = last;
    }
    size_t len = (size_t)(to - from);
    if (len == 0) return text_nothing(t.type); // of a bytearray too: b'', as MicroPython has it
    return len == t.len ? args[0] : text_piece(&t, from, len);
}

obj_t text_method_strip(size_t n, const obj_t *args) { return text_strip(n, args, true, true); }
obj_t text_method_lstrip(size_t n, const obj_t *args) { return text_strip(n, args, true, false); }
obj_t text_method_rstrip(size_t n, const obj_t *args) { return text_strip(n, args, false, true); }
