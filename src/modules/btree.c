// SPDX-License-Identifier: MIT
// Module btree: a database of keys and values in any stream that can seek.
//
// Invariants
//  - Every access runs in tree_do(): one at a time, since the stream may be written in Python and ask for the database again. It happens
//    as a whole: after an exception, also of the stream and for want of memory, the database is what it was before.
//  - Keys that come in a buffer that can change are copied first.
//  - An iterator keeps its last key and looks for the next one, so the database may change meanwhile.
#include "heap/heap.h"
#include "modules/btree.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { FLAG_INCL = 1, FLAG_DESC = 2 };
enum sequence { SEQ_CURSOR = 1, SEQ_FIRST = 3, SEQ_LAST = 6 }; // numbers of Berkeley DB
static const struct type type_btree;

static struct btree *tree_open(obj_t o) {
    struct btree *t = (struct btree *)o;
    if (t->stream == OBJ_NULL) raise_message(&type_ValueError, "database closed");
    return t;
}

struct job {
    struct btree *t;
    void (*fn)(struct job *j);
    struct key key;
    struct buffer value;
    enum btree_find how;
    obj_t found_key, found_value;
    bool done;
};

static void tree_run(void *arg) {
    struct job *j = arg;
    j->fn(j);
}

static void tree_do(struct job *j) {
    struct btree *t = j->t;
    if (t->busy) raise_message(&type_RuntimeError, "database is busy");
    obj_t exception;
    t->busy = true;
    btree_begin(t);
    bool ended = protect(tree_run, j, &exception);
    btree_end(t, !ended);
    t->busy = false;
    if (!ended) raise_object(exception);
}

// *kept holds what the key points into.
static struct key key_of(obj_t o, obj_t *kept) {
    struct buffer b;
    obj_buffer(o, &b, BUFFER_READ);
    if (!obj_is_str_or_bytes(o)) {
        o = bytes_new(b.data ? b.data : "", b.len);
        obj_buffer(o, &b, BUFFER_READ);
    }
    *kept = o;
    return (struct key){b.data, b.len, false};
}

// ---- single keys ------------------------------------------------------------------------------------------------------------------
static void do_search(struct job *j) { j->done = btree_search(j->t, j->key, j->how, &j->found_key, &j->found_value); }
static void do_find(struct job *j) { j->done = btree_search(j->t, j->key, FIND_EQUAL, NULL, &j->found_value); }
static void do_insert(struct job *j) { btree_insert(j->t, j->key, j->value.data, j->value.len); }
static void do_remove(struct job *j) { j->done = btree_remove(j->t, j->key); }
static void do_flush(struct job *j) { btree_flush(j->t); }

static obj_t tree_find(obj_t self, obj_t key) { // OBJ_NULL: is not there
    obj_t kept;
    struct job j = {.t = tree_open(self), .fn = do_find, .key = key_of(key, &kept)};
    tree_do(&j);
    return j.done ? j.found_value : OBJ_NULL;
}

static obj_t tree_put(size_t n, const obj_t *args) {
    (void)n;
    obj_t kept_key, kept_value;
    struct job j = {.t = tree_open(args[0]), .fn = do_insert, .key = key_of(args[1], &kept_key)};
    struct key value = key_of(args[2], &kept_value);
    if (j.key.len > INT32_MAX || value.len > INT32_MAX) raise_no_memory(value.len);
    j.value = (struct buffer){(void *)(uintptr_t)value.data, value.len, 'B'};
    tree_do(&j);
    return OBJ_NONE;
}

static obj_t tree_get(size_t n, const obj_t *args) {
    obj_t value = tree_find(args[0], args[1]);
    return value != OBJ_NULL ? value : n > 2 ? args[2] : OBJ_NONE;
}

static obj_t tree_subscr(obj_t self, obj_t key, obj_t value) {
    if (value == OBJ_SENTINEL) {
        value = tree_find(self, key);
        if (value == OBJ_NULL) raise_value(&type_KeyError, key);
        return value;
    }
    if (value != OBJ_NULL) return tree_put(3, (obj_t[]){self, key, value});
    obj_t kept;
    struct job j = {.t = tree_open(self), .fn = do_remove, .key = key_of(key, &kept)};
    tree_do(&j);
    if (!j.done) raise_value(&type_KeyError, key);
    return OBJ_NONE;
}

static obj_t tree_binary(enum binary_op op, obj_t left, obj_t right) {
    return op == OP_CONTAINS ? obj_bool(tree_find(left, right) != OBJ_NULL) : OBJ_NULL;
}

// seq(flag[, key]): the pair at or behind the key, the first, the last; None when there is none
static obj_t tree_seq(size_t n, const obj_t *args) {
    intptr_t flag = obj_is_int(args[1]) ? obj_int(args[1]) : 0;
    obj_t kept = OBJ_NULL;
    struct job j = {.t = tree_open(args[0]), .fn = do_search, .how = flag == SEQ_LAST ? FIND_UP_TO : FIND_FROM, .key = {.is_end = true}};
    if ((flag != SEQ_CURSOR && flag != SEQ_FIRST && flag != SEQ_LAST) || (flag == SEQ_CURSOR && n < 3)) raise_os(EINVAL);
    if (flag == SEQ_CURSOR) j.key = key_of(args[2], &kept);
    tree_do(&j);
    if (!j.done) return OBJ_NONE;
    return tuple_new(2, (obj_t[]){j.found_key, j.found_value});
}

static obj_t tree_flush(obj_t self) {
    struct job j = {.t = tree_open(self), .fn = do_flush};
    tree_do(&j);
    return OBJ_NONE;
}

static obj_t tree_close(obj_t self) {
    struct btree *t = (struct btree *)self;
    if (t->stream == OBJ_NULL) return OBJ_NONE;
    tree_flush(self);
    for (size_t i = 0; i < t->n_slots; i++) heap_free(t->slots[i].data);
    heap_free(t->slots);
    t->slots = NULL;
    t->n_slots = 0;
    t->stream = OBJ_NULL;
    return OBJ_NONE;
}

// ---- ranges -------------------------------------------------------------------------------------------------------------------------
struct tree_iter { // 6 words
    const struct type *type;
    obj_t tree, last, end; // last: the key that came last, or where it begins (OBJ_NONE: no limit); end: OBJ_NONE: no limit
    uint8_t flags, kind;   // enum dict_view_kind
    bool started, ended;
};
static const struct type type_tree_iter;

static obj_t tree_iter_new(obj_t tree, obj_t start, obj_t end, intptr_t flags, enum dict_view_kind kind) {
    tree_open(tree);
    obj_t kept;
    if (start != OBJ_NONE) key_of(start, &kept), start = kept;
    if (end != OBJ_NONE) key_of(end, &kept), end = kept;
    struct tree_iter *i = heap_new(6, 0, HEAP_REFS);
    i->type = &type_tree_iter;
    i->tree = tree;
    i->last = start;
    i->end = end;
    i->flags = (uint8_t)flags;
    i->kind = (uint8_t)kind;
    return OBJ_PTR(i);
}

static bool iter_is_over(const struct tree_iter *i, obj_t key) {
    if (i->end == OBJ_NONE) return false;
    struct buffer a, b;
    obj_buffer(key, &a, BUFFER_READ);
    obj_buffer(i->end, &b, BUFFER_READ);
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    if (order == 0) order = a.len < b.len ? -1 : a.len > b.len;
    if (i->flags & FLAG_DESC) order = -order;
    return i->flags & FLAG_INCL ? order > 0 : order >= 0;
}

static obj_t tree_iter_next(obj_t self) {
    struct tree_iter *i = (struct tree_iter *)self;
    if (i->ended) return iter_end();
    obj_t kept = OBJ_NULL;
    bool down = i->flags & FLAG_DESC;
    struct job j = {.t = tree_open(i->tree), .fn = do_search, .key = {.is_end = true}};
    if (i->last != OBJ_NONE) j.key = key_of(i->last, &kept);
    if (i->started) j.how = down ? FIND_BEFORE : FIND_AFTER;
    else j.how = down ? FIND_UP_TO : FIND_FROM;
    tree_do(&j);
    i->started = true;
    if (!j.done || iter_is_over(i, j.found_key)) {
        i->ended = true;
        return iter_end();
    }
    i->last = j.found_key;
    if (i->kind == DICT_KEYS) return j.found_key;
    if (i->kind == DICT_VALUES) return j.found_value;
    return tuple_new(2, (obj_t[]){j.found_key, j.found_value});
}

static obj_t tree_range(size_t n, const obj_t *args, enum dict_view_kind kind) {
    return tree_iter_new(args[0], n > 1 ? args[1] : OBJ_NONE, n > 2 ? args[2] : OBJ_NONE, n > 3 ? obj_get_int(args[3]) : 0, kind);
}
static obj_t tree_keys(size_t n, const obj_t *args) { return tree_range(n, args, DICT_KEYS); }
static obj_t tree_values(size_t n, const obj_t *args) { return tree_range(n, args, DICT_VALUES); }
static obj_t tree_items(size_t n, const obj_t *args) { return tree_range(n, args, DICT_ITEMS); }
static obj_t tree_iterate(obj_t self, struct iter_buf *buf) {
    (void)buf;
    return tree_iter_new(self, OBJ_NONE, OBJ_NONE, 0, DICT_KEYS);
}

// ---- the module -----------------------------------------------------------------------------------------------------------------
static void tree_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct btree *t = (const struct btree *)self;
    print_format(p, "<btree %lx>", t->stream == OBJ_NULL ? 0ul : (unsigned long)heap_address(t));
}

struct start { // what open() was told
    struct job j;
    uint32_t page_size, min_keys;
    size_t cache;
};

static void do_start(struct job *j) {
    struct start *s = (struct start *)j;
    btree_start(j->t, s->page_size, s->cache, s->min_keys);
}

static obj_t btree_open(size_t n, size_t kw, const obj_t *args) {
    enum { FLAGS, PAGESIZE, CACHESIZE, MINKEYPAGE };
    static const struct arg_spec spec[] = {{Q_flags, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_pagesize, ARG_INT, ARG_KW_ONLY, {.i = 0}},
        {Q_cachesize, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_minkeypage, ARG_INT, ARG_KW_ONLY, {.i = 0}}};
    union arg_value v[4];
    args_parse(n - 1, kw, args + 1, 4, spec, v);
    intptr_t page = v[PAGESIZE].i, cache = v[CACHESIZE].i, keys = v[MINKEYPAGE].i;
    if ((page != 0 && (page < PAGE_LEAST || page > PAGE_MOST)) || cache < 0 || keys < 0 || keys > PAGE_MOST) raise_os(EINVAL);
    struct btree *t = heap_new(12, 0, HEAP_REFS);
    t->type = &type_btree;
    t->stream = args[0];
    struct start s = {{.t = t, .fn = do_start}, (uint32_t)page, (uint32_t)keys, (size_t)cache};
    tree_do(&s.j);
    return OBJ_PTR(t);
}

BUILTIN_VAR(get_fn, 2, 3, tree_get);
BUILTIN_VAR(put_fn, 3, 4, tree_put);
BUILTIN_VAR(seq_fn, 2, 4, tree_seq);
BUILTIN_VAR(keys_fn, 1, 4, tree_keys);
BUILTIN_VAR(values_fn, 1, 4, tree_values);
BUILTIN_VAR(items_fn, 1, 4, tree_items);
BUILTIN_1(flush_fn, tree_flush);
BUILTIN_1(close_fn, tree_close);
BUILTIN_KW(open_fn, 1, 255, btree_open);

static const struct map_slot tree_members[] = {
    MEMBER(get, &get_fn), MEMBER(put, &put_fn), MEMBER(seq, &seq_fn), MEMBER(keys, &keys_fn), MEMBER(values, &values_fn),
    MEMBER(items, &items_fn), MEMBER(flush, &flush_fn), MEMBER(close, &close_fn)};
static FIXED_DICT(tree_dict, tree_members);
static const struct type_ops tree_ops = {.print = tree_print, .subscr = tree_subscr, .binary = tree_binary, .iter = tree_iterate};
static const struct type type_btree = {.type = &type_type, .name = Q_btree, .ops = &tree_ops, .members = &tree_dict};
static const struct type_ops tree_iter_ops = {.iter = iter_self, .next = tree_iter_next};
static const struct type type_tree_iter = {.type = &type_type, .name = Q_iterator, .flags = TYPE_SELF_ITER, .ops = &tree_iter_ops};

static const struct map_slot btree_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_btree)),
    MEMBER(open, &open_fn),
    MEMBER(INCL, OBJ_INT(FLAG_INCL)),
    MEMBER(DESC, OBJ_INT(FLAG_DESC)),
};
static FIXED_DICT(btree_dict, btree_members);
const struct module module_btree = {&type_module, &btree_dict, {0}};
MODULE(btree, false, NULL, "");
