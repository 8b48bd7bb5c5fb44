// SPDX-License-Identifier: MIT
// Board memory accounting of the parser: see ledger.h. Sizes are stated in words, so that 64-bit profiles scale them.
//
// A tree chunk is two words and `room` words of nodes. A node of n children takes 2 + n words. The next node goes where it fits; else the
// chunk is grown in place by exactly the node; where that fails the chunk is cut to what is used and a new one is begun.

#include "ledger.h"
#include "heap/heap.h"
#include "rt.h"

enum { READER_TEXT = 4, READER_FILE = 8, LEXER_WORDS = 29, TOKEN_BYTES = 32, INDENT_STEP = 8, FORMAT_CALL = 8, CHUNK_HEAD = 2,
    NODE_HEAD = 2 };

struct ledger {
    struct ledger *next, **link; // live ledgers
    void *reader, *lexer, *indents, *token, *fields[2], *rules, *results;
    size_t indent_room, token_room, field_room[2], rule_room, result_room;
    void **chunks; // host array
    size_t n_chunks, chunk_room;
    size_t used, room; // of the last chunk, in words
};
static struct ledger *live;

static void ledger_mark(void) {
    for (const struct ledger *l = live; l; l = l->next) {
        const void *runs[] = {l->reader, l->lexer, l->indents, l->token, l->fields[0], l->fields[1], l->rules, l->results};
        for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
            if (runs[i]) {
                heap_mark(runs[i]);
            }
        }
        for (size_t i = 0; i < l->n_chunks; i++) {
            heap_mark(l->chunks[i]);
        }
    }
}

struct ledger *ledger_new(void) {
    heap_add_root(ledger_mark);
    struct ledger *l = host_alloc(sizeof(*l));
    *l = (struct ledger){.next = live, .link = &live};
    if (live) {
        live->link = &l->next;
    }
    live = l;
    return l;
}

void ledger_begin(struct ledger *l, bool from_file) {
    const struct profile *p = &rt.profile;
    l->indent_room = p->indent_stack;
    l->token_room = TOKEN_BYTES;
    l->field_room[0] = l->field_room[1] = 1;
    l->reader = heap_new(from_file ? READER_FILE : READER_TEXT, 0, HEAP_DATA);
    l->lexer = heap_new(LEXER_WORDS, 0, HEAP_DATA);
    l->indents = heap_new(0, 2 * l->indent_room, HEAP_DATA);
    l->token = heap_new(0, l->token_room, HEAP_DATA);
    l->fields[0] = heap_new(0, l->field_room[0], HEAP_DATA);
    l->fields[1] = heap_new(0, 1, HEAP_DATA);
}

void ledger_stacks(struct ledger *l) {
    l->rule_room = rt.profile.rule_stack;
    l->result_room = rt.profile.result_stack;
    l->rules = heap_new(2 * l->rule_room, 0, HEAP_DATA);
    l->results = heap_new(l->result_room, 0, HEAP_DATA);
}

static void ledger_new_chunk(struct ledger *l, size_t words) {
    if (l->n_chunks == l->chunk_room) {
        l->chunk_room = l->chunk_room ? 2 * l->chunk_room : 8;
        l->chunks = host_resize(l->chunks, l->chunk_room * sizeof(l->chunks[0]));
    }
    size_t least = rt.profile.tree_chunk / 4;
    l->room = words > least ? words : least;
    l->used = 0;
    l->chunks[l->n_chunks] = heap_new(CHUNK_HEAD + l->room, 0, HEAP_DATA);
    l->n_chunks++;
}

static void ledger_shrink(struct ledger *l) {
    if (l->n_chunks > 0) {
        heap_try_resize(l->chunks[l->n_chunks - 1], CHUNK_HEAD + l->used, 0, HEAP_DATA, false);
        l->room = l->used;
    }
}

void ledger_node(struct ledger *l, size_t n) {
    size_t words = NODE_HEAD + n;
    if (l->n_chunks == 0) {
        ledger_new_chunk(l, words);
    } else if (l->room - l->used < words) {
        void *chunk = l->chunks[l->n_chunks - 1];
        if (heap_try_resize(chunk, CHUNK_HEAD + l->room + words, 0, HEAP_DATA, false)) {
            l->room += words;
        } else {
            ledger_shrink(l);
            ledger_new_chunk(l, words);
        }
    }
    l->used += words;
}

void ledger_indents(struct ledger *l, size_t n) {
    while (l->indents && n > l->indent_room) {
        l->indents = heap_resize(l->indents, 0, 2 * (l->indent_room + INDENT_STEP), HEAP_DATA);
        l->indent_room += INDENT_STEP;
    }
}

// Where no board is modelled, room grows with what is there: the reference's fixed step makes very long lists slow.
static size_t ledger_step(size_t room, size_t step) {
    return rt.profile.heap_region == 0 && room / 4 > step ? room / 4 : step;
}

// A text buffer that is filled a character at a time (spec 2.3); the fields' begins with ".format(" at once.
static void *ledger_text(void *run, size_t *room, size_t len) {
    while (len > *room) {
        size_t bigger = *room < FORMAT_CALL ? FORMAT_CALL + 24 : ((*room + 1 + 16) & ~(size_t)7) + 8;
        bigger = *room + ledger_step(*room, bigger - *room);
        run = heap_resize(run, 0, bigger, HEAP_DATA);
        *room = bigger;
    }
    return run;
}

void ledger_token(struct ledger *l, size_t len) {
    if (l->token) {
        l->token = ledger_text(l->token, &l->token_room, len);
    }
}

void ledger_fields(struct ledger *l, size_t len) {
    if (!l->fields[0]) {
        return;
    }
    l->fields[0] = ledger_text(l->fields[0], &l->field_room[0], len);
    if (len > l->field_room[1]) { // from where the text goes back to the lexer
        size_t room = ((len + 16) & ~(size_t)7) + 8;
        l->fields[1] = heap_resize(l->fields[1], 0, room, HEAP_DATA);
        l->field_room[1] = room;
    }
}

void ledger_depth(struct ledger *l, size_t rules, size_t results) {
    while (l->rules && rules > l->rule_room) {
        size_t room = l->rule_room + ledger_step(l->rule_room, rt.profile.rule_step);
        l->rules = heap_resize(l->rules, 2 * room, 0, HEAP_DATA);
        l->rule_room = room;
    }
    while (l->results && results > l->result_room) {
        size_t room = l->result_room + ledger_step(l->result_room, rt.profile.result_step);
        l->results = heap_resize(l->results, room, 0, HEAP_DATA);
        l->result_room = room;
    }
}

static void ledger_release(void **run) {
    heap_free(*run);
    *run = NULL;
}

static void ledger_give_back(struct ledger *l) {
    ledger_release(&l->rules);
    ledger_release(&l->results);
    ledger_release(&l->reader);
    ledger_release(&l->token);
    ledger_release(&l->fields[0]);
    ledger_release(&l->fields[1]);
    ledger_release(&l->indents);
    ledger_release(&l->lexer);
}

void ledger_finish(struct ledger *l) {
    ledger_shrink(l);
    ledger_give_back(l);
}

void ledger_abandon(struct ledger *l) {
    l->rules = l->results = NULL;
    l->n_chunks = 0;
}

void ledger_free(struct ledger *l) {
    if (!l) {
        return;
    }
    ledger_give_back(l);
    for (size_t i = 0; i < l->n_chunks; i++) {
        heap_free(l->chunks[i]);
    }
    *l->link = l->next;
    if (l->next) {
        l->next->link = l->link;
    }
    host_free(l->chunks);
    host_free(l);
}
