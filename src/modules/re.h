// SPDX-License-Identifier: MIT
// Regular expressions as programs: between re_compile.c (text to program), re_match.c (runs it) and re.c (module and objects).
//
// A program is a row of instructions; sizes are those of a board, so a compiled expression costs what it costs there (16 bytes of header
// and the program). A target is a signed byte, counted from behind the instruction.
//     CHAR c           this byte
//     ANY              any character
//     CLASS n data     one of the ranges; n bytes of data: pairs of UTF-8 characters (from, to), or 0xff and a letter of NAMED
//     CLASS_NOT n data the opposite
//     NAMED letter     d D s S w W
//     BOL, EOL         start, end of the text
//     SAVE k           the place goes into k
//     SPLIT t          first go on here, then at the target
//     RSPLIT t         first at the target, then here
//     JUMP t
//     MATCH
// It starts with `RSPLIT 3; ANY; JUMP -5` (for searching; passed over when matching), then SAVE 0, and ends with SAVE 1, MATCH.
#ifndef SRC_RE_H
#define SRC_RE_H

#include "obj.h"

enum re_code { RE_CHAR, RE_ANY, RE_CLASS, RE_CLASS_NOT, RE_NAMED, RE_BOL, RE_EOL, RE_SAVE, RE_SPLIT, RE_RSPLIT, RE_JUMP, RE_MATCH };
enum { RE_SEARCH_BYTES = 5, RE_NAMED_MARK = 0xff };

struct regex { // 4 words + len bytes
    const struct type *type;
    uint32_t len, groups; // bytes of the program; groups that capture, without the whole
    uint8_t code[];
};

// A text that is searched. Offsets are in bytes from data.
struct re_subject {
    const uint8_t *data;
    size_t end;       // behind the last byte that may be looked at
    bool characters;  // a step takes a whole UTF-8 character
};

size_t re_code_size(const uint8_t *code); // of one instruction
// ValueError `regex too complex`, `error in regex`; RuntimeError
struct regex *re_compile(const struct type *type, const char *pattern, size_t len, bool is_text);
void re_print_program(const struct printer *p, const struct regex *r);
bool re_named_matches(uint8_t letter, uint32_t c);
// Matches at `from`, or searches from there on. places: 2 * (groups + 1) offsets, PTRDIFF_MAX where a group took no part.
// RuntimeError when more choices are open than the board's stack holds, or when it takes more steps than anybody waits for.
bool re_run(const struct regex *r, const struct re_subject *s, size_t from, bool search, size_t *places);

#endif
