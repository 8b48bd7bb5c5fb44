// SPDX-License-Identifier: MIT
// The grammar of expressions (spec/bytecode.md 10, 15): one function per level, lowest precedence first.
//
// parser_cost() is called where the reference completes the node; levels with a single operand leave no node. See the table of shapes
// in README.md.

#include "builder.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

// How much deeper the reference's rule stack is inside each bracket, and at the later parts of some constructs; measured.
enum { RULES_PAREN = 16, RULES_LIST = 16, RULES_BRACE = 15, RULES_TRAILER = 17, RULES_NEXT_ITEM = 2, RULES_KEYWORD = 2, RULES_STAR = 1,
    RULES_VALUE = 1, RULES_SLICE = 2, RULES_STEP = 3, RULES_LAMBDA = 2, RULES_LAMBDA_DEFAULT = 6, RULES_DEFAULT = 3, RULES_CONDITION = 1,
    RULES_ELSE = 2, RULES_PREFIX = 2, RULES_POWER = 2, RULES_AWAIT = 1, RULES_WALRUS = 1, RULES_TARGET = -2, RULES_CLAUSE = 2,
    RULES_COMP_IF = 1, RULES_YIELD = 2, RULES_YIELD_FROM = 3 };

bool at_expression(const struct parser *p) {
    switch (token(p)) {
        case T_NAME: case T_INTEGER: case T_FLOAT: case T_STRING: case T_BYTES: case T_FALSE: case T_NONE: case T_TRUE: case T_DEBUG:
        case T_AWAIT: case T_LAMBDA: case T_NOT: case T_ELLIPSIS: case T_LPAREN: case T_LBRACKET: case T_LBRACE: case T_PLUS: case T_MINUS:
        case T_TILDE:
            return true;
        default:
            return false;
    }
}

// ---- literals -------------------------------------------------------------------------------------------------------

static tree_t constant(struct parser *p, obj_t value, uint32_t line) {
    tree_t t = const_new(p, value, line);
    parser_cost(p, 1);
    return t;
}

_Noreturn static void bad_integer(struct parser *p, int base, const char *digits, size_t len) {
    char head[64];
    int n = 0;
    static const char text[] = "invalid syntax for integer with base ";
    memcpy(head, text, sizeof(text) - 1);
    n = (int)sizeof(text) - 1;
    if (base >= 10) {
        head[n++] = (char)('0' + base / 10);
    }
    head[n++] = (char)('0' + base % 10);
    head[n++] = ':';
    head[n++] = ' ';
    head[n++] = '\'';
    struct text_buffer b;
    text_buffer_init(&b, (size_t)n + len + 2);
    text_buffer_add(&b, head, (size_t)n);
    text_buffer_add(&b, digits, len);
    text_buffer_add(&b, "'", 1);
    parser_raise(p, token_line(p), text_buffer_str(&b));
}

static tree_t parse_integer(struct parser *p) {
    const char *text = p->lex.token.text;
    size_t len = p->lex.token.len;
    int base = 10, shown = 10;
    if (text[0] == '0' && len > 1) {
        int letter = text[1] | 0x20;
        base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
        shown = base == 10 ? 0 : base;
    }
    if (base != 10) {
        text += 2;
        len -= 2;
    }
    bool good = len > 0;
    size_t zeros = 0;
    for (size_t i = 0; i < len; i++) {
        int c = text[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (c | 0x20) - 'a' + 10 : 99;
        good &= digit < base;
        zeros += c == '0';
    }
    if (!good || (shown == 0 && zeros != len)) {
        bad_integer(p, shown, text, len);
    }
    bool ok = false;
    obj_t value = int_parse(text, len, base, &ok);
    if (!ok) {
        bad_integer(p, shown, text, len);
    }
    uint32_t line = token_line(p);
    parser_next(p);
    tree_t t = leaf_int(p, value);
    if (!t->leaf) {
        t->line = line;
        parser_cost(p, 1);
    }
    return t;
}

static size_t count_digits(const char *text, size_t len, size_t *at) {
    size_t n = 0;
    while (*at < len && text[*at] >= '0' && text[*at] <= '9') {
        ++*at;
        n++;
    }
    return n;
}

// digits [. digits] [e [sign] digits], at least one digit on either side of the point
static bool is_decimal(const char *text, size_t len) {
    size_t at = 0;
    size_t n = count_digits(text, len, &at);
    if (at < len && text[at] == '.') {
        at++;
        n += count_digits(text, len, &at);
    }
    if (n == 0) {
        return false;
    }
    if (at < len && (text[at] | 0x20) == 'e') {
        at++;
        at += at < len && (text[at] == '+' || text[at] == '-');
        if (count_digits(text, len, &at) == 0) {
            return false;
        }
    }
    return at == len;
}

static tree_t parse_float(struct parser *p) {
    const char *text = p->lex.token.text;
    size_t len = p->lex.token.len;
    uint32_t line = token_line(p);
    bool imaginary = (text[len - 1] | 0x20) == 'j';
    len -= imaginary;
    if (!is_decimal(text, len)) {
        parser_raise(p, line, str_new_rom("invalid syntax for number"));
    }
    double value = 0;
    size_t used;
    if (p->options->cross) {
        value = float_parse_extended(text, len);
    } else {
        float_parse(text, len, &value, &used);
    }
    obj_t number = imaginary ? complex_new(0, value) : float_new(value);
    parser_next(p);
    return constant(p, number, line);
}

enum { INTERN_MAX = 10 };

// Is this text a leaf (10.2), and which? 0: a constant object.
static qstr_t interned_literal(const struct parser *p, const char *text, size_t len) {
    if (len <= INTERN_MAX) {
        return intern(text, len);
    }
    qstr_t known = intern_find(text, len);
    if (known == 0 || !p->options->cross) {
        return known;
    }
    bool takes = qstr_is_cross(known) || known == p->options->file || known == p->options->embedded || parser_has_seen(p, known);
    return takes ? known : 0;
}

// Well-formed as far as it can be walked character by character; surrogates pass, as \ud800 makes them, and so do spare continuation
// bytes, as a non-ASCII character behind a backslash makes them.
static bool text_walkable(const char *text, size_t len) {
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
        if ((c & 0xc0) == 0x80 && i > 0) {
            n = 1;
        }
        if (n == 0 || n > len - i) {
            return false;
        }
        for (size_t k = 1; k < n; k++) {
            if (((unsigned char)text[i + k] & 0xc0) != 0x80) {
                return false;
            }
        }
        i += n;
    }
    return true;
}

static tree_t parse_string(struct parser *p) {
    const char *text = p->lex.token.text;
    size_t len = p->lex.token.len;
    uint32_t line = token_line(p);
    if (!p->options->cross && !text_walkable(text, len)) {
        raise_type(&type_UnicodeError);
    }
    qstr_t leaf = interned_literal(p, text, len);
    if (leaf) {
        parser_next(p);
        tree_t t = leaf_new(p, N_STR);
        t->name = leaf;
        return t;
    }
    obj_t value = str_of_type(&type_str, text, len);
    arena_keep(p->tree->arena, value);
    parser_next(p);
    return constant(p, value, line);
}

static tree_t parse_bytes(struct parser *p) {
    uint32_t line = token_line(p);
    obj_t value = bytes_new(p->lex.token.text, p->lex.token.len);
    arena_keep(p->tree->arena, value);
    parser_next(p);
    return constant(p, value, line);
}

static tree_t parse_name(struct parser *p) {
    uint32_t line = token_line(p);
    qstr_t name = parser_name(p);
    obj_t value;
    return named_find(p, name, &value) ? tree_of_value(p, value, line) : leaf_name(p, name);
}

// ---- comprehensions -------------------------------------------------------------------------------------------------

static tree_t parse_or(struct parser *p);
static tree_t parse_lambda(struct parser *p, tree_t (*body)(struct parser *));

static tree_t parse_no_condition(struct parser *p) {
    return token(p) == T_LAMBDA ? parse_lambda(p, parse_no_condition) : parse_or(p);
}

static tree_t parse_target(struct parser *p) {
    return parse_exprlist(p, false);
}

// The element has been read; pushes the clauses. The nodes of the board nest: each clause holds the next.
static void parse_clauses(struct parser *p) {
    size_t mark = p->n;
    int rules = 0;
    while (token(p) == T_FOR || (token(p) == T_IF && p->n > mark)) {
        uint32_t line = token_line(p);
        size_t parts = p->n;
        if (parser_accept(p, T_IF)) {
            parser_push(p, parse_deeper(p, rules - RULES_CLAUSE + RULES_COMP_IF, parse_no_condition), line);
            parser_push(p, node_collect(p, N_COMP_IF, line, parts), line);
            continue;
        }
        parser_next(p);
        parser_push(p, parse_deeper(p, rules + RULES_TARGET, parse_target), line);
        parser_expect(p, T_IN);
        parser_push(p, parse_deeper(p, rules, parse_or), line);
        rules += RULES_CLAUSE;
        parser_push(p, node_collect(p, N_COMP_FOR, line, parts), line);
    }
    for (size_t i = p->n; i > mark; i--) {
        parser_cost(p, p->stack[i - 1].tree->kind == N_COMP_IF ? 2 : 4);
    }
}

// With the element on the stack at mark: the whole comprehension.
static tree_t parse_comprehension(struct parser *p, enum tree_kind kind, uint32_t line, size_t mark) {
    uint32_t inner = p->stack[mark].line;
    parse_clauses(p);
    tree_t t = node_collect(p, kind, line, mark);
    t->inner = inner;
    parser_cost(p, 2);
    return t;
}

// ---- brackets -------------------------------------------------------------------------------------------------------

tree_t parse_star_or(struct parser *p, tree_t (*plain)(struct parser *)) {
    if (token(p) != T_STAR) {
        return plain(p);
    }
    uint32_t line = token_line(p);
    parser_next(p);
    size_t mark = p->n;
    parser_push(p, parse_bitwise(p), line);
    parser_cost(p, 1);
    return node_collect(p, N_STAR, line, mark);
}

// Items behind the first, which is on the stack: `, item` ... [,]. Returns whether a comma ends the list.
static bool parse_more(struct parser *p, enum token_kind close, int rules, tree_t (*item)(struct parser *)) {
    bool comma = false;
    while (token(p) == T_COMMA) {
        parser_next(p);
        comma = true;
        if (token(p) == close) {
            break;
        }
        uint32_t line = token_line(p);
        parser_push(p, parse_deeper(p, rules, item), line);
        comma = false;
    }
    return comma;
}

static tree_t parse_element(struct parser *p) {
    return parse_star_or(p, parse_walrus);
}

static tree_t paren_rest(struct parser *p, uint32_t line, size_t mark) {
    uint32_t first = token_line(p);
    parser_push(p, parse_element(p), first);
    if (token(p) == T_FOR) {
        tree_t t = parse_comprehension(p, N_GENEXP, line, mark);
        parser_cost(p, 1);
        return t;
    }
    if (token(p) != T_COMMA) {
        return p->stack[--p->n].tree;
    }
    bool comma = parse_more(p, T_RPAREN, RULES_NEXT_ITEM, parse_element);
    size_t n = p->n - mark;
    if (n == 1) {
        parser_cost(p, 1);
    }
    tree_t t = fold_tuple(p, mark, n > 2 || (n == 2 && comma));
    if (t) {
        return t;
    }
    t = node_collect(p, N_TUPLE, line, mark);
    t->paren = true;
    parser_cost(p, n);
    parser_cost(p, 1);
    return t;
}

static tree_t parse_paren(struct parser *p) {
    uint32_t line = token_line(p);
    tree_t t;
    parser_next(p);
    if (token(p) == T_RPAREN) {
        t = node_new(p, N_TUPLE, line, 0);
        t->paren = true;
        parser_cost(p, 1);
    } else if (token(p) == T_YIELD) {
        t = parse_yield(p);
    } else {
        t = paren_rest(p, line, p->n);
    }
    parser_expect(p, T_RPAREN);
    return t;
}

static tree_t parse_list(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t;
    parser_next(p);
    if (token(p) == T_RBRACKET) {
        t = node_new(p, N_LIST, line, 0);
    } else {
        uint32_t first = token_line(p);
        parser_push(p, parse_element(p), first);
        if (token(p) == T_FOR) {
            t = parse_comprehension(p, N_LISTCOMP, line, mark);
        } else {
            bool comma = parse_more(p, T_RBRACKET, RULES_NEXT_ITEM, parse_element);
            size_t n = p->n - mark;
            if (n == 1 && comma) {
                parser_cost(p, 1);
            }
            if (n > 1 || comma) {
                parser_cost(p, n);
            }
            t = node_collect(p, N_LIST, line, mark);
        }
    }
    parser_cost(p, 1);
    parser_expect(p, T_RBRACKET);
    return t;
}

// An element of a set or dict display: test, or test ':' test
static tree_t parse_dict_item(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t key = parse_test(p);
    if (!parser_accept(p, T_COLON)) {
        return key;
    }
    parser_push(p, key, line);
    parser_push(p, parse_deeper(p, RULES_VALUE, parse_test), line);
    parser_cost(p, 2);
    return node_collect(p, N_PAIR, line, mark);
}

static tree_t parse_braces(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t;
    parser_next(p);
    if (token(p) == T_RBRACE) {
        t = node_new(p, N_DICT, line, 0);
    } else {
        uint32_t first_line = token_line(p);
        tree_t first = parse_dict_item(p);
        parser_push(p, first, first_line);
        bool pairs = first->kind == N_PAIR;
        if (token(p) == T_FOR) {
            t = parse_comprehension(p, pairs ? N_DICTCOMP : N_SETCOMP, line, mark);
        } else {
            bool comma = parse_more(p, T_RBRACE, RULES_NEXT_ITEM, parse_dict_item);
            size_t n = p->n - mark;
            if (n > 2 || (n == 2 && comma)) {
                parser_cost(p, n - 1);
            }
            if (n > 1 || comma) {
                parser_cost(p, 1);
                parser_cost(p, 2);
            }
            t = node_collect(p, pairs ? N_DICT : N_SET, line, mark);
        }
    }
    parser_cost(p, 1);
    parser_expect(p, T_RBRACE);
    return t;
}

static tree_t parse_word(struct parser *p, enum tree_kind kind) {
    parser_next(p);
    return leaf_new(p, kind);
}

static tree_t parse_atom(struct parser *p) {
    poll_keyboard();
    parser_depth(p, 1);
    switch (token(p)) {
        case T_NAME:
            return parse_name(p);
        case T_INTEGER:
            return parse_integer(p);
        case T_FLOAT:
            return parse_float(p);
        case T_STRING:
            return parse_string(p);
        case T_BYTES:
            return parse_bytes(p);
        case T_NONE:
            return parse_word(p, N_NONE);
        case T_TRUE:
            return parse_word(p, N_TRUE);
        case T_FALSE:
            return parse_word(p, N_FALSE);
        case T_ELLIPSIS:
            return parse_word(p, N_ELLIPSIS);
        case T_DEBUG:
            return parse_word(p, p->options->optimise ? N_FALSE : N_TRUE);
        case T_LPAREN:
            return parse_deeper(p, RULES_PAREN, parse_paren);
        case T_LBRACKET:
            return parse_deeper(p, RULES_LIST, parse_list);
        case T_LBRACE:
            return parse_deeper(p, RULES_BRACE, parse_braces);
        default:
            parser_fail(p);
    }
}

// ---- trailers -------------------------------------------------------------------------------------------------------

static tree_t parse_argument(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    if (token(p) == T_STAR || token(p) == T_POW) {
        enum tree_kind kind = token(p) == T_STAR ? N_STAR : N_DSTAR;
        parser_next(p);
        parser_push(p, parse_deeper(p, RULES_STAR, parse_test), line);
        parser_cost(p, 1);
        return node_collect(p, kind, line, mark);
    }
    tree_t t = parse_test(p);
    if (token(p) == T_FOR) {
        parser_push(p, t, line);
        t = parse_comprehension(p, N_GENEXP, line, mark);
        t->paren = true;
        return t;
    }
    if (token(p) != T_ASSIGN && token(p) != T_WALRUS) {
        return t;
    }
    bool walrus = token(p) == T_WALRUS;
    parser_next(p);
    if (walrus) {
        parser_push(p, t, line);
    }
    parser_push(p, parse_deeper(p, RULES_KEYWORD, parse_test), line);
    if (walrus) {
        parser_cost(p, 1);
    }
    qstr_t name = !walrus && t->kind == N_NAME ? t->name : 0;
    t = node_collect(p, walrus ? N_WALRUS : N_KWARG, line, mark);
    t->name = name;
    t->paren = walrus;
    parser_cost(p, 2);
    return t;
}

size_t parse_arguments(struct parser *p, enum token_kind close, bool *comma) {
    size_t mark = p->n;
    *comma = false;
    if (token(p) != close) {
        uint32_t line = token_line(p);
        parser_push(p, parse_argument(p), line);
        *comma = parse_more(p, close, 0, parse_argument);
    }
    size_t n = p->n - mark;
    if (n > 1 || *comma) {
        parser_cost(p, n);
    }
    return n;
}

static tree_t parse_call(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    bool comma;
    parser_next(p);
    parse_arguments(p, T_RPAREN, &comma);
    parser_expect(p, T_RPAREN);
    parser_cost(p, 1);
    tree_t t = node_collect(p, N_CALL, line, mark);
    t->op = comma;
    return t;
}

// test, or [test] ':' [test] [':' [test]]
static tree_t parse_subscript(struct parser *p) {
    uint32_t line = token_line(p);
    tree_t part[3] = {TREE_NULL, TREE_NULL, TREE_NULL};
    if (token(p) != T_COLON) {
        part[0] = parse_test(p);
        if (token(p) != T_COLON) {
            return part[0];
        }
    }
    parser_next(p);
    bool second = token(p) != T_COMMA && token(p) != T_RBRACKET && token(p) != T_COLON;
    if (second) {
        part[1] = parse_deeper(p, RULES_SLICE, parse_test);
    }
    bool colon = parser_accept(p, T_COLON);
    if (colon && token(p) != T_COMMA && token(p) != T_RBRACKET) {
        part[2] = parse_deeper(p, RULES_STEP, parse_test);
    }
    if (colon) {
        parser_cost(p, 1);
    }
    if (colon && second) {
        parser_cost(p, 2);
    }
    parser_cost(p, 1);
    if (part[0]) {
        parser_cost(p, 2);
    }
    tree_t t = node_new(p, N_SLICE, line, part[2] ? 3 : 2);
    memcpy(t->child, part, t->n * sizeof(part[0]));
    return t;
}

static tree_t parse_index(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    uint32_t first = token_line(p);
    parser_push(p, parse_subscript(p), first);
    bool comma = parse_more(p, T_RBRACKET, 0, parse_subscript);
    size_t n = p->n - mark;
    if (n > 1 || comma) {
        tree_t t = fold_tuple(p, mark, false);
        if (!t) {
            t = node_collect(p, N_TUPLE, first, mark);
            parser_cost(p, n);
        }
        parser_push(p, t, first);
    }
    parser_expect(p, T_RBRACKET);
    parser_cost(p, 1);
    return node_collect(p, N_SUBSCR, line, mark);
}

static tree_t parse_attribute(struct parser *p) {
    tree_t t = node_new(p, N_ATTR, token_line(p), 0);
    parser_next(p);
    t->name = parser_name(p);
    parser_cost(p, 1);
    return t;
}

static tree_t parse_trailers(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    bool awaits = parser_accept(p, T_AWAIT);
    parser_push(p, parse_deeper(p, awaits ? RULES_AWAIT : 0, parse_atom), line);
    for (;;) {
        uint32_t at = token_line(p);
        enum token_kind kind = token(p);
        if (kind != T_LPAREN && kind != T_LBRACKET && kind != T_DOT) {
            break;
        }
        tree_t (*trailer)(struct parser *) = kind == T_LPAREN ? parse_call : kind == T_LBRACKET ? parse_index : parse_attribute;
        parser_push(p, parse_deeper(p, RULES_TRAILER, trailer), at);
    }
    size_t n = p->n - mark;
    if (n > 2) {
        parser_cost(p, n - 1);
    }
    if (n > 1 || awaits) {
        parser_cost(p, 2);
    }
    tree_t t = n == 1 ? p->stack[--p->n].tree : node_collect(p, N_TRAILERS, awaits ? 0 : line, mark);
    if (!awaits) {
        return n == 1 ? t : fold_trailers(p, t);
    }
    parser_push(p, t, line);
    return node_collect(p, N_AWAIT, line, mark);
}

// ---- operators ------------------------------------------------------------------------------------------------------

static tree_t parse_factor(struct parser *p);

static tree_t parse_power(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t = parse_trailers(p);
    if (!parser_accept(p, T_POW)) {
        return t;
    }
    parser_push(p, t, line);
    parser_push(p, parse_deeper(p, RULES_POWER, parse_factor), line);
    return fold_binary(p, node_collect(p, N_POWER, line, mark));
}

static tree_t parse_factor(struct parser *p) {
    enum token_kind kind = token(p);
    if (kind != T_PLUS && kind != T_MINUS && kind != T_TILDE) {
        return parse_power(p);
    }
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, leaf_op(p, kind == T_PLUS ? OP_POSITIVE : kind == T_MINUS ? OP_NEGATIVE : OP_INVERT), line);
    parser_push(p, parse_deeper(p, RULES_PREFIX, parse_factor), line);
    return fold_unary(p, node_collect(p, N_UNARY, line, mark));
}

enum { LEVEL_BAR, LEVEL_CARET, LEVEL_AMPERSAND, LEVEL_SHIFT, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_FACTOR };
struct binary {
    int level;
    enum binary_op op;
};

static bool token_binary(enum token_kind kind, struct binary *out) {
    static const struct {
        uint8_t kind, level, op;
    } table[] = {
        {T_BAR, LEVEL_BAR, OP_OR},       {T_CARET, LEVEL_CARET, OP_XOR},         {T_AMPERSAND, LEVEL_AMPERSAND, OP_AND},
        {T_LSHIFT, LEVEL_SHIFT, OP_LSHIFT}, {T_RSHIFT, LEVEL_SHIFT, OP_RSHIFT},  {T_PLUS, LEVEL_SUM, OP_ADD},
        {T_MINUS, LEVEL_SUM, OP_SUB},    {T_STAR, LEVEL_PRODUCT, OP_MUL},        {T_AT, LEVEL_PRODUCT, OP_MATMUL},
        {T_SLASH, LEVEL_PRODUCT, OP_TRUEDIV}, {T_PERCENT, LEVEL_PRODUCT, OP_MOD}, {T_FLOORDIV, LEVEL_PRODUCT, OP_FLOORDIV},
    };
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i].kind == kind) {
            *out = (struct binary){table[i].level, (enum binary_op)table[i].op};
            return true;
        }
    }
    return false;
}

// Everything that binds at least as tightly as `lowest`. A run of operators of one level is one node.
static tree_t parse_binary(struct parser *p, int lowest) {
    uint32_t line = token_line(p);
    tree_t t = parse_factor(p);
    struct binary next;
    while (token_binary(token(p), &next) && next.level >= lowest) {
        int level = next.level;
        size_t mark = p->n;
        parser_push(p, t, line);
        do {
            parser_push(p, leaf_op(p, next.op), line);
            parser_next(p);
            uint32_t right = token_line(p);
            parser_push(p, parse_binary(p, level + 1), right);
        } while (token_binary(token(p), &next) && next.level == level);
        t = fold_binary(p, node_collect(p, N_BINARY, line, mark));
    }
    return t;
}

tree_t parse_bitwise(struct parser *p) {
    return parse_binary(p, LEVEL_BAR);
}

// A comparison operator here, passed; false: none. Two-word ones are a node on the board.
static bool parse_comparator(struct parser *p, unsigned *op) {
    static const struct {
        uint8_t kind, op;
    } table[] = {{T_LT, OP_LT}, {T_GT, OP_GT}, {T_EQ, OP_EQ}, {T_LE, OP_LE}, {T_GE, OP_GE}, {T_NE, OP_NE}, {T_IN, OP_IN}};
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (parser_accept(p, (enum token_kind)table[i].kind)) {
            *op = table[i].op;
            return true;
        }
    }
    if (parser_accept(p, T_NOT)) {
        parser_expect(p, T_IN);
        *op = TREE_NOT_IN;
        parser_cost(p, 0);
        return true;
    }
    if (parser_accept(p, T_IS)) {
        *op = OP_IS;
        if (parser_accept(p, T_NOT)) {
            *op = TREE_IS_NOT;
            parser_cost(p, 0);
        }
        parser_cost(p, 1);
        return true;
    }
    return false;
}

static tree_t parse_comparison(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t = parse_bitwise(p);
    unsigned op;
    while (parse_comparator(p, &op)) {
        if (p->n == mark) {
            parser_push(p, t, line);
        }
        parser_push(p, leaf_op(p, op), line);
        uint32_t right = token_line(p);
        parser_push(p, parse_bitwise(p), right);
    }
    if (p->n == mark) {
        return t;
    }
    parser_cost(p, p->n - mark);
    return node_collect(p, N_COMPARE, line, mark);
}

static tree_t parse_not(struct parser *p) {
    if (token(p) != T_NOT) {
        return parse_comparison(p);
    }
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_deeper(p, RULES_PREFIX, parse_not), line);
    return fold_not(p, node_collect(p, N_NOT, line, mark));
}

// One level of `and` or `or`
static tree_t parse_logic(struct parser *p, enum token_kind word, enum tree_kind kind, tree_t (*operand)(struct parser *)) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t = operand(p);
    while (parser_accept(p, word)) {
        if (p->n == mark) {
            parser_push(p, t, line);
        }
        uint32_t next = token_line(p);
        parser_push(p, operand(p), next);
    }
    return p->n == mark ? t : fold_logic(p, node_collect(p, kind, line, mark));
}

static tree_t parse_and(struct parser *p) {
    return parse_logic(p, T_AND, N_AND, parse_not);
}

static tree_t parse_or(struct parser *p) {
    return parse_logic(p, T_OR, N_OR, parse_and);
}

static tree_t parse_lambda(struct parser *p, tree_t (*body)(struct parser *)) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    parser_push(p, parse_params(p, T_COLON, false), line);
    parser_expect(p, T_COLON);
    parser_push(p, parse_deeper(p, RULES_LAMBDA, body), line);
    parser_cost(p, 3);
    return node_collect(p, N_LAMBDA, line, mark);
}

static tree_t parse_conditional(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t then = parse_or(p);
    if (!parser_accept(p, T_IF)) {
        return then;
    }
    parser_push(p, then, line);
    parser_push(p, parse_deeper(p, RULES_CONDITION, parse_or), line);
    parser_expect(p, T_ELSE);
    parser_push(p, parse_deeper(p, RULES_ELSE, parse_test), line);
    parser_cost(p, 2);
    parser_cost(p, 2);
    tree_t t = node_collect(p, N_IF_EXP, line, mark);
    t->child[0] = t->child[1];
    t->child[1] = then;
    return t;
}

tree_t parse_test(struct parser *p) {
    return token(p) == T_LAMBDA ? parse_lambda(p, parse_test) : parse_conditional(p);
}

tree_t parse_walrus(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t = parse_test(p);
    if (!parser_accept(p, T_WALRUS)) {
        return t;
    }
    parser_push(p, t, line);
    parser_push(p, parse_deeper(p, RULES_WALRUS, parse_test), line);
    parser_cost(p, 2);
    return node_collect(p, N_WALRUS, line, mark);
}

// ---- lists without brackets -----------------------------------------------------------------------------------------

static tree_t parse_star_test(struct parser *p) {
    return parse_star_or(p, parse_test);
}

tree_t parse_testlist(struct parser *p, bool stars) {
    tree_t (*item)(struct parser *) = stars ? parse_star_test : parse_test;
    uint32_t line = token_line(p);
    size_t mark = p->n;
    tree_t t = item(p);
    if (token(p) != T_COMMA) {
        return t;
    }
    parser_push(p, t, line);
    while (parser_accept(p, T_COMMA)) {
        if (!at_expression(p) && !(stars && token(p) == T_STAR)) {
            break;
        }
        uint32_t next = token_line(p);
        parser_push(p, item(p), next);
    }
    size_t n = p->n - mark;
    t = fold_tuple(p, mark, false);
    if (!t) {
        t = node_collect(p, N_TUPLE, line, mark);
        parser_cost(p, n);
    }
    return t;
}

tree_t parse_tests(struct parser *p) {
    return parse_testlist(p, false);
}

static tree_t parse_star_bitwise(struct parser *p) {
    return parse_star_or(p, parse_bitwise);
}

tree_t parse_exprlist(struct parser *p, bool flat) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_push(p, parse_star_bitwise(p), line);
    bool comma = false;
    while (parser_accept(p, T_COMMA)) {
        comma = true;
        if (token(p) != T_STAR && !(at_expression(p) && token(p) != T_NOT && token(p) != T_LAMBDA)) {
            break;
        }
        uint32_t next = token_line(p);
        parser_push(p, parse_star_bitwise(p), next);
    }
    if (comma) {
        parser_cost(p, p->n - mark);
    }
    if (flat) {
        return TREE_NULL;
    }
    return comma ? node_collect(p, N_TUPLE, line, mark) : p->stack[--p->n].tree;
}

tree_t parse_yield(struct parser *p) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    parser_next(p);
    if (parser_accept(p, T_FROM)) {
        parser_push(p, parse_deeper(p, RULES_YIELD_FROM, parse_test), line);
        parser_cost(p, 1);
        parser_cost(p, 1);
        return node_collect(p, N_YIELD_FROM, line, mark);
    }
    parser_push(p, at_expression(p) ? parse_deeper(p, RULES_YIELD, parse_tests) : TREE_NULL, line);
    parser_cost(p, 1);
    return node_collect(p, N_YIELD, line, mark);
}

// ---- parameters -----------------------------------------------------------------------------------------------------

static tree_t parse_param(struct parser *p, bool annotations) {
    uint32_t line = token_line(p);
    enum param_kind kind = PARAM_PLAIN;
    if (token(p) == T_STAR || token(p) == T_POW) {
        kind = token(p) == T_POW ? PARAM_DSTAR : PARAM_STAR;
        parser_next(p);
    }
    tree_t t = node_new(p, N_PARAM, line, 2);
    if (kind == PARAM_STAR && token(p) != T_NAME) {
        kind = PARAM_BARE_STAR;
    } else {
        t->name = parser_name(p);
        parser_push(p, t, line);
        if (annotations && parser_accept(p, T_COLON)) {
            t->child[1] = parse_deeper(p, RULES_DEFAULT, parse_test);
        }
        if (kind == PARAM_PLAIN && parser_accept(p, T_ASSIGN)) {
            t->child[0] = parse_deeper(p, annotations ? RULES_DEFAULT : RULES_LAMBDA_DEFAULT, parse_test);
        }
        p->n--;
    }
    t->op = (uint8_t)kind;
    if (kind != PARAM_PLAIN) {
        if (annotations && kind != PARAM_BARE_STAR) {
            parser_cost(p, 2);
        }
        if (!annotations || kind != PARAM_DSTAR) {
            parser_cost(p, 1);
        }
    } else if (t->child[0] || t->child[1]) {
        parser_cost(p, annotations ? 3 : 2);
    }
    return t;
}

tree_t parse_params(struct parser *p, enum token_kind close, bool annotations) {
    uint32_t line = token_line(p);
    size_t mark = p->n;
    bool comma = false;
    if (token(p) != close) {
        parser_push(p, parse_param(p, annotations), line);
        while (token(p) == T_COMMA) {
            parser_next(p);
            comma = true;
            if (token(p) == close) {
                break;
            }
            parser_push(p, parse_param(p, annotations), line);
        }
    }
    if (comma) {
        parser_cost(p, p->n - mark);
    }
    return node_collect(p, N_PARAMS, line, mark);
}
