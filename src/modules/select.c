// SPDX-License-Identifier: MIT
// Module select: waiting for several streams at once.
//
// Invariants
//  - What is polled lies in two runs of the same order, that of registration: `watched` (the object, its user data, its own answer) and
//    `polls` (the descriptor, what is wanted, what was found). The second is what the host takes.
//  - A stream that answers STREAM_FILENO is waited for by its descriptor. Others have descriptor -1 and are asked (STREAM_POLL) every
//    millisecond. Integers are descriptors.
//  - Code that runs while poll() waits may register and unregister: places and runs are read again after each call that may run code.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include "run/wait.h"

#include <errno.h>
#include <limits.h>

enum { ONE_SHOT = 1, ASK_AGAIN_US = 1000, GROWTH = 4 };

struct watched {
    obj_t object;
    obj_t data;    // OBJ_NULL: none
    size_t answer; // of a stream without descriptor
};
struct poll { // 8 words
    const struct type *type;
    struct watched *watched;
    struct host_poll *polls;
    size_t len, room;
    size_t cursor;  // of ipoll()
    size_t flags;
    obj_t lent;     // the tuple that ipoll() gives out again and again
};
static const struct type type_poll;

// ---- what is watched ---------------------------------------------------------------------------------------------------
static struct poll *poll_new(size_t room) {
    struct poll *p = heap_new(8, 0, HEAP_REFS);
    p->type = &type_poll;
    if (room == 0) return p;
    p->watched = heap_new(3 * room, 0, HEAP_REFS);
    p->polls = heap_new(0, room * sizeof(struct host_poll), HEAP_DATA);
    p->room = room;
    return p;
}

static int poll_found(const struct poll *p, size_t i) { return p->polls[i].fd < 0 ? (int)p->watched[i].answer : p->polls[i].ready; }

static void poll_forget(struct poll *p, size_t i) { p->polls[i].ready = 0, p->watched[i].answer = 0; }

static size_t poll_place(const struct poll *p, obj_t object) { // p->len: it is not there
    size_t i = 0;
    while (i < p->len && p->watched[i].object != object) i++;
    return i;
}

static int stream_descriptor(obj_t object) {
    if (obj_is_int(object)) {
        if (obj_int(object) < 0 || obj_int(object) > INT_MAX) raise_type(&type_ValueError);
        return (int)obj_int(object);
    }
    const struct stream_ops *ops = obj_stream(object);
    if (!ops->ioctl) raise_message(&type_OSError, "stream operation not supported");
    int error = 0;
    ptrdiff_t fd = ops->ioctl(object, STREAM_FILENO, 0, &error);
    return fd >= 0 && fd <= INT_MAX ? (int)fd : -1;
}

static void poll_add(struct poll *p, obj_t object, int wanted, obj_t data) {
    size_t i = poll_place(p, object);
    if (i == p->len) {
        int fd = stream_descriptor(object);
        if (p->len == p->room) {
            size_t room = p->room + p->room / 2 + GROWTH;
            p->watched = heap_resize(p->watched, 3 * room, 0, HEAP_REFS);
            p->polls = heap_resize(p->polls, 0, room * sizeof(struct host_poll), HEAP_DATA);
            p->room = room;
        }
        i = p->len++;
        p->watched[i] = (struct watched){object, OBJ_NULL, 0};
        p->polls[i].fd = fd;
    }
    p->polls[i].wanted = (short)wanted;
    poll_forget(p, i);
    if (data != OBJ_NULL) p->watched[i].data = data;
}

static int event_mask(obj_t o) { return (int)(obj_get_int(o) & 0xffff); }

static obj_t poll_register(size_t n, const obj_t *args) {
    int wanted = n > 2 ? event_mask(args[2]) : STREAM_READABLE | STREAM_WRITABLE;
    poll_add((struct poll *)args[0], args[1], wanted, n > 3 ? args[3] : OBJ_NULL);
    return OBJ_NONE;
}
BUILTIN_VAR(poll_register_fn, 2, 4, poll_register);

static obj_t poll_unregister(size_t n, const obj_t *args) {
    (void)n; // whether to complain is Pycopy's second argument; MicroPython never does
    struct poll *p = (struct poll *)args[0];
    size_t i = poll_place(p, args[1]);
    if (i == p->len) return OBJ_NONE;
    p->len--;
    memmove(&p->watched[i], &p->watched[i + 1], (p->len - i) * sizeof(struct watched));
    memmove(&p->polls[i], &p->polls[i + 1], (p->len - i) * sizeof(struct host_poll));
    p->watched[p->len] = (struct watched){OBJ_NULL, OBJ_NULL, 0};
    if (p->cursor > i) p->cursor--;
    return OBJ_NONE;
}
BUILTIN_VAR(poll_unregister_fn, 2, 3, poll_unregister);

static obj_t poll_modify(obj_t self, obj_t object, obj_t mask) {
    struct poll *p = (struct poll *)self;
    int wanted = event_mask(mask);
    size_t i = poll_place(p, object);
    if (i == p->len) raise_os(ENOENT);
    p->polls[i].wanted = (short)wanted;
    return OBJ_NONE;
}
BUILTIN_3(poll_modify_fn, poll_modify);

// ---- waiting -------------------------------------------------------------------------------------------------------------
// Asks the streams that have no descriptor. Returns how many have something; *any: there are such streams.
static size_t poll_ask(struct poll *p, bool *any) {
    size_t found = 0;
    *any = false;
    for (size_t i = 0; i < p->len; i++) {
        if (p->polls[i].fd >= 0) continue;
        *any = true;
        obj_t object = p->watched[i].object;
        int error = 0;
        ptrdiff_t ready = obj_stream(object)->ioctl(object, STREAM_POLL, (uintptr_t)(uint16_t)p->polls[i].wanted, &error);
        if (ready < 0) raise_os(error);
        if (i >= p->len || p->watched[i].object != object) i = poll_place(p, object);
        if (i < p->len) p->watched[i].answer = (size_t)ready & 0xffff;
        found += ready != 0;
    }
    return found;
}

static size_t poll_count(const struct poll *p) {
    size_t found = 0;
    for (size_t i = 0; i < p->len; i++) found += poll_found(p, i) != 0;
    return found;
}

// Waits; afterwards polls[].ready tells. Returns how many are ready.
static size_t poll_wait(struct poll *p, int64_t timeout_us) {
    uint64_t start = host_ticks_us();
    bool first = true;
    for (int64_t left = timeout_us;; first = false) {
        if (rt.poll) poll_run();
        bool asked;
        size_t found = poll_ask(p, &asked);
        int64_t slice = found > 0 ? 0 : asked && (left < 0 || left > ASK_AGAIN_US) ? ASK_AGAIN_US : left;
        if (asked && first && left != 0) slice = 0; // one look at everything before any sleep
        if (thread_others() && slice != 0) { // they may change polls[]
            wait_away(p->polls, p->len, slice);
            slice = 0;
        }
        int error = 0, r = host_poll(p->polls, p->len, slice, &error);
        if (r < 0) raise_os(error);
        found = asked ? poll_count(p) : (size_t)r;
        if (found > 0 || left == 0) return found; // the last look is one without waiting
        if (timeout_us < 0) continue;
        left = timeout_us - (int64_t)(host_ticks_us() - start);
        if (left < 0) left = 0;
    }
}

static int64_t timeout_from_ms(size_t n, const obj_t *args) {
    if (n == 0 || args[0] == OBJ_NONE) return -1;
    intptr_t ms = obj_get_int(args[0]);
    if (ms < 0) return -1;
    enum { LONGEST_MS = INT_MAX };
    return (int64_t)(ms < LONGEST_MS ? ms : LONGEST_MS) * 1000;
}

static obj_t poll_poll(size_t n, const obj_t *args) {
    struct poll *p = (struct poll *)args[0];
    poll_wait(p, timeout_from_ms(n - 1, args + 1));
    obj_t found = list_new(0, NULL);
    for (size_t i = 0; i < p->len; i++) {
        if (poll_found(p, i) == 0) continue;
        obj_t pair[2] = {p->watched[i].object, OBJ_INT(poll_found(p, i))};
        list_append(found, tuple_new(2, pair));
    }
    return found;
}
BUILTIN_VAR(poll_poll_fn, 1, 2, poll_poll);

static obj_t poll_ipoll(size_t n, const obj_t *args) {
    struct poll *p = (struct poll *)args[0];
    if (p->lent == OBJ_NULL) {
        p->lent = tuple_new(3, NULL);
        for (int i = 0; i < 3; i++) ((struct tuple *)p->lent)->items[i] = OBJ_NONE;
    }
    p->flags = n > 2 ? (size_t)obj_get_int(args[2]) : 0;
    p->cursor = p->len;
    poll_wait(p, timeout_from_ms(n - 1, args + 1));
    p->cursor = 0;
    return args[0];
}
BUILTIN_VAR(poll_ipoll_fn, 1, 3, poll_ipoll);

// The next stream that ipoll() found, in the lent tuple: of two items, or three when the stream has user data.
static obj_t poll_next(obj_t self) {
    struct poll *p = (struct poll *)self;
    while (p->cursor < p->len && poll_found(p, p->cursor) == 0) p->cursor++;
    if (p->cursor >= p->len) return iter_end();
    size_t i = p->cursor++;
    struct tuple *t = (struct tuple *)p->lent;
    t->len = p->watched[i].data == OBJ_NULL ? 2 : 3;
    t->items[0] = p->watched[i].object;
    t->items[1] = OBJ_INT(poll_found(p, i));
    t->items[2] = p->watched[i].data == OBJ_NULL ? OBJ_NONE : p->watched[i].data;
    poll_forget(p, i);
    if (p->flags & ONE_SHOT) p->polls[i].wanted = 0;
    return p->lent;
}

static const struct map_slot poll_members[] = {
    MEMBER(register, &poll_register_fn),
    MEMBER(unregister, &poll_unregister_fn),
    MEMBER(modify, &poll_modify_fn),
    MEMBER(poll, &poll_poll_fn),
    MEMBER(ipoll, &poll_ipoll_fn),
};
static FIXED_DICT(poll_dict, poll_members);
static const struct type_ops poll_ops = {.iter = iter_self, .next = poll_next};
static const struct type type_poll = {
    .type = &type_type, .name = Q_poll, .flags = TYPE_SELF_ITER, .ops = &poll_ops, .members = &poll_dict};

static obj_t select_poll(void) { return OBJ_PTR(poll_new(0)); }
BUILTIN_0(select_poll_fn, select_poll);

// ---- select(readers, writers, exceptional[, seconds]) ------------------------------------------------------------------------
enum { FAILED = STREAM_ERROR | STREAM_HANGUP | STREAM_INVALID };

static obj_t select_ready(struct poll *p, obj_t streams, int bits) {
    size_t n;
    obj_t *items, found = list_new(0, NULL);
    seq_items(streams, &n, &items);
    for (size_t i = 0; i < n; i++) {
        size_t place = poll_place(p, items[i]);
        if (place < p->len && (poll_found(p, place) & bits)) list_append(found, items[i]);
        seq_items(streams, &n, &items);
    }
    return found;
}

static obj_t select_select(size_t n, const obj_t *args) {
    static const int wanted[3] = {STREAM_READABLE, STREAM_WRITABLE, STREAM_ERROR | STREAM_HANGUP};
    static const int counts[3] = {STREAM_READABLE | STREAM_HANGUP, STREAM_WRITABLE, FAILED};
    int64_t timeout_us = -1;
    if (n > 3 && args[3] != OBJ_NONE) {
        double seconds = obj_get_float(args[3]);
        if (seconds < 1e9) timeout_us = seconds > 0 ? (int64_t)(seconds * 1e6) : 0;
    }
    struct poll *p = poll_new(GROWTH);
    for (int kind = 0; kind < 3; kind++) {
        size_t count;
        obj_t *items;
        seq_items(args[kind], &count, &items);
        for (size_t i = 0; i < count; i++) {
            size_t place = poll_place(p, items[i]);
            int before = place < p->len ? p->polls[place].wanted : 0;
            poll_add(p, items[i], before | wanted[kind], OBJ_NULL);
            seq_items(args[kind], &count, &items);
        }
    }
    poll_wait(p, timeout_us);
    obj_t lists[3];
    for (int kind = 0; kind < 3; kind++) lists[kind] = select_ready(p, args[kind], counts[kind]);
    return tuple_new(3, lists);
}
BUILTIN_VAR(select_select_fn, 3, 4, select_select);

static const struct map_slot select_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_select)),
    MEMBER(poll, &select_poll_fn),
    MEMBER(select, &select_select_fn),
    MEMBER(POLLIN, OBJ_INT(STREAM_READABLE)),
    MEMBER(POLLOUT, OBJ_INT(STREAM_WRITABLE)),
    MEMBER(POLLERR, OBJ_INT(STREAM_ERROR)),
    MEMBER(POLLHUP, OBJ_INT(STREAM_HANGUP)),
};
static FIXED_DICT(select_dict, select_members);
const struct module module_select = {&type_module, &select_dict, {0}};
MODULE(select, true, NULL, "");
