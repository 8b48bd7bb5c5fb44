// SPDX-License-Identifier: MIT
// The hash tables behind dict, set, module globals, class members and instances.
//
// Invariants (spec/heap-model.md 2.6; order is visible to Python)
//  - slot = hash mod slots, linear probing upward with wrap-around; iteration in slot order.
//  - Grows only when completely full and a new key arrives, along the fixed growth list.
//  - key OBJ_NULL: never used. key OBJ_SENTINEL: deleted.
//  - An ordered map is a linear array in order of insertion, growing by 4.
//  - A fixed map (MAP_FIXED) is a static table of a builtin module or type: all keys are interned, slots == used, searched linearly.
#ifndef SRC_MAP_H
#define SRC_MAP_H

#include "obj.h"

struct map_slot {
    obj_t key, value;
};
enum map_flag {
    MAP_FIXED = 1,
    MAP_ORDERED = 2,
    MAP_OTHER_KEYS = 4,  // holds a key that is not interned text
    MAP_GLOBALS = 8,     // a module dictionary or class: rt.globals_version counts its changes of keys
    MAP_CLASS = 16,      // members of a class: any store counts too
    MAP_READ_ONLY = 32   // a copy of another map (__dict__): cannot be changed
};
struct map {
    uint32_t used;  // live keys
    uint16_t flags; // enum map_flag
    uint16_t spare;
    size_t slots;   // capacity
    struct map_slot *table;
};
struct dict { // type_dict, type_ordereddict
    const struct type *type;
    struct map map;
};
struct set { // type_set, type_frozenset
    const struct type *type;
    size_t used;
    size_t slots;
    obj_t *table;
};

#define MEMBER(name, value) {OBJ_QSTR(Q_##name), (obj_t)(value)}
// static struct dict SYMBOL around a static const struct map_slot array
#define FIXED_DICT(symbol, members)                                                                                                        \
    struct dict symbol = {&type_dict, {sizeof(members) / sizeof((members)[0]), MAP_FIXED, 0, sizeof(members) / sizeof((members)[0]), \
                                       (struct map_slot *)(uintptr_t)(members)}}

void map_init(struct map *m, size_t slots); // exactly `slots` slots (0: no table yet)
void map_free_table(struct map *m);
struct map_slot *map_find(const struct map *m, obj_t key);   // NULL when missing; may run __hash__/__eq__
struct map_slot *map_find_qstr(const struct map *m, qstr_t name); // as map_find, faster; never raises for maps of interned keys
// the slot of key, made if missing (value OBJ_NULL); MemoryError, TypeError on fixed maps
struct map_slot *map_add(struct map *m, obj_t key);
bool map_remove(struct map *m, obj_t key, obj_t *value);     // false: was not there
struct map_slot *map_next(const struct map *m, size_t *cursor); // next used slot from *cursor (start at 0), NULL at the end
void map_copy(struct map *to, const struct map *from);
size_t map_grown(size_t slots); // next capacity >= slots + 1

// The rule by which two keys meet, for tables of other kinds (sets).
size_t map_key_hash_slow(obj_t key);
size_t map_key_hash(obj_t key);
void map_slot_leaves(const struct map *m, const struct map_slot *s); // before a key is taken out of a slot by hand
bool map_key_same_slow(obj_t in_table, obj_t key);
static inline bool map_key_plain(obj_t key) { return (key & 1) || (key & 7) == 2; } // small integer or interned text: no code runs
// Same key? Runs __eq__ only when one of the two is no plain key: look at the table again afterwards.
static inline bool map_key_same(obj_t in_table, obj_t key) {
    return in_table == key || (!(map_key_plain(in_table) && map_key_plain(key)) && map_key_same_slow(in_table, key));
}
// First slot to look at. 32-bit division is several times faster, and nearly always enough.
static inline size_t map_home(size_t hash, size_t slots) {
    return ((hash | slots) >> 31 >> 1) == 0 ? (uint32_t)hash % (uint32_t)slots : hash % slots;
}
void map_clear(struct map *m);        // table freed, 0 slots, still ordered when it was
void map_check_changeable(const struct map *m); // TypeError without arguments for fixed maps

obj_t dict_new(size_t slots);
obj_t ordereddict_new(void);
obj_t dict_get(obj_t dict, obj_t key); // KeyError
void dict_set(obj_t dict, obj_t key, obj_t value);
void dict_set_qstr(struct dict *d, qstr_t name, obj_t value);
static inline struct map *dict_map(obj_t dict) { return &((struct dict *)dict)->map; }
obj_t dict_copy(obj_t dict);
obj_t dict_iter(obj_t dict, struct iter_buf *buf);
// update() from a dictionary or from an iterable of pairs. TypeError, ValueError `dict update sequence has wrong length`
void dict_update(obj_t dict, obj_t source);
enum dict_view_kind { DICT_ITEMS, DICT_KEYS, DICT_VALUES };
obj_t dict_view_new(obj_t dict, enum dict_view_kind kind);
bool obj_is_dict(obj_t o); // dict, OrderedDict or a subclass instance's native part is NOT looked through

obj_t set_new(size_t n, const obj_t *items); // table of exactly n slots, as the set display
bool set_add(struct set *s, obj_t item);     // true: was new
bool set_has(const struct set *s, obj_t item);
obj_t *set_next(const struct set *s, size_t *cursor);

#endif
