// SPDX-License-Identifier: MIT
// See scope.h.
#include "compile/scope.h"

#include "compile/charges.h"
#include "heap/heap.h"
#include <stdlib.h>

struct scope *scope_new(uint8_t kind, qstr_t name, tree_t node, struct scope *parent) {
    struct scope *s = host_alloc(sizeof(*s));
    memset(s, 0, sizeof(*s));
    s->kind = kind;
    s->name = name;
    s->node = node;
    s->parent = parent;
    if (parent != NULL) {
        if (parent->last_child != NULL) parent->last_child->next_child = s;
        else parent->first_child = s;
        parent->last_child = s;
    }
    return s;
}

void scope_free(struct scope *s) {
    host_free(s->idents);
    host_free(s->children);
    host_free(s->free);
    lookup_free(&s->find);
    host_free(s);
}

struct ident *scope_find(const struct scope *s, qstr_t name) {
    size_t cursor = SIZE_MAX;
    uint32_t i = lookup_next(&s->find, name, &cursor);
    return i == LOOKUP_NONE ? NULL : &s->idents[i];
}

struct ident *scope_add(struct scope *s, qstr_t name, enum ident_kind kind, bool *is_new) {
    struct ident *i = scope_find(s, name);
    *is_new = i == NULL;
    if (i != NULL) return i;
    if (s->n_idents == s->room) {
        s->room = s->room ? 2 * s->room : 4;
        s->idents = host_resize(s->idents, s->room * sizeof(struct ident));
    }
    charges_name(s->record, s->n_idents + 1);
    lookup_add(&s->find, name, s->n_idents);
    i = &s->idents[s->n_idents++];
    *i = (struct ident){.name = name, .kind = kind};
    return i;
}

void scope_mention(struct scope *s, qstr_t name) {
    bool is_new;
    scope_add(s, name, ID_IMPLICIT, &is_new);
}

void scope_store(struct scope *s, qstr_t name) {
    bool is_new;
    struct ident *i = scope_add(s, name, ID_IMPLICIT, &is_new);
    if (i->kind == ID_IMPLICIT) i->kind = scope_is_function_like(s) ? ID_LOCAL : ID_ASSIGNED;
}

const char *scope_declare_global(struct scope *s, qstr_t name) {
    bool is_new;
    struct ident *i = scope_add(s, name, ID_GLOBAL, &is_new);
    if (i->kind != ID_GLOBAL) return "identifier redefined as global";
    struct scope *module = s;
    while (module->parent != NULL) module = module->parent;
    i = scope_find(module, name);
    if (i != NULL) i->kind = ID_GLOBAL;
    return NULL;
}

// Looks for a binding of ident number n of s in the scopes around it; makes it a cell there and free on the way in.
static bool scope_bind_outside(struct scope *s, uint32_t n) {
    qstr_t name = s->idents[n].name;
    for (struct scope *p = s->parent; p != NULL && p->kind != SCOPE_MODULE; p = p->parent) {
        struct ident *i = scope_find(p, name);
        if (i == NULL) continue;
        if (i->kind != ID_LOCAL && i->kind != ID_CELL && i->kind != ID_FREE) return false;
        if (i->kind == ID_LOCAL) i->kind = ID_CELL;
        for (struct scope *between = s->parent; between != p; between = between->parent) {
            bool is_new;
            scope_add(between, name, ID_FREE, &is_new);
        }
        s->idents[n].kind = ID_FREE;
        return true;
    }
    return false;
}

const char *scope_declare_nonlocal(struct scope *s, qstr_t name, bool loaded_is_fine) {
    if (s->kind == SCOPE_MODULE) return "can't declare nonlocal in outer code";
    bool is_new;
    struct ident *i = scope_add(s, name, ID_IMPLICIT, &is_new);
    if (i->kind == ID_FREE) return NULL;
    if (!is_new && !(loaded_is_fine && i->kind == ID_IMPLICIT)) return "identifier redefined as nonlocal";
    if (!scope_bind_outside(s, (uint32_t)(i - s->idents))) return "no binding for nonlocal found";
    return NULL;
}

void scope_close(struct scope *s) {
    if (s->kind == SCOPE_MODULE) return;
    for (uint32_t n = 0; n < s->n_idents; n++)
        if (s->idents[n].kind == ID_IMPLICIT) scope_bind_outside(s, n);
}

// A *name parameter changes places with the last keyword-only one, so that these two groups follow each other in the prelude's order.
static void scope_swap_star(struct scope *s) {
    if (s->n_kwonly == 0) return;
    for (uint32_t i = 0; i < s->n_idents; i++) {
        if (!(s->idents[i].flags & IDENT_STAR)) continue;
        uint32_t last = i + s->n_kwonly;
        if (last >= s->n_idents) return;
        struct ident star = s->idents[i];
        s->idents[i] = s->idents[last];
        s->idents[last] = star;
        lookup_free(&s->find);
        for (uint32_t k = 0; k < s->n_idents; k++) lookup_add(&s->find, s->idents[k].name, k);
        return;
    }
}

static int free_compare(const void *a, const void *b) {
    uint32_t x = ((const struct free_ident *)a)->outer, y = ((const struct free_ident *)b)->outer;
    return (x > y) - (x < y);
}

// Free names come first, in the order in which the parent mentions them.
static void scope_order_free(struct scope *s) {
    for (uint32_t n = 0; n < s->n_idents; n++) s->n_free += s->idents[n].kind == ID_FREE;
    if (s->n_free == 0) return;
    s->free = host_alloc(s->n_free * sizeof(struct free_ident));
    uint32_t k = 0;
    for (uint32_t n = 0; n < s->n_idents; n++) {
        if (s->idents[n].kind != ID_FREE) continue;
        const struct ident *outer = scope_find(s->parent, s->idents[n].name);
        s->free[k++] = (struct free_ident){(uint32_t)(outer - s->parent->idents), n};
    }
    qsort(s->free, s->n_free, sizeof(struct free_ident), free_compare);
    for (k = 0; k < s->n_free; k++) s->idents[s->free[k].inner].local = k;
}

void scope_number(struct scope *s) {
    if (s->kind == SCOPE_FUNCTION || s->kind == SCOPE_LAMBDA) scope_swap_star(s);
    for (uint32_t n = 0; n < s->n_idents; n++) {
        struct ident *i = &s->idents[n];
        // __class__ of a class body is a local without a slot of its own unless a method makes it a cell
        if (scope_is_function_like(s) && (i->kind == ID_LOCAL || (i->flags & IDENT_PARAM))) i->local = s->n_locals++;
    }
    for (uint32_t n = 0; n < s->n_idents; n++) {
        struct ident *i = &s->idents[n];
        if (i->kind == ID_CELL && !(i->flags & IDENT_PARAM)) i->local = s->n_locals++;
    }
    scope_order_free(s);
    if (s->n_free == 0) return;
    for (uint32_t n = 0; n < s->n_idents; n++)
        if (s->idents[n].kind != ID_FREE) s->idents[n].local += s->n_free;
    s->n_pos += s->n_free;
    s->n_locals += s->n_free;
}

void scope_child_made(struct scope *s, struct scope *child) {
    if (s->n_children == s->children_room) {
        s->children_room = s->children_room ? 2 * s->children_room : 4;
        s->children = host_resize(s->children, s->children_room * sizeof(struct scope *));
    }
    child->made = s->n_children;
    s->children[s->n_children++] = child;
}
