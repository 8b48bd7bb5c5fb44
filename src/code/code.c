// SPDX-License-Identifier: MIT
// Function images as the rest of the program sees them: contexts, the decoded prelude, lines, varints (spec/bytecode.md 2 and 3).
//
// A code_info lives as long as its struct code. It is filled when the code is first wanted: it holds pointers into the image, which
// never moves, and copies of what the context knows.
#include "code/code.h"

#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map_index.h"
#include "rt.h"
#include "run/raise.h"

struct context *context_new(struct dict *globals) {
    struct context *c = heap_new(4, 0, HEAP_REFS);
    c->globals = globals;
    return c;
}

void context_set_tables(struct context *c, size_t n_names, const qstr_t *names, size_t n_constants, const obj_t *constants) {
    c->table = heap_new((n_names + 1) / 2 + n_constants, 0, HEAP_REFS);
    c->n_names = (uint32_t)n_names;
    c->n_constants = (uint32_t)n_constants;
    if (n_names > 0) memcpy(c->table, names, n_names * sizeof(*names));
    if (n_constants > 0) memcpy(context_constants(c), constants, n_constants * sizeof(*constants));
}

size_t varint_read(const uint8_t **p) {
    size_t value = 0;
    uint8_t byte;
    do {
        byte = *(*p)++;
        value = value << 7 | (byte & 0x7f);
    } while (byte & 0x80);
    return value;
}

intptr_t varint_read_signed(const uint8_t **p) {
    uintptr_t value = **p & 0x40 ? UINTPTR_MAX : 0;
    uint8_t byte;
    do {
        byte = *(*p)++;
        value = value << 7 | (byte & 0x7f);
    } while (byte & 0x80);
    return (intptr_t)value;
}

// Host memory goes with the run that it describes.
static void code_drop(void *run) {
    if (map_index_drop(run)) return; // the other kind of run that owns something
    struct code_info *info = ((struct code *)run)->info;
    host_free((void *)info->parameters);
    host_free(info->local_names);
    host_free(info->line_marks);
    host_free(info->cache_index);
    host_free(info->caches);
    host_free(info);
}

// Bytes of C stack that a plain call takes on the profile's computer (spec/heap-model.md 3).
static uint32_t code_board_stack(const struct code_info *info) {
    size_t frame = (size_t)rt.profile.word_bytes * info->frame_words;
    bool on_heap = rt.profile.frame_on_heap != 0 && frame > rt.profile.frame_on_heap;
    size_t on_stack = on_heap ? 0 : (5 * (size_t)rt.profile.word_bytes + frame + 7) & ~(size_t)7;
    return rt.profile.call_plain + (uint32_t)on_stack;
}

struct code *code_new(const void *image, size_t len) {
    enum { BOARD_BLOCK = 4 }; // log2: a host's block has 16 bytes more
    heap_drop_hook = code_drop;
    struct code *code = heap_new(0, len + (rt.profile.block_shift == BOARD_BLOCK ? 0 : sizeof(*code)), HEAP_REFS | HEAP_HOSTED);
    memcpy(code->image, image, len);
    code->info = host_alloc(sizeof(*code->info));
    *code->info = (struct code_info){.image_len = (uint32_t)len};
    return code;
}

struct code_info *code_info(struct code *code, const struct context *context) {
    struct code_info *info = code->info;
    if (info->start != NULL) return info;
    struct code_info parts;
    if (code_split(code->image, info->image_len, &parts) != NULL) // the compiler and the verifier have seen to it
        raise_message(&type_RuntimeError, "bad code");
    parts.image_len = info->image_len;
    parts.n_children = info->n_children;
    parts.record = info->record;
    parts.more_slots = info->more_slots;
    parts.machine = info->machine;
    parts.local_names = info->local_names;
    parts.n_local_names = info->n_local_names;
    parts.line_marks = info->line_marks;
    parts.n_line_marks = info->n_line_marks;
    parts.first_line = info->first_line;
    *info = parts;
    info->n_state += info->more_slots;
    const qstr_t *names = context_names(context);
    const uint8_t *p = info->names;
    info->file = context->n_names > 0 ? names[0] : Q_empty;
    info->name = names[varint_read(&p)];
    size_t n = info->n_pos + info->n_kwonly;
    qstr_t *parameters = host_alloc(n * sizeof(qstr_t));
    for (size_t i = 0; i < n; i++) parameters[i] = names[varint_read(&p)];
    info->parameters = parameters;
    info->frame_words = info->n_state + 3 * info->n_blocks;
    info->plain = (info->flags & (CODE_GENERATOR | CODE_KWARGS | CODE_VARARGS)) == 0 && info->n_kwonly == 0 && info->n_cells == 0;
    info->board_stack = code_board_stack(info);
    return info;
}

static size_t code_line_end(const struct code_info *info, size_t position, size_t *end) {
    size_t line = 1, from = 0, wanted = position;
    *end = info->code_len;
    for (const uint8_t *p = info->lines; p < info->lines_end;) {
        size_t bytes, lines;
        if (*p & 0x80) {
            if (p + 1 >= info->lines_end) break;
            bytes = *p & 15;
            lines = (size_t)(*p >> 4 & 7) << 8 | p[1];
            p += 2;
        } else {
            bytes = *p & 31;
            lines = *p >> 5;
            p++;
        }
        from += bytes;
        if (wanted < from) {
            *end = from;
            break;
        }
        line += lines;
    }
    return line;
}

size_t code_line(const struct code_info *info, size_t position) {
    size_t end;
    return code_line_end(info, position, &end);
}

// How many marks are not behind the position.
static size_t marks_up_to(const struct code_info *info, size_t position) {
    size_t low = 0, high = info->n_line_marks;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (info->line_marks[middle].position <= position) low = middle + 1;
        else high = middle;
    }
    return low;
}

size_t code_line_seen(const struct code_info *info, size_t position, size_t *end) {
    if (!info->first_line) return code_line_end(info, position, end);
    size_t n = marks_up_to(info, position);
    *end = n < info->n_line_marks ? info->line_marks[n].position : info->code_len;
    return n ? info->line_marks[n - 1].line : info->first_line;
}

size_t code_line_shown(const struct code_info *info, size_t position) {
    if (!info->first_line) return code_line(info, position);
    for (size_t n = marks_up_to(info, position); n > 0; n--)
        if (info->line_marks[n - 1].line) return info->line_marks[n - 1].line;
    return info->first_line;
}
