// SPDX-License-Identifier: MIT
// See emit.h.
#include "compile/emit.h"

#include "heap/heap.h"

void bytes_put(struct bytes *b, uint8_t value) {
    if (b->len == b->room) {
        b->room = b->room ? 2 * b->room : 256;
        b->data = host_resize(b->data, b->room);
    }
    b->data[b->len++] = value;
}

void bytes_varint(struct bytes *b, size_t value) {
    unsigned shift = 0;
    while (shift < 63 && value >> shift > 0x7f) shift += 7;
    for (; shift > 0; shift -= 7) bytes_put(b, (uint8_t)(value >> shift & 0x7f) | 0x80);
    bytes_put(b, value & 0x7f);
}

static void bytes_append(struct bytes *b, const uint8_t *data, size_t len) {
    for (size_t i = 0; i < len; i++) bytes_put(b, data[i]);
}

void bytes_free(struct bytes *b) {
    host_free(b->data);
    *b = (struct bytes){0};
}

void emit_reset(struct emit *e, bool lines) {
    e->code.len = e->image.len = 0;
    e->n_jumps = e->n_marks = e->n_seen = 0;
    e->line = 1;
    e->seen_line = 0;
    e->suppressed = false;
    e->lines = lines;
    e->depth = e->most = 0;
}

void emit_free(struct emit *e) {
    bytes_free(&e->code);
    bytes_free(&e->image);
    host_free(e->jumps);
    host_free(e->labels);
    host_free(e->marks);
    host_free(e->seen);
    host_free(e->before);
    memset(e, 0, sizeof(*e));
}

static void emit_seen(struct emit *e, uint32_t line) {
    if (!e->lines || !e->trace) return;
    if (e->n_seen == e->seen_room) {
        e->seen_room = e->seen_room ? 2 * e->seen_room : 32;
        e->seen = host_resize(e->seen, e->seen_room * sizeof(*e->seen));
    }
    e->seen[e->n_seen++] = (struct emit_mark){(uint32_t)e->code.len, (uint32_t)e->n_jumps, line};
}

void emit_mark_seen(struct emit *e, uint32_t line) {
    if (line > e->seen_line) emit_seen(e, e->seen_line = line);
}

void emit_mark_exact(struct emit *e, uint32_t line) {
    bool pass = e->n_seen && e->seen[e->n_seen - 1].position == e->code.len; // a statement that has no other code
    if (!pass) emit_seen(e, line);
}

void emit_mark(struct emit *e, uint32_t line) {
    if (!e->lines || line <= e->line) return;
    emit_mark_seen(e, line);
    if (e->n_marks == e->mark_room) {
        e->mark_room = e->mark_room ? 2 * e->mark_room : 32;
        e->marks = host_resize(e->marks, e->mark_room * sizeof(*e->marks));
    }
    e->marks[e->n_marks++] = (struct emit_mark){(uint32_t)e->code.len, (uint32_t)e->n_jumps, line - e->line};
    e->line = line;
}

void emit_adjust(struct emit *e, long change) {
    e->depth += change;
    if (e->depth > e->most) e->most = e->depth;
}

static void emit_count(struct emit *e, uint8_t op, size_t operand, unsigned extra) {
    struct opcode_effect effect = opcode_effect(op, operand, extra);
    emit_adjust(e, (long)effect.pushes - (long)effect.pops);
}

void emit_uncounted(struct emit *e, uint8_t op) {
    if (!e->suppressed) bytes_put(&e->code, op);
}

void emit_plain(struct emit *e, uint8_t op) {
    emit_count(e, op, 0, 0);
    emit_uncounted(e, op);
    if (op >= BC_RETURN_VALUE && op <= BC_RAISE_FROM) e->suppressed = true;
}

void emit_number(struct emit *e, uint8_t op, size_t n, unsigned extra) {
    emit_count(e, op, n, extra);
    if (e->suppressed) return;
    bytes_put(&e->code, op);
    bytes_varint(&e->code, n);
    if (opcode_table[op].form == FORM_NUMBER_BYTE) bytes_put(&e->code, (uint8_t)extra);
}

void emit_small_int(struct emit *e, intptr_t value) {
    if (value >= -16 && value <= 47) {
        emit_plain(e, (uint8_t)(BC_LOAD_CONST_SMALL_INT_MULTI + value));
        return;
    }
    emit_count(e, BC_LOAD_CONST_SMALL_INT, 0, 0);
    if (e->suppressed) return;
    bytes_put(&e->code, BC_LOAD_CONST_SMALL_INT);
    unsigned shift = 0;
    while (shift < 63 && (value >> shift > 0x3f || value >> shift < -0x40)) shift += 7;
    for (; shift > 0; shift -= 7) bytes_put(&e->code, (uint8_t)(value >> shift & 0x7f) | 0x80);
    bytes_put(&e->code, value & 0x7f);
}

void emit_jump(struct emit *e, uint8_t op, uint32_t label, unsigned extra) {
    emit_count(e, op, 0, 0);
    if (!e->suppressed) {
        if (e->n_jumps == e->jump_room) {
            e->jump_room = e->jump_room ? 2 * e->jump_room : 32;
            e->jumps = host_resize(e->jumps, e->jump_room * sizeof(*e->jumps));
        }
        e->jumps[e->n_jumps++] = (struct emit_jump){(uint32_t)e->code.len, label, true};
        bytes_put(&e->code, op);
        bytes_put(&e->code, 0);
        bytes_put(&e->code, 0);
        if (op == BC_UNWIND_JUMP) bytes_put(&e->code, (uint8_t)extra);
    }
    if (op == BC_JUMP || op == BC_UNWIND_JUMP || op == BC_POP_EXCEPT_JUMP) e->suppressed = true;
}

void emit_label(struct emit *e, uint32_t label) {
    if (label >= e->label_room) {
        e->label_room = 2 * (size_t)label + 16;
        e->labels = host_resize(e->labels, e->label_room * sizeof(*e->labels));
    }
    e->labels[label] = (struct emit_place){(uint32_t)e->code.len, (uint32_t)e->n_jumps};
    e->suppressed = false;
}

// ---- jump sizing ----------------------------------------------------------------------------------------------------

static bool jump_is_signed(const struct emit *e, const struct emit_jump *j) {
    return opcode_table[e->code.data[j->position]].form != FORM_AHEAD;
}

static void emit_shorten(struct emit *e) {
    e->before = host_resize(e->before, (e->n_jumps + 1) * sizeof(*e->before));
    for (bool changed = true; changed;) {
        uint32_t n_short = 0;
        for (size_t i = 0; i < e->n_jumps; i++) {
            e->before[i] = n_short;
            n_short += !e->jumps[i].wide;
        }
        e->before[e->n_jumps] = n_short;
        changed = false;
        for (size_t i = 0; i < e->n_jumps; i++) {
            struct emit_jump *j = &e->jumps[i];
            if (!j->wide) continue;
            const struct emit_place *to = &e->labels[j->label];
            long distance = (long)to->position - (long)e->before[to->jumps] - ((long)j->position - (long)e->before[i] + 2);
            bool reaches = jump_is_signed(e, j) ? distance >= -64 && distance <= 63 : distance >= 0 && distance <= 127;
            if (!reaches) continue;
            j->wide = false;
            changed = true;
        }
    }
}

// Copies the instructions with the labels filled in. False: out of range.
static bool emit_copy_code(struct emit *e, struct bytes *out) {
    size_t done = 0;
    for (size_t i = 0; i < e->n_jumps; i++) {
        const struct emit_jump *j = &e->jumps[i];
        const struct emit_place *to = &e->labels[j->label];
        bytes_append(out, e->code.data + done, j->position + 1 - done);
        long after = (long)j->position - (long)e->before[i] + (j->wide ? 3 : 2);
        long value = (long)to->position - (long)e->before[to->jumps] - after;
        if (jump_is_signed(e, j)) value += j->wide ? 0x4000 : 0x40;
        if (value < 0 || value > (j->wide ? 0x7fff : 0x7f)) return false;
        if (j->wide) {
            bytes_put(out, (uint8_t)(value & 0x7f) | 0x80);
            bytes_put(out, (uint8_t)(value >> 7));
        } else {
            bytes_put(out, (uint8_t)value);
        }
        done = j->position + 3;
    }
    bytes_append(out, e->code.data + done, e->code.len - done);
    return true;
}

// ---- the image ------------------------------------------------------------------------------------------------------

static void line_advance(struct bytes *out, size_t n_bytes, size_t lines) {
    while (n_bytes > 0 || lines > 0) {
        if (lines <= 6 || n_bytes > 15) {
            size_t b = n_bytes < 31 ? n_bytes : 31;
            size_t l = b < n_bytes ? 0 : lines < 3 ? lines : 3;
            bytes_put(out, (uint8_t)(l << 5 | b));
            n_bytes -= b;
            lines -= l;
        } else {
            size_t l = lines < 2047 ? lines : 2047;
            bytes_put(out, (uint8_t)(0x80 | l >> 8 << 4 | n_bytes));
            bytes_put(out, (uint8_t)l);
            n_bytes = 0;
            lines -= l;
        }
    }
}

static void emit_lines(struct emit *e, struct bytes *out) {
    size_t last = 0;
    for (size_t i = 0; i < e->n_marks; i++) {
        size_t position = e->marks[i].position - e->before[e->marks[i].jumps];
        line_advance(out, position - last, e->marks[i].lines);
        last = position;
    }
}

static void prelude_signature(struct bytes *out, const struct prelude *p) {
    size_t s = p->n_state - 1, b = p->n_blocks, f = p->flags, a = p->n_pos, k = p->n_kwonly, d = p->n_defaults;
    uint8_t byte = (uint8_t)((s & 15) << 3 | (b & 1) << 2 | (a & 3));
    for (s >>= 4, b >>= 1, a >>= 2; (s | b | f | a | k | d) != 0; s >>= 2, b >>= 1, f >>= 1, a >>= 1, k >>= 1, d >>= 1) {
        bytes_put(out, byte | 0x80);
        byte = (uint8_t)((f & 1) << 6 | (s & 3) << 4 | (k & 1) << 3 | (a & 1) << 2 | (b & 1) << 1 | (d & 1));
    }
    bytes_put(out, byte);
}

static void prelude_sizes(struct bytes *out, size_t n_info, size_t n_cells) {
    for (;;) {
        uint8_t byte = (uint8_t)((n_info & 63) << 1 | (n_cells & 1));
        n_info >>= 6;
        n_cells >>= 1;
        if ((n_info | n_cells) == 0) {
            bytes_put(out, byte);
            return;
        }
        bytes_put(out, byte | 0x80);
    }
}

bool emit_finish(struct emit *e, const struct prelude *p) {
    emit_shorten(e);
    struct bytes lines = {0};
    emit_lines(e, &lines);
    prelude_signature(&e->image, p);
    prelude_sizes(&e->image, p->names->len + lines.len, p->n_cells);
    bytes_append(&e->image, p->names->data, p->names->len);
    bytes_append(&e->image, lines.data, lines.len);
    bytes_append(&e->image, p->cells, p->n_cells);
    bytes_free(&lines);
    return emit_copy_code(e, &e->image);
}
