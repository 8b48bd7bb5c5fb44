// SPDX-License-Identifier: MIT
// f- and t-strings, rewritten as text while the literal is read (spec/bytecode.md 10.1).
//
// f: the expressions are taken out of the literal and collected in l->fields as `(expr),`; when the whole group of literals has been
// read, lexer.c injects `.format(` fields `)`.
// t: the literal becomes the name __template__, and the injected text is the call
// `((part,part,...,),(expr),"expr",conversion,"format",...)`.
// Parts and formats stay in source form - they are read as literals a second time - so escapes are kept, or doubled when the literal
// is raw.

#include "lexer.h"
#include "heap/heap.h"

// Is there a conversion that ends the expression at the current place?
static bool at_conversion(const struct lexer *l) {
    int letter = lexer_peek(l, 1), end = lexer_peek(l, 2);
    return lexer_peek(l, 0) == '!' && (letter == 'r' || letter == 's') && (end == ':' || end == '}');
}

// Reads an expression up to the character that ends it. False: the text ended first.
static bool read_expression(struct lexer *l, struct hostbuf *out) {
    unsigned depth = 0;
    for (;;) {
        int c = lexer_peek(l, 0);
        if (c < 0) {
            return false;
        }
        if (depth == 0 && (c == ':' || c == '}' || at_conversion(l))) {
            return true;
        }
        if (c == '[' || c == '{') {
            depth++;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
        hostbuf_add_char(out, c);
        lexer_advance(l);
    }
}

enum token_kind fstring_field(struct lexer *l, struct hostbuf *out) {
    lexer_advance(l);
    if (lexer_peek(l, 0) == '{') {
        lexer_advance(l);
        hostbuf_add(out, "{{", 2);
        return T_STRING;
    }
    if (l->injected > l->inject_most) {
        return T_MALFORMED;
    }
    size_t opening = l->fields.len;
    hostbuf_add_char(&l->fields, '(');
    size_t start = l->fields.len;
    if (!read_expression(l, &l->fields)) {
        return T_INVALID;
    }
    size_t len = l->fields.len - start;
    if (len > 0 && l->fields.data[l->fields.len - 1] == '=') {
        hostbuf_add(out, l->fields.data + start, len);
        l->fields.len--;
        len--;
    }
    if (len == 0) {
        l->fields.len = opening;
        return T_MALFORMED;
    }
    hostbuf_add(&l->fields, "),", 2);
    hostbuf_add_char(out, '{');
    return T_STRING;
}

// ---- t-strings ------------------------------------------------------------------------------------------------------

struct tstring {
    struct lexer *l;
    int quote;
    bool raw, triple;
    struct hostbuf parts;  // `'a','b',`
    struct hostbuf part;   // the one being read
    struct hostbuf values; // what comes behind the parts
    struct hostbuf scratch;
    size_t n_fields;
};

static void tstring_quotes(const struct tstring *t, struct hostbuf *out) {
    for (int i = 0; i < (t->triple ? 3 : 1); i++) {
        hostbuf_add_char(out, t->quote);
    }
}

static void tstring_end_part(struct tstring *t) {
    tstring_quotes(t, &t->parts);
    hostbuf_add(&t->parts, t->part.data, t->part.len);
    tstring_quotes(t, &t->parts);
    hostbuf_add_char(&t->parts, ',');
    t->part.len = 0;
}

static bool tstring_at_end(const struct tstring *t) {
    const struct lexer *l = t->l;
    return lexer_peek(l, 0) == t->quote && (!t->triple || (lexer_peek(l, 1) == t->quote && lexer_peek(l, 2) == t->quote));
}

// One character of a part or format, as it must be written to be read again. False: the literal is broken here.
static bool tstring_copy(struct tstring *t, struct hostbuf *out) {
    struct lexer *l = t->l;
    int c = lexer_peek(l, 0);
    if (c < 0 || (c == '\n' && !t->triple)) {
        return false;
    }
    lexer_advance(l);
    if (c == '\n') {
        hostbuf_add(out, "\\n", 2);
        return true;
    }
    if (c != '\\') {
        hostbuf_add_char(out, c);
        return true;
    }
    if (t->raw) {
        hostbuf_add(out, "\\\\", 2);
        return true;
    }
    int next = lexer_peek(l, 0);
    if (next < 0) {
        return false;
    }
    lexer_advance(l);
    hostbuf_add_char(out, c);
    hostbuf_add_char(out, next);
    return true;
}

// Text of an expression or format as a literal in single quotation marks.
static void tstring_quoted(struct tstring *t, const char *text, size_t len, bool escape) {
    hostbuf_add_char(&t->values, t->quote);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\n') {
            hostbuf_add(&t->values, "\\n", 2);
            continue;
        }
        if (escape && (text[i] == '\\' || text[i] == '\'' || text[i] == '"')) {
            hostbuf_add_char(&t->values, '\\');
        }
        hostbuf_add_char(&t->values, text[i]);
    }
    hostbuf_add_char(&t->values, t->quote);
}

// The format behind `:`; it may hold fields, then it is written as an f-string.
static bool tstring_format(struct tstring *t) {
    struct lexer *l = t->l;
    t->scratch.len = 0;
    unsigned depth = 0;
    bool nested = false;
    for (;;) {
        int c = lexer_peek(l, 0);
        if (c == '}' && depth == 0) {
            break;
        }
        if (c < 0 || (depth == 0 && tstring_at_end(t))) {
            return false;
        }
        if (c == '{') {
            depth++;
            nested = true;
        } else if (c == '}') {
            depth--;
        }
        if (depth > 0) {
            hostbuf_add_char(&t->scratch, c);
            lexer_advance(l);
        } else if (!tstring_copy(t, &t->scratch)) {
            return false;
        }
    }
    hostbuf_add(&t->values, "f", nested ? 1 : 0);
    tstring_quoted(t, t->scratch.data, t->scratch.len, false);
    return true;
}

// At a single `{`.
static enum token_kind tstring_field(struct tstring *t) {
    struct lexer *l = t->l;
    lexer_advance(l);
    t->scratch.len = 0;
    if (l->injected > l->inject_most || !read_expression(l, &t->scratch)) {
        return T_MALFORMED;
    }
    size_t len = t->scratch.len;
    const char *text = t->scratch.data;
    bool echo = len > 0 && text[len - 1] == '=';
    if (echo) {
        hostbuf_add(&t->part, text, len);
        len--;
    }
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t' || text[len - 1] == '\n')) {
        len--;
    }
    if (len == 0) {
        return T_MALFORMED;
    }
    tstring_end_part(t);
    t->n_fields++;
    hostbuf_add_char(&t->values, '(');
    hostbuf_add(&t->values, text, len);
    hostbuf_add(&t->values, "),", 2);
    tstring_quoted(t, text, len, true);
    hostbuf_add_char(&t->values, ',');
    if (lexer_peek(l, 0) == '!') {
        lexer_advance(l);
        hostbuf_add_char(&t->values, t->quote);
        hostbuf_add_char(&t->values, lexer_peek(l, 0));
        hostbuf_add_char(&t->values, t->quote);
        lexer_advance(l);
    } else if (echo && lexer_peek(l, 0) != ':') {
        hostbuf_add_char(&t->values, t->quote);
        hostbuf_add_char(&t->values, 'r');
        hostbuf_add_char(&t->values, t->quote);
    } else {
        hostbuf_add_text(&t->values, "None");
    }
    hostbuf_add_char(&t->values, ',');
    if (lexer_peek(l, 0) == ':') {
        lexer_advance(l);
        if (!tstring_format(t)) {
            return T_MALFORMED;
        }
    } else {
        tstring_quoted(t, "", 0, false);
    }
    hostbuf_add_char(&t->values, ',');
    lexer_advance(l); // the closing brace
    return T_NAME;
}

static enum token_kind tstring_body(struct tstring *t) {
    struct lexer *l = t->l;
    bool malformed = false; // told only when the literal has an end
    while (!tstring_at_end(t)) {
        int c = lexer_peek(l, 0);
        if ((c == '{' || c == '}') && lexer_peek(l, 1) == c) {
            lexer_advance(l);
            lexer_advance(l);
            hostbuf_add_char(&t->part, c);
        } else if (c == '{') {
            enum token_kind kind = tstring_field(t);
            if (kind != T_NAME) {
                return kind;
            }
        } else if (c == '}') {
            malformed = true;
            lexer_advance(l);
        } else if (!tstring_copy(t, &t->part)) {
            return T_INVALID;
        }
    }
    for (int i = 0; i < (t->triple ? 3 : 1); i++) {
        lexer_advance(l);
    }
    tstring_end_part(t);
    return malformed ? T_MALFORMED : T_NAME;
}

enum { MANY_FIELDS = 63 };

static void tstring_inject(struct tstring *t, bool unfinished) {
    struct lexer *l = t->l;
    bool many = t->n_fields > MANY_FIELDS;
    struct hostbuf all = {0};
    hostbuf_add_text(&all, "((");
    hostbuf_add(&all, t->parts.data, t->parts.len);
    hostbuf_add_text(&all, "),");
    hostbuf_add_text(&all, many ? "(" : "");
    hostbuf_add(&all, t->values.data, t->values.len);
    hostbuf_add_text(&all, many ? ")" : "");
    hostbuf_add_text(&all, unfinished ? "" : ")");
    lexer_inject(l, all.data, all.len);
    hostbuf_free(&all);
}

enum token_kind tstring_read(struct lexer *l, bool raw) {
    struct tstring t = {.l = l, .quote = lexer_peek(l, 0), .raw = raw};
    t.triple = lexer_peek(l, 1) == t.quote && lexer_peek(l, 2) == t.quote;
    for (int i = 0; i < (t.triple ? 3 : 1); i++) {
        lexer_advance(l);
    }
    enum token_kind kind = tstring_body(&t);
    if (kind == T_NAME) {
        lexer_skip_blanks(l, l->nesting > 0);
        int next = lexer_peek(l, 0), quote = lexer_peek(l, 1);
        // the reference loses the closing parenthesis before an adjacent template: the error shows at the end of the text
        bool adjacent = t.n_fields == 0 && next == 't' && (quote == '"' || quote == '\'');
        tstring_inject(&t, adjacent);
        hostbuf_add_text(&l->spelling, "__template__");
    }
    hostbuf_free(&t.parts);
    hostbuf_free(&t.part);
    hostbuf_free(&t.values);
    hostbuf_free(&t.scratch);
    return kind;
}
