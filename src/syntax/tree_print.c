// SPDX-License-Identifier: MIT
// The tree as text, for the most talkative -v and for tests: one node a line, `[line] kind details`, children indented by two.

#include "heap/intern.h"
#include "objects/str.h"
#include "rt.h"
#include "tree.h"

static const char *const kind_names[] = {
    "name", "int", "str", "None", "True", "False", "...", "const", "if-exp", "or", "and", "not", "compare", "op", "binary", "power",
        "unary",
    "tuple", "list", "set", "dict", "pair", "listcomp", "setcomp", "dictcomp", "genexp", "comp-for", "comp-if", "lambda", "walrus",
    "trailers", "attr", "call", "subscr", "slice", "await", "yield", "yield-from", "star", "dstar", "kwarg", "params", "param", "suite",
    "expr", "assign", "augment", "annotate", "del", "pass", "break", "continue", "return", "raise", "global", "nonlocal", "assert",
    "import", "from", "alias", "if", "while", "for", "try", "except", "with", "with-item", "def", "class", "decorated", "decorator",
    "async", "empty"};
_Static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == N_EMPTY + 1, "a name for every kind");

void tree_print(const struct printer *p, tree_t t, int indent) {
    stack_check_compiler();
    if (t && t->line) {
        print_format(p, "[%4u] ", (unsigned)t->line);
    } else {
        print_text(p, "       ");
    }
    for (int i = 0; i < indent; i++) {
        print_text(p, "  ");
    }
    if (!t) {
        print_text(p, "-\n");
        return;
    }
    print_text(p, kind_names[t->kind]);
    if (t->name) {
        print_format(p, " %q", t->name);
    }
    if (t->op) {
        print_format(p, " #%u", (unsigned)t->op);
    }
    if (t->paren) {
        print_text(p, " ()");
    }
    if (t->inner) {
        print_format(p, " inner %u", (unsigned)t->inner);
    }
    if (t->value) {
        struct printer copy = *p;
        print_text(p, " ");
        obj_print(&copy, t->value, PRINT_REPR);
    }
    print_text(p, "\n");
    for (uint32_t i = 0; i < t->n; i++) {
        tree_print(p, t->child[i], indent + 1);
    }
}
