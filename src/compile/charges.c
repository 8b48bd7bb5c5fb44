// SPDX-License-Identifier: MIT
// See charges.h.
#include "compile/charges.h"

#include "heap/heap.h"
#include "objects/map.h"
#include "rt.h"

enum { RECORD_NEXT, RECORD_CODE, RECORD_NAMES, RECORD_ROOM };
enum { EMITTER_WORDS = 17, NAME_WORDS = 2, NAME_START = 4, NAME_STEP = 6, CONSTANT_START = 4, LABEL_BASE = 6 };

void charges_begin(struct charges *c) {
    c->name_map = heap_new(2, 0, HEAP_DATA);
    c->map_slots = 1;
    c->constants = heap_new(CONSTANT_START, 0, HEAP_REFS);
    c->constant_room = CONSTANT_START;
}

void charges_emitter(struct charges *c) { c->emitter = heap_new(EMITTER_WORDS, 0, HEAP_DATA); }

uintptr_t *charges_scope(struct charges *c, struct code_record **code) {
    uintptr_t *record = heap_new(rt.profile.scope_bytes / 4, 0, HEAP_REFS);
    if (c->last_scope != NULL) c->last_scope[RECORD_NEXT] = (uintptr_t)record;
    else c->first_scope = record;
    c->last_scope = record;
    *code = heap_new(4, 0, HEAP_REFS);
    record[RECORD_CODE] = (uintptr_t)*code;
    record[RECORD_NAMES] = (uintptr_t)heap_new(NAME_WORDS * NAME_START, 0, HEAP_DATA);
    record[RECORD_ROOM] = NAME_START;
    return record;
}

void charges_name(uintptr_t *record, size_t n) {
    if (n <= record[RECORD_ROOM]) return;
    size_t room = record[RECORD_ROOM] + NAME_STEP;
    record[RECORD_NAMES] = (uintptr_t)heap_resize((void *)record[RECORD_NAMES], NAME_WORDS * room, 0, HEAP_DATA);
    record[RECORD_ROOM] = room;
}

void charges_map(struct charges *c) {
    if (c->map_used == c->map_slots) {
        size_t slots = map_grown(c->map_slots);
        void *table = heap_new(2 * slots, 0, HEAP_DATA);
        heap_free(c->name_map);
        c->name_map = table;
        c->map_slots = slots;
    }
    c->map_used++;
}

void charges_constant(struct charges *c, obj_t value) {
    if (c->n_constants == c->constant_room) {
        c->constants = heap_resize(c->constants, 2 * c->constant_room, 0, HEAP_REFS);
        c->constant_room *= 2;
    }
    c->constants[c->n_constants++] = value;
}

void charges_labels(struct charges *c, size_t most) { c->labels = heap_new(LABEL_BASE + most, 0, HEAP_DATA); }

void charges_end_emitter(struct charges *c) {
    heap_free(c->labels);
    heap_free(c->emitter);
    c->labels = c->emitter = NULL;
}

void charges_end_scopes(struct charges *c) {
    uintptr_t *record = c->first_scope;
    c->first_scope = c->last_scope = NULL;
    while (record != NULL) {
        uintptr_t *next = (uintptr_t *)record[RECORD_NEXT];
        heap_free((void *)record[RECORD_NAMES]);
        heap_free(record);
        record = next;
    }
}
