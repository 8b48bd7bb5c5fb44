// SPDX-License-Identifier: MIT
// Completion of names, attributes, modules and keywords.
//
// The word before the cursor is a chain of names. All but the last are looked up, the first one among the globals of the program; the last
// is compared with every interned text that is an attribute of what was found, in the order of the texts' numbers, as on a board. Names
// that begin with an underscore are left out until one is typed. Behind `import ` at the start of the statement it is the builtin modules.
// Where no name fits, a board knows the keyword import at the start of the statement, the desktop every keyword anywhere.
// Columns are SLOT wide and a name ends at least two blanks before the next; a row has ROW places.
#include "repl/complete.h"
#include "heap/intern.h"
#include "modules/builtins.h"
#include "objects/map.h"
#include "objects/types.h"
#include "repl/terminal.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

enum { SLOT = 16, ROW = 64 };

static const char *const keywords[] = {
    "import ", "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield", NULL};

struct search {
    const char *prefix;
    size_t prefix_len;
    const char *first;      // the first name found, and how much of it all have
    size_t common, found;
    const struct printer *to; // list them there; NULL: only count
    size_t column;
    bool stopped;             // by Ctrl-C
};

static void name_found(struct search *s, const char *name, size_t len) {
    if (s->found++ == 0) {
        s->first = name;
        s->common = len;
    }
    size_t same = 0;
    while (same < s->common && same < len && name[same] == s->first[same]) same++;
    s->common = same;
    if (!s->to) return;
    size_t gap = s->column == 0 ? 0 : SLOT - s->column % SLOT;
    if (s->column > 0 && gap < 2) gap += SLOT;
    if (s->column + gap + len > ROW && s->column > 0) {
        print_text(s->to, "\r\n");
        s->column = gap = 0;
    }
    print_format(s->to, "%*s", (int)gap, "");
    print_bytes(s->to, name, len);
    s->column += gap + len;
}

static bool name_fits(const struct search *s, const char *name, size_t len) {
    return len >= s->prefix_len && memcmp(name, s->prefix, s->prefix_len) == 0;
}

struct lookup {
    obj_t object;
    qstr_t name;
    obj_t out[2];
    bool found;
};
static void lookup_do(void *arg) {
    struct lookup *l = arg;
    l->found = attr_find(l->object, l->name, l->out);
}

static bool attribute(struct search *s, obj_t object, qstr_t name, obj_t *value) {
    struct lookup l = {.object = object, .name = name};
    obj_t exception;
    if (!protect(lookup_do, &l, &exception)) {
        s->stopped = s->stopped || exception_matches(exception, OBJ_PTR(&type_KeyboardInterrupt));
        return false;
    }
    *value = l.out[0];
    return l.found;
}

static void attributes_search(struct search *s, obj_t object) {
    size_t names = intern_count();
    for (qstr_t name = 1; name <= names && !s->stopped; name++) {
        size_t len;
        obj_t value;
        const char *text = qstr_text(name, &len);
        if (!name_fits(s, text, len) || (s->prefix_len == 0 && (len == 0 || text[0] == '_'))) continue;
        if (attribute(s, object, name, &value)) name_found(s, text, len);
    }
}

static void modules_search(struct search *s) {
    size_t names = intern_count();
    for (qstr_t name = 1; name <= names; name++) {
        size_t len;
        const char *text = qstr_text(name, &len);
        if (!name_fits(s, text, len)) continue;
        for (const struct builtin_module *b = builtin_modules; b->name; b++)
            if (b->name == name && builtin_module_is_here(b)) name_found(s, text, len);
    }
}

static void keywords_search(struct search *s, bool at_start) {
    bool desktop = rt.profile.word_bytes == 8;
    for (const char *const *k = keywords; *k && s->prefix_len > 0; k++) {
        if (name_fits(s, *k, strlen(*k)) && (k == keywords ? at_start || desktop : desktop)) name_found(s, *k, strlen(*k));
        if (k == keywords && s->found && at_start && !desktop) return;
    }
}

static bool word_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || (c & 0x80);
}

static void search_do(struct search *s, const char *text, size_t len) {
    static const char import[] = "import ";
    size_t start = len;
    while (start > 0 && word_character(text[start - 1])) start--;
    struct map_slot *main = map_find_qstr(rt.loaded, Q___main__);
    obj_t object = main ? main->value : OBJ_NULL;
    bool dotted = false;
    for (size_t end = start; object != OBJ_NULL && end < len; end++) {
        if (text[end] != '.') continue;
        qstr_t name = intern_find(text + start, end - start);
        if (!name || !attribute(s, object, name, &object)) return;
        start = end + 1;
        dotted = true;
    }
    s->prefix = text + start;
    s->prefix_len = len - start;
    if (!dotted && len >= sizeof import - 1 && memcmp(text, import, sizeof import - 1) == 0) {
        modules_search(s);
        return;
    }
    if (object != OBJ_NULL) attributes_search(s, object);
    if (!s->found && !dotted && !s->stopped) keywords_search(s, start == 0);
}

static void search_run(struct search *s, const char *text, size_t len) {
    terminal_guard(true);
    search_do(s, text, len);
    if (terminal_guard(false)) s->stopped = true;
}

enum complete_result complete(const char *text, size_t len, char more[COMPLETE_ROOM], size_t *more_len) {
    struct search s = {0};
    search_run(&s, text, len);
    if (s.stopped) return COMPLETE_STOPPED;
    if (s.found == 0) return COMPLETE_NOTHING;
    size_t n = s.common - s.prefix_len;
    if (n == 0) return s.found > 1 ? COMPLETE_LIST : COMPLETE_NOTHING;
    if (n > COMPLETE_ROOM) n = COMPLETE_ROOM;
    memcpy(more, s.first + s.prefix_len, n);
    *more_len = n;
    return COMPLETE_INSERT;
}

void complete_list(const struct printer *p, const char *text, size_t len) {
    struct search s = {.to = p};
    search_run(&s, text, len);
    print_text(p, "\r\n");
}
