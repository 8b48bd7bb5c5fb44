// SPDX-License-Identifier: MIT
// Module re: the functions, compiled expressions, matches.
//
// Places inside a text are byte offsets; Python sees characters for str, so positions are converted at the border. A match keeps the text
// and the offsets (3 + 2 * (groups + 1) words); a group is cut out only when it is asked for. A str is matched character by character,
// bytes byte by byte; pattern and text may be of different kinds.
#include "heap/heap.h"
#include "modules/re.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/text.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

enum { FLAG_DEBUG = 4096, NUMBER_MOST = 1000000 };

extern const struct type type_regex, type_match;

struct match { // 3 + 2 * count words
    const struct type *type;
    size_t count; // groups, the whole included
    obj_t text;
    size_t places[]; // PTRDIFF_MAX: took no part
};

// ---- texts ----------------------------------------------------------------------------------------------------------------
static struct re_subject subject_of(obj_t text) {
    size_t len;
    const char *data = str_data(text, &len);
    return (struct re_subject){(const uint8_t *)data, len, obj_is_str(text)};
}

// Where the character with that number is; numbers out of range are brought into it.
static size_t subject_place(const struct re_subject *s, size_t len, obj_t index) {
    intptr_t n = obj_get_int(index);
    size_t left;
    if (n < 0) return 0;
    if (!s->characters) return (size_t)n < len ? (size_t)n : len;
    return utf8_forward((const char *)s->data, len, (size_t)n, &left);
}

static obj_t text_cut(obj_t text, const uint8_t *data, size_t len) {
    return obj_is_str(text) ? str_new((const char *)data, len) : bytes_new((const char *)data, len);
}

// ---- matches ----------------------------------------------------------------------------------------------------------------
static obj_t match_new(const struct regex *r, obj_t text, const size_t *places) {
    size_t count = r->groups + (size_t)1;
    struct match *m = heap_new(3 + 2 * count, 0, HEAP_REFS);
    m->type = &type_match;
    m->count = count;
    m->text = text;
    memcpy(m->places, places, 2 * count * sizeof *places);
    return OBJ_PTR(m);
}

static void match_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<match num=%zu>", ((struct match *)self)->count);
}

static size_t match_index(const struct match *m, obj_t index) {
    intptr_t i = obj_get_int(index);
    if (i < 0 || (size_t)i >= m->count) raise_value(&type_IndexError, int_from(i));
    return (size_t)i;
}

static obj_t match_group_at(const struct match *m, size_t i) {
    size_t from = m->places[2 * i], to = m->places[2 * i + 1];
    if (from == PTRDIFF_MAX || to == PTRDIFF_MAX) return OBJ_NONE;
    return text_cut(m->text, subject_of(m->text).data + from, to - from);
}

static obj_t match_group(obj_t self, obj_t index) {
    const struct match *m = (struct match *)self;
    return match_group_at(m, match_index(m, index));
}

static obj_t match_groups(obj_t self) {
    const struct match *m = (struct match *)self;
    if (m->count == 1) return OBJ_EMPTY_TUPLE;
    obj_t groups = tuple_new(m->count - 1, NULL);
    for (size_t i = 1; i < m->count; i++) ((struct tuple *)groups)->items[i - 1] = match_group_at(m, i);
    return groups;
}

// A place as Python counts; -1 when the group took no part.
static obj_t match_place(const struct match *m, size_t place) {
    if (place == PTRDIFF_MAX) return OBJ_INT(-1);
    struct re_subject s = subject_of(m->text);
    return int_from((intptr_t)(s.characters ? utf8_length((const char *)s.data, place) : place));
}

static obj_t match_start(size_t n, const obj_t *args) {
    const struct match *m = (struct match *)args[0];
    return match_place(m, m->places[2 * (n > 1 ? match_index(m, args[1]) : 0)]);
}

static obj_t match_end(size_t n, const obj_t *args) {
    const struct match *m = (struct match *)args[0];
    return match_place(m, m->places[2 * (n > 1 ? match_index(m, args[1]) : 0) + 1]);
}

static obj_t match_span(size_t n, const obj_t *args) {
    obj_t ends[2] = {match_start(n, args), match_end(n, args)};
    return tuple_new(2, ends);
}

BUILTIN_2(group_fn, match_group);
BUILTIN_1(groups_fn, match_groups);
BUILTIN_VAR(start_fn, 1, 2, match_start);
BUILTIN_VAR(end_fn, 1, 2, match_end);
BUILTIN_VAR(span_fn, 1, 2, match_span);
static const struct map_slot match_members[] = {
    MEMBER(group, &group_fn), MEMBER(groups, &groups_fn), MEMBER(span, &span_fn), MEMBER(start, &start_fn), MEMBER(end, &end_fn)};
static FIXED_DICT(match_dict, match_members);
static const struct type_ops match_ops = {.print = match_print};
const struct type type_match = {.type = &type_type, .name = Q_match, .ops = &match_ops, .members = &match_dict};

// ---- expressions ----------------------------------------------------------------------------------------------------------------
static void regex_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<re %lx>", (unsigned long)heap_address((void *)self));
}

static struct regex *regex_compile(obj_t pattern) {
    size_t len;
    const char *text = str_data(pattern, &len);
    return re_compile(&type_regex, text, len, obj_is_str(pattern));
}

// The first argument of everything: an expression, or the text of one.
static struct regex *regex_of(obj_t o) { return obj_is(o, &type_regex) ? (struct regex *)o : regex_compile(o); }

static obj_t re_compile_function(size_t n, const obj_t *args) {
    struct regex *r = regex_compile(args[0]);
    if (n > 1 && (obj_get_int(args[1]) & FLAG_DEBUG)) re_print_program(&printer_stdout, r);
    return OBJ_PTR(r);
}

enum { PLACES_MOST = 2 * 64 }; // no expression has more groups

static obj_t regex_exec(size_t n, const obj_t *args, bool search) {
    const struct regex *r = regex_of(args[0]);
    struct re_subject s = subject_of(args[1]);
    size_t places[PLACES_MOST], len = s.end;
    size_t from = n > 2 ? subject_place(&s, len, args[2]) : 0;
    if (n > 3) s.end = subject_place(&s, len, args[3]);
    if (from > s.end || !re_run(r, &s, from, search, places)) return OBJ_NONE;
    return match_new(r, args[1], places);
}

static obj_t regex_match(size_t n, const obj_t *args) { return regex_exec(n, args, false); }
static obj_t regex_search(size_t n, const obj_t *args) { return regex_exec(n, args, true); }

static obj_t regex_split(size_t n, const obj_t *args) {
    const struct regex *r = (struct regex *)args[0];
    struct re_subject s = subject_of(args[1]);
    intptr_t most = n > 2 ? obj_get_int(args[2]) : 0;
    if (r->groups > 0) raise_message(&type_NotImplementedError, "splitting with sub-captures");
    obj_t pieces = list_new(0, NULL);
    size_t from = 0, places[2];
    while (re_run(r, &s, from, true, places) && places[1] > places[0]) {
        list_append(pieces, text_cut(args[1], s.data + from, places[0] - from));
        from = places[1];
        if (most > 0 && --most == 0) break;
    }
    list_append(pieces, text_cut(args[1], s.data + from, s.end - from));
    return pieces;
}

// ---- sub ----------------------------------------------------------------------------------------------------------------------
static size_t template_number(const char **at, const char *end) {
    size_t n = 0;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at)
        if (n < NUMBER_MOST) n = n * 10 + (size_t)(**at - '0');
    return n;
}

static void sub_add_group(struct text_buffer *out, const struct regex *r, const struct re_subject *s, const size_t *places, size_t group) {
    if (group > r->groups) raise_value(&type_IndexError, int_from((intptr_t)group));
    size_t from = places[2 * group], to = places[2 * group + 1];
    if (from == PTRDIFF_MAX || to == PTRDIFF_MAX) return;
    text_buffer_add(out, (const char *)s->data + from, to - from);
}

// The replacement with \1 and \g<1> filled in; another character behind a backslash stands for itself.
static void sub_add_template(struct text_buffer *out, obj_t replacement, const struct regex *r, const struct re_subject *s,
    const size_t *places) {
    size_t len;
    const char *at = str_data(replacement, &len), *end = at + len;
    while (at < end) {
        const char *slash = memchr(at, '\\', (size_t)(end - at));
        if (!slash) slash = end;
        text_buffer_add(out, at, (size_t)(slash - at));
        if (slash == end) return;
        at = slash + 1;
        bool named = end - at >= 2 && at[0] == 'g' && at[1] == '<';
        if (named) at += 2;
        if (at < end && *at >= '0' && *at <= '9') {
            sub_add_group(out, r, s, places, template_number(&at, end));
            if (named && at < end && *at == '>') at++;
        } else if (!named && at < end) {
            text_buffer_add(out, at++, 1);
        }
    }
}

static obj_t regex_sub(size_t n, const obj_t *args) {
    const struct regex *r = regex_of(args[0]);
    obj_t replacement = args[1], text = args[2];
    struct re_subject s = subject_of(text);
    intptr_t count = n > 3 ? obj_get_int(args[3]) : 0;
    size_t from = 0, places[PLACES_MOST];
    struct text_buffer out = {0};
    bool calls = obj_is_callable(replacement), any = false;
    while (re_run(r, &s, from, true, places) && places[1] > places[0]) {
        if (!any) text_buffer_init(&out, 16);
        any = true;
        text_buffer_add(&out, (const char *)s.data + from, places[0] - from);
        obj_t piece = calls ? call_1(replacement, match_new(r, text, places)) : replacement;
        if (calls) {
            size_t len;
            const char *data = str_data(piece, &len);
            text_buffer_add(&out, data, len);
        } else {
            sub_add_template(&out, piece, r, &s, places);
        }
        from = places[1];
        if (count > 0 && --count == 0) break;
    }
    if (!any) return text;
    text_buffer_add(&out, (const char *)s.data + from, s.end - from);
    return obj_is_str(text) ? text_buffer_str(&out) : text_buffer_bytes(&out);
}

BUILTIN_VAR(compile_fn, 1, 2, re_compile_function);
BUILTIN_VAR(match_fn, 2, 4, regex_match);
BUILTIN_VAR(search_fn, 2, 4, regex_search);
BUILTIN_VAR(sub_fn, 3, 5, regex_sub);
BUILTIN_VAR(split_fn, 2, 3, regex_split);
static const struct map_slot regex_members[] = {
    MEMBER(match, &match_fn), MEMBER(search, &search_fn), MEMBER(split, &split_fn), MEMBER(sub, &sub_fn)};
static FIXED_DICT(regex_dict, regex_members);
static const struct type_ops regex_ops = {.print = regex_print};
const struct type type_regex = {.type = &type_type, .name = Q_re, .ops = &regex_ops, .members = &regex_dict};

static const struct map_slot re_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_re)),
    MEMBER(compile, &compile_fn),
    MEMBER(match, &match_fn),
    MEMBER(search, &search_fn),
    MEMBER(sub, &sub_fn),
    MEMBER(DEBUG, OBJ_INT(FLAG_DEBUG)),
};
static FIXED_DICT(re_dict, re_members);
const struct module module_re = {&type_module, &re_dict, {0}};
MODULE(re, true, NULL, "");
