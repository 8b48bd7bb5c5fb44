// SPDX-License-Identifier: MIT
// Raising and catching.
//
// The innermost landing place is rt.catch. raise_object() stores the exception there and jumps; whoever set the place unlinks it.
// Building an exception asks the heap for exactly what the board asks (spec/heap-model.md 2.10): text header, [text buffer],
// exception, argument tuple. None of these requests may raise in turn: when one is refused, the emergency buffer or the static
// emergency exception is used and arguments are dropped, as on a board. From the first refusal until the exception is caught
// rt.heap_refused keeps the heap from being collected again for each further request.
//
// Layout of the emergency buffer in bytes of the host: 0 traceback records (48), 48 argument tuple, 72 text object (32), 104 text. A
// board's
// buffer holds half as many bytes of its own.
#include "run/raise.h"
#include "heap/heap.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/message_room.h"
#include "run/vm.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct exception emergency;

_Noreturn static void raise_land(obj_t exception) {
    struct catch *place = rt.catch;
    if (!place) {
        print_text(&printer_stderr, "micropython: exception outside the interpreter: please report this\n");
        abort();
    }
    place->exception = exception;
    longjmp(place->jump, 1);
}

_Noreturn void raise_object(obj_t exception) { raise_land(exception_from_class_or_instance(exception)); }

bool protect(void (*fn)(void *arg), void *arg, obj_t *exception) {
    struct catch place;
    place.outer = rt.catch;
    place.frame = rt.frame;
    place.exception = OBJ_NULL;
    struct dict *globals = rt.globals, *locals = rt.locals;
    char *engine_stack = rt.engine_stack;
    rt.catch = &place;
    if (setjmp(place.jump) == 0) {
        fn(arg);
        rt.catch = place.outer;
        return true;
    }
    rt.catch = place.outer;
    while (rt.frame != place.frame) frame_pop(rt.frame);
    rt.globals = globals;
    rt.locals = locals;
    rt.engine_stack = engine_stack;
    rt.heap_refused = false;
    if (exception) *exception = place.exception;
    return false;
}

// ---- building exceptions without raising ------------------------------------------------------------------------------
size_t raise_emergency_room(void) {
    if (!rt.emergency_buffer) return 0;
    return rt.profile.word_bytes == 4 ? 2 * rt.emergency_len : rt.emergency_len;
}

static obj_t raise_emergency(const struct type *type) {
    memset(&emergency, 0, sizeof emergency);
    emergency.type = type;
    emergency.args = (struct tuple *)&tuple_empty;
    if (raise_emergency_room() >= 48) {
        emergency.traceback = rt.emergency_buffer;
        emergency.tb_room = 2;
    }
    return OBJ_PTR(&emergency);
}

// A tuple of the arguments; the emergency buffer has place for a short one. Without room anywhere: the empty tuple.
static struct tuple *raise_tuple(size_t n, const obj_t *args) {
    struct tuple *t = heap_try_new(2 + n, 0, HEAP_REFS);
    if (!t && raise_emergency_room() >= 64 && n <= (raise_emergency_room() - 64) / 8)
        t = (struct tuple *)((obj_t *)rt.emergency_buffer + 6);
    if (!t) return (struct tuple *)&tuple_empty;
    t->type = &type_tuple;
    t->len = n;
    memcpy(t->items, args, n * sizeof(obj_t));
    return t;
}

obj_t raise_build(const struct type *type, size_t n, const obj_t *args) {
    struct exception *e = heap_try_new(4, 0, HEAP_REFS);
    if (!e) rt.heap_refused = true;
    if (e) {
        e->type = type;
        e->args = (struct tuple *)&tuple_empty;
    } else {
        e = (struct exception *)raise_emergency(type);
    }
    if (n) e->args = raise_tuple(n, args);
    if (e == &emergency) rt.emergency_exception = OBJ_PTR(e->args); // static memory is not scanned
    return OBJ_PTR(e);
}

_Noreturn void raise_type(const struct type *type) {
    if (!(type->flags & TYPE_EXCEPTION)) raise_object(OBJ_PTR(type));
    raise_land(raise_build(type, 0, NULL));
}

_Noreturn void raise_value(const struct type *type, obj_t value) {
    if (!(type->flags & TYPE_EXCEPTION)) raise_object(exception_new(type, 1, &value));
    raise_land(raise_build(type, 1, &value));
}

_Noreturn void raise_os(int error) { raise_value(&type_OSError, OBJ_INT(error)); }

_Noreturn void raise_stop(obj_t value) {
    if (value == OBJ_NULL || value == OBJ_NONE) raise_type(&type_StopIteration);
    raise_value(&type_StopIteration, value);
}

// A text object whose characters are not in the heap; NULL room: none. The emergency buffer has place for one.
static struct str *raise_text_header(void) {
    struct str *s = heap_try_new(4, 0, HEAP_REFS);
    if (!s) rt.heap_refused = true;
    if (!s && raise_emergency_room() >= 136) s = (struct str *)((obj_t *)rt.emergency_buffer + 9);
    if (s) s->type = &type_str;
    return s;
}

_Noreturn void raise_message(const struct type *type, const char *message) {
    struct str *s = raise_text_header();
    if (!s) raise_type(type);
    s->data = message;
    s->len = strlen(message);
    raise_value(type, OBJ_PTR(s));
}

// Text that grows piece by piece; when a piece leaves no room for the closing NUL the capacity grows by the piece and 16.
struct raise_buffer {
    char *data;
    size_t room, len;
    bool fixed; // lies in the emergency buffer
};

static void raise_buffer_write(void *data, const char *text, size_t len) {
    struct raise_buffer *b = data;
    if (b->len + len >= b->room && !b->fixed) {
        char *bigger = heap_try_resize(b->data, 0, b->room + len + 16, HEAP_DATA, true);
        if (bigger) {
            b->data = bigger;
            b->room += len + 16;
        }
    }
    if (b->room == 0) return;
    if (b->len + len >= b->room) len = b->room - 1 - b->len;
    memcpy(b->data + b->len, text, len);
    b->len += len;
    b->data[b->len] = 0;
}

void print_format_list(const struct printer *p, const char *format, va_list list);

_Noreturn void raise_format(const struct type *type, const char *format, ...) {
    struct str *s = raise_text_header();
    if (!s) raise_type(type);
    struct raise_buffer b = {NULL, message_room(format), 0, false};
    b.data = heap_try_new(0, b.room, HEAP_DATA);
    if (!b.data && raise_emergency_room() >= 136) {
        b.data = (char *)((obj_t *)rt.emergency_buffer + 13);
        b.room = raise_emergency_room() - 104;
        b.fixed = true;
    }
    if (!b.data) raise_type(type);
    struct printer p = {&b, raise_buffer_write};
    va_list list;
    va_start(list, format);
    print_format_list(&p, format, list);
    va_end(list);
    s->data = b.data;
    s->len = b.len;
    raise_value(type, OBJ_PTR(s));
}

_Noreturn void raise_no_memory(size_t bytes) {
    rt.heap_refused = true;
    if (heap_locked()) raise_message(&type_MemoryError, "memory allocation failed, heap is locked");
    if (rt.profile.word_bytes == 4) bytes = (uint32_t)bytes; // a count below zero is as large as the board can say
    raise_format(&type_MemoryError, "memory allocation failed, allocating %lu bytes", (unsigned long)bytes);
}
