// SPDX-License-Identifier: MIT
// Exceptions: the hierarchy, exception objects, tracebacks, printing.
//
// An exception takes 4 words and a tuple of its arguments. Traceback records lie in one run that grows by one record at a time
// (spec/heap-model.md 2.10), innermost call first. Nothing here fails for want of memory: a record that finds no room is dropped.
// An exception of a Python class is an instance whose native part is a struct exception; all functions accept both.
#include "heap/heap.h"
#include "heap/intern.h"
#include "modules/errno.h"
#include "modules/sys.h"
#include "objects/instance.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

// ---- which objects are exceptions --------------------------------------------------------------------------------------------
struct exception *exception_native(obj_t o) {
    if (!obj_is_ptr(o)) return NULL;
    if (obj_is_instance(o)) o = instance_native(o);
    if (!obj_is_ptr(o)) return NULL;
    return ((const struct object *)o)->type->flags & TYPE_EXCEPTION ? (struct exception *)o : NULL;
}

bool obj_is_exception(obj_t o) { return exception_native(o) != NULL; }

bool obj_is_exception_class(obj_t o) { return obj_is(o, &type_type) && type_is_subtype((const struct type *)o, &type_BaseException); }

obj_t exception_from_class_or_instance(obj_t e) {
    if (obj_is_exception_class(e)) e = call_0(e);
    if (obj_is_exception(e)) return e;
    // the text costs a header, unless there is no room for it
    static const char message[] = "exceptions must derive from BaseException";
    static const struct str fixed = {&type_str, 0, sizeof message - 1, message};
    struct str *header = heap_try_new(4, 0, HEAP_REFS);
    if (header) *header = fixed;
    obj_t text = header ? OBJ_PTR(header) : OBJ_PTR(&fixed);
    return exception_new(&type_TypeError, 1, &text);
}

static bool matches_one(const struct type *type, obj_t exception, obj_t wanted) {
    if (!obj_is_exception_class(wanted))
        raise_format(&type_TypeError, "unsupported types for %q: '%s', '%s'", Q_empty, obj_type_name(exception), obj_type_name(wanted));
    return type_is_subtype(type, (const struct type *)wanted);
}

bool exception_matches(obj_t exception, obj_t class_or_tuple) {
    const struct type *type = obj_is(exception, &type_type) ? (const struct type *)exception : obj_type(exception);
    if (!obj_is(class_or_tuple, &type_tuple)) return matches_one(type, exception, class_or_tuple);
    const struct tuple *t = (const struct tuple *)class_or_tuple;
    for (size_t i = 0; i < t->len; i++)
        if (matches_one(type, exception, t->items[i])) return true;
    return false;
}

// ---- the objects ------------------------------------------------------------------------------------------------------------
obj_t exception_new(const struct type *type, size_t n, const obj_t *args) {
    if (type->flags & TYPE_CLASS) return call(OBJ_PTR(type), n, 0, args);
    return raise_build(type, n, args);
}

static obj_t exception_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    return exception_new(type, n, args);
}

obj_t exception_value(obj_t o) {
    const struct exception *e = exception_native(o);
    return e && e->args->len ? e->args->items[0] : OBJ_NONE;
}

static void exception_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (value != OBJ_NULL) {
        if (name != Q___traceback__ || value != OBJ_NONE) return;
        exception_clear_traceback(self);
        out[0] = OBJ_NULL;
        return;
    }
    if (name == Q_args) out[0] = OBJ_PTR(((struct exception *)self)->args);
    else if (name == Q_value || name == Q_errno) out[0] = exception_value(self);
}

// ---- traceback --------------------------------------------------------------------------------------------------------------
void exception_clear_traceback(obj_t o) {
    struct exception *e = exception_native(o);
    if (e) e->tb_len = 0; // the room stays, so that raising it again needs no memory
}

static bool traceback_room(struct exception *e) {
    if (e->tb_len < e->tb_room) return true;
    if (e->tb_room == UINT16_MAX || (e->traceback && e->traceback == rt.emergency_buffer)) return false;
    size_t words = 3 * ((size_t)e->tb_room + 1);
    struct traceback_record *run = e->traceback ? heap_try_resize(e->traceback, words, 0, HEAP_DATA, true) : heap_try_new(words, 0,
        HEAP_DATA);
    if (run) {
        e->traceback = run;
        e->tb_room++;
        return true;
    }
    if (e->traceback || raise_emergency_room() < 48) return false;
    e->traceback = rt.emergency_buffer;
    e->tb_room = 2;
    return true;
}

void exception_add_traceback(obj_t o, qstr_t file, size_t line, qstr_t block) {
    struct exception *e = exception_native(o);
    if (!e || !traceback_room(e)) return;
    e->traceback[e->tb_len++] = (struct traceback_record){file, line, block};
}

// ---- printing ---------------------------------------------------------------------------------------------------------------
static bool print_os_error(struct printer *p, const struct exception *e) {
    const struct tuple *args = e->args;
    if (args->len == 0 || args->len > 2 || !obj_is_int(args->items[0]) || !type_is_subtype(e->type, &type_OSError)) return false;
    qstr_t name = errno_name(obj_int(args->items[0]));
    if (!name) return false;
    print_format(p, "[Errno %ld] %q", (long)obj_int(args->items[0]), name);
    if (args->len == 2) {
        print_text(p, ": ");
        obj_print(p, args->items[1], PRINT_STR);
    }
    return true;
}

void exception_print_as(struct printer *p, obj_t native, qstr_t name, enum print_kind kind) {
    const struct exception *e = (const struct exception *)native;
    if (kind == PRINT_JSON) {
        obj_print(p, OBJ_PTR(e->args), PRINT_JSON);
        return;
    }
    if (kind == PRINT_REPR) {
        print_format(p, "%q", name);
        obj_print(p, OBJ_PTR(e->args), PRINT_REPR);
        return;
    }
    if (kind == PRINT_EXC || kind == PRINT_EXC_SUBCLASS) print_format(p, "%q: ", name);
    if (e->args->len == 0 || print_os_error(p, e)) return;
    if (e->args->len == 1) obj_print(p, e->args->items[0], PRINT_STR);
    else obj_print(p, OBJ_PTR(e->args), PRINT_REPR);
}

static void exception_print_op(struct printer *p, obj_t self, enum print_kind kind) {
    exception_print_as(p, self, ((const struct exception *)self)->type->name, kind);
}

// How many records sys.tracebacklimit lets through.
static size_t traceback_limit(void) {
    obj_t limit = rt.sys_mutable[SYS_TRACEBACKLIMIT];
    if (!obj_is_int(limit)) return SIZE_MAX;
    return obj_int(limit) < 0 ? 0 : (size_t)obj_int(limit);
}

void exception_print(struct printer *p, obj_t exception) {
    const struct exception *e = exception_native(exception);
    size_t limit = traceback_limit();
    if (e && e->tb_len && limit) {
        print_text(p, "Traceback (most recent call last):\n");
        for (size_t i = e->tb_len; i-- > 0 && limit > 0; limit--) {
            const struct traceback_record *r = &e->traceback[i];
            print_format(p, "  File \"%q\", line %lu", (qstr_t)r->file, (unsigned long)r->line);
            if (r->block) print_format(p, ", in %q", (qstr_t)r->block);
            print_text(p, "\n");
        }
    }
    obj_print(p, exception, e ? PRINT_EXC : PRINT_STR);
    print_text(p, "\n");
}

// ---- the hierarchy ------------------------------------------------------------------------------------------------------------
static const struct type_ops exception_ops = {.print = exception_print_op, .construct = exception_construct, .attr = exception_attr};

#define EXCEPTION(symbol, id, parent)                                                                                                   \
    const struct type symbol = {.type = &type_type, .name = id, .flags = TYPE_EXCEPTION | TYPE_TRUE, .ops = &exception_ops, .bases = parent}
EXCEPTION(type_BaseException, Q_BaseException, OBJ_NULL);
EXCEPTION(type_SystemExit, Q_SystemExit, OBJ_PTR(&type_BaseException));
EXCEPTION(type_KeyboardInterrupt, Q_KeyboardInterrupt, OBJ_PTR(&type_BaseException));
EXCEPTION(type_GeneratorExit, Q_GeneratorExit, OBJ_PTR(&type_BaseException));
EXCEPTION(type_Exception, Q_Exception, OBJ_PTR(&type_BaseException));
EXCEPTION(type_StopAsyncIteration, Q_StopAsyncIteration, OBJ_PTR(&type_Exception));
EXCEPTION(type_CancelledError, Q_CancelledError, OBJ_PTR(&type_BaseException)); // of asyncio
EXCEPTION(type_StopIteration, Q_StopIteration, OBJ_PTR(&type_Exception));
EXCEPTION(type_ArithmeticError, Q_ArithmeticError, OBJ_PTR(&type_Exception));
EXCEPTION(type_OverflowError, Q_OverflowError, OBJ_PTR(&type_ArithmeticError));
EXCEPTION(type_ZeroDivisionError, Q_ZeroDivisionError, OBJ_PTR(&type_ArithmeticError));
EXCEPTION(type_AssertionError, Q_AssertionError, OBJ_PTR(&type_Exception));
EXCEPTION(type_AttributeError, Q_AttributeError, OBJ_PTR(&type_Exception));
EXCEPTION(type_EOFError, Q_EOFError, OBJ_PTR(&type_Exception));
EXCEPTION(type_ImportError, Q_ImportError, OBJ_PTR(&type_Exception));
EXCEPTION(type_LookupError, Q_LookupError, OBJ_PTR(&type_Exception));
EXCEPTION(type_IndexError, Q_IndexError, OBJ_PTR(&type_LookupError));
EXCEPTION(type_KeyError, Q_KeyError, OBJ_PTR(&type_LookupError));
EXCEPTION(type_MemoryError, Q_MemoryError, OBJ_PTR(&type_Exception));
EXCEPTION(type_NameError, Q_NameError, OBJ_PTR(&type_Exception));
EXCEPTION(type_OSError, Q_OSError, OBJ_PTR(&type_Exception));
EXCEPTION(type_RuntimeError, Q_RuntimeError, OBJ_PTR(&type_Exception));
EXCEPTION(type_NotImplementedError, Q_NotImplementedError, OBJ_PTR(&type_RuntimeError));
EXCEPTION(type_SyntaxError, Q_SyntaxError, OBJ_PTR(&type_Exception));
EXCEPTION(type_IndentationError, Q_IndentationError, OBJ_PTR(&type_SyntaxError));
EXCEPTION(type_TypeError, Q_TypeError, OBJ_PTR(&type_Exception));
EXCEPTION(type_ValueError, Q_ValueError, OBJ_PTR(&type_Exception));
EXCEPTION(type_UnicodeError, Q_UnicodeError, OBJ_PTR(&type_ValueError));
EXCEPTION(type_ViperTypeError, Q_ViperTypeError, OBJ_PTR(&type_TypeError));
