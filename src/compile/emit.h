// SPDX-License-Identifier: MIT
// Instructions of one code object as they come, jump sizing, line table, function image (spec/bytecode.md 2, 3, 9.2 to 9.5).
//
// Bytes are collected with every label in its two-byte form; emit_finish() shortens labels where that reaches, and only then are
// positions final. Jumps, labels and line marks therefore hold raw positions and the number of jumps before them.
// depth follows the value stack, in unreachable code too. While `suppressed` nothing but bytes is left out.
// All of it is host memory, used again for the next code object.
#ifndef SRC_EMIT_H
#define SRC_EMIT_H

#include "code/opcodes.h"
#include "obj.h"

struct emit_jump {
    uint32_t position, label;
    bool wide;
};
struct emit_place {
    uint32_t position, jumps;
};
struct emit_mark {
    uint32_t position, jumps, lines;
};
struct bytes {
    uint8_t *data;
    size_t len, room;
};
struct emit {
    struct bytes code;
    struct emit_jump *jumps;
    struct emit_place *labels;
    struct emit_mark *marks;
    uint32_t *before; // by number of jump: how many of the earlier ones are short
    size_t n_jumps, jump_room, label_room, n_marks, mark_room;
    struct emit_mark *seen; // all lines that a trace function sees: `lines` is the line itself. Only where `trace`
    size_t n_seen, seen_room;
    uint32_t line, seen_line;
    bool suppressed, lines, trace; // lines: keep a line table
    long depth, most;
    struct bytes image;
};
// What the prelude says
struct prelude {
    size_t n_state, n_blocks, flags, n_pos, n_kwonly, n_defaults;
    const struct bytes *names; // varints
    size_t n_cells;
    const uint8_t *cells;
};

void bytes_put(struct bytes *b, uint8_t value);
void bytes_varint(struct bytes *b, size_t value);
void bytes_free(struct bytes *b);

void emit_reset(struct emit *e, bool lines);
void emit_free(struct emit *e);
void emit_mark(struct emit *e, uint32_t line);
void emit_mark_seen(struct emit *e, uint32_t line); // a line that is not in a board's table
void emit_mark_exact(struct emit *e, uint32_t line); // the same, whatever was before; 0: what follows is no line of the source
void emit_adjust(struct emit *e, long change);
void emit_plain(struct emit *e, uint8_t op);                           // FORM_NONE and ranges, counts by the table
void emit_uncounted(struct emit *e, uint8_t op);                       // the same, without stack effect
void emit_number(struct emit *e, uint8_t op, size_t n, unsigned extra); // FORM_STRING, FORM_NUMBER, FORM_NUMBER_BYTE
void emit_small_int(struct emit *e, intptr_t value);
void emit_jump(struct emit *e, uint8_t op, uint32_t label, unsigned extra); // label forms
void emit_label(struct emit *e, uint32_t label);
// Sizes the jumps and builds e->image. False: a jump reaches too far.
bool emit_finish(struct emit *e, const struct prelude *p);

#endif
