// SPDX-License-Identifier: MIT
// Generators and coroutines (spec/bytecode.md section 8).
//
// A generator object owns the value slots and block records of its frame: 7 words, n_state words, 3 words for each block level.
// Suspended: ip is the next instruction, sp the top value. Finished: ip is NULL. `running` is set while a frame uses the slots.
// A resumption pushes a frame record that points into the object and runs the engine; `for` loops do the same inside the engine.
#include "code/opcodes.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/engine.h"
#include "run/engine_ops.h"
#include "run/raise.h"
#include "run/vm.h"

static struct exception exit_shared = {&type_GeneratorExit, 0, 0, 0, NULL, (struct tuple *)(uintptr_t)&tuple_empty};

obj_t generator_exit_shared(void) { return OBJ_PTR(&exit_shared); }

obj_t generator_new(obj_t function, size_t n_cells, const obj_t *cells, size_t n, size_t kw, const obj_t *args) {
    struct function *f = (struct function *)function;
    struct code_info *info = code_info(f->code, f->context);
    if (!info->caches) frame_prepare(info);
    struct generator *g = heap_new(7 + info->n_state + 3 * info->n_blocks, 0, HEAP_REFS);
    g->type = &type_generator;
    g->function = function;
    g->sp = g->slots - 1;
    g->block = (struct block *)(g->slots + info->n_state) - 1;
    g->pending = OBJ_NULL;
    frame_bind(info, f, g->slots, n_cells, cells, n, kw, args);
    g->ip = info->start;
    return OBJ_PTR(g);
}

obj_t generator_leaving(obj_t exception) {
    if (!exception_matches(exception, OBJ_PTR(&type_StopIteration))) return exception;
    obj_t text = OBJ_QSTR(intern_text("generator raised StopIteration"));
    return exception_new(&type_RuntimeError, 1, &text);
}

enum resume generator_resume(obj_t generator, obj_t send, obj_t exception, obj_t *result) {
    stack_check();
    if (!obj_is(generator, &type_generator)) raise_message(&type_TypeError, "generator expected");
    struct generator *g = (struct generator *)generator;
    if (g->running) raise_message(&type_ValueError, "generator already executing");
    if (g->ip == NULL) {
        *result = exception != OBJ_NULL ? exception : OBJ_NONE;
        return exception != OBJ_NULL ? RESUME_RAISE : RESUME_RETURN;
    }
    if (g->pending != OBJ_NULL && exception == OBJ_NULL) {
        exception = g->pending;
        g->pending = OBJ_NULL;
    }
    if (exception == OBJ_NULL) {
        if (g->started) *g->sp = send;
        else if (send != OBJ_NONE) raise_message(&type_TypeError, "can't send non-None value to a just-started generator");
    }
    struct frame *f = frame_push_generator(g);
    if (exception != OBJ_NULL) f->ip = g->ip + 1;
    g->started = 1;
    enum resume how = engine_run(exception, result);
    if (how == RESUME_RAISE) *result = generator_leaving(*result);
    return how;
}

// ---- yield from ------------------------------------------------------------------------------------------------------------
struct delegate {
    obj_t iterator, value, result;
    qstr_t method;
};

static void delegate_next(void *arg) {
    struct delegate *d = arg;
    d->result = iter_next(d->iterator);
}

static void delegate_method(void *arg) {
    struct delegate *d = arg;
    d->result = call_method_1(d->iterator, d->method, d->value);
}

enum resume generator_delegate_send(obj_t iterator, obj_t sent, obj_t *produced) {
    if (obj_is(iterator, &type_generator)) {
        rt.board_between = rt.profile.call_delegate - rt.profile.call_generator;
        enum resume how = generator_resume(iterator, sent, OBJ_NULL, produced);
        if (how == RESUME_RAISE && exception_matches(*produced, OBJ_PTR(&type_StopIteration))) {
            *produced = exception_value(*produced);
            return RESUME_RETURN;
        }
        return how;
    }
    struct delegate d = {iterator, sent, OBJ_NULL, Q_send};
    obj_t exception;
    if (protect(sent == OBJ_NONE ? delegate_next : delegate_method, &d, &exception)) {
        if (d.result == OBJ_NULL) {
            *produced = rt.stop_value ? rt.stop_value : OBJ_NONE;
            return RESUME_RETURN;
        }
        *produced = d.result;
        return RESUME_YIELD;
    }
    if (exception_matches(exception, OBJ_PTR(&type_StopIteration))) {
        *produced = exception_value(exception);
        return RESUME_RETURN;
    }
    *produced = exception;
    return RESUME_RAISE;
}

static enum resume delegate_throw_object(obj_t iterator, obj_t *thrown, obj_t *produced) {
    bool closing = exception_matches(*thrown, OBJ_PTR(&type_GeneratorExit));
    obj_t pair[3];
    obj_load_method_maybe(iterator, closing ? Q_close : Q_throw, pair);
    if (pair[0] == OBJ_NULL) {
        *thrown = generator_leaving(*thrown);
        return RESUME_RAISE;
    }
    if (closing) {
        call_method(0, 0, pair);
        return RESUME_RAISE; // the GeneratorExit goes on here
    }
    pair[2] = *thrown;
    struct delegate d = {iterator, *thrown, OBJ_NULL, Q_throw};
    obj_t exception;
    if (protect(delegate_method, &d, &exception)) {
        *produced = d.result;
        return RESUME_YIELD;
    }
    if (exception_matches(exception, OBJ_PTR(&type_StopIteration))) {
        *produced = exception_value(exception);
        return RESUME_RETURN;
    }
    *thrown = exception;
    return RESUME_RAISE;
}

enum resume generator_delegate_throw(obj_t iterator, obj_t *thrown, obj_t *produced) {
    if (!obj_is(iterator, &type_generator)) return delegate_throw_object(iterator, thrown, produced);
    bool closing = exception_matches(*thrown, OBJ_PTR(&type_GeneratorExit));
    enum resume how = generator_resume(iterator, OBJ_NONE, *thrown, produced);
    if (how == RESUME_RETURN && closing) return RESUME_RAISE;
    if (how == RESUME_RAISE) {
        if (exception_matches(*produced, OBJ_PTR(&type_StopIteration))) {
            if (closing) return RESUME_RAISE;
            *produced = exception_value(*produced);
            return RESUME_RETURN;
        }
        *thrown = *produced;
    }
    return how;
}

// ---- methods -----------------------------------------------------------------------------------------------------------------
static obj_t generator_advance(obj_t self, obj_t send, obj_t exception) {
    obj_t result = OBJ_NULL;
    switch (generator_resume(self, send, exception, &result)) {
    case RESUME_YIELD: return result;
    case RESUME_RETURN: raise_stop(result);
    default: raise_object(result);
    }
}

static obj_t generator_next(obj_t self) {
    obj_t result = OBJ_NULL;
    switch (generator_resume(self, OBJ_NONE, OBJ_NULL, &result)) {
    case RESUME_YIELD: return result;
    case RESUME_RETURN: rt.stop_value = result; return OBJ_NULL;
    default: raise_object(result);
    }
}

static obj_t generator_send(obj_t self, obj_t value) { return generator_advance(self, value, OBJ_NULL); }
BUILTIN_2(generator_send_fn, generator_send);

static obj_t generator_throw(size_t n, const obj_t *args) {
    // (type), (instance), (type, value), (type, value, traceback): an instance in the second place wins
    obj_t e = args[1];
    if (n > 2 && args[2] != OBJ_NONE) {
        if (obj_is_exception(args[2])) e = args[2];
        else if (obj_is_exception_class(e)) e = call_1(e, args[2]);
    }
    struct generator *g = (struct generator *)args[0];
    if (obj_is(args[0], &type_generator) && g->ip == NULL) raise_stop(OBJ_NONE);
    return generator_advance(args[0], OBJ_NONE, e);
}
BUILTIN_VAR(generator_throw_fn, 2, 4, generator_throw);

static obj_t generator_close(obj_t self) {
    obj_t result = OBJ_NULL;
    struct generator *g = (struct generator *)self;
    if (obj_is(self, &type_generator) && g->ip == NULL) return OBJ_NONE;
    exception_clear_traceback(generator_exit_shared());
    switch (generator_resume(self, OBJ_NONE, generator_exit_shared(), &result)) {
    case RESUME_YIELD: raise_message(&type_RuntimeError, "generator ignored GeneratorExit");
    case RESUME_RETURN: return OBJ_NONE;
    default:
        if (exception_matches(result, OBJ_PTR(&type_GeneratorExit)) || exception_matches(result,
            OBJ_PTR(&type_StopIteration))) return OBJ_NONE;
        raise_object(result);
    }
}
BUILTIN_1(generator_close_fn, generator_close);

static obj_t generator_pend_throw(obj_t self, obj_t exception) {
    struct generator *g = (struct generator *)self;
    if (!obj_is(self, &type_generator)) raise_message(&type_TypeError, "generator expected");
    if (g->running) raise_message(&type_ValueError, "generator already executing");
    obj_t before = g->pending == OBJ_NULL ? OBJ_NONE : g->pending;
    g->pending = exception == OBJ_NONE ? OBJ_NULL : exception;
    return before;
}
BUILTIN_2(generator_pend_throw_fn, generator_pend_throw);

static void generator_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<generator object '%q' at %lx>", function_name(((struct generator *)self)->function),
                 (unsigned long)heap_address((void *)self));
}

static const struct map_slot generator_members[] = {
    MEMBER(close, &generator_close_fn),
    MEMBER(send, &generator_send_fn),
    MEMBER(throw, &generator_throw_fn),
    MEMBER(pend_throw, &generator_pend_throw_fn),
};
static FIXED_DICT(generator_dict, generator_members);
static const struct type_ops generator_ops = {.print = generator_print, .iter = iter_self, .next = generator_next};
const struct type type_generator = {.type = &type_type, .name = Q_generator, .flags = TYPE_SELF_ITER | TYPE_TRUE,
    .ops = &generator_ops, .members = &generator_dict};
