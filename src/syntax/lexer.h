// SPDX-License-Identifier: MIT
// Source text to tokens (spec/bytecode.md 10.1), and the host-memory buffer that the parser's parts share.
//
// Invariants
//  - The lexer owns a copy of the source in `text`: CR and CR LF are LF there, a final line end is there, a byte order mark is not.
//    pos..end is what is still to be read; text before pos is spent and may be overwritten by injected text (f-strings).
//  - `token` is the current token; its text lives in `spelling` until the next lexer_next().
//  - Lines and columns follow the characters read, injected ones included; column is only meaningful at line starts.
#ifndef SRC_SYNTAX_LEXER_H
#define SRC_SYNTAX_LEXER_H

#include "ledger.h"
#include "obj.h"

struct hostbuf {
    char *data;
    size_t len, room;
};
void hostbuf_add(struct hostbuf *b, const char *data, size_t len);
void hostbuf_add_char(struct hostbuf *b, int c);       // one byte
void hostbuf_add_code(struct hostbuf *b, uint32_t code); // as UTF-8; any number below 2^21
void hostbuf_add_text(struct hostbuf *b, const char *text);
void hostbuf_free(struct hostbuf *b);

enum token_kind {
    T_END, T_NEWLINE, T_INDENT, T_DEDENT,
    T_INVALID,   // no token can begin so
    T_MISMATCH,  // in place of a line end: the next line's indentation fits no outer block
    T_MALFORMED, // an f-string field without expression
    T_NAME, T_INTEGER, T_FLOAT, T_STRING, T_BYTES, // T_FLOAT: everything with a point, exponent or j
    // keywords, in the order of lexer.c's table
    T_FALSE, T_NONE, T_TRUE, T_DEBUG, T_AND, T_AS, T_ASSERT, T_ASYNC, T_AWAIT, T_BREAK, T_CLASS, T_CONTINUE, T_DEF, T_DEL, T_ELIF, T_ELSE,
    T_EXCEPT, T_FINALLY, T_FOR, T_FROM, T_GLOBAL, T_IF, T_IMPORT, T_IN, T_IS, T_LAMBDA, T_NONLOCAL, T_NOT, T_OR, T_PASS, T_RAISE, T_RETURN,
    T_TRY, T_WHILE, T_WITH, T_YIELD,
    // operators, in the order of lexer.c's table
    T_ELLIPSIS, T_DOT, T_COMMA, T_SEMICOLON, T_LPAREN, T_RPAREN, T_LBRACKET, T_RBRACKET, T_LBRACE, T_RBRACE, T_WALRUS, T_COLON, T_ARROW,
    T_EQ, T_ASSIGN, T_NE, T_LE, T_LSHIFT_ASSIGN, T_LSHIFT, T_LT, T_GE, T_RSHIFT_ASSIGN, T_RSHIFT, T_GT,
    T_POW_ASSIGN, T_POW, T_MUL_ASSIGN, T_STAR, T_FLOORDIV_ASSIGN, T_FLOORDIV, T_DIV_ASSIGN, T_SLASH, T_ADD_ASSIGN, T_PLUS, T_SUB_ASSIGN,
    T_MINUS, T_MOD_ASSIGN, T_PERCENT, T_MATMUL_ASSIGN, T_AT, T_OR_ASSIGN, T_BAR, T_XOR_ASSIGN, T_CARET, T_AND_ASSIGN, T_AMPERSAND, T_TILDE
};
struct token {
    uint8_t kind;  // enum token_kind
    uint32_t line; // where it starts
    const char *text; // spelling: names, numbers without underscores, contents of strings
    size_t len;
};
struct lexer {
    struct token token;
    char *text;
    size_t room, pos, end;
    uint32_t line, column;
    int nesting;         // open brackets
    int dents;           // > 0: that many INDENTs to deliver, < 0: DEDENTs
    uint32_t *indents;   // columns of the open blocks; [0] is 1
    size_t n_indents, indent_room;
    struct hostbuf spelling; // of the token
    struct hostbuf fields;   // arguments collected from the f-string being read
    size_t injected, inject_most; // bytes read a second time; a text of f-strings nested without end is malformed
    struct ledger *ledger;   // may be NULL
};
// Does not raise. The text is copied.
void lexer_open(struct lexer *l, const char *text, size_t len, struct ledger *ledger);
void lexer_start(struct lexer *l); // reads the first token; may raise
void lexer_next(struct lexer *l);  // MemoryError; NotImplementedError `unicode name escapes`
void lexer_close(struct lexer *l);

// shared with fstring.c
static inline int lexer_peek(const struct lexer *l, size_t ahead) {
    return l->pos + ahead < l->end ? (unsigned char)l->text[l->pos + ahead] : -1;
}
void lexer_advance(struct lexer *l);
void lexer_skip_blanks(struct lexer *l, bool across_lines);
void lexer_inject(struct lexer *l, const char *text, size_t len); // to be read next
enum escape { ESCAPE_OK, ESCAPE_BAD };

// fstring.c
// At the `{` of a replacement field: takes its expression out of the input into l->fields and writes what stays to `out`.
enum token_kind fstring_field(struct lexer *l, struct hostbuf *out); // T_STRING, or an error kind
// Behind the prefix of a t-string, at its quotes: reads it all, leaves the name in l->spelling, injects the call. T_NAME or an error kind.
enum token_kind tstring_read(struct lexer *l, bool raw);

#endif
