// SPDX-License-Identifier: MIT
// Source text to tokens: line ends, indentation, names, numbers, operators, string literals. f- and t-strings: fstring.c.
//
// A line end outside brackets is one NEWLINE token that swallows the blank and comment lines behind it; the first real character after
// it decides how many INDENT or DEDENT tokens follow. When that indentation fits no open block the NEWLINE itself turns into T_MISMATCH,
// which is why the error names the line before. An empty first line gives a NEWLINE too.
// Nothing here fails on bad input: it gives an error kind as the token, and the parser reports it when it gets there.

#include "lexer.h"
#include "heap/heap.h"
#include "run/raise.h"

static const char *const keywords[] = {"False", "None", "True", "__debug__", "and", "as", "assert", "async", "await", "break", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"};
// longer spellings before their prefixes
static const char operators[][4] = {"...", ".", ",", ";", "(", ")", "[", "]", "{", "}", ":=", ":", "->", "==", "=", "!=", "<=", "<<=",
    "<<", "<", ">=", ">>=", ">>", ">", "**=", "**", "*=", "*", "//=", "//", "/=", "/", "+=", "+", "-=", "-", "%=", "%", "@=", "@", "|=",
    "|", "^=", "^", "&=", "&", "~"};

// ---- buffers --------------------------------------------------------------------------------------------------------

void hostbuf_add(struct hostbuf *b, const char *data, size_t len) {
    if (len == 0) {
        return;
    }
    if (b->room - b->len < len) {
        size_t room = b->room ? b->room : 64;
        while (room - b->len < len) {
            room *= 2;
        }
        b->data = host_resize(b->data, room);
        b->room = room;
    }
    memcpy(b->data + b->len, data, len);
    b->len += len;
}

void hostbuf_add_char(struct hostbuf *b, int c) {
    char byte = (char)c;
    hostbuf_add(b, &byte, 1);
}

void hostbuf_add_text(struct hostbuf *b, const char *text) {
    hostbuf_add(b, text, strlen(text));
}

void hostbuf_add_code(struct hostbuf *b, uint32_t code) {
    char out[4];
    size_t n = 0;
    if (code < 0x80) {
        out[n++] = (char)code;
    } else if (code < 0x800) {
        out[n++] = (char)(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        out[n++] = (char)(0xe0 | code >> 12);
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
    } else {
        out[n++] = (char)(0xf0 | (code >> 18 & 7));
        out[n++] = (char)(0x80 | (code >> 12 & 0x3f));
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
    }
    if (code >= 0x80) {
        out[n++] = (char)(0x80 | (code & 0x3f));
    }
    hostbuf_add(b, out, n);
}

void hostbuf_free(struct hostbuf *b) {
    host_free(b->data);
    *b = (struct hostbuf){0};
}

// ---- characters -----------------------------------------------------------------------------------------------------

void lexer_advance(struct lexer *l) {
    if (l->pos >= l->end) {
        return;
    }
    char c = l->text[l->pos++];
    if (c == '\n') {
        l->line++;
        l->column = 1;
    } else if (c == '\t') {
        l->column = ((l->column + 7) & ~(uint32_t)7) + 1;
    } else {
        l->column++;
    }
}

// The injected text goes in front of what is still to be read, into the room that the text already read has left.
void lexer_inject(struct lexer *l, const char *text, size_t len) {
    if (len == 0) {
        return;
    }
    l->injected += len;
    if (l->pos < len) {
        size_t rest = l->end - l->pos;
        size_t front = len + l->room;
        char *bigger = host_alloc(front + rest + 1);
        memcpy(bigger + front, l->text + l->pos, rest);
        host_free(l->text);
        l->text = bigger;
        l->room = front + rest + 1;
        l->pos = front;
        l->end = front + rest;
    }
    l->pos -= len;
    memcpy(l->text + l->pos, text, len);
}

void lexer_skip_blanks(struct lexer *l, bool across_lines) {
    for (;;) {
        int c = lexer_peek(l, 0);
        if (c == ' ' || c == '\t' || c == '\f' || c == '\v' || (c == '\n' && across_lines)) {
            lexer_advance(l);
        } else if (c == '#') {
            while (c != '\n' && c >= 0) {
                lexer_advance(l);
                c = lexer_peek(l, 0);
            }
        } else if (c == '\\' && lexer_peek(l, 1) == '\n') {
            lexer_advance(l);
            lexer_advance(l);
        } else {
            return;
        }
    }
}

static bool is_digit(int c) {
    return c >= '0' && c <= '9';
}
static bool is_name_start(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}
static bool is_name_part(int c) {
    return is_name_start(c) || is_digit(c);
}
static int hex_value(int c) {
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// ---- names and numbers ----------------------------------------------------------------------------------------------

static enum token_kind lexer_name(struct lexer *l) {
    while (is_name_part(lexer_peek(l, 0))) {
        hostbuf_add_char(&l->spelling, lexer_peek(l, 0));
        lexer_advance(l);
    }
    size_t len = l->spelling.len;
    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (strlen(keywords[i]) == len && memcmp(keywords[i], l->spelling.data, len) == 0) {
            return (enum token_kind)(T_FALSE + i);
        }
    }
    return T_NAME;
}

// Takes everything that could belong to a number; whether it is one is seen when its value is wanted.
static enum token_kind lexer_number(struct lexer *l) {
    enum token_kind kind = T_INTEGER;
    int second = lexer_peek(l, 1) | 0x20;
    bool prefixed = lexer_peek(l, 0) == '0' && (second == 'x' || second == 'o' || second == 'b');
    for (;;) {
        int c = lexer_peek(l, 0);
        if (c == '_') {
            lexer_advance(l);
            continue;
        }
        if (c != '.' && !(is_name_part(c) && c < 0x80)) {
            return kind;
        }
        hostbuf_add_char(&l->spelling, c);
        lexer_advance(l);
        if (c == '.' || c == 'j' || c == 'J') {
            kind = T_FLOAT;
        } else if (!prefixed && (c == 'e' || c == 'E')) {
            kind = T_FLOAT;
            int sign = lexer_peek(l, 0);
            if (sign == '+' || sign == '-') {
                hostbuf_add_char(&l->spelling, sign);
                lexer_advance(l);
            }
        }
    }
}

static enum token_kind lexer_operator(struct lexer *l) {
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        size_t n = strlen(operators[i]);
        if (l->end - l->pos < n || memcmp(l->text + l->pos, operators[i], n) != 0) {
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            lexer_advance(l);
        }
        enum token_kind kind = (enum token_kind)(T_ELLIPSIS + i);
        if (kind == T_LPAREN || kind == T_LBRACKET || kind == T_LBRACE) {
            l->nesting++;
        } else if (kind == T_RPAREN || kind == T_RBRACKET || kind == T_RBRACE) {
            l->nesting--;
        }
        return kind;
    }
    return T_INVALID;
}

// ---- string literals ------------------------------------------------------------------------------------------------

struct prefix {
    size_t len; // letters before the quote
    bool raw, bytes, format, template;
};

// Is there a string literal at the current place?
static bool lexer_at_string(const struct lexer *l, struct prefix *out) {
    struct prefix p = {0};
    for (; p.len < 3; p.len++) {
        int c = lexer_peek(l, p.len);
        if (c == '"' || c == '\'') {
            *out = p;
            return true;
        }
        bool first = p.len == 0, lone_raw = p.len == 1 && p.raw && !p.bytes && !p.format && !p.template;
        if (c == 'r' && !p.raw && (first || p.bytes || p.format || p.template)) {
            p.raw = true;
        } else if (c == 'u' && first) {
            p.len++;
            int quote = lexer_peek(l, 1);
            *out = p;
            return quote == '"' || quote == '\'';
        } else if (c == 'b' && (first || lone_raw)) {
            p.bytes = true;
        } else if (c == 'f' && (first || lone_raw)) {
            p.format = true;
        } else if (c == 't' && (first || lone_raw)) {
            p.template = true;
        } else {
            return false;
        }
    }
    return false;
}

static bool escape_hex(struct lexer *l, unsigned digits, uint32_t *code) {
    *code = 0;
    for (unsigned i = 0; i < digits; i++) {
        int v = hex_value(lexer_peek(l, 0));
        if (v < 0) {
            return false;
        }
        *code = *code << 4 | (uint32_t)v;
        lexer_advance(l);
    }
    return *code <= 0x10ffff;
}

static bool escape_put(struct lexer *l, uint32_t code, bool bytes) {
    if (!bytes) {
        hostbuf_add_code(&l->spelling, code);
        return true;
    }
    hostbuf_add_char(&l->spelling, (int)code);
    return code < 256;
}

// Unknown escapes stay as they are. The reference takes a non-ASCII byte there for a code point.
static void escape_unknown(struct lexer *l, int c, bool bytes) {
    hostbuf_add_char(&l->spelling, '\\');
    if (c >= 0x80 && !bytes) {
        hostbuf_add_code(&l->spelling, (uint32_t)c);
    } else {
        hostbuf_add_char(&l->spelling, c);
    }
}

// Behind a backslash in a literal that is not raw.
static bool lexer_escape(struct lexer *l, bool bytes) {
    static const char simple[] = "\\\\''\"\"a\ab\bt\tn\nv\vf\fr\r";
    int c = lexer_peek(l, 0);
    if (c < 0) {
        return false;
    }
    lexer_advance(l);
    uint32_t code = 0;
    if (c >= '0' && c <= '7') {
        code = (uint32_t)(c - '0');
        for (int i = 0; i < 2 && lexer_peek(l, 0) >= '0' && lexer_peek(l, 0) <= '7'; i++) {
            code = code * 8 + (uint32_t)(lexer_peek(l, 0) - '0');
            lexer_advance(l);
        }
        return escape_put(l, code, bytes);
    }
    for (size_t i = 0; i + 1 < sizeof(simple); i += 2) {
        if (simple[i] == c) {
            hostbuf_add_char(&l->spelling, simple[i + 1]);
            return true;
        }
    }
    switch (c) {
        case '\n':
            return true;
        case 'x':
            return escape_hex(l, 2, &code) && escape_put(l, code, bytes);
        case 'N':
            raise_message(&type_NotImplementedError, "unicode name escapes");
        case 'u':
        case 'U':
            if (!bytes) {
                return escape_hex(l, c == 'u' ? 4 : 8, &code) && escape_put(l, code, false);
            }
            break;
        default:
            break;
    }
    escape_unknown(l, c, bytes);
    return true;
}

// One literal from its opening quotes to its end; contents are added to the spelling. T_STRING or an error kind.
static enum token_kind lexer_literal(struct lexer *l, const struct prefix *p) {
    int quote = lexer_peek(l, 0);
    size_t n_quotes = lexer_peek(l, 1) == quote && lexer_peek(l, 2) == quote ? 3 : 1;
    for (size_t i = 0; i < n_quotes; i++) {
        lexer_advance(l);
    }
    for (;;) {
        int c = lexer_peek(l, 0);
        if (c < 0 || (c == '\n' && n_quotes == 1)) {
            return T_INVALID;
        }
        if (c == quote && (n_quotes == 1 || (lexer_peek(l, 1) == quote && lexer_peek(l, 2) == quote))) {
            for (size_t i = 0; i < n_quotes; i++) {
                lexer_advance(l);
            }
            return T_STRING;
        }
        if (p->format && c == '{') {
            enum token_kind kind = fstring_field(l, &l->spelling);
            if (kind != T_STRING) {
                return kind;
            }
            continue;
        }
        lexer_advance(l);
        if (c != '\\') {
            hostbuf_add_char(&l->spelling, c);
        } else if (p->raw) {
            hostbuf_add_char(&l->spelling, c);
            if (lexer_peek(l, 0) >= 0) {
                hostbuf_add_char(&l->spelling, lexer_peek(l, 0));
                lexer_advance(l);
            }
        } else if (!lexer_escape(l, p->bytes)) {
            return T_INVALID;
        }
    }
}

// A group of adjacent literals.
static enum token_kind lexer_string(struct lexer *l, struct prefix p) {
    bool bytes = p.bytes, format = false;
    l->fields.len = 0;
    for (;;) {
        for (size_t i = 0; i < p.len; i++) {
            lexer_advance(l);
        }
        if (p.template) {
            return format ? T_INVALID : tstring_read(l, p.raw);
        }
        format |= p.format;
        enum token_kind kind = lexer_literal(l, &p);
        if (kind != T_STRING) {
            return kind;
        }
        lexer_skip_blanks(l, l->nesting > 0);
        if (!lexer_at_string(l, &p)) {
            break;
        }
        if (p.bytes != bytes || p.template) {
            return T_INVALID;
        }
    }
    if (format) {
        if (l->ledger) {
            ledger_fields(l->ledger, l->fields.len + 9);
        }
        lexer_inject(l, ")", 1);
        lexer_inject(l, l->fields.data, l->fields.len);
        lexer_inject(l, ".format(", 8);
    }
    return bytes ? T_BYTES : T_STRING;
}

// ---- lines ----------------------------------------------------------------------------------------------------------

// At the first character of a line's contents: compares its column with the open blocks. False: fits none of them.
static bool lexer_indentation(struct lexer *l) {
    uint32_t column = lexer_peek(l, 0) < 0 ? 1 : l->column;
    if (column > l->indents[l->n_indents - 1]) {
        if (l->n_indents == l->indent_room) {
            l->indent_room *= 2;
            l->indents = host_resize(l->indents, l->indent_room * sizeof(l->indents[0]));
        }
        l->indents[l->n_indents++] = column;
        l->dents = 1;
        if (l->ledger) {
            ledger_indents(l->ledger, l->n_indents);
        }
        return true;
    }
    while (column < l->indents[l->n_indents - 1]) {
        l->n_indents--;
        l->dents--;
    }
    return column == l->indents[l->n_indents - 1];
}

static enum token_kind lexer_scan(struct lexer *l) {
    if (l->dents != 0) {
        bool in = l->dents > 0;
        l->dents += in ? -1 : 1;
        return in ? T_INDENT : T_DEDENT;
    }
    lexer_skip_blanks(l, l->nesting > 0);
    l->token.line = l->line;
    int c = lexer_peek(l, 0);
    struct prefix prefix;
    if (c < 0) {
        return T_END;
    }
    if (c == '\n') {
        lexer_skip_blanks(l, true);
        return lexer_indentation(l) ? T_NEWLINE : T_MISMATCH;
    }
    if (lexer_at_string(l, &prefix)) {
        return lexer_string(l, prefix);
    }
    if (is_name_start(c)) {
        return lexer_name(l);
    }
    if (is_digit(c) || (c == '.' && is_digit(lexer_peek(l, 1)))) {
        return lexer_number(l);
    }
    return lexer_operator(l);
}

void lexer_next(struct lexer *l) {
    l->spelling.len = 0;
    l->token.line = l->line;
    l->token.kind = (uint8_t)lexer_scan(l);
    if (l->ledger) {
        ledger_token(l->ledger, l->spelling.len + 1);
    }
    hostbuf_add_char(&l->spelling, 0);
    l->token.text = l->spelling.data;
    l->token.len = l->spelling.len - 1;
}

void lexer_open(struct lexer *l, const char *text, size_t len, struct ledger *ledger) {
    *l = (struct lexer){.line = 1, .column = 1, .ledger = ledger, .indent_room = 10, .n_indents = 1};
    l->inject_most = 100 * (len + (64 << 10));
    l->indents = host_alloc(l->indent_room * sizeof(l->indents[0]));
    l->indents[0] = 1;
    l->room = len + 2;
    l->text = host_alloc(l->room);
    size_t i = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (; i < len; i++) {
        char c = text[i];
        if (c == '\r') {
            c = '\n';
            i += i + 1 < len && text[i + 1] == '\n';
        }
        l->text[l->end++] = c;
    }
    if (l->end > 0 && l->text[l->end - 1] != '\n') {
        l->text[l->end++] = '\n';
    }
}

void lexer_start(struct lexer *l) {
    lexer_skip_blanks(l, false);
    if (lexer_peek(l, 0) != '\n') {
        lexer_indentation(l);
    }
    lexer_next(l);
}

void lexer_close(struct lexer *l) {
    host_free(l->text);
    host_free(l->indents);
    hostbuf_free(&l->spelling);
    hostbuf_free(&l->fields);
}
