// SPDX-License-Identifier: MIT
// The vocabulary of the dispatch loop, for vm.c only: decoding of operands, going on to the next instruction, and instructions that are
// alike. Everything here works on the loop's own variables (ip, sp, f, value ...) and may leave for its labels (poll, binary, raised).
#ifndef SRC_ENGINE_WORDS_H
#define SRC_ENGINE_WORDS_H

#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/vm.h"

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

// The registers of the running frame, between memory and the loop.
#define LOAD_FRAME()                                  \
    do {                                              \
        sp = f->sp;                                   \
        local = f->slots + f->info->n_state - 1;      \
        names = f->names;                             \
        start = f->info->start;                       \
        index = f->info->cache_index;                 \
        caches = f->info->caches;                     \
    } while (0)
#define SAVE() (f->ip = ip, f->sp = sp)
#define NEXT goto *dispatch[*ip++]
#define VARINT(u)                                     \
    do {                                              \
        u = *ip++;                                    \
        if (UNLIKELY(u & 0x80)) {                     \
            u &= 0x7f;                                \
            do u = u << 7 | (*ip & 0x7f);             \
            while (*ip++ & 0x80);                     \
        }                                             \
    } while (0)
#define SKIP_VARINT() \
    do {              \
    } while (*ip++ & 0x80)
#define SIGNED_LABEL(d)                                                    \
    do {                                                                   \
        if (*ip & 0x80) {                                                  \
            d = (ptrdiff_t)((ip[0] & 0x7f) | ip[1] << 7) - 0x4000;         \
            ip += 2;                                                       \
        } else d = (ptrdiff_t)*ip++ - 0x40;                                \
    } while (0)
#define FORWARD_LABEL(d)                                                   \
    do {                                                                   \
        if (*ip & 0x80) {                                                  \
            d = (ptrdiff_t)((ip[0] & 0x7f) | ip[1] << 7);                  \
            ip += 2;                                                       \
        } else d = (ptrdiff_t)*ip++;                                       \
    } while (0)
// Jump points look for pending interrupts, scheduled calls and Ctrl-C.
#define POLL_NEXT()                     \
    do {                                \
        if (UNLIKELY(rt.poll)) goto poll; \
        NEXT;                           \
    } while (0)
#define CACHE() (&caches[index[ip - 1 - start]])
#define BOTH_INT(a, b) ((a) & (b) & 1)
#define RAISE(e)           \
    do {                   \
        exception = (e);   \
        goto raised;       \
    } while (0)

static inline bool block_cleanup(const struct block *b) { return (uintptr_t)b->height & 1; }
static inline obj_t *block_height(const struct block *b) { return (obj_t *)((uintptr_t)b->height & ~(uintptr_t)1); }

// Operands that a finished call removes besides the slot its result goes to.
static inline size_t call_operands(const uint8_t *ip) {
    unsigned op = ip[-1];
    size_t u = 0;
    do u = u << 7 | (*ip & 0x7f);
    while (*ip++ & 0x80);
    return (u & 0xff) + 2 * (u >> 8) + (op == 0x34 ? 0 : op == 0x37 ? 2 : 1);
}

#define PUSH(label, what)   \
    op_LOAD_##label:        \
    *++sp = (what);         \
    NEXT;

// ---- jumps that look at the top value --------------------------------------------------------------------------------------------
#define POP_JUMP_IF(sense)                                          \
    op_POP_JUMP_IF_##sense:                                         \
    value = *sp;                                                    \
    if (LIKELY(value == OBJ_TRUE || value == OBJ_FALSE)) sp--;      \
    else {                                                          \
        SAVE();                                                     \
        value = obj_bool(obj_true(value));                          \
        sp--;                                                       \
    }                                                               \
    SIGNED_LABEL(d);                                                \
    if (value == OBJ_##sense) ip += d;                              \
    POLL_NEXT();
#define JUMP_IF_OR_POP(sense)                                       \
    op_JUMP_IF_##sense##_OR_POP:                                    \
    SAVE();                                                         \
    value = obj_bool(obj_true(*sp));                                \
    FORWARD_LABEL(d);                                               \
    if (value == OBJ_##sense) ip += d;                              \
    else sp--;                                                      \
    POLL_NEXT();

#define PUSH_BLOCK(to_height)                \
    do {                                     \
        FORWARD_LABEL(d);                    \
        f->block++;                          \
        f->block->handler = ip + d;          \
        f->block->height = (to_height);      \
        f->block->exception = OBJ_NULL;      \
    } while (0)

// ---- sequences of the top u values ---------------------------------------------------------------------------------------------------
#define BUILD(label, make)            \
    op_BUILD_##label:                 \
    SAVE();                           \
    VARINT(u);                        \
    value = make(u, sp - u + 1);      \
    sp -= u;                          \
    *++sp = value;                    \
    NEXT;

// ---- calls -------------------------------------------------------------------------------------------------------------------------
// The frame of a plain function, but for its slots and the registers.
static inline void frame_fill_plain(struct frame *g, struct frame *f, obj_t callee, struct code_info *info) {
    g->outer = f;
    g->slots = (obj_t *)(g + 1);
    g->blocks = (struct block *)(g->slots + info->n_state);
    g->block = g->blocks - 1;
    g->end = (char *)(g + 1) + info->frame_words * sizeof(obj_t);
    g->info = info;
    struct context *context = ((struct function *)callee)->context;
    g->context = context;
    g->names = context_names(context);
    g->constants = context_constants(context);
    g->function = callee;
    g->globals = context->globals;
    g->locals = rt.locals;
    g->instance = OBJ_NULL;
    g->shadow = g->scratch = NULL;
    g->generator = NULL;
    g->board_stack = 0;
    g->kind = FRAME_CALL;
}

// ---- items by small integers -----------------------------------------------------------------------------------------------------
// The item, or OBJ_NULL: something else than an index in range of a common sequence. base is a pointer object.
static inline obj_t item_at(obj_t base, intptr_t i) {
    const struct type *t = ((const struct object *)base)->type;
    if (t == &type_list) {
        struct list *l = (struct list *)base;
        if (i < 0) i += (intptr_t)l->len;
        if (LIKELY((size_t)i < l->len)) return l->items[i];
    } else if (t == &type_tuple) {
        struct tuple *l = (struct tuple *)base;
        if (i < 0) i += (intptr_t)l->len;
        if (LIKELY((size_t)i < l->len)) return l->items[i];
    } else if (t == &type_bytes) {
        struct str *s = (struct str *)base;
        if (i < 0) i += (intptr_t)s->len;
        if (LIKELY((size_t)i < s->len)) return OBJ_INT((uint8_t)s->data[i]);
    } else if (t == &type_bytearray) {
        struct array *a = (struct array *)base;
        if (i < 0) i += (intptr_t)a->len;
        if (LIKELY((size_t)i < a->len)) return OBJ_INT(((uint8_t *)a->items)[i]);
    }
    return OBJ_NULL;
}

// ---- operators -------------------------------------------------------------------------------------------------------------------
// a comparison of small integers whose result a jump takes at once
#define COMPARE(label, code, test, ftest)                                                     \
    op_##label: {                                                                             \
        obj_t a = sp[-1], b = *sp;                                                            \
        bool truth;                                                                           \
        if (LIKELY(BOTH_INT(a, b))) truth = test;                                             \
        else if (obj_is(a, &type_float) && obj_is(b, &type_float)) {                          \
            double x = ((struct float_object *)a)->value, y = ((struct float_object *)b)->value; \
            truth = ftest;                                                                    \
        } else {                                                                              \
            SAVE();                                                                           \
            value = engine_binary(code, a, b);                                                \
            *--sp = value;                                                                    \
            NEXT;                                                                             \
        }                                                                                     \
        if (*ip == 0x44 || *ip == 0x43) {                                            \
            bool sense = *ip++ == 0x43;                                                       \
            sp -= 2;                                                                          \
            SIGNED_LABEL(d);                                                                  \
            if (truth == sense) ip += d;                                                      \
            POLL_NEXT();                                                                      \
        }                                                                                     \
        *--sp = obj_bool(truth);                                                              \
        NEXT;                                                                                 \
    }
#define ARITHMETIC(label, expression, overflow, fexpression)                                  \
    op_I##label:                                                                              \
    op_##label: {                                                                             \
        obj_t a = sp[-1], b = *sp;                                                            \
        if (LIKELY(BOTH_INT(a, b))) {                                                         \
            intptr_t v, l = obj_int(a), r = obj_int(b);                                       \
            if (LIKELY(!(overflow) && (v = (expression), int_fits(v)))) {                     \
                *--sp = OBJ_INT(v);                                                           \
                NEXT;                                                                         \
            }                                                                                 \
        } else if (obj_is(a, &type_float) && obj_is(b, &type_float)) {                        \
            double x = ((struct float_object *)a)->value, y = ((struct float_object *)b)->value; \
            SAVE();                                                                           \
            value = float_new(fexpression);                                                   \
            *--sp = value;                                                                    \
            NEXT;                                                                             \
        }                                                                                     \
        goto binary;                                                                          \
    }
// an operator that only small integers have in the loop; v: room for an intermediate result
#define INTEGER(label, condition, result)                   \
    op_I##label:                                            \
    op_##label: {                                           \
        obj_t a = sp[-1], b = *sp;                          \
        intptr_t v = 0;                                     \
        (void)v;                                            \
        if (LIKELY(BOTH_INT(a, b) && (condition))) {        \
            *--sp = (result);                               \
            NEXT;                                           \
        }                                                   \
        goto binary;                                        \
    }
#define EQUALITY \
    op_EQ: \
    op_NE: { \
        obj_t a = sp[-1], b = *sp; \
        if (BOTH_INT(a, b) || (obj_is_qstr(a) && obj_is_qstr(b))) { \
            bool truth = (a == b) == (ip[-1] == 0xd9); \
            if (*ip == 0x44 || *ip == 0x43) { \
                bool sense = *ip++ == 0x43; \
                sp -= 2; \
                SIGNED_LABEL(d); \
                if (truth == sense) ip += d; \
                POLL_NEXT(); \
            } \
            *--sp = obj_bool(truth); \
            NEXT; \
        } \
        goto binary; \
    }

#endif
