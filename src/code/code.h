// SPDX-License-Identifier: MIT
// Code as it is stored: the function image of spec/bytecode.md, the module context, and the host's notes about both.
//
// In the Python heap (counted): struct context 4 words; its table 4*(ceil(names/2)+constants) bytes on the board; per function
// a record of 4 words, which only its parent's table of children refers to; that table, n words; struct code, the image in its exact size.
// In host memory (not counted): struct code_info, filled on first use, freed through heap_drop_hook (kind HEAP_HOSTED).
#ifndef SRC_CODE_H
#define SRC_CODE_H

#include "obj.h"

struct dict;

struct context { // 4 words; a struct module is one (frozen/frozen.c)
    const struct type *type; // of a module, else NULL
    struct dict *globals;    // of the module whose code it is
    void *table;             // run: uint32_t names[], then (8-aligned) obj_t constants[]
    uint32_t n_names, n_constants;
};
static inline uint32_t *context_names(const struct context *c) { return c->table; }
static inline obj_t *context_constants(const struct context *c) {
    return (obj_t *)((char *)c->table + ((size_t)(c->n_names + 1) / 2) * 8);
}
struct context *context_new(struct dict *globals);
void context_set_tables(struct context *c, size_t n_names, const qstr_t *names, size_t n_constants, const obj_t *constants);

enum code_kind { CODE_BYTECODE, CODE_NATIVE, CODE_VIPER, CODE_ASM };
struct code { // a board's run has room for the two pointers besides the image, since a host's block is twice as large
    struct code_record **children; // run of info->n_children words, or NULL
    struct code_info *info;  // host memory; `start` is NULL until code_info()
    uint8_t image[];         // prelude and instructions, info->image_len bytes
};
struct code_record { // 4 words
    struct code *code;       // NULL until the compiler has made it
};
enum code_flag { CODE_GENERATOR = 1, CODE_KWARGS = 2, CODE_VARARGS = 4, CODE_KW_DEFAULTS = 8 };

// Inline-cache cell: one per instruction that wants one; meaning is the engine's (run/vm.c).
struct cache {
    uintptr_t key;
    uintptr_t value;
    uint32_t version;
    uint32_t slot;
};
struct line_mark { uint32_t position, line; };
struct code_info {
    uint32_t image_len;
    uint16_t n_children;
    uint8_t more_slots; // value slots beyond those the image asks for: older compilers reserved too few
    bool machine;        // machine code on a board: it has no __code__, and marshal refuses it
    struct code_record *record; // of a unit: its record, which the next collection may take
    uint32_t n_state, n_blocks, n_pos, n_kwonly, n_defaults, flags; // signature
    uint32_t n_cells, code_len;
    const uint8_t *names;      // varint string indices: function name, then parameters
    const uint8_t *lines, *lines_end;
    const uint8_t *cells;
    const uint8_t *start;      // first instruction
    qstr_t name, file;         // for tracebacks
    const qstr_t *parameters;  // n_pos + n_kwonly names, host array
    bool plain;                // no generator, varargs, kwargs, keyword-only, cells: the fast call path
    uint32_t frame_words;      // n_state + 3 * n_blocks
    uint32_t board_stack;      // modelled C stack bytes of a plain call
    uint16_t *cache_index;     // per instruction position: number of its cache, or 0; NULL until the engine makes it
    struct cache *caches;
    uint32_t n_locals;         // locals that the code or the arguments touch; filled with the caches
    uint32_t n_caches;
    // compiled where sys.settrace() exists: what a board's code does not keep
    qstr_t *local_names;       // n_local_names of a function (Q_star: hidden); NULL with first_line set: names are in a dictionary
    struct line_mark *line_marks; // n_line_marks, by position: more lines than a board's table has; line 0: none
    uint32_t n_local_names, n_line_marks, first_line; // line of its definition; 0: not compiled so, nothing here is known
};
struct code *code_new(const void *image, size_t len); // an empty image is not possible
// Decodes the prelude (and fills parameters from context names). Never fails for verified or compiled code. Host memory only.
struct code_info *code_info(struct code *code, const struct context *context);
static inline struct code_info *code_info_now(struct code *code, const struct context *context) { // the same, quicker
    return code->info->start ? code->info : code_info(code, context);
}
size_t code_line(const struct code_info *info, size_t position); // line of an instruction
// The same as a trace function sees it (0: of no line), and the position where another line may begin.
size_t code_line_seen(const struct code_info *info, size_t position, size_t *end);
size_t code_line_shown(const struct code_info *info, size_t position); // the same; for code of no line: that of the code before it

// varints and labels (spec 2)
size_t varint_read(const uint8_t **p);
intptr_t varint_read_signed(const uint8_t **p);

// verify.c: everything the engine trusts. Returns NULL, or what is wrong (static text). n_* are the limits of the context.
// small_bits: width the file assumes. children already attached.
const char *code_verify_info(const struct code *code, const struct code_info *info, const qstr_t *names, size_t n_names,
    size_t n_constants);
// Splits an image into its parts without trusting it: NULL, or what is wrong. Fills all of *info but parameters and caches.
const char *code_split(const uint8_t *image, size_t len, struct code_info *info);

// disasm.c: the listing of -v -v and mpy-dump
void code_disassemble(const struct printer *p, const struct code *code, const struct context *context);

// mpy_read.c
// Reads a .mpy from memory into a fresh context of `module`; verifies; returns the outermost code. ValueError `incompatible .mpy file`,
// `incompatible .mpy arch`, `native code in .mpy unsupported`, `bad .mpy file: ...`; MemoryError.
struct code *mpy_read(const uint8_t *data, size_t len, struct context *context);
struct code *mpy_read_function(const uint8_t *data, size_t len, struct context *context); // the outermost code may take arguments
bool mpy_looks_like(const uint8_t *data, size_t len); // starts with 'M' and is not text
// mpy_write.c
// Writes what the compiler made. `put` is called with successive pieces. Names with a static number are written by number.
void mpy_write(const struct code *code, const struct context *context, int small_bits, void (*put)(void *data, const void *p,
    size_t n), void *data);

#endif
