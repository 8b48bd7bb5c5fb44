// SPDX-License-Identifier: MIT
// list.sort() and sorted(): a stable merge sort that asks the Python heap for nothing.
//
//  - Each item is paired with its key (the item itself without key=) in host memory; the key function is called once for each.
//    The list keeps its old contents until the end, so code that runs meanwhile sees it whole. When such code changes the length of
//    the list, its change stands and the sort is dropped.
//  - While code can run, the pairs are roots of the heap: a job is linked into rt.sort_jobs, and sort_mark() marks its pairs.
//  - Any call can raise: the part that calls runs under protect(), so that the job is unlinked and its memory given back.
//  - Only `<` is asked. Runs of 8 are made by insertion, then merged by pairs, from one array to the other.
//  - Keys that are all small integers or all texts are compared without a call. Such a sort is protected only when it may take long enough
//    to be interrupted (LONG).
#include "heap/heap.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"
#include "run/vm.h"

struct sort_pair {
    obj_t key, item;
};
enum sort_order { SORT_ANY, SORT_INTS, SORT_TEXTS };
struct sort_job {
    struct sort_job *outer;
    struct sort_pair *pairs, *spare; // halves of one block of host memory, n pairs each
    size_t n;
    obj_t key_function; // OBJ_NONE: none
    bool reverse;
    enum sort_order order;
};
enum { SORT_RUN = 8, SORT_LONG = 1000 };

static void sort_mark(void) {
    for (struct sort_job *job = rt.sort_jobs; job != NULL; job = job->outer) {
        heap_mark_words(job->pairs, 2 * job->n);
        heap_mark_words(job->spare, 2 * job->n);
    }
}

static bool sort_text_less(obj_t a, obj_t b) {
    size_t an, bn;
    const char *x = str_data(a, &an), *y = str_data(b, &bn);
    int sign = memcmp(x, y, an < bn ? an : bn);
    return sign != 0 ? sign < 0 : an < bn;
}

static bool sort_less(const struct sort_job *job, obj_t a, obj_t b) {
    switch (job->order) {
    case SORT_INTS: return obj_int(a) < obj_int(b);
    case SORT_TEXTS: return sort_text_less(a, b);
    default: return obj_true(obj_binary(OP_LT, a, b));
    }
}

// Must b, which stands behind a, come before it?
static inline bool sort_swaps(const struct sort_job *job, const struct sort_pair *a, const struct sort_pair *b) {
    return job->reverse ? sort_less(job, a->key, b->key) : sort_less(job, b->key, a->key);
}

static void sort_insertion(struct sort_job *job, size_t from, size_t to) {
    for (size_t i = from + 1; i < to; i++) {
        struct sort_pair p = job->pairs[i];
        size_t j = i;
        while (j > from && sort_swaps(job, &job->pairs[j - 1], &p)) { j--; }
        memmove(&job->pairs[j + 1], &job->pairs[j], (i - j) * sizeof p);
        job->pairs[j] = p;
    }
}

// Merges pairs[from..middle) and pairs[middle..to) into spare.
static void sort_merge(struct sort_job *job, size_t from, size_t middle, size_t to) {
    struct sort_pair *in = job->pairs, *out = job->spare + from;
    if (job->n > SORT_LONG) { poll_keyboard(); }
    if (middle >= to || !sort_swaps(job, &in[middle - 1], &in[middle])) { // in order already
        memcpy(out, in + from, (to - from) * sizeof *in);
        return;
    }
    size_t i = from, j = middle;
    while (i < middle && j < to) { *out++ = sort_swaps(job, &in[i], &in[j]) ? in[j++] : in[i++]; }
    memcpy(out, in + i, (middle - i) * sizeof *in);
    out += middle - i;
    memcpy(out, in + j, (to - j) * sizeof *in);
}

static bool sort_is_done(struct sort_job *job) {
    for (size_t i = 1; i < job->n; i++) {
        if (job->n > SORT_LONG) { patience(i); }
        if (sort_swaps(job, &job->pairs[i - 1], &job->pairs[i])) { return false; }
    }
    return true;
}

static size_t sort_end(const struct sort_job *job, size_t from, size_t length) { return job->n - from < length ? job->n : from + length; }

static void sort_pairs(struct sort_job *job) {
    if (sort_is_done(job)) { return; }
    for (size_t from = 0; from < job->n; from = sort_end(job, from, SORT_RUN)) { sort_insertion(job, from, sort_end(job, from, SORT_RUN)); }
    for (size_t run = SORT_RUN; run < job->n; run *= 2) {
        for (size_t from = 0; from < job->n; from = sort_end(job, from, 2 * run)) {
            sort_merge(job, from, sort_end(job, from, run), sort_end(job, from, 2 * run));
        }
        struct sort_pair *done = job->spare;
        job->spare = job->pairs;
        job->pairs = done;
    }
}

static enum sort_order sort_order_of(const struct sort_job *job) {
    bool ints = true, texts = true;
    for (size_t i = 0; i < job->n && (ints || texts); i++) {
        ints = ints && obj_is_int(job->pairs[i].key);
        texts = texts && obj_is_str(job->pairs[i].key);
    }
    return ints ? SORT_INTS : texts ? SORT_TEXTS : SORT_ANY;
}

static void sort_run(void *arg) {
    struct sort_job *job = arg;
    if (job->key_function != OBJ_NONE) {
        for (size_t i = 0; i < job->n; i++) {
            rt.board_between = rt.profile.extra.key;
            job->pairs[i].key = call_1(job->key_function, job->pairs[i].item);
        }
        job->order = sort_order_of(job);
    }
    const struct sort_pair *first = &job->pairs[0], *last = &job->pairs[job->n - 1];
    if (job->order == SORT_ANY && obj_type(first->key) != obj_type(last->key)) {
        // things without a common order are reported in the order in which they stand in the list
        sort_less(job, first->key, last->key);
    }
    sort_pairs(job);
}

static struct sort_pair *sort_memory(const struct list *l) {
    size_t bytes;
    struct sort_pair *pairs = NULL;
    if (!__builtin_mul_overflow(l->len, 2 * sizeof *pairs, &bytes)) { pairs = host_try_alloc(bytes); }
    if (pairs == NULL) { raise_no_memory(l->len * rt.profile.word_bytes); }
    memset(pairs, 0, bytes);
    for (size_t i = 0; i < l->len; i++) { pairs[i] = (struct sort_pair){l->items[i], l->items[i]}; }
    return pairs;
}

void list_sort(obj_t list, obj_t key, bool reverse) {
    struct list *l = (struct list *)list;
    stack_check();
    if (l->len < 2) { return; }
    struct sort_pair *memory = sort_memory(l);
    struct sort_job job = {rt.sort_jobs, memory, memory + l->len, l->len, key == OBJ_NULL ? OBJ_NONE : key, reverse, SORT_ANY};
    bool done = true;
    obj_t exception = OBJ_NULL;
    job.order = job.key_function == OBJ_NONE ? sort_order_of(&job) : SORT_ANY;
    if (job.order != SORT_ANY && job.n <= SORT_LONG) {
        sort_pairs(&job);
    } else {
        heap_add_root(sort_mark);
        rt.sort_jobs = &job;
        done = protect(sort_run, &job, &exception);
        rt.sort_jobs = job.outer;
    }
    if (done && l->len == job.n) {
        for (size_t i = 0; i < job.n; i++) { l->items[i] = job.pairs[i].item; }
    }
    host_free(memory);
    if (!done) { raise_object(exception); }
}
