// SPDX-License-Identifier: MIT
// The hash table of dict, module globals, class members and instances.
//
//   slot = hash mod slots, then upward with wrap-around, until a slot that was never used. A key is taken out by leaving a mark
//   (OBJ_SENTINEL), unless the next slot was never used: then nothing can lie beyond, and the slot becomes unused again.
//   The table grows only when every slot is taken and a new key comes. All of this is visible in the order of iteration.
//
// Three layouts share struct map: hashed, ordered (linear, slots 0..used-1) and fixed (linear, static, interned keys only).
//
// Comparing or hashing a key can run Python code, and that code can change the very table that is being looked at. So after
// each comparison that could run code, the table, its size and the slot are looked at again; when they changed the search starts
// afresh. Plain keys (small integers, interned texts) never run code.
#include "objects/map.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map_index.h"
#include "objects/str.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

// Capacities, as the board steps through them. Beyond: half as much again, made odd.
static const uint16_t map_sizes[] = {0,   2,   4,   6,   8,   10,  12,   17,   23,   29,   37,   47,   59,    73,    97,    127,   167,
                                     223, 293, 389, 521, 691, 919, 1223, 1627, 2161, 3229, 4831, 7243, 10861, 16273, 24407, 36607, 54907};

size_t map_grown(size_t slots) {
    size_t want = slots + 1;
    for (size_t i = 0; i < sizeof map_sizes / sizeof map_sizes[0]; i++) {
        if (map_sizes[i] >= want) { return map_sizes[i]; }
    }
    return (want + want / 2) | 1;
}

// ---- keys -----------------------------------------------------------------------------------------------------------
size_t map_key_hash_slow(obj_t key) { return obj_is(key, &type_str) ? str_hash(key) : obj_hash_word(key); }

size_t map_key_hash(obj_t key) {
    if (obj_is_qstr(key)) { return qstr_hash(obj_qstr(key)); }
    if (obj_is_int(key)) { return rt.profile.word_bytes == 4 ? (uint32_t)obj_int(key) : (size_t)obj_int(key); }
    return map_key_hash_slow(key);
}

static inline bool map_key_is_text(obj_t key) { return obj_is_qstr(key) || obj_is(key, &type_str); }

bool map_key_same_slow(obj_t in_table, obj_t key) {
    if (map_key_is_text(in_table) && map_key_is_text(key)) { return str_equal(in_table, key); }
    return obj_equal(in_table, key);
}

// ---- making and freeing ---------------------------------------------------------------------------------------------
static struct map_slot *map_table_new(size_t slots) {
    if (slots > UINT32_MAX) { raise_no_memory(slots > SIZE_MAX / 8 ? SIZE_MAX : slots * 8); }
    return heap_new(2 * slots, 0, HEAP_REFS);
}

void map_init(struct map *m, size_t slots) {
    *m = (struct map){0};
    if (slots != 0) {
        m->table = map_table_new(slots);
        m->slots = slots;
    }
}

static void map_note_keys(const struct map *m) {
    if (m->flags & (MAP_GLOBALS | MAP_CLASS)) { rt.globals_version++; }
}

void map_clear(struct map *m) {
    struct map_slot *table = m->table;
    m->used = 0;
    m->slots = 0;
    m->table = NULL;
    heap_free(table);
    m->flags &= (uint16_t)~MAP_OTHER_KEYS;
    map_note_keys(m);
}

void map_free_table(struct map *m) {
    if (!(m->flags & MAP_FIXED)) { map_clear(m); }
}

void map_check_changeable(const struct map *m) {
    if (m->flags & (MAP_FIXED | MAP_READ_ONLY)) { raise_type(&type_TypeError); }
}

void map_copy(struct map *to, const struct map *from) {
    size_t slots = from->slots;
    *to = (struct map){0};
    if (slots != 0) {
        struct map_slot *table = map_table_new(slots);
        memcpy(table, from->table, slots * sizeof *table);
        to->table = table;
        to->slots = slots;
    }
    to->used = from->used;
    // the entries of a fixed map are not where their hashes say
    to->flags = (from->flags & (MAP_ORDERED | MAP_OTHER_KEYS)) | (from->flags & MAP_FIXED ? MAP_ORDERED : 0);
}

// Moves everything to a bigger table. Hashing may run code that changes the map: then nothing is done, and the caller, who
// begins again anyway, comes back when there is still no room.
static void map_grow(struct map *m) {
    struct map_slot *old = m->table;
    size_t n_old = m->slots, n_new = map_grown(n_old), used = m->used;
    struct map_slot *table = map_table_new(n_new);
    for (size_t i = 0; i < n_old; i++) {
        obj_t key = old[i].key;
        patience(i << 6 | 63);
        if (key == OBJ_NULL || key == OBJ_SENTINEL) { continue; }
        size_t at = map_home(map_key_hash(key), n_new);
        if (m->table != old || m->slots != n_old || m->used != used || old[i].key != key) {
            heap_free(table);
            return;
        }
        while (table[at].key != OBJ_NULL) { at = at + 1 == n_new ? 0 : at + 1; }
        table[at] = old[i];
    }
    m->table = table;
    m->slots = n_new;
    heap_free(old);
}

// ---- linear maps ----------------------------------------------------------------------------------------------------
static struct map_slot *map_find_fixed(const struct map *m, obj_t key) {
    if (!obj_is_qstr(key)) {
        if (!obj_is(key, &type_str)) { return NULL; }
        size_t len;
        const char *text = str_data(key, &len);
        qstr_t name = intern_find(text, len);
        if (name == Q_none) { return NULL; }
        key = OBJ_QSTR(name);
    }
    for (struct map_slot *s = m->table, *end = s + m->used; s < end; s++) {
        if (s->key == key) { return s; }
    }
    return NULL;
}

static struct map_slot *map_find_ordered(const struct map *m, obj_t key) {
    size_t i = 0;
    while (i < m->used) {
        obj_t in_table = m->table[i].key;
        if (!map_key_same(in_table, key)) {
            i++;
        } else if (i < m->used && m->table[i].key == in_table) {
            return &m->table[i];
        } else {
            i = 0;
        }
    }
    return NULL;
}

static struct map_slot *map_append(struct map *m, obj_t key) {
    if (m->used == m->slots) {
        size_t slots = m->slots + 4;
        m->table = heap_resize(m->table, 2 * slots, 0, HEAP_REFS);
        m->slots = slots;
    }
    struct map_slot *s = &m->table[m->used++];
    *s = (struct map_slot){key, OBJ_NULL};
    return s;
}

// ---- looking up -----------------------------------------------------------------------------------------------------
struct map_slot *map_find_qstr(const struct map *m, qstr_t name) {
    obj_t key = OBJ_QSTR(name);
    if (m->flags & (MAP_FIXED | MAP_ORDERED | MAP_OTHER_KEYS)) { return map_find(m, key); }
    size_t slots = m->slots;
    if (slots == 0) { return NULL; }
    struct map_slot *table = m->table;
    size_t home = map_home(qstr_hash(name), slots);
    for (size_t at = home; table[at].key != OBJ_NULL;) {
        if (table[at].key == key) { return &table[at]; }
        at = at + 1 == slots ? 0 : at + 1;
        if (at == home) { break; }
    }
    return NULL;
}

struct map_slot *map_find(const struct map *m, obj_t key) {
    if (m->flags & MAP_FIXED) { return map_find_fixed(m, key); }
    if (m->flags & MAP_ORDERED) { return map_find_ordered(m, key); }
    if (m->slots == 0) { // the key is not even asked for its hash
        return NULL;
    }
    size_t hash = map_key_hash(key);
again:;
    struct map_slot *table = m->table;
    size_t slots = m->slots;
    size_t at = slots == 0 ? 0 : map_home(hash, slots);
    for (size_t i = 0; i < slots; i++) {
        obj_t in_table = table[at].key;
        if (in_table == OBJ_NULL) { return NULL; }
        if (in_table == key) { return &table[at]; }
        if (i == INDEX_WALK && map_index_serves(key)) {
            struct map_index *x = map_index_make(&table->key, slots, 2);
            if (x) { return (struct map_slot *)map_index_find(x, key, hash); }
        }
        if (in_table != OBJ_SENTINEL && !(map_key_plain(in_table) && map_key_plain(key))) {
            bool same = map_key_same_slow(in_table, key);
            if (m->table != table || m->slots != slots || table[at].key != in_table) { goto again; }
            if (same) { return &table[at]; }
        }
        at = at + 1 == slots ? 0 : at + 1;
    }
    return NULL;
}

static struct map_slot *map_fill(struct map *m, struct map_slot *s, obj_t key, size_t hash) {
    *s = (struct map_slot){key, OBJ_NULL};
    m->used++;
    if (m->slots >= INDEX_LEAST) {
        struct map_index *x = map_index_of(&m->table->key);
        if (x) { map_index_added(x, &s->key, hash); }
    }
    map_note_keys(m);
    return s;
}

static struct map_slot *map_place_indexed(struct map *m, struct map_index *x, obj_t key, size_t hash) {
    obj_t *place = map_index_find(x, key, hash);
    if (place) { return (struct map_slot *)place; }
    place = map_index_room(x, map_home(hash, m->slots));
    return place ? map_fill(m, (struct map_slot *)place, key, hash) : NULL;
}

// One walk of map_add over a hashed table: the slot of key, found or filled; NULL: there is no room, or the table changed meanwhile
// (*changed).
static struct map_slot *map_place(struct map *m, obj_t key, size_t hash, bool *changed) {
    struct map_slot *table = m->table, *reuse = NULL;
    size_t slots = m->slots;
    size_t at = map_home(hash, slots);
    for (size_t i = 0; i < slots; i++) {
        obj_t in_table = table[at].key;
        if (in_table == OBJ_NULL) { return map_fill(m, reuse != NULL ? reuse : &table[at], key, hash); }
        if (i == INDEX_WALK && map_index_serves(key)) {
            struct map_index *x = map_index_make(&table->key, slots, 2);
            if (x) { return map_place_indexed(m, x, key, hash); }
        }
        if (in_table == OBJ_SENTINEL) {
            reuse = reuse != NULL ? reuse : &table[at];
        } else if (in_table == key) {
            return &table[at];
        } else if (!(map_key_plain(in_table) && map_key_plain(key))) {
            bool same = map_key_same_slow(in_table, key);
            *changed = m->table != table || m->slots != slots || table[at].key != in_table || (reuse && reuse->key != OBJ_SENTINEL);
            if (same || *changed) { return *changed ? NULL : &table[at]; }
        }
        at = at + 1 == slots ? 0 : at + 1;
    }
    return reuse == NULL ? NULL : map_fill(m, reuse, key, hash);
}

static struct map_slot *map_add_linear(struct map *m, obj_t key) {
    map_check_changeable(m);
    struct map_slot *s = map_find_ordered(m, key);
    if (s == NULL) {
        s = map_append(m, key);
        map_note_keys(m);
    }
    return s;
}

struct map_slot *map_add(struct map *m, obj_t key) {
    struct map_slot *s;
    if (m->flags & (MAP_FIXED | MAP_ORDERED | MAP_READ_ONLY)) {
        s = map_add_linear(m, key);
    } else {
        if (m->slots == 0) { map_grow(m); }
        size_t hash = map_key_hash(key);
        for (;;) {
            bool changed = false;
            if (m->slots != 0 && (s = map_place(m, key, hash, &changed)) != NULL) { break; }
            if (!changed) { map_grow(m); }
        }
    }
    if (!obj_is_qstr(key)) { m->flags |= MAP_OTHER_KEYS; }
    if (m->flags & MAP_CLASS) { // what the caller stores may replace what caches remember
        rt.globals_version++;
    }
    return s;
}

void map_slot_leaves(const struct map *m, const struct map_slot *s) {
    if (m->slots < INDEX_LEAST || (m->flags & MAP_ORDERED)) { return; }
    struct map_index *x = map_index_of(&m->table->key);
    if (x) { map_index_removed(x, &s->key, map_key_hash(s->key)); }
}

bool map_remove(struct map *m, obj_t key, obj_t *value) {
    map_check_changeable(m);
    struct map_slot *s = map_find(m, key);
    if (s == NULL) { return false; }
    if (value != NULL) { *value = s->value; }
    size_t at = (size_t)(s - m->table);
    m->used--;
    map_slot_leaves(m, s);
    if (m->flags & MAP_ORDERED) {
        memmove(s, s + 1, (m->used - at) * sizeof *s);
        m->table[m->used] = (struct map_slot){OBJ_NULL, OBJ_NULL};
    } else {
        size_t next = at + 1 == m->slots ? 0 : at + 1;
        *s = (struct map_slot){m->table[next].key == OBJ_NULL ? OBJ_NULL : OBJ_SENTINEL, OBJ_NULL};
    }
    map_note_keys(m);
    return true;
}

struct map_slot *map_next(const struct map *m, size_t *cursor) {
    while (*cursor < m->slots) {
        struct map_slot *s = &m->table[(*cursor)++];
        if (s->key != OBJ_NULL && s->key != OBJ_SENTINEL) { return s; }
    }
    return NULL;
}
