// SPDX-License-Identifier: MIT
// The reference engine: threaded dispatch over stored bytecode (spec/bytecode.md sections 5 to 8).
//
// Invariants
//  - ip is one past the opcode byte while an instruction decodes its operand; sp points at the top value.
//  - Every instruction that can raise, allocate or leave the engine first stores ip and sp in the frame (SAVE), so that the collector
//    and the traceback see them. After a raise nothing but rt.frame is trusted.
//  - A call from Python to Python, a generator driven by `for`, and __init__ of a new instance push a frame and stay in this loop.
//    Only a frame of kind FRAME_ENTRY ends it. engine_run() sets the one landing place per entry.
//  - Inline caches (code_info) are keyed by object or type and rt.globals_version; a stale entry is never used.
#include "code/opcodes.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/call_unpack.h"
#include "run/engine.h"
#include "run/engine_ops.h"
#include "run/engine_words.h"
#include "run/raise.h"
#include "run/trace.h"
#include "run/vm.h"

// handlers[] of the loop, or one label for all instructions: while they are counted, or while a program is traced.
static const void *dispatch[256];
static const void *const *handlers_plain;
static const void *handler_counted, *handler_traced;

void engine_watch(void) {
    engine_calls_exactly = engine_models_board || rt.traced || rt.trace_function != OBJ_NULL;
    if (!handlers_plain) return; // the loop has never run
    const void *all = rt.trace_function != OBJ_NULL ? handler_traced : rt.ops_counted ? handler_counted : NULL;
    if (dispatch[0] == (all ? all : handlers_plain[0])) return;
    for (size_t i = 0; i < 256; i++) dispatch[i] = all ? all : handlers_plain[i];
}

// Runs until the entry frame is done. `exception`: raised first. Natives that raise leave through the landing place of engine_run.
// thrown_in: `exception` enters a suspended generator from outside.
enum resume engine_loop(obj_t exception, bool thrown_in, obj_t *result) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
    static const void *const handlers[256] = {
        [0 ... 255] = &&op_unassigned,
#define OPCODE(value, mnemonic, form, pops, pushes) [value] = &&op_##mnemonic,
#define OPCODE_RANGE(first, last, zero, mnemonic, pops, pushes) [first... last] = &&op_##mnemonic,
#include "code/opcodes.def"
#undef OPCODE
#undef OPCODE_RANGE
#define BINARY(name) [0xd7 + OP_##name] = &&op_##name,
        BINARY(LT) BINARY(GT) BINARY(LE) BINARY(GE) BINARY(EQ) BINARY(NE) BINARY(IS) BINARY(EXC_MATCH) BINARY(ADD) BINARY(SUB)
        BINARY(MUL) BINARY(AND) BINARY(OR) BINARY(XOR) BINARY(LSHIFT) BINARY(RSHIFT) BINARY(FLOORDIV) BINARY(MOD)
        BINARY(IADD) BINARY(ISUB) BINARY(IMUL) BINARY(IAND) BINARY(IOR) BINARY(IXOR) BINARY(ILSHIFT) BINARY(IRSHIFT)
        BINARY(IFLOORDIV) BINARY(IMOD)
#undef BINARY
    };
#pragma GCC diagnostic pop
    static int counted = -1;
    struct frame *f = rt.frame;
    const uint8_t *ip, *start;
    obj_t *sp, *local;
    const qstr_t *names;
    const uint16_t *index;
    struct cache *caches;
    size_t u, n, kw;
    ptrdiff_t d;
    obj_t *base, *args, callee, value;
    bool reraise = false;

    if (UNLIKELY(rt.engine_bytes == 0)) engine_measure();
    if (UNLIKELY(counted != rt.ops_counted)) {
        counted = rt.ops_counted;
        handlers_plain = handlers;
        handler_counted = &&op_counted;
        handler_traced = &&op_traced;
        engine_watch();
    }
    if (exception != OBJ_NULL) {
        // A half-built frame (ip NULL) belongs to a call whose arguments did not fit.
        while (f->ip == NULL) {
            frame_pop(f);
            f = rt.frame;
        }
        LOAD_FRAME();
        ip = f->ip;
        if (thrown_in) {
            if (ip[-1] == BC_YIELD_FROM) goto throw_delegated;
            exception = exception_from_class_or_instance(exception);
        }
        goto raised;
    }
    LOAD_FRAME();
    ip = f->ip;
    NEXT;

    // ---- constants and variables ------------------------------------------------------------------------------------------
    PUSH(CONST_FALSE, OBJ_FALSE)
    PUSH(CONST_NONE, OBJ_NONE)
    PUSH(CONST_TRUE, OBJ_TRUE)
    PUSH(NULL, OBJ_NULL)
op_LOAD_CONST_SMALL_INT_MULTI: {
    intptr_t small = (intptr_t)ip[-1] - 0x80;
    // `x + k`, `x += k`, `x - k`: the constant need not travel over the stack
    if (obj_is_int(*sp) && sp >= f->slots) {
        unsigned next = *ip;
        intptr_t v;
        if (next == 0xf2 || next == 0xe5) v = obj_int(*sp) + small;
        else if (next == 0xf3 || next == 0xe6) v = obj_int(*sp) - small;
        else goto push_small;
        if (LIKELY(int_fits(v))) {
            *sp = OBJ_INT(v);
            ip++;
            NEXT;
        }
    }
push_small:
    *++sp = OBJ_INT(small);
    NEXT;
}
op_LOAD_CONST_SMALL_INT:
    *++sp = OBJ_INT(varint_read_signed(&ip));
    NEXT;
op_LOAD_CONST_STRING:
    VARINT(u);
    *++sp = OBJ_QSTR(names[u]);
    NEXT;
op_LOAD_CONST_OBJ:
    VARINT(u);
    *++sp = f->constants[u];
    NEXT;
op_LOAD_FAST_MULTI:
    value = local[0xb0 - (ptrdiff_t)ip[-1]];
    if (UNLIKELY(value == OBJ_NULL)) goto unbound;
    *++sp = value;
    NEXT;
op_LOAD_FAST_N:
    SAVE();
    VARINT(u);
    value = local[-(ptrdiff_t)u];
    if (UNLIKELY(value == OBJ_NULL)) goto unbound_saved;
    *++sp = value;
    NEXT;
op_STORE_FAST_MULTI:
    local[0xc0 - (ptrdiff_t)ip[-1]] = *sp--;
    NEXT;
op_STORE_FAST_N:
    VARINT(u);
    local[-(ptrdiff_t)u] = *sp--;
    NEXT;
op_LOAD_DEREF:
    SAVE();
    VARINT(u);
    if (UNLIKELY(!obj_is(local[-(ptrdiff_t)u], &type_cell))) goto no_cell;
    value = ((struct cell *)local[-(ptrdiff_t)u])->value;
    if (UNLIKELY(value == OBJ_NULL)) goto unbound_saved;
    *++sp = value;
    NEXT;
op_STORE_DEREF:
    SAVE();
    VARINT(u);
    if (UNLIKELY(!obj_is(local[-(ptrdiff_t)u], &type_cell))) goto no_cell;
    ((struct cell *)local[-(ptrdiff_t)u])->value = *sp--;
    NEXT;
op_DELETE_FAST:
    SAVE();
    VARINT(u);
    if (local[-(ptrdiff_t)u] == OBJ_NULL) goto unbound_saved;
    local[-(ptrdiff_t)u] = OBJ_NULL;
    NEXT;
op_DELETE_DEREF:
    SAVE();
    VARINT(u);
    if (UNLIKELY(!obj_is(local[-(ptrdiff_t)u], &type_cell))) goto no_cell;
    if (((struct cell *)local[-(ptrdiff_t)u])->value == OBJ_NULL) goto unbound_saved;
    ((struct cell *)local[-(ptrdiff_t)u])->value = OBJ_NULL;
    NEXT;
op_LOAD_NAME:
    if (f->locals != f->globals) {
        SAVE();
        VARINT(u);
        *++sp = engine_load_name(f, names[u]);
        NEXT;
    }
    // fall through: at module level names are globals
op_LOAD_GLOBAL: {
    struct cache *c = CACHE();
    if (LIKELY(c->key == (uintptr_t)f->globals && c->version == rt.globals_version)) {
        SKIP_VARINT();
        *++sp = ((struct map_slot *)c->value)->value;
        NEXT;
    }
    SAVE();
    VARINT(u);
    *++sp = engine_load_global(f, names[u], c, c != caches);
    NEXT;
}
op_STORE_NAME:
    SAVE();
    VARINT(u);
    dict_set_qstr(f->locals, names[u], *sp);
    sp--;
    NEXT;
op_STORE_GLOBAL:
    SAVE();
    VARINT(u);
    dict_set_qstr(f->globals, names[u], *sp);
    sp--;
    NEXT;
op_DELETE_NAME:
    SAVE();
    VARINT(u);
    engine_delete_name(f->locals, names[u]);
    NEXT;
op_DELETE_GLOBAL:
    SAVE();
    VARINT(u);
    engine_delete_name(f->globals, names[u]);
    NEXT;

    // ---- attributes and items -----------------------------------------------------------------------------------------------
op_LOAD_ATTR: {
    value = *sp;
    struct cache *c = CACHE();
    if ((value & 7) == 0) {
        const struct type *t = ((const struct object *)value)->type;
        if (t->flags & TYPE_CLASS) {
            const struct map *m = &((struct instance *)value)->members;
            const uint8_t *operand = ip;
            VARINT(u);
            if (LIKELY(c->slot < m->slots && m->table[c->slot].key == OBJ_QSTR(names[u]))) {
                *sp = m->table[c->slot].value;
                NEXT;
            }
            ip = operand;
        } else if (c->key == value && c->version == rt.globals_version) { // a module
            SKIP_VARINT();
            *sp = ((struct map_slot *)c->value)->value;
            NEXT;
        }
    }
    SAVE();
    VARINT(u);
    *sp = engine_load_attr(value, names[u], c, c != caches);
    NEXT;
}
op_LOAD_METHOD: {
    value = *sp;
    struct cache *c = CACHE();
    const struct type *t = (value & 7) == 0 ? ((const struct object *)value)->type
                           : obj_is_qstr(value) ? &type_str
                           : obj_is_int(value)  ? &type_int
                                                : &type_float;
    if (LIKELY(c->version == rt.globals_version)) {
        if (c->key == (uintptr_t)t && !(t->attr_filter >> c->slot & 1)) {
            SKIP_VARINT();
            *sp = c->value;
            *++sp = value;
            NEXT;
        }
        if (c->key == value && t == &type_module) {
            SKIP_VARINT();
            *sp = ((struct map_slot *)c->value)->value;
            *++sp = OBJ_NULL;
            NEXT;
        }
    }
    SAVE();
    VARINT(u);
    engine_load_method(value, t, names[u], sp, c, c != caches);
    sp++;
    NEXT;
}
op_LOAD_SUPER_METHOD:
    SAVE();
    VARINT(u);
    obj_load_super_method(names[u], sp - 2);
    sp--;
    NEXT;
op_STORE_ATTR: {
    value = *sp;
    struct cache *c = CACHE();
    if ((value & 7) == 0 && sp[-1] != OBJ_NULL) {
        const struct type *t = ((const struct object *)value)->type;
        if ((t->flags & (TYPE_CLASS | TYPE_HAS_SPECIAL_ATTR)) == TYPE_CLASS) {
            const struct map *m = &((struct instance *)value)->members;
            const uint8_t *operand = ip;
            VARINT(u);
            if (LIKELY(c->slot < m->slots && m->table[c->slot].key == OBJ_QSTR(names[u]))) {
                m->table[c->slot].value = sp[-1];
                sp -= 2;
                NEXT;
            }
            ip = operand;
        }
    }
    SAVE();
    VARINT(u);
    engine_store_attr(value, names[u], sp[-1], c, c != caches);
    sp -= 2;
    NEXT;
}
op_LOAD_SUBSCR:
    value = sp[-1];
    if ((value & 7) == 0 && obj_is_int(*sp)) {
        obj_t item = item_at(value, obj_int(*sp));
        if (LIKELY(item != OBJ_NULL)) {
            *--sp = item;
            NEXT;
        }
    }
    SAVE();
    if (obj_is(value, &type_dict)) value = dict_get(value, *sp);
    else value = obj_subscr(value, *sp, OBJ_SENTINEL);
    *--sp = value;
    NEXT;
op_STORE_SUBSCR:
    value = sp[-1];
    if (obj_is(value, &type_list) && obj_is_int(*sp) && sp[-2] != OBJ_NULL) {
        struct list *l = (struct list *)value;
        intptr_t i = obj_int(*sp);
        if (i < 0) i += (intptr_t)l->len;
        if (LIKELY((size_t)i < l->len)) {
            l->items[i] = sp[-2];
            sp -= 3;
            NEXT;
        }
    }
    SAVE();
    if (obj_is(value, &type_dict) && sp[-2] != OBJ_NULL) dict_set(value, *sp, sp[-2]);
    else obj_subscr(value, *sp, sp[-2]);
    sp -= 3;
    NEXT;

    // ---- stack ----------------------------------------------------------------------------------------------------------------
op_DUP_TOP:
    value = *sp;
    *++sp = value;
    NEXT;
op_DUP_TOP_TWO:
    // the test of a counting loop: DUP_TOP_TWO ROT_TWO < POP_JUMP_IF_TRUE
    if (ip[0] == 0x5a && ip[1] == 0xd7 && ip[2] == 0x43 && BOTH_INT(sp[0], sp[-1])) {
        bool more = (intptr_t)sp[0] < (intptr_t)sp[-1];
        ip += 3;
        SIGNED_LABEL(d);
        if (more) ip += d;
        POLL_NEXT();
    }
    sp[1] = sp[-1];
    sp[2] = sp[0];
    sp += 2;
    NEXT;
op_POP_TOP:
    sp--;
    NEXT;
op_ROT_TWO:
    value = sp[0];
    sp[0] = sp[-1];
    sp[-1] = value;
    NEXT;
op_ROT_THREE:
    value = sp[0];
    sp[0] = sp[-1];
    sp[-1] = sp[-2];
    sp[-2] = value;
    NEXT;

    // ---- jumps ------------------------------------------------------------------------------------------------------------------
op_JUMP:
    SIGNED_LABEL(d);
    ip += d;
    POLL_NEXT();
    POP_JUMP_IF(TRUE)
    POP_JUMP_IF(FALSE)
    JUMP_IF_OR_POP(TRUE)
    JUMP_IF_OR_POP(FALSE)

    // ---- blocks -----------------------------------------------------------------------------------------------------------------
op_SETUP_WITH:
    SAVE();
    value = engine_enter_with(f);
    sp++;
    PUSH_BLOCK((obj_t *)((uintptr_t)sp | 1));
    *++sp = value;
    NEXT;
op_SETUP_EXCEPT:
    PUSH_BLOCK(sp);
    NEXT;
op_SETUP_FINALLY:
    PUSH_BLOCK((obj_t *)((uintptr_t)sp | 1));
    NEXT;
op_POP_EXCEPT_JUMP:
    FORWARD_LABEL(d);
    f->block--;
    rt.handled = OBJ_NULL;
    ip += d;
    POLL_NEXT();
op_WITH_CLEANUP:
    SAVE();
    sp = engine_leave_with(sp);
    NEXT;
op_END_FINALLY:
    SAVE();
    f->block--;
    value = *sp;
    if (value == OBJ_NONE) {
        sp--;
        NEXT;
    }
    if (obj_is_int(value)) {
        sp--;
        if (obj_int(value) < 0) goto return_value;
        u = (size_t)obj_int(value);
        goto unwind;
    }
    reraise = true;
    RAISE(value);
op_UNWIND_JUMP:
    SIGNED_LABEL(d);
    u = *ip;
    *++sp = OBJ_INT(ip + d - start);
    goto unwind;
unwind: // u: records still to leave, bit 7: drop the iterator; on top the destination
    while (u & 0x7f) {
        struct block *b = f->block;
        u--;
        value = *sp;
        if (block_cleanup(b)) {
            sp = block_height(b);
            if (ip - 1 < b->handler) {
                *++sp = value;
                *++sp = OBJ_INT((intptr_t)u);
                ip = b->handler;
                NEXT;
            }
            // leaving cleanup code: what it ran for is forgotten, and what the handler of `with` would have removed goes with it
            sp -= *b->handler == BC_WITH_CLEANUP ? 2 : *b->handler == BC_DUP_TOP ? 1 : 0;
        } else {
            sp = block_height(b);
        }
        *++sp = value;
        f->block--;
    }
    ip = start + obj_int(*sp--);
    if (u & 0x80) sp -= 4;
    POLL_NEXT();

    // ---- iteration ---------------------------------------------------------------------------------------------------------------
op_GET_ITER:
    SAVE();
    *sp = iter_begin(*sp, NULL);
    NEXT;
op_GET_ITER_STACK: {
    SAVE();
    value = *sp;
    struct iter_buf *buf = (struct iter_buf *)sp;
    value = iter_begin(value, buf);
    sp += 3;
    if (value != OBJ_PTR(buf)) {
        sp[-3] = OBJ_NULL;
        sp[-2] = value;
        sp[-1] = sp[0] = OBJ_NULL;
    }
    NEXT;
}
op_FOR_ITER: {
    SAVE();
    obj_t iterator = sp[-3] != OBJ_NULL ? OBJ_PTR(sp - 3) : sp[-2];
    if (sp[-3] == OBJ_NULL && obj_is(iterator, &type_generator)) {
        struct generator *g = (struct generator *)iterator;
        if (LIKELY(!g->running && g->ip && g->pending == OBJ_NULL)) {
            if (g->started) *g->sp = OBJ_NONE;
            g->started = 1;
            rt.board_between = rt.profile.call_delegate - rt.profile.call_generator;
            f = frame_push_generator(g);
            f->kind = FRAME_ITER;
            LOAD_FRAME();
            ip = f->ip;
            NEXT;
        }
    }
    if (obj_type(iterator) == &type_polymorph_iter)
        value = ((obj_t(*)(obj_t))((struct iter_buf *)iterator)->word[1])(iterator);
    else
        value = iter_next(iterator);
    if (value == OBJ_NULL) goto exhausted;
    ip += *ip & 0x80 ? 2 : 1;
    *++sp = value;
    NEXT;
}
exhausted:
    FORWARD_LABEL(d);
    ip += d;
    sp -= 4;
    NEXT;

    // ---- building and unpacking ----------------------------------------------------------------------------------------------------
    BUILD(TUPLE, tuple_new)
    BUILD(LIST, list_new)
    BUILD(SET, set_new)
op_BUILD_MAP:
    SAVE();
    VARINT(u);
    *++sp = dict_new(u);
    NEXT;
op_STORE_MAP:
    SAVE();
    dict_set(sp[-2], sp[0], sp[-1]);
    sp -= 2;
    NEXT;
op_BUILD_SLICE: {
    SAVE();
    VARINT(u);
    obj_t step = OBJ_NONE;
    if (u == 3) step = *sp--;
    if ((*ip == 0x55 || *ip == 0x56) && engine_short_slice(sp[-2])) { // types that do not keep it get one that lives here only
        bool store = *ip++ == 0x56;
        struct slice s = {&type_slice, sp[-1], sp[0], step};
        value = obj_subscr(sp[-2], OBJ_PTR(&s), store ? sp[-3] : OBJ_SENTINEL);
        sp -= store ? 4 : 2;
        if (!store) *sp = value;
        NEXT;
    }
    value = slice_new(sp[-1], sp[0], step);
    *--sp = value;
    NEXT;
}
op_STORE_COMP:
    SAVE();
    VARINT(u);
    value = sp[-(ptrdiff_t)(u >> 2)];
    if ((u & 3) == 0) {
        list_append(value, *sp);
        sp--;
    } else if ((u & 3) == 1) {
        dict_set(value, sp[0], sp[-1]);
        sp -= 2;
    } else {
        set_add((struct set *)value, *sp);
        sp--;
    }
    NEXT;
op_UNPACK_SEQUENCE:
    SAVE();
    VARINT(u);
    engine_unpack(*sp, u, sp);
    sp += (ptrdiff_t)u - 1;
    NEXT;
op_UNPACK_EX:
    SAVE();
    VARINT(u);
    engine_unpack_rest(*sp, u & 0xff, u >> 8, sp);
    sp += (u & 0xff) + (u >> 8);
    NEXT;

    // ---- functions and calls -----------------------------------------------------------------------------------------------------
op_MAKE_FUNCTION:
    SAVE();
    VARINT(u);
    *++sp = function_new(f->context, ((struct function *)f->function)->code->children[u]->code, OBJ_NULL, OBJ_NULL);
    NEXT;
op_MAKE_FUNCTION_DEFARGS:
    SAVE();
    VARINT(u);
    value = function_new(f->context, ((struct function *)f->function)->code->children[u]->code, sp[-1], sp[0]);
    *--sp = value;
    NEXT;
op_MAKE_CLOSURE:
    SAVE();
    VARINT(u);
    n = *ip++;
    value = function_new(f->context, ((struct function *)f->function)->code->children[u]->code, OBJ_NULL, OBJ_NULL);
    value = closure_new(value, n, sp - n + 1);
    sp -= n;
    *++sp = value;
    NEXT;
op_MAKE_CLOSURE_DEFARGS:
    SAVE();
    VARINT(u);
    n = *ip++;
    base = sp - n - 1;
    value = function_new(f->context, ((struct function *)f->function)->code->children[u]->code, base[0], base[1]);
    value = closure_new(value, n, base + 2);
    sp = base;
    *sp = value;
    NEXT;
op_LOAD_BUILD_CLASS:
    SAVE();
    *++sp = engine_builtin(Q___build_class__);
    NEXT;
op_CALL_FUNCTION:
    SAVE();
    VARINT(u);
    n = u & 0xff;
    kw = u >> 8;
    base = sp - n - 2 * kw;
    callee = *base;
    args = base + 1;
    goto call_any;
op_CALL_METHOD:
    SAVE();
    VARINT(u);
    n = u & 0xff;
    kw = u >> 8;
    base = sp - n - 2 * kw - 1;
    callee = *base;
    args = base + 1;
    if (*args == OBJ_NULL) args++;
    else n++;
call_any:
    if (LIKELY((callee & 7) == 0)) {
        const struct type *t = ((const struct object *)callee)->type;
    call_typed:
        if (t == &type_function) {
            struct code_info *info = ((struct function *)callee)->code->info;
            if (LIKELY(info->plain && kw == 0 && n == info->n_pos && info->caches && !engine_calls_exactly)) {
                struct frame *g = (struct frame *)f->end;
                if (UNLIKELY((size_t)((char *)rt.stack_limit - f->end) < sizeof *g + info->frame_words * sizeof(obj_t))) goto call_slow;
                frame_fill_plain(g, f, callee, info);
                local = g->slots + info->n_state - 1;
                for (size_t i = 0; i < n; i++) local[-(ptrdiff_t)i] = args[i];
                for (size_t i = n; i < info->n_locals; i++) local[-(ptrdiff_t)i] = OBJ_NULL;
                rt.frame = f = g;
                rt.globals = g->globals;
                sp = g->slots - 1;
                names = g->names;
                start = ip = info->start;
                index = info->cache_index;
                caches = info->caches;
                POLL_NEXT();
            }
        call_slow:
            rt.board_between = 0;
            f = frame_push(callee, 0, NULL, n, kw, args);
            f->kind = FRAME_CALL;
            goto entered;
        }
        if (t == &type_closure && obj_type(((struct closure *)callee)->function) == &type_function) {
            f = engine_enter_closure(callee, n, kw, args);
            goto entered;
        }
        if (type_is_builtin(t) && kw == 0) {
            const struct builtin *b = (const struct builtin *)callee;
            if (b->form == FORM_1 && n == 1) value = b->f.f1(args[0]);
            else if (b->form == FORM_2 && n == 2) value = b->f.f2(args[0], args[1]);
            else if (b->form == FORM_0 && n == 0) value = b->f.f0();
            else if (b->form == FORM_3 && n == 3) value = b->f.f3(args[0], args[1], args[2]);
            else if (b->form == FORM_VAR && n >= b->min && (n <= b->max || b->max == 255)) value = b->f.var(n, args);
            else value = t->ops->call(callee, n, kw, args);
            sp = base;
            *sp = value;
            NEXT;
        }
        if (t == &type_bound_method && args == base + 1 && !engine_models_board) { // the slot of the callee takes self
            struct bound_method *m = (struct bound_method *)callee;
            *base = m->self;
            callee = m->function;
            args = base;
            n++;
            if ((callee & 7) == 0) {
                t = ((const struct object *)callee)->type;
                goto call_typed;
            }
        }
        if (t == &type_type && (((const struct type *)callee)->flags & TYPE_CLASS)) {
            obj_t init = engine_plain_init((const struct type *)callee);
            if (init != OBJ_NULL) {
                // args[-1] is the callee or an unused slot; it takes the instance, which becomes self
                f = engine_enter_init((const struct type *)callee, init, n, kw, args);
                goto entered;
            }
        }
    }
    value = call(callee, n, kw, args);
    sp = base;
    *sp = value;
    NEXT;
op_CALL_FUNCTION_VAR_KW:
op_CALL_METHOD_VAR_KW: {
    SAVE();
    bool method = ip[-1] == 0x37;
    VARINT(u);
    n = u & 0xff;
    kw = u >> 8;
    base = sp - n - 2 * kw - (method ? 2 : 1);
    struct unpacked unpacked;
    callee = *base;
    unpack_args(&unpacked, method ? base[1] : OBJ_NULL, n, kw, base + (method ? 2 : 1));
    if (obj_is(callee, &type_function)) {
        rt.board_between = rt.profile.extra.star;
        f = frame_push(callee, 0, NULL, unpacked.n, unpacked.kw, unpacked.args);
        f->scratch = unpacked.args;
        f->kind = FRAME_CALL;
        goto entered;
    }
    value = call(callee, unpacked.n, unpacked.kw, unpacked.args);
    heap_free(unpacked.args);
    sp = base;
    *sp = value;
    NEXT;
}
entered: // a frame that frame_push() has made
    LOAD_FRAME();
    ip = f->ip;
    POLL_NEXT();
op_RETURN_VALUE:
return_value:
    while (f->block >= f->blocks) {
        struct block *b = f->block;
        if (block_cleanup(b) && ip - 1 < b->handler) {
            value = *sp;
            sp = block_height(b);
            *++sp = value;
            *++sp = OBJ_INT(-1);
            ip = b->handler;
            NEXT;
        }
        f->block--;
    }
    value = *sp;
    {
        struct frame *done = f;
        unsigned kind = f->kind;
        if (kind == FRAME_CALL && !engine_calls_exactly && !done->scratch) { // the common way home
            rt.frame = f = done->outer;
            rt.globals = f->globals;
            rt.locals = f->locals;
        } else {
            obj_t instance = done->instance;
            if (UNLIKELY(rt.traced != NULL)) {
                SAVE();
                trace_leave(f, value);
            }
            if (kind == FRAME_INIT) {
                if (UNLIKELY(value != OBJ_NONE)) {
                    f->sp = sp;
                    frame_pop(done);
                    f = rt.frame;
                    LOAD_FRAME();
                    ip = f->ip;
                    raise_format(&type_TypeError, "__init__() should return None, not '%s'", obj_type_name(value));
                }
                value = instance;
            }
            if (done->generator) done->generator->ip = NULL;
            frame_pop(done);
            if (kind == FRAME_ENTRY) {
                *result = value;
                return RESUME_RETURN;
            }
            f = rt.frame;
            if (kind == FRAME_ITER) {
                LOAD_FRAME();
                ip = f->ip;
                goto exhausted;
            }
        }
        LOAD_FRAME();
        ip = f->ip;
        sp -= call_operands(ip);
        SKIP_VARINT();
        *sp = value;
        NEXT;
    }
op_YIELD_VALUE:
yield_value:
    value = *sp;
    if (UNLIKELY(rt.traced != NULL)) {
        SAVE();
        trace_leave(f, value);
    }
    {
        struct generator *g = f->generator;
        g->ip = ip;
        g->sp = sp;
        g->block = f->block;
        unsigned kind = f->kind;
        frame_pop(f);
        if (kind == FRAME_ENTRY) {
            *result = value;
            return RESUME_YIELD;
        }
        f = rt.frame;
        LOAD_FRAME();
        ip = f->ip;
        ip += *ip & 0x80 ? 2 : 1;
        *++sp = value;
        NEXT;
    }
op_YIELD_FROM: {
    obj_t produced;
    SAVE();
    enum resume how;
    how = generator_delegate_send(sp[-1], sp[0], &produced);
    goto delegated;
throw_delegated:
    // an exception enters while an inner iterator is being delegated to: the stack is `iterator item`
    {
        obj_t thrown = exception;
        exception = OBJ_NULL;
        f->sp = sp;
        how = generator_delegate_throw(sp[-1], &thrown, &produced);
        if (how == RESUME_RAISE) produced = exception_from_class_or_instance(thrown);
    }
delegated:
    if (how == RESUME_YIELD) {
        *sp = produced;
        ip--;
        goto yield_value;
    }
    sp--;
    if (how == RESUME_RETURN) {
        *sp = produced;
        NEXT;
    }
    sp--;
    RAISE(produced);
}

    // ---- imports, raising ------------------------------------------------------------------------------------------------------------
op_IMPORT_NAME:
    SAVE();
    VARINT(u);
    value = engine_import_name(names[u], *sp, sp[-1]);
    *--sp = value;
    NEXT;
op_IMPORT_FROM:
    SAVE();
    VARINT(u);
    value = engine_import_from(*sp, names[u]);
    *++sp = value;
    NEXT;
op_IMPORT_STAR:
    SAVE();
    engine_import_star(*sp, f->locals);
    sp--;
    NEXT;
op_RAISE_LAST: {
    SAVE();
    for (struct block *b = f->block; b >= f->blocks; b--) {
        if (b->exception != OBJ_NULL) {
            reraise = true;
            RAISE(b->exception);
        }
    }
    raise_message(&type_RuntimeError, "no active exception to reraise");
}
op_RAISE_OBJ:
    SAVE();
    RAISE(exception_from_class_or_instance(*sp));
op_RAISE_FROM:
    SAVE();
    RAISE(engine_raise_from(sp[-1], sp[0]));

    // ---- operators -------------------------------------------------------------------------------------------------------------------
op_UNARY_OP_MULTI: {
    unsigned op = ip[-1] - 0xd0;
    value = *sp;
    if (op == OP_NOT) {
        if (LIKELY(value == OBJ_TRUE || value == OBJ_FALSE)) {
            *sp = obj_bool(value == OBJ_FALSE);
            NEXT;
        }
        SAVE();
        *sp = obj_bool(!obj_true(value));
        NEXT;
    }
    SAVE();
    *sp = obj_unary((enum unary_op)op, value);
    NEXT;
}
    COMPARE(LT, OP_LT, (intptr_t)a < (intptr_t)b, x < y)
    COMPARE(GT, OP_GT, (intptr_t)a > (intptr_t)b, x > y)
    COMPARE(LE, OP_LE, (intptr_t)a <= (intptr_t)b, x <= y)
    COMPARE(GE, OP_GE, (intptr_t)a >= (intptr_t)b, x >= y)
    EQUALITY
op_IS:
    value = obj_bool(sp[-1] == sp[0]);
    *--sp = value;
    NEXT;
op_EXC_MATCH:
    SAVE();
    value = obj_bool(exception_matches(sp[-1], sp[0]));
    *--sp = value;
    NEXT;
    ARITHMETIC(ADD, l + r, 0, x + y)
    ARITHMETIC(SUB, l - r, 0, x - y)
op_IMUL:
op_MUL: {
    obj_t a = sp[-1], b = *sp;
    if (LIKELY(BOTH_INT(a, b))) {
        intptr_t v;
        if (LIKELY(!__builtin_mul_overflow(obj_int(a), obj_int(b), &v) && int_fits(v))) {
            *--sp = OBJ_INT(v);
            NEXT;
        }
    } else if (obj_is(a, &type_float) && obj_is(b, &type_float)) {
        SAVE();
        value = float_new(((struct float_object *)a)->value * ((struct float_object *)b)->value);
        *--sp = value;
        NEXT;
    }
    goto binary;
}
    INTEGER(AND, true, a & b)
    INTEGER(OR, true, a | b)
    INTEGER(XOR, true, (a ^ b) | 1)
    INTEGER(RSHIFT, obj_int(b) >= 0, OBJ_INT(obj_int(a) >> (obj_int(b) > 62 ? 62 : obj_int(b))))
    INTEGER(LSHIFT, (uintptr_t)obj_int(b) < 62 && !__builtin_mul_overflow(obj_int(a), (intptr_t)1 << obj_int(b), &v) && int_fits(v),
            OBJ_INT(v))
    INTEGER(FLOORDIV, obj_int(b) != 0 && (v = int_floor_div(obj_int(a), obj_int(b)), int_fits(v)), OBJ_INT(v))
    INTEGER(MOD, obj_int(b) != 0, OBJ_INT(int_modulo(obj_int(a), obj_int(b))))
op_BINARY_OP_MULTI:
binary:
    SAVE();
    value = engine_binary((enum binary_op)(ip[-1] - 0xd7), sp[-1], sp[0]);
    *--sp = value;
    NEXT;

    // ---- trouble -----------------------------------------------------------------------------------------------------------------------
unbound:
    SAVE();
unbound_saved:
    raise_message(&type_NameError, "local variable referenced before assignment");
no_cell: // only in code from outside: a local that no closure filled
    raise_message(&type_RuntimeError, "bad closure");
op_unassigned:
    SAVE();
    f->block = f->blocks - 1; // handlers of this frame are not searched
    raise_message(&type_NotImplementedError, "opcode");
poll:
    f->ip = ip + 1;
    f->sp = sp;
    poll_run();
    f = rt.frame;
    NEXT;
op_counted: // every instruction under the virtual clock: what is due happens at an exact one
    if (UNLIKELY(--rt.ops_left <= 0)) {
        SAVE();
        __atomic_fetch_or(&rt.poll, POLL_BOARD, __ATOMIC_SEQ_CST);
        poll_run();
        f = rt.frame;
    }
    goto *handlers[ip[-1]];
op_traced:
    if (trace_sees(f)) {
        SAVE();
        trace_instruction(f);
    }
    if (rt.ops_counted && !rt.trace_busy) goto op_counted;
    goto *handlers[ip[-1]];

raised: // exception; f->ip tells where
    for (;;) {
        ip = f->ip;
        rt.catch->exception = exception; // keeps it alive
        if (ip) {
            const uint8_t *fault = ip - 1;
            if (UNLIKELY(rt.traced != NULL) && !reraise) trace_raised(f, exception);
            if (*fault == 0x4b && exception_matches(exception, OBJ_PTR(&type_StopIteration)) && rt.frame == f && !reraise) {
                LOAD_FRAME();
                rt.catch->exception = OBJ_NULL;
                rt.heap_refused = false;
                goto exhausted;
            }
            if (!reraise && exception != generator_exit_shared())
                exception_add_traceback(exception, f->info->file, code_line(f->info, (size_t)(fault - f->info->start)), f->info->name);
            reraise = false;
            while (f->block >= f->blocks && fault >= f->block->handler) f->block--;
            if (f->block >= f->blocks) {
                LOAD_FRAME();
                sp = block_height(f->block);
                *++sp = f->block->exception = exception;
                ip = f->block->handler;
                if (rt.profile.word_bytes == 8) rt.handled = exception; // no board keeps it alive for sys.exc_info()
                exception = rt.catch->exception = OBJ_NULL, rt.heap_refused = false;
                POLL_NEXT();
            }
        }
        unsigned kind = f->kind;
        if (UNLIKELY(rt.traced != NULL) && ip) trace_leave(f, OBJ_NONE);
        if (f->generator) f->generator->ip = NULL;
        frame_pop(f);
        if (kind == FRAME_ENTRY) {
            *result = exception;
            return RESUME_RAISE;
        }
        f = rt.frame;
        if (kind == FRAME_ITER) exception = generator_leaving(exception);
    }
}
