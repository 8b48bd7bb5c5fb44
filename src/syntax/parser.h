// SPDX-License-Identifier: MIT
// Source text to tree. Raises SyntaxError, IndentationError, UnicodeError, MemoryError, RuntimeError (recursion), NotImplementedError;
// syntax errors carry a traceback record (file, line).
#ifndef SRC_PARSER_H
#define SRC_PARSER_H

#include "tree.h"

enum parse_input { PARSE_FILE, PARSE_EVAL, PARSE_SINGLE, PARSE_RAW }; // RAW: as FILE; sent over the raw prompt
struct parse_options {
    enum parse_input input;
    qstr_t file;          // name in tracebacks, string 0 of the .mpy
    int optimise;         // __debug__
    int small_bits;       // width of integers that are leaves (31 for mpy-cross; the profile's at run time)
    // act as the reference cross-compiler: interned literals by its list (10.2), math.* constants folded, extended floats
    bool cross;
    bool from_file;       // the reader costs 32 bytes instead of 16
    struct dict *tell;    // gets __file__ when the first token has been read; or NULL
    qstr_t embedded;      // cross: also counts as known text (may be 0)
};
// Parses text[0..len). The text must stay in place until it returns. The caller owns the result (tree_free()), also when later
// steps raise.
struct tree *parse(const char *text, size_t len, const struct parse_options *options);
// For the prompt: does the text so far need more lines (open bracket, block, string, continuation)? As on a board,
// what looks like a bracket or a string in a comment counts.
bool parse_needs_more(const char *text, size_t len);

#endif
