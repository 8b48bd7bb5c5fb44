// SPDX-License-Identifier: MIT
// Module heapq: a list in which no item is smaller than its parent (item i has the children 2i + 1 and 2i + 2).
//
// A comparison may run Python code, which may change the list: its items are read anew after each, and a list that has become shorter
// is an error. While an item is on its way the place where it will be is a hole that holds a copy of a neighbour.
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

static struct list *heap_list(obj_t o) {
    if (!obj_is(o, &type_list)) raise_message(&type_TypeError, "heap must be a list");
    return (struct list *)o;
}

static bool item_less(const struct list *l, size_t len, obj_t a, obj_t b) {
    bool less = obj_true(obj_binary(OP_LT, a, b));
    if (l->len < len) raise_message(&type_RuntimeError, "list changed size");
    return less;
}

// The item at `at` moves up to where it belongs, not above `top`.
static void sift_up(struct list *l, size_t top, size_t at) {
    size_t len = l->len;
    obj_t item = l->items[at];
    while (at > top) {
        size_t parent = (at - 1) / 2;
        obj_t above = l->items[parent];
        if (!item_less(l, len, item, above)) break;
        l->items[at] = above;
        at = parent;
    }
    l->items[at] = item;
}

// The item at `at` goes down along the smaller children to the end, then up again: it mostly belongs near the end.
static void sift_down(struct list *l, size_t at) {
    size_t top = at, len = l->len;
    obj_t item = l->items[at];
    for (size_t child; (child = 2 * at + 1) < len; at = child) {
        if (child + 1 < len && !item_less(l, len, l->items[child], l->items[child + 1])) child++;
        l->items[at] = l->items[child];
    }
    l->items[at] = item;
    sift_up(l, top, at);
}

static obj_t heapq_heappush(obj_t heap, obj_t item) {
    struct list *l = heap_list(heap);
    list_append(heap, item);
    sift_up(l, 0, l->len - 1);
    return OBJ_NONE;
}

static obj_t heapq_heappop(obj_t heap) {
    struct list *l = heap_list(heap);
    if (l->len == 0) raise_message(&type_IndexError, "empty heap");
    obj_t item = l->items[0];
    l->len--;
    l->items[0] = l->items[l->len];
    l->items[l->len] = OBJ_NULL; // the collector must not see it any more
    if (l->len > 0) sift_down(l, 0);
    return item;
}

static obj_t heapq_heapify(obj_t heap) {
    struct list *l = heap_list(heap);
    for (size_t i = l->len / 2; i > 0; i--) {
        if (i > l->len) raise_message(&type_RuntimeError, "list changed size");
        sift_down(l, i - 1);
    }
    return OBJ_NONE;
}

BUILTIN_2(heappush_fn, heapq_heappush);
BUILTIN_1(heappop_fn, heapq_heappop);
BUILTIN_1(heapify_fn, heapq_heapify);

static const struct map_slot heapq_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_heapq)),
    MEMBER(heappush, &heappush_fn),
    MEMBER(heappop, &heappop_fn),
    MEMBER(heapify, &heapify_fn),
};
static FIXED_DICT(heapq_dict, heapq_members);
const struct module module_heapq = {&type_module, &heapq_dict, {0}};
MODULE(heapq, true, NULL, "");
