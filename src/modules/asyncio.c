// SPDX-License-Identifier: MIT
// Module _asyncio: what asyncio (src/frozen/asyncio/) needs to be quick and to need no heap: tasks and the queues in which they wait.
//
// A queue is a pairing heap of tasks, ordered by the key that a task got when it was put in. A key is a time in milliseconds and a
// serial number, so that tasks of the same time leave in the order in which they came.
//
//     root              .first: its first child   .next: the sibling to the right
//      |  first         .before: the sibling to the left, or the parent of a first child, or the queue of a root
//     child - child     A task is in a queue exactly when .before is set.
//
// A task is waiting (in the queue `rt.asyncio_ready` until its time has come, or, with `waits_on` set, in that queue or for that
// object), running (rt.asyncio_now), or ended. `waits_on` is, in this order of its life: the exception that its coroutine shall get
// next, or what it waits for; in the end its result. `watcher` is OBJ_NULL, a queue of tasks that want the result, a callable that
// does, or one of the three ends: OBJ_NONE it returned, OBJ_FALSE it raised and nobody has asked yet, OBJ_TRUE it raised and somebody has.
#include "heap/heap.h"
#include "host.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

enum { SERIAL_BITS = 24, IDLE_SLICE_US = 1000000 };
static const uint64_t LATEST_MS = ((uint64_t)1 << (63 - SERIAL_BITS)) - 1;

struct task { // 8 words
    const struct type *type;
    struct task *first, *next;
    void *before;
    obj_t coro, waits_on, watcher;
    uint64_t key;
};
struct queue { // 2 words
    const struct type *type;
    struct task *root;
};
struct nap { // of sleep(), until it is awaited
    const struct type *type;
    uint64_t until_ms; // 0: over
};
static const struct type type_task, type_queue, type_nap;

static uint64_t now_ms(void) { return host_ticks_us() / 1000; }

static struct task *task_self(obj_t o) {
    if (!obj_is(o, &type_task)) raise_message(&type_TypeError, "task expected");
    return (struct task *)o;
}

static struct queue *queue_self(obj_t o) {
    if (!obj_is(o, &type_queue)) raise_message(&type_TypeError, "queue expected");
    return (struct queue *)o;
}

static struct task *running(void) {
    if (rt.asyncio_now == OBJ_NULL) raise_message(&type_RuntimeError, "no running event loop");
    return (struct task *)rt.asyncio_now;
}

// ---- the heap --------------------------------------------------------------------------------------------------------------------
// Joins two trees; the result's `before` and `next` are the caller's business.
static struct task *trees_join(struct task *a, struct task *b) {
    if (!a || !b) return a ? a : b;
    if (b->key < a->key) {
        struct task *t = a;
        a = b;
        b = t;
    }
    b->before = a;
    b->next = a->first;
    if (a->first) a->first->before = b;
    a->first = b;
    return a;
}

// The trees below t as one.
static struct task *trees_gather(struct task *t) {
    struct task *pairs = NULL, *child = t->first, *all = NULL;
    t->first = NULL;
    while (child) {
        struct task *second = child->next, *after = second ? second->next : NULL, *pair = trees_join(child, second);
        pair->next = pairs;
        pairs = pair;
        child = after;
    }
    while (pairs) {
        struct task *after = pairs->next;
        all = trees_join(all, pairs);
        pairs = after;
    }
    return all;
}

static void root_set(struct queue *q, struct task *root) {
    q->root = root;
    if (!root) return;
    root->before = q;
    root->next = NULL;
}

static void queue_put(struct queue *q, struct task *t, uint64_t at_ms) {
    static const uint32_t serial_mask = (1u << SERIAL_BITS) - 1;
    if (t->before) raise_message(&type_RuntimeError, "task waits elsewhere");
    if (at_ms > LATEST_MS) at_ms = LATEST_MS;
    t->key = at_ms << SERIAL_BITS | (rt.asyncio_serial++ & serial_mask);
    root_set(q, trees_join(q->root, t));
}

static struct task *queue_take(struct queue *q) {
    struct task *t = q->root;
    if (!t) return NULL;
    root_set(q, trees_gather(t));
    t->before = NULL;
    return t;
}

// t is in q.
static void queue_drop(struct queue *q, struct task *t) {
    if (q->root == t) {
        queue_take(q);
        return;
    }
    struct task *left = t->before;
    if (left->first == t) left->first = t->next;
    else left->next = t->next;
    if (t->next) t->next->before = left;
    struct task *below = trees_gather(t);
    t->before = t->next = NULL;
    root_set(q, trees_join(q->root, below));
}

static struct queue *queue_of(const struct task *t) {
    const struct object *o = t->before;
    while (o && o->type == &type_task) o = ((const struct task *)o)->before;
    return (struct queue *)(uintptr_t)o;
}

// ---- queues as Python sees them ----------------------------------------------------------------------------------------------
static struct queue *queue_new(void) {
    struct queue *q = heap_new(2, 0, HEAP_REFS);
    q->type = &type_queue;
    return q;
}

static obj_t queue_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type, (void)args;
    args_check(n, kw, 0, 0, false);
    return OBJ_PTR(queue_new());
}

static struct queue *ready(void) {
    if (rt.asyncio_ready == OBJ_NULL) rt.asyncio_ready = OBJ_PTR(queue_new());
    return (struct queue *)rt.asyncio_ready;
}

// push(task), push(task, ms from now)
static obj_t queue_push(size_t n, const obj_t *args) {
    struct queue *q = queue_self(args[0]);
    intptr_t delay = n > 2 ? obj_get_int(args[2]) : 0;
    queue_put(q, task_self(args[1]), now_ms() + (delay > 0 ? (uint64_t)delay : 0));
    return OBJ_NONE;
}
BUILTIN_VAR(queue_push_fn, 2, 3, queue_push);

static obj_t queue_peek(obj_t self) {
    struct queue *q = queue_self(self);
    return q->root ? OBJ_PTR(q->root) : OBJ_NONE;
}
BUILTIN_1(queue_peek_fn, queue_peek);

static obj_t queue_pop(obj_t self) {
    struct task *t = queue_take(queue_self(self));
    if (!t) raise_message(&type_IndexError, "empty heap");
    return OBJ_PTR(t);
}
BUILTIN_1(queue_pop_fn, queue_pop);

static obj_t queue_remove(obj_t self, obj_t task) {
    struct queue *q = queue_self(self);
    struct task *t = task_self(task);
    if (t->before && queue_of(t) == q) queue_drop(q, t);
    return OBJ_NONE;
}
BUILTIN_2(queue_remove_fn, queue_remove);

// Milliseconds until the first task is due; -1: there is none.
static obj_t queue_delay(obj_t self) {
    struct queue *q = queue_self(self);
    if (!q->root) return OBJ_INT(-1);
    uint64_t at = q->root->key >> SERIAL_BITS, now = now_ms(), most = (uint64_t)1 << (rt.profile.small_int_bits - 2);
    uint64_t delay = at > now ? at - now : 0;
    return OBJ_INT((intptr_t)(delay < most ? delay : most));
}
BUILTIN_1(queue_delay_fn, queue_delay);

// The running task will wait here; it has to yield next.
static obj_t queue_park(obj_t self) {
    struct queue *q = queue_self(self);
    struct task *t = running();
    queue_put(q, t, now_ms());
    t->waits_on = self;
    return OBJ_NONE;
}
BUILTIN_1(queue_park_fn, queue_park);

static void task_make_ready(struct task *t) {
    t->waits_on = OBJ_NULL;
    queue_put(ready(), t, now_ms());
}

// The task that has waited longest may go on: it is the result, None when nobody waits.
static obj_t queue_wake(obj_t self) {
    struct task *t = queue_take(queue_self(self));
    if (!t) return OBJ_NONE;
    task_make_ready(t);
    return OBJ_PTR(t);
}
BUILTIN_1(queue_wake_fn, queue_wake);

static void queue_wake_everyone(struct queue *q) {
    for (struct task *t; (t = queue_take(q));) task_make_ready(t);
}

static obj_t queue_wake_all(obj_t self) {
    queue_wake_everyone(queue_self(self));
    return OBJ_NONE;
}
BUILTIN_1(queue_wake_all_fn, queue_wake_all);

static const struct map_slot queue_members[] = {
    MEMBER(push, &queue_push_fn),   MEMBER(peek, &queue_peek_fn), MEMBER(pop, &queue_pop_fn),   MEMBER(remove, &queue_remove_fn),
    MEMBER(delay, &queue_delay_fn), MEMBER(park, &queue_park_fn), MEMBER(wake, &queue_wake_fn), MEMBER(wake_all, &queue_wake_all_fn),
};
static FIXED_DICT(queue_dict, queue_members);
static const struct type_ops queue_ops = {.construct = queue_construct};
static const struct type type_queue = {.type = &type_type, .name = Q_TaskQueue, .flags = TYPE_TRUE, .ops = &queue_ops,
    .members = &queue_dict};

// ---- tasks -------------------------------------------------------------------------------------------------------------------------
static bool task_ended(const struct task *t) {
    return t->watcher == OBJ_NONE || t->watcher == OBJ_FALSE || t->watcher == OBJ_TRUE;
}

static obj_t task_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, false);
    struct task *t = heap_new(8, 0, HEAP_REFS);
    t->type = &type_task;
    t->coro = args[0];
    return OBJ_PTR(t);
}

static obj_t task_done(obj_t self) { return obj_bool(task_ended(task_self(self))); }
BUILTIN_1(task_done_fn, task_done);

// It raised, and nobody has been told.
static obj_t task_unclaimed(obj_t self) { return obj_bool(task_self(self)->watcher == OBJ_FALSE); }
BUILTIN_1(task_unclaimed_fn, task_unclaimed);

// That exception, which counts as told then; None: there is none.
static obj_t task_claim(obj_t self) {
    struct task *t = task_self(self);
    if (t->watcher != OBJ_FALSE) return OBJ_NONE;
    t->watcher = OBJ_TRUE;
    return t->waits_on;
}
BUILTIN_1(task_claim_fn, task_claim);

// What the coroutine of an ended task returned; raises what it raised.
static obj_t task_result(obj_t self) {
    struct task *t = task_self(self);
    if (!task_ended(t)) raise_message(&type_RuntimeError, "task has not ended");
    if (t->watcher == OBJ_NONE) return t->waits_on;
    t->watcher = OBJ_TRUE;
    raise_object(t->waits_on);
}
BUILTIN_1(task_result_fn, task_result);

// gather(): `watcher` is called with the task when it ends. A queue takes the place of such a callable: tasks may wait there again.
static obj_t task_watch(obj_t self, obj_t watcher) {
    struct task *t = task_self(self);
    if (task_ended(t)) return OBJ_NONE;
    if (t->watcher != OBJ_NULL && (obj_is(t->watcher, &type_queue) || !obj_is(watcher, &type_queue)))
        raise_message(&type_RuntimeError, "can't gather");
    t->watcher = watcher;
    return OBJ_NONE;
}
BUILTIN_2(task_watch_fn, task_watch);

// A task that sleeps goes on at once.
static obj_t task_wake(obj_t self) {
    struct task *t = task_self(self);
    if (t->before && t->waits_on == OBJ_NULL) {
        queue_drop(queue_of(t), t);
        queue_put(ready(), t, now_ms());
    }
    return OBJ_NONE;
}
BUILTIN_1(task_wake_fn, task_wake);

static bool is_exception(obj_t o) { return o != OBJ_NULL && (obj_is_exception(o) || obj_is_exception_class(o)); }

static obj_t task_cancel(obj_t self) {
    struct task *t = task_self(self);
    if (task_ended(t)) return OBJ_FALSE;
    for (size_t hops = 0; obj_is(t->waits_on, &type_task) && hops < 10000; hops++) t = (struct task *)t->waits_on;
    if (OBJ_PTR(t) == rt.asyncio_now) raise_message(&type_RuntimeError, "can't cancel self");
    if (task_ended(t)) return OBJ_FALSE; // the one that waits for it is ready already
    obj_t on = t->waits_on;
    bool elsewhere = on != OBJ_NULL && !is_exception(on), late = t->key >> SERIAL_BITS > now_ms();
    if (t->before && (elsewhere || late)) queue_drop(queue_of(t), t); // one that is due keeps its place
    else if (elsewhere) call_method_1(on, Q_remove, OBJ_PTR(t));
    t->waits_on = OBJ_PTR(&type_CancelledError);
    if (!t->before) queue_put(ready(), t, now_ms());
    return OBJ_TRUE;
}
BUILTIN_1(task_cancel_fn, task_cancel);

struct step {
    struct task *task;
    obj_t thrown, result;
    enum resume how;
};

static void step_run(void *arg) {
    struct step *s = arg;
    obj_t coro = s->task->coro;
    if (obj_is(coro, &type_generator)) {
        s->how = generator_resume(coro, OBJ_NONE, s->thrown, &s->result);
        return;
    }
    s->result = call_method_1(coro, s->thrown != OBJ_NULL ? Q_throw : Q_send, s->thrown != OBJ_NULL ? s->thrown : OBJ_NONE);
    s->how = RESUME_YIELD;
}

static void task_end(struct task *t, obj_t result, obj_t end) {
    obj_t watcher = t->watcher;
    t->waits_on = result;
    t->watcher = end;
    if (end == OBJ_FALSE && (watcher != OBJ_NULL || exception_matches(result, OBJ_PTR(&type_CancelledError)))) t->watcher = OBJ_TRUE;
    if (obj_is(watcher, &type_queue)) queue_wake_everyone((struct queue *)watcher);
    else if (watcher != OBJ_NULL) call_1(watcher, OBJ_PTR(t));
}

// Runs the coroutine to its next wait or its end. True: it goes on later. Exceptions that end programs (KeyboardInterrupt, SystemExit)
// come through.
static obj_t task_resume(obj_t self) {
    struct task *t = task_self(self);
    if (task_ended(t) || t->before || rt.asyncio_now == self) raise_message(&type_RuntimeError, "task is not ready");
    struct step s = {t, is_exception(t->waits_on) ? t->waits_on : OBJ_NULL, OBJ_NULL, RESUME_RAISE};
    obj_t before = rt.asyncio_now, raised = OBJ_NULL;
    t->waits_on = OBJ_NULL;
    rt.asyncio_now = self;
    if (!protect(step_run, &s, &raised)) s.how = RESUME_RAISE, s.result = raised;
    rt.asyncio_now = before;
    if (s.how == RESUME_YIELD) return OBJ_TRUE;
    if (s.how == RESUME_RAISE) {
        if (exception_matches(s.result, OBJ_PTR(&type_StopIteration))) {
            s.result = exception_value(s.result);
        } else {
            if (!exception_matches(s.result, OBJ_PTR(&type_Exception)) && !exception_matches(s.result, OBJ_PTR(&type_CancelledError)))
                raise_object(s.result);
            task_end(t, s.result, OBJ_FALSE);
            return OBJ_FALSE;
        }
    }
    task_end(t, s.result, OBJ_NONE);
    return OBJ_FALSE;
}
BUILTIN_1(task_resume_fn, task_resume);

// `await task`
static obj_t task_iter(obj_t self, struct iter_buf *buf) {
    (void)buf;
    obj_t watcher = task_self(self)->watcher;
    if (watcher != OBJ_NULL && !obj_is(watcher, &type_queue) && !task_ended((struct task *)self))
        raise_message(&type_RuntimeError, "can't wait");
    return self;
}

static obj_t task_next(obj_t self) {
    struct task *t = (struct task *)self, *me;
    if (task_ended(t)) {
        rt.stop_value = task_result(self);
        return OBJ_NULL;
    }
    me = running();
    if (me == t) raise_message(&type_RuntimeError, "task can't wait for itself");
    if (t->watcher == OBJ_NULL) t->watcher = OBJ_PTR(queue_new());
    if (!obj_is(t->watcher, &type_queue)) raise_message(&type_RuntimeError, "can't wait");
    queue_put((struct queue *)t->watcher, me, now_ms());
    me->waits_on = self;
    return OBJ_NONE;
}

static void task_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    struct task *t = (struct task *)self;
    if (name == Q_coro && value == OBJ_NULL) out[0] = t->coro;
    else if (name == Q_waits_on && value == OBJ_NULL) out[0] = t->waits_on == OBJ_NULL ? OBJ_NONE : t->waits_on;
    else if (name == Q_waits_on && value != OBJ_SENTINEL && !task_ended(t)) {
        t->waits_on = value == OBJ_NONE ? OBJ_NULL : value;
        out[0] = OBJ_NULL;
    }
}

static const struct map_slot task_members[] = {
    MEMBER(cancel, &task_cancel_fn), MEMBER(claim, &task_claim_fn), MEMBER(done, &task_done_fn), MEMBER(resume, &task_resume_fn),
    MEMBER(result, &task_result_fn), MEMBER(unclaimed, &task_unclaimed_fn), MEMBER(wake, &task_wake_fn), MEMBER(watch, &task_watch_fn),
};
static FIXED_DICT(task_dict, task_members);
static const struct type_ops task_ops = {.construct = task_construct, .attr = task_attr, .iter = task_iter, .next = task_next};
static const struct type type_task = {.type = &type_type, .name = Q_Task, .flags = TYPE_TRUE, .ops = &task_ops, .members = &task_dict};

// ---- sleeping ----------------------------------------------------------------------------------------------------------------------
// One nap is ready made, so that `await sleep_ms(n)` needs no heap. It is in use until it is awaited.
static struct nap nap_shared = {&type_nap, 0};

static obj_t nap_next(obj_t self) {
    struct nap *nap = (struct nap *)self;
    if (nap->until_ms == 0) {
        rt.stop_value = OBJ_NONE;
        return OBJ_NULL;
    }
    uint64_t until = nap->until_ms;
    nap->until_ms = 0;
    queue_put(ready(), running(), until);
    return OBJ_NONE;
}

static const struct type_ops nap_ops = {.iter = iter_self, .next = nap_next};
static const struct type type_nap = {.type = &type_type, .name = Q_sleep, .flags = TYPE_SELF_ITER | TYPE_TRUE, .ops = &nap_ops};

static obj_t nap_begin(intptr_t ms) {
    intptr_t half = (intptr_t)1 << (rt.profile.small_int_bits - 2);
    if (ms >= half) raise_message(&type_OverflowError, "ticks interval overflow");
    struct nap *nap = &nap_shared;
    if (nap->until_ms) nap = heap_new(2, 0, HEAP_DATA);
    nap->type = &type_nap;
    nap->until_ms = now_ms() + (ms > 0 ? (uint64_t)ms : 0);
    if (nap->until_ms == 0) nap->until_ms = 1; // in the first millisecond of a clock
    return OBJ_PTR(nap);
}

static obj_t asyncio_sleep_ms(obj_t ms) { return nap_begin(obj_get_int(ms)); }
BUILTIN_1(asyncio_sleep_ms_fn, asyncio_sleep_ms);

static obj_t asyncio_sleep(obj_t seconds) {
    if (!obj_is_float(seconds)) {
        obj_t ms = obj_binary(OP_MUL, seconds, OBJ_INT(1000));
        return asyncio_sleep_ms(ms);
    }
    double ms = obj_get_float(seconds) * 1000;
    if (!(ms < 9e15)) raise_message(&type_OverflowError, "ticks interval overflow");
    return nap_begin(ms > 0 ? (intptr_t)ms : 0);
}
BUILTIN_1(asyncio_sleep_fn, asyncio_sleep);

// ---- the module --------------------------------------------------------------------------------------------------------------------
static obj_t asyncio_current(void) { return OBJ_PTR(running()); }
BUILTIN_0(asyncio_current_fn, asyncio_current);

// A fresh queue of tasks that are ready; whatever was there is forgotten.
static obj_t asyncio_begin(void) {
    rt.asyncio_now = OBJ_NULL;
    nap_shared.until_ms = 0;
    rt.asyncio_ready = OBJ_PTR(queue_new());
    return rt.asyncio_ready;
}
BUILTIN_0(asyncio_begin_fn, asyncio_begin);

// Waits so many milliseconds (-1: without limit), or until scheduled functions, which may have made tasks ready, have run.
static obj_t asyncio_idle(obj_t ms) {
    intptr_t left = obj_get_int(ms);
    bool pending = rt.poll != 0;
    if (!pending) host_sleep_us(left < 0 || left > IDLE_SLICE_US / 1000 ? IDLE_SLICE_US : (uint64_t)left * 1000);
    if (rt.poll) poll_run();
    return OBJ_NONE;
}
BUILTIN_1(asyncio_idle_fn, asyncio_idle);

static const struct map_slot asyncio_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q__asyncio)),
    MEMBER(CancelledError, &type_CancelledError),
    MEMBER(Task, &type_task),
    MEMBER(TaskQueue, &type_queue),
    MEMBER(begin, &asyncio_begin_fn),
    MEMBER(current, &asyncio_current_fn),
    MEMBER(idle, &asyncio_idle_fn),
    MEMBER(sleep, &asyncio_sleep_fn),
    MEMBER(sleep_ms, &asyncio_sleep_ms_fn),
};
static FIXED_DICT(asyncio_dict, asyncio_members);
const struct module module__asyncio = {&type_module, &asyncio_dict, {0}};
MODULE(_asyncio, false, NULL, "");
