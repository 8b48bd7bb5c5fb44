// SPDX-License-Identifier: MIT
// See tables.h.
#include "compile/tables.h"

#include "heap/heap.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"

size_t tables_name(struct tables *t, struct charges *c, qstr_t name) {
    size_t cursor = SIZE_MAX;
    uint32_t found = lookup_next(&t->find_name, name, &cursor);
    if (found != LOOKUP_NONE) return found;
    charges_map(c);
    if (t->n_names == t->name_room) {
        t->name_room = t->name_room ? 2 * t->name_room : 64;
        t->names = host_resize(t->names, t->name_room * sizeof(qstr_t));
    }
    lookup_add(&t->find_name, name, (uint32_t)t->n_names);
    t->names[t->n_names] = name;
    return t->n_names++;
}

static uint32_t hash_bytes(uint32_t hash, const void *data, size_t len) {
    const uint8_t *p = data;
    for (size_t i = 0; i < len; i++) hash = (hash ^ p[i]) * 0x01000193u;
    return hash;
}

static uint32_t constant_hash(uint32_t hash, obj_t o) {
    const struct type *type = obj_type(o);
    size_t len;
    if (type == &type_int) {
        uint64_t low = int_to_u64_truncated(o);
        return hash_bytes(hash, &low, sizeof(low));
    }
    if (type == &type_float) {
        double v = float_value(o);
        return hash_bytes(hash, &v, sizeof(v));
    }
    if (type == &type_str || type == &type_bytes) {
        const char *text = str_data(o, &len);
        return hash_bytes(hash, text, len);
    }
    if (type == &type_complex) {
        const struct complex_object *z = (const struct complex_object *)o;
        return hash_bytes(hash_bytes(hash, &z->real, sizeof(double)), &z->imag, sizeof(double));
    }
    if (type == &type_tuple) {
        stack_check_compiler();
        const struct tuple *t = (const struct tuple *)o;
        hash = hash_bytes(hash, &t->len, sizeof(t->len));
        for (size_t i = 0; i < t->len; i++) hash = constant_hash(hash, t->items[i]);
        return hash;
    }
    return hash_bytes(hash, &type, sizeof(type));
}

static bool same_double(double a, double b) { return memcmp(&a, &b, sizeof(a)) == 0 && a == a; }

bool constant_same(obj_t a, obj_t b) {
    if (a == b) return true;
    const struct type *type = obj_type(a);
    if (type != obj_type(b)) return false;
    if (type == &type_int) return int_compare(a, b) == 0;
    if (type == &type_float) return same_double(float_value(a), float_value(b));
    if (type == &type_complex) {
        const struct complex_object *x = (const struct complex_object *)a, *y = (const struct complex_object *)b;
        return same_double(x->real, y->real) && same_double(x->imag, y->imag);
    }
    if (type == &type_str || type == &type_bytes) {
        size_t an, bn;
        const char *x = str_data(a, &an), *y = str_data(b, &bn);
        return an == bn && (an == 0 || memcmp(x, y, an) == 0);
    }
    if (type == &type_tuple) {
        const struct tuple *x = (const struct tuple *)a, *y = (const struct tuple *)b;
        if (x->len != y->len) return false;
        for (size_t i = 0; i < x->len; i++)
            if (!constant_same(x->items[i], y->items[i])) return false;
        return true;
    }
    return false;
}

size_t tables_constant(struct tables *t, struct charges *c, obj_t value) {
    uint32_t key = constant_hash(0x811c9dc5u, value);
    size_t cursor = SIZE_MAX;
    for (uint32_t i; (i = lookup_next(&t->find_constant, key, &cursor)) != LOOKUP_NONE;)
        if (constant_same(c->constants[i], value)) return i;
    charges_constant(c, value);
    lookup_add(&t->find_constant, key, (uint32_t)c->n_constants - 1);
    return c->n_constants - 1;
}

void tables_free(struct tables *t) {
    host_free(t->names);
    lookup_free(&t->find_name);
    lookup_free(&t->find_constant);
}
