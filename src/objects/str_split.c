// SPDX-License-Identifier: MIT
// Taking str, bytes and bytearray apart: split, rsplit, splitlines, partition, rpartition.
//
// Pieces are made from left to right into a list that grows by appending; rsplit with a limit works from the right into a list made for
// the limit. The separator's characters stay where they are while pieces are made: nothing here runs Python code.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/text.h"
#include "run/raise.h"
#include "run/vm.h"

enum { LIMIT_SMALL = 4096 }; // rsplit believes limits up to this one

static void list_add_piece(obj_t list, const struct text *t, const char *from, const char *to) {
    poll_keyboard();
    list_append(list, text_piece(t, from, (size_t)(to - from)));
}

static void split_spaces(obj_t list, const struct text *t, intptr_t most) {
    const char *at = t->data, *end = at + t->len;
    while (at < end && text_is_space(*at)) at++;
    while (at < end && most != 0) {
        const char *word = at;
        while (at < end && !text_is_space(*at)) at++;
        list_add_piece(list, t, word, at);
        while (at < end && text_is_space(*at)) at++;
        if (most > 0) most--;
    }
    if (at < end) list_add_piece(list, t, at, end);
}

static struct text split_separator(const struct text *t, obj_t separator) {
    struct text s = {obj_type(separator), NULL, 0};
    s.data = str_data(separator, &s.len);
    if (s.type != t->type && (s.type == &type_str || t->type == &type_str))
        text_raise_implicit(separator, t->type == &type_str ? "str" : "bytes");
    return s;
}

obj_t text_method_split(size_t n, const obj_t *args) {
    intptr_t most = n > 2 ? obj_get_int(args[2]) : -1;
    struct text t = text_self(args[0]);
    obj_t list;
    if (n < 2 || args[1] == OBJ_NONE) {
        list = list_new(0, NULL);
        split_spaces(list, &t, most);
        return list;
    }
    struct text s = split_separator(&t, args[1]);
    list = list_new(0, NULL);
    if (s.len == 0) raise_message(&type_ValueError, "empty separator");
    const char *at = t.data, *end = at + t.len;
    for (; most != 0; most -= most > 0) {
        const char *found = text_find(at, (size_t)(end - at), s.data, s.len);
        if (!found) break;
        list_add_piece(list, &t, at, found);
        at = found + s.len;
    }
    list_add_piece(list, &t, at, end);
    return list;
}

obj_t text_method_rsplit(size_t n, const obj_t *args) {
    intptr_t most = n > 2 ? obj_get_int(args[2]) : -1;
    if (most < 0) return text_method_split(n < 2 ? n : 2, args);
    if (args[1] == OBJ_NONE) raise_message(&type_NotImplementedError, "rsplit(None,n)");
    struct text t = text_self(args[0]), s = split_separator(&t, args[1]);
    size_t useful = t.len < LIMIT_SMALL ? LIMIT_SMALL : t.len, room = ((size_t)most < useful ? (size_t)most : useful) + 1, free = room;
    struct list *list = (struct list *)list_new(room, NULL);
    if (s.len == 0) raise_message(&type_ValueError, "empty separator");
    const char *end = t.data + t.len;
    while (free > 1) {
        const char *found = text_find_last(t.data, (size_t)(end - t.data), s.data, s.len);
        if (!found) break;
        list->items[--free] = text_piece(&t, found + s.len, (size_t)(end - found) - s.len);
        end = found;
    }
    list->items[--free] = text_piece(&t, t.data, (size_t)(end - t.data));
    list->len = room - free;
    memmove(list->items, list->items + free, list->len * sizeof *list->items);
    for (size_t i = list->len; i < room; i++) list->items[i] = OBJ_NULL;
    return OBJ_PTR(list);
}

obj_t text_method_splitlines(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {{Q_keepends, ARG_BOOL, 0, {.b = false}}};
    union arg_value keep;
    args_parse(n - 1, kw, args + 1, 1, spec, &keep);
    struct text t = text_self(args[0]);
    obj_t list = list_new(0, NULL);
    const char *at = t.data, *end = at + t.len;
    while (at < end) {
        const char *line = at, *text_end;
        while (at < end && *at != '\n' && *at != '\r') at++;
        text_end = at;
        if (at < end) at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
        list_add_piece(list, &t, line, keep.b ? at : text_end);
    }
    return list;
}

static obj_t text_part(obj_t self, obj_t separator, bool last) {
    struct text t = text_self(self), s = text_argument(&t, separator);
    if (s.len == 0) raise_message(&type_ValueError, "empty separator");
    const char *found = (last ? text_find_last : text_find)(t.data, t.len, s.data, s.len);
    if (!found) {
        obj_t nothing = t.type == &type_bytearray ? bytes_new(NULL, 0) : text_nothing(t.type);
        return tuple_new(3, (obj_t[]){last ? nothing : self, nothing, last ? self : nothing});
    }
    const char *behind = found + s.len;
    obj_t part[3] = {text_piece(&t, t.data, (size_t)(found - t.data))};
    part[1] = s.type == t.type && t.type != &type_bytearray ? separator : text_piece(&t, s.data, s.len);
    part[2] = text_piece(&t, behind, (size_t)(t.data + t.len - behind));
    return tuple_new(3, part);
}

obj_t text_method_partition(obj_t self, obj_t separator) { return text_part(self, separator, false); }
obj_t text_method_rpartition(obj_t self, obj_t separator) { return text_part(self, separator, true); }
