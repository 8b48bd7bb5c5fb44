// SPDX-License-Identifier: MIT
// See map_index.h. An index is an open-addressing table of slot numbers at half load, with hashes spread by a multiplication, and a
// bitmap of
// the slots that hold no live key. All indexes are found by the address of their table in one small registry. The collector tells the
// end of a table through heap_drop_hook (the run is marked as owning host memory).
#include "objects/map_index.h"
#include "code/code.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/str.h"

enum { CELL_FREE = 0, CELL_GONE = UINT32_MAX };

struct map_index {
    obj_t *table;
    size_t slots, stride;
    uint32_t *cells; // slot + 1
    size_t mask, taken; // cells - 1; cells that are not free
    uint64_t *vacant;   // bit: the slot holds no live key
    uint64_t *somewhere; // bit: the word of `vacant` is not zero
};

static struct {
    struct map_index **entry;
    size_t mask, count; // entries - 1
} registry;

// ---- the registry -----------------------------------------------------------------------------------------------------------
static size_t registry_home(const void *table) { return (size_t)(((uintptr_t)table >> 5) * 0x9e3779b97f4a7c15u >> 32); }

static struct map_index **registry_find(const void *table) {
    if (registry.count == 0) return NULL;
    for (size_t i = registry_home(table) & registry.mask; registry.entry[i]; i = (i + 1) & registry.mask)
        if (registry.entry[i]->table == table) return &registry.entry[i];
    return NULL;
}

static void registry_put(struct map_index *x) {
    size_t i = registry_home(x->table) & registry.mask;
    while (registry.entry[i]) i = (i + 1) & registry.mask;
    registry.entry[i] = x;
}

static void registry_add(struct map_index *x) {
    size_t room = registry.entry ? registry.mask + 1 : 0;
    if (2 * (registry.count + 1) > room) {
        struct map_index **old = registry.entry;
        size_t bigger = room ? 2 * room : 16;
        registry.entry = host_alloc(bigger * sizeof *registry.entry);
        memset(registry.entry, 0, bigger * sizeof *registry.entry);
        registry.mask = bigger - 1;
        for (size_t i = 0; i < room; i++)
            if (old[i]) registry_put(old[i]);
        host_free(old);
    }
    registry_put(x);
    registry.count++;
}

static void registry_remove(struct map_index **at) {
    size_t i = (size_t)(at - registry.entry);
    registry.entry[i] = NULL;
    registry.count--;
    for (size_t k = (i + 1) & registry.mask; registry.entry[k]; k = (k + 1) & registry.mask) {
        struct map_index *x = registry.entry[k];
        registry.entry[k] = NULL;
        registry_put(x);
    }
}

static void index_free(struct map_index *x) {
    host_free(x->cells);
    host_free(x->vacant);
    host_free(x->somewhere);
    host_free(x);
}

bool map_index_drop(const void *table) {
    struct map_index **at = registry_find(table);
    if (!at) return false;
    struct map_index *x = *at;
    registry_remove(at);
    index_free(x);
    return true;
}

struct map_index *map_index_of(const obj_t *table) {
    struct map_index **at = registry_find(table);
    return at ? *at : NULL;
}

// ---- keys ---------------------------------------------------------------------------------------------------------------------
static bool key_serves(obj_t key, unsigned depth) {
    if (obj_is_int(key) || obj_is_qstr(key) || obj_is_float_now(key)) return true;
    const struct type *t = obj_type(key);
    if (t == &type_str || t == &type_bytes || t == &type_int || t == &type_float || t == &type_bool || t == &type_none) return true;
    if (t != &type_tuple || depth > 4) return false;
    const struct tuple *tuple = (const struct tuple *)key;
    for (size_t i = 0; i < tuple->len; i++)
        if (!key_serves(tuple->items[i], depth + 1)) return false;
    return true;
}

bool map_index_serves(obj_t key) { return key_serves(key, 0); }

static size_t cell_home(const struct map_index *x, size_t hash) { return (size_t)((hash * 0x9e3779b97f4a7c15u) >> 29) & x->mask; }
static obj_t *key_at(const struct map_index *x, size_t slot) { return x->table + slot * x->stride; }

// ---- filling --------------------------------------------------------------------------------------------------------------------
static void cell_put(struct map_index *x, size_t slot, size_t hash) {
    size_t i = cell_home(x, hash);
    while (x->cells[i] != CELL_FREE && x->cells[i] != CELL_GONE) i = (i + 1) & x->mask;
    if (x->cells[i] == CELL_FREE) x->taken++;
    x->cells[i] = (uint32_t)slot + 1;
}

static size_t vacant_words(const struct map_index *x) { return (x->slots + 63) / 64; }

static void vacant_set(struct map_index *x, size_t slot) {
    x->vacant[slot / 64] |= (uint64_t)1 << (slot % 64);
    x->somewhere[slot / 4096] |= (uint64_t)1 << (slot / 64 % 64);
}

static void vacant_clear(struct map_index *x, size_t slot) {
    size_t w = slot / 64;
    x->vacant[w] &= ~((uint64_t)1 << (slot % 64));
    if (x->vacant[w] == 0) x->somewhere[w / 64] &= ~((uint64_t)1 << (w % 64));
}

static bool index_fill(struct map_index *x) {
    memset(x->cells, 0, (x->mask + 1) * sizeof *x->cells);
    memset(x->vacant, 0, vacant_words(x) * sizeof *x->vacant);
    memset(x->somewhere, 0, (vacant_words(x) + 63) / 64 * sizeof *x->somewhere);
    x->taken = 0;
    for (size_t s = 0; s < x->slots; s++) {
        obj_t key = *key_at(x, s);
        if (key == OBJ_NULL || key == OBJ_SENTINEL) {
            vacant_set(x, s);
            continue;
        }
        if (!map_index_serves(key)) return false;
        cell_put(x, s, map_key_hash(key));
    }
    return true;
}

struct map_index *map_index_make(obj_t *table, size_t slots, size_t stride) {
    struct map_index *x = map_index_of(table);
    if (x) return x;
    if (slots < INDEX_LEAST || slots >= UINT32_MAX / 2) return NULL;
    size_t cells = 128;
    while (cells < 2 * slots) cells *= 2;
    x = host_alloc(sizeof *x);
    *x = (struct map_index){.table = table, .slots = slots, .stride = stride, .mask = cells - 1};
    x->cells = host_alloc(cells * sizeof *x->cells);
    x->vacant = host_alloc(vacant_words(x) * sizeof *x->vacant);
    x->somewhere = host_alloc((vacant_words(x) + 63) / 64 * sizeof *x->somewhere);
    if (!index_fill(x)) {
        index_free(x);
        return NULL;
    }
    registry_add(x);
    heap_set_hosted(table);
    return x;
}

obj_t *map_index_find(const struct map_index *x, obj_t key, size_t hash) {
    for (size_t i = cell_home(x, hash); x->cells[i] != CELL_FREE; i = (i + 1) & x->mask) {
        if (x->cells[i] == CELL_GONE) continue;
        obj_t *place = key_at(x, x->cells[i] - 1);
        if (*place == key || (!(map_key_plain(*place) && map_key_plain(key)) && map_key_same_slow(*place, key))) return place;
    }
    return NULL;
}

// First vacant slot at or above `from`; x->slots: none.
static size_t vacant_from(const struct map_index *x, size_t from) {
    size_t words = vacant_words(x), w = from / 64;
    if (from >= x->slots) return x->slots;
    uint64_t bits = x->vacant[w] & ~(uint64_t)0 << (from % 64);
    if (bits) return w * 64 + (size_t)__builtin_ctzll(bits);
    if (++w >= words) return x->slots;
    uint64_t some = x->somewhere[w / 64] & ~(uint64_t)0 << (w % 64);
    for (size_t g = w / 64; g < (words + 63) / 64; some = ++g < (words + 63) / 64 ? x->somewhere[g] : 0) {
        if (!some) continue;
        w = g * 64 + (size_t)__builtin_ctzll(some);
        return w * 64 + (size_t)__builtin_ctzll(x->vacant[w]);
    }
    return x->slots;
}

obj_t *map_index_room(const struct map_index *x, size_t home) {
    size_t slot = vacant_from(x, home);
    if (slot >= x->slots) slot = vacant_from(x, 0);
    return slot < x->slots ? key_at(x, slot) : NULL;
}

void map_index_added(struct map_index *x, const obj_t *place, size_t hash) {
    if (!map_index_serves(*place)) {
        map_index_drop(x->table);
        return;
    }
    size_t slot = (size_t)(place - x->table) / x->stride;
    vacant_clear(x, slot);
    if (x->taken >= x->mask / 4 * 3) index_fill(x); // clears what removals left; the new key is in the table already
    else cell_put(x, slot, hash);
}

void map_index_removed(struct map_index *x, const obj_t *place, size_t hash) {
    size_t slot = (size_t)(place - x->table) / x->stride;
    vacant_set(x, slot);
    for (size_t i = cell_home(x, hash); x->cells[i] != CELL_FREE; i = (i + 1) & x->mask) {
        if (x->cells[i] == slot + 1) {
            x->cells[i] = CELL_GONE;
            return;
        }
    }
}
