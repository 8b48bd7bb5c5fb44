// SPDX-License-Identifier: MIT
// The text of a regular expression to its program (modules/re.h), and the listing of a program.
//
// The text is read twice by the same functions: once to count (code NULL), once to write. An operator that needs an instruction in front of
// its operand shifts what is there; nothing inside an operand points outside it, so targets stay right. Whatever does not fit a target of a
// signed byte, or is no expression, is `regex too complex`; a `)` too many is `error in regex`.
#include "heap/heap.h"
#include "modules/re.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"

enum { GROUPS_MOST = 63, CLASS_BYTES_MOST = 254 };

struct compiler {
    const uint8_t *at, *end;
    bool is_text;  // the pattern is UTF-8, a class counts characters
    uint8_t *code; // NULL: only counting
    size_t len;
    uint32_t groups;
};

_Noreturn static void re_complex(void) { raise_message(&type_ValueError, "regex too complex"); }

static void emit(struct compiler *c, int byte) {
    if (c->code) c->code[c->len] = (uint8_t)byte;
    c->len++;
}

static void emit_pair(struct compiler *c, enum re_code code, int byte) {
    emit(c, code);
    emit(c, byte);
}

static int target(ptrdiff_t distance) {
    if (distance < INT8_MIN || distance > INT8_MAX) re_complex();
    return (int)distance;
}

// Room for n bytes at `at`, which moves what is there.
static void open_room(struct compiler *c, size_t at, size_t n) {
    if (c->code) memmove(c->code + at + n, c->code + at, c->len - at);
    c->len += n;
}

static void put(struct compiler *c, size_t at, enum re_code code, int byte) {
    if (!c->code) return;
    c->code[at] = code;
    c->code[at + 1] = (uint8_t)byte;
}

static bool is_named(uint8_t c) { return c && strchr("dDsSwW", c) != NULL; }

// ---- classes ------------------------------------------------------------------------------------------------------------
static uint32_t class_character(struct compiler *c) {
    if (c->at == c->end) re_complex();
    if (!c->is_text || *c->at < 0x80) return *c->at++;
    uint32_t code;
    c->at = (const uint8_t *)utf8_next((const char *)c->at, &code);
    return code;
}

static void emit_character(struct compiler *c, uint32_t code) {
    char out[4];
    unsigned n = utf8_put(out, code);
    for (unsigned i = 0; i < n; i++) emit(c, (uint8_t)out[i]);
}

// Behind [
static void compile_class(struct compiler *c) {
    bool negated = c->at < c->end && *c->at == '^';
    if (negated) c->at++;
    emit(c, negated ? RE_CLASS_NOT : RE_CLASS);
    size_t count_at = c->len;
    emit(c, 0);
    while (c->at < c->end && *c->at != ']') {
        uint32_t first = class_character(c);
        if (first == '\\') {
            if (c->at < c->end && is_named(*c->at)) {
                emit(c, RE_NAMED_MARK);
                emit(c, *c->at++);
                continue;
            }
            first = class_character(c);
        }
        uint32_t last = first;
        if (c->end - c->at >= 2 && c->at[0] == '-' && c->at[1] != ']') {
            c->at++;
            last = class_character(c);
        }
        emit_character(c, first);
        emit_character(c, last);
    }
    if (c->at == c->end) re_complex();
    c->at++;
    size_t bytes = c->len - count_at - 1;
    if (bytes > CLASS_BYTES_MOST) re_complex();
    if (c->code) c->code[count_at] = (uint8_t)bytes;
}

// ---- operators --------------------------------------------------------------------------------------------------------------
static void compile_alternatives(struct compiler *c);

// Behind (
static void compile_group(struct compiler *c) {
    bool captures = true;
    if (c->at < c->end && *c->at == '?') {
        if (c->end - c->at < 2 || c->at[1] != ':') re_complex();
        captures = false;
        c->at += 2;
    }
    uint32_t group = 0;
    if (captures) {
        if (c->groups == GROUPS_MOST) re_complex();
        group = ++c->groups;
        emit_pair(c, RE_SAVE, (int)(2 * group));
    }
    compile_alternatives(c);
    if (c->at == c->end) re_complex();
    c->at++;
    if (captures) emit_pair(c, RE_SAVE, (int)(2 * group + 1));
}

// The operator at c->at over the operand that starts at `term`.
static void compile_repeat(struct compiler *c, size_t term) {
    uint8_t operator = *c->at++;
    bool lazy = c->at < c->end && *c->at == '?';
    if (lazy) c->at++;
    size_t size = c->len - term;
    if (operator == '+') {
        emit_pair(c, lazy ? RE_SPLIT : RE_RSPLIT, target(-(ptrdiff_t)size - 2));
        return;
    }
    open_room(c, term, 2);
    if (operator == '*') {
        emit_pair(c, RE_JUMP, target(-(ptrdiff_t)size - 4));
        size += 2;
    }
    put(c, term, lazy ? RE_RSPLIT : RE_SPLIT, target((ptrdiff_t)size));
}

// One operand or assertion; false when it takes no operator.
static bool compile_term(struct compiler *c) {
    uint8_t byte = *c->at++;
    switch (byte) {
    case '^': emit(c, RE_BOL); return false;
    case '$': emit(c, RE_EOL); return false;
    case '.': emit(c, RE_ANY); return true;
    case '[': compile_class(c); return true;
    case '(': compile_group(c); return true;
    case '\\':
        if (c->at == c->end) re_complex();
        byte = *c->at++;
        if (is_named(byte)) {
            emit_pair(c, RE_NAMED, byte);
            return true;
        }
        break;
    case '?':
    case '*':
    case '+': re_complex();
    }
    emit_pair(c, RE_CHAR, byte);
    if (c->is_text && byte >= 0xc0)
        while (c->at < c->end && (*c->at & 0xc0) == 0x80) emit_pair(c, RE_CHAR, *c->at++); // the rest of the character
    return true;
}

static void compile_alternatives(struct compiler *c) {
    stack_check();
    size_t start = c->len, hole = 0;
    bool has_hole = false;
    for (;;) {
        while (c->at < c->end && *c->at != ')' && *c->at != '|') {
            size_t term = c->len;
            if (compile_term(c) && c->at < c->end && strchr("?*+", *c->at) && *c->at) compile_repeat(c, term);
        }
        bool more = c->at < c->end && *c->at == '|';
        if (more) open_room(c, start, 2);
        if (has_hole) put(c, hole, RE_JUMP, target((ptrdiff_t)(c->len - hole - 2))); // to the end, or to the next jump
        if (!more) return;
        c->at++;
        hole = c->len;
        has_hole = true;
        emit_pair(c, RE_JUMP, 0);
        put(c, start, RE_SPLIT, target((ptrdiff_t)(c->len - start - 2)));
        start = c->len;
    }
}

static void compile_program(struct compiler *c) {
    emit_pair(c, RE_RSPLIT, 3);
    emit(c, RE_ANY);
    emit_pair(c, RE_JUMP, -RE_SEARCH_BYTES);
    emit_pair(c, RE_SAVE, 0);
    compile_alternatives(c);
    if (c->at != c->end) raise_message(&type_ValueError, "error in regex");
    emit_pair(c, RE_SAVE, 1);
    emit(c, RE_MATCH);
}

struct regex *re_compile(const struct type *type, const char *pattern, size_t len, bool is_text) {
    const uint8_t *text = (const uint8_t *)pattern;
    struct compiler count = {.at = text, .end = text + len, .is_text = is_text};
    compile_program(&count);
    struct regex *r = heap_new(4, count.len, HEAP_REFS);
    r->type = type;
    r->len = (uint32_t)count.len;
    r->groups = count.groups;
    struct compiler c = {.at = text, .end = text + len, .is_text = is_text, .code = r->code};
    compile_program(&c);
    return r;
}

// ---- the listing --------------------------------------------------------------------------------------------------------------
size_t re_code_size(const uint8_t *code) {
    switch (*code) {
    case RE_ANY:
    case RE_BOL:
    case RE_EOL:
    case RE_MATCH: return 1;
    case RE_CLASS:
    case RE_CLASS_NOT: return 2 + (size_t)code[1];
    default: return 2;
    }
}

static void print_class(const struct printer *p, const uint8_t *code) {
    const uint8_t *at = code + 2, *end = at + code[1];
    int pairs = 0;
    for (const uint8_t *scan = at; scan < end; pairs++) {
        uint32_t unused;
        if (*scan == RE_NAMED_MARK) scan += 2;
        else scan = (const uint8_t *)utf8_next(utf8_next((const char *)scan, &unused), &unused);
    }
    print_format(p, "class%s %d", *code == RE_CLASS_NOT ? "not" : "", pairs);
    while (at < end) {
        uint32_t from, to;
        if (*at == RE_NAMED_MARK) {
            print_format(p, " \\%c", at[1]);
            at += 2;
            continue;
        }
        at = (const uint8_t *)utf8_next(utf8_next((const char *)at, &from), &to);
        print_format(p, " 0x%02x-0x%02x", (unsigned)from, (unsigned)to);
    }
    print_text(p, "\n");
}

static void print_code(const struct printer *p, size_t at, const uint8_t *code) {
    int distance = (int8_t)code[1];
    print_format(p, "%2d: ", (int)at);
    switch (*code) {
    case RE_CHAR: print_format(p, "char %c\n", code[1]); break;
    case RE_ANY: print_text(p, "any\n"); break;
    case RE_CLASS:
    case RE_CLASS_NOT: print_class(p, code); break;
    case RE_NAMED: print_format(p, "namedclass %c\n", code[1]); break;
    case RE_BOL: print_text(p, "assert bol\n"); break;
    case RE_EOL: print_text(p, "assert eol\n"); break;
    case RE_SAVE: print_format(p, "save %d\n", code[1]); break;
    case RE_SPLIT: print_format(p, "split %d (%d)\n", (int)at + 2 + distance, distance); break;
    case RE_RSPLIT: print_format(p, "rsplit %d (%d)\n", (int)at + 2 + distance, distance); break;
    case RE_JUMP: print_format(p, "jmp %d (%d)\n", (int)at + 2 + distance, distance); break;
    default: print_text(p, "match\n");
    }
}

void re_print_program(const struct printer *p, const struct regex *r) {
    int instructions = 0;
    for (size_t at = 0; at < r->len; at += re_code_size(r->code + at), instructions++) print_code(p, at, r->code + at);
    print_format(p, "Bytes: %d, insts: %d\n", (int)r->len, instructions);
}
