// SPDX-License-Identifier: MIT
// Statements in a text of many lines, as a person would have entered them one by one.
//
// A line belongs to the statement when what stands before it is not complete (a bracket or a text is open, a decorator waits), when it is
// indented, empty, or goes on with `else` and its like. An empty line ends a block only where the next line is at the left and the block
// is one that needs no more: a function keeps the empty lines among its own.
#include "repl/statement.h"
#include "syntax/parser.h"

#include <string.h>

static size_t line_length(const char *text, size_t len) {
    const char *end = memchr(text, '\n', len);
    return end ? (size_t)(end - text) + 1 : len;
}

static bool continues(const char *line, size_t len) {
    static const char *const words[] = {"else", "elif", "except", "finally"};
    size_t n = 0;
    while (n < len && !memchr(" :\n", line[n], 3)) n++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (n == strlen(words[i]) && memcmp(line, words[i], n) == 0) return true;
    return len == 0 || *line == ' ' || *line == '\t' || *line == '\n';
}

size_t statement_length(const char *text, size_t len) {
    size_t end = 0;
    for (;;) {
        bool decorated = text[end] == '@';
        end += line_length(text + end, len - end);
        if (end >= len) return len;
        size_t whole = end - 1;
        bool open = parse_needs_more(text, whole) && !parse_needs_more(text, end); // a block, and nothing else, wants more
        if (decorated || (parse_needs_more(text, end) && !open)) continue;
        if (!continues(text + end, len - end)) return end;
        if (!open && text[0] != ' ' && !parse_needs_more(text, whole) && text[end] == '\n') return end;
    }
}
