// SPDX-License-Identifier: MIT
// machine.CAN: messages out through three mailboxes, in through filters, events through irq().
//
// Invariants
//  - One object for each controller. Each filter is one 32-bit bank; filters go to the two FIFOs in turn, and recv() gives the oldest
//    message of both.
//  - irq().flags() takes events one by one: the state first, then finished mailboxes in order, and says IRQ_RX as long as a message waits.
#include "emu/modules/can_unit.h"
#include "emu/modules/irq_object.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { FLAG_RTR = 1, FLAG_EXT_ID = 2, FLAG_UNORDERED = 4, ERR_FULL = 1, ERR_OVERRUN = 2, FILTERS_MAX = 14 };
enum { IRQ_TX = 1, IRQ_RX = 2, IRQ_TX_FAILED = 4, IRQ_STATE = 16, IRQ_TX_SHIFT = 8, IRQ_TX_MASK = 7 };
enum { SENT_ROOM = 32 };

struct node {
    struct can *unit;
    const struct board_bus *bus;
    obj_t object, irq; // roots
    struct can_timing timing;
    struct handler handler;
    uint32_t trigger;
    bool state_pending;
    uint8_t sent[SENT_ROOM]; // mailbox | 0x80 when it failed; a ring
    unsigned sent_first, n_sent;
    struct node *next;
};
struct can_object { // 2 words
    const struct type *type;
    struct node *node;
};
static struct node *all;

static void nodes_stop(void) {
    while (all) {
        struct node *n = all;
        all = n->next;
        bridge_root_drop(&n->object);
        bridge_root_drop(&n->irq);
        handler_drop(&n->handler);
        emu_free(n);
    }
}
static struct emu_unit unit = {nodes_stop, NULL, false};

// ---- events ----------------------------------------------------------------------------------------------------------------
static void told(struct node *n, uint32_t event) {
    if (n->trigger & event) irq_raise(&n->handler.line);
}

static void fifo_told(void *data, int fifo, enum can_fifo_event what) {
    (void)fifo;
    (void)what;
    told(data, IRQ_RX);
}

static void sent_told(void *data, int mailbox, bool good) {
    struct node *n = data;
    if (!(n->trigger & IRQ_TX)) return;
    if (n->n_sent < SENT_ROOM) n->sent[(n->sent_first + n->n_sent++) % SENT_ROOM] = (uint8_t)(mailbox | (good ? 0 : 0x80));
    told(n, IRQ_TX);
}

static void state_told(void *data) {
    struct node *n = data;
    n->state_pending = n->trigger & IRQ_STATE;
    told(n, IRQ_STATE);
}

static bool messages_wait(const struct node *n) { return n->unit->fifo[0].n > 0 || n->unit->fifo[1].n > 0; }

static uint32_t irq_flags(void *data) {
    struct node *n = data;
    uint32_t flags = 0;
    if (n->state_pending) flags |= IRQ_STATE;
    n->state_pending = false;
    if (n->n_sent > 0) {
        uint8_t sent = n->sent[n->sent_first];
        n->sent_first = (n->sent_first + 1) % SENT_ROOM;
        n->n_sent--;
        flags |= IRQ_TX | (uint32_t)(sent & 0x7f) << IRQ_TX_SHIFT | (sent & 0x80 ? IRQ_TX_FAILED : 0);
    }
    if ((n->trigger & IRQ_RX) && messages_wait(n)) flags |= IRQ_RX;
    return flags;
}

static uint32_t irq_trigger(void *data) { return ((struct node *)data)->trigger; }

static void trigger_set(void *data, uint32_t trigger) {
    struct node *n = data;
    if (trigger & ~(uint32_t)(IRQ_TX | IRQ_RX | IRQ_STATE)) raise_format(&type_ValueError, "trigger 0x%x unsupported", (unsigned)trigger);
    n->trigger = trigger;
    if (!(trigger & IRQ_TX)) n->n_sent = 0;
    if (!(trigger & IRQ_STATE)) n->state_pending = false;
}
static const struct irq_source can_irq_source = {irq_flags, irq_trigger, trigger_set};

static void node_silence(void *data) { trigger_set(data, 0); }

static struct node *node_of(const struct board_bus *bus) {
    for (struct node *n = all; n; n = n->next)
        if (n->bus->number == bus->number) return n;
    emu_unit_add(&unit);
    struct node *n = emu_new(sizeof *n);
    n->unit = can_unit(bus->number);
    n->bus = bus;
    handler_init(&n->handler, "CAN", bus->number, 7, NULL, node_silence, n);
    bridge_root(&n->object);
    bridge_root(&n->irq);
    n->next = all;
    all = n;
    return n;
}

static struct node *self_node(obj_t self) { return ((struct can_object *)self)->node; }

// ---- making ----------------------------------------------------------------------------------------------------------------
enum { ARG_BITRATE, ARG_MODE, ARG_POINT, ARG_SJW, ARG_TSEG1, ARG_TSEG2, ARGS };
static const struct arg_spec can_spec[] = {{Q_bitrate, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_mode, ARG_INT, 0, {.i = CAN_NORMAL}},
    {Q_sample_point, ARG_INT, 0, {.i = 75}}, {Q_sjw, ARG_INT, 0, {.i = 1}}, {Q_tseg1, ARG_OBJ, 0, {.obj = OBJ_NONE}},
    {Q_tseg2, ARG_OBJ, 0, {.obj = OBJ_NONE}}};

static void get_timing(const union arg_value *v, struct can_timing *t) {
    intptr_t rate = v[ARG_BITRATE].i, point = v[ARG_POINT].i, sjw = v[ARG_SJW].i;
    bool has1 = v[ARG_TSEG1].obj != OBJ_NONE, has2 = v[ARG_TSEG2].obj != OBJ_NONE;
    if (rate < 1 || rate > 1000000) raise_message(&type_ValueError, "invalid bitrate");
    if (sjw < 1 || sjw > 4) raise_message(&type_ValueError, "invalid sjw");
    if (has1 != has2) raise_message(&type_ValueError, "tseg1 and tseg2 must both be given");
    t->sjw = (uint32_t)sjw;
    if (has1) {
        intptr_t seg1 = obj_get_int(v[ARG_TSEG1].obj), seg2 = obj_get_int(v[ARG_TSEG2].obj);
        if (seg1 < 1 || seg1 > 16 || seg2 < 1 || seg2 > 8) raise_message(&type_ValueError, "invalid tseg1 or tseg2");
        uint32_t quanta = (uint32_t)(1 + seg1 + seg2), each = (uint32_t)rate * quanta;
        uint32_t prescaler = (bus_clock(1) + each / 2) / each;
        if (prescaler < 1 || prescaler > 1024) raise_message(&type_ValueError, "unable to set bitrate");
        *t = (struct can_timing){prescaler, (uint32_t)seg1, (uint32_t)seg2, (uint32_t)sjw};
        return;
    }
    if (point < 1 || point > 99) raise_message(&type_ValueError, "invalid sample_point");
    if (!can_timing_find((uint32_t)rate, (uint32_t)point, 8, t)) raise_message(&type_ValueError, "unable to set bitrate");
}

static void can_setup(struct node *n, size_t count, size_t kw, const obj_t *args) {
    union arg_value v[ARGS];
    struct can_timing t = {0};
    args_parse(count, kw, args, ARGS, can_spec, v);
    if (v[ARG_MODE].i < CAN_NORMAL || v[ARG_MODE].i > CAN_SILENT_LOOPBACK) raise_message(&type_ValueError, "invalid mode");
    get_timing(v, &t);
    struct can *u = n->unit;
    can_stop(u);
    u->mode = (enum can_mode)v[ARG_MODE].i;
    u->auto_restart = false;
    u->fifo_event = fifo_told;
    u->sent = sent_told;
    u->state_changed = state_told;
    u->data = n;
    n->timing = t;
    n->n_sent = 0;
    n->state_pending = false;
    can_banks_split(14);
    can_connect(u, n->bus);
    can_start(u, can_timing_rate(&t));
}

static obj_t can_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    struct node *node = node_of(bus_of("CAN", args[0]));
    if (!node->object) {
        struct can_object *self = heap_new(2, 0, HEAP_REFS);
        self->type = type;
        self->node = node;
        node->object = OBJ_PTR(self);
    }
    can_setup(node, n - 1, kw, args + 1);
    return node->object;
}

static obj_t can_init(size_t n, size_t kw, const obj_t *args) {
    can_setup(self_node(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(can_init_fn, 1, 255, can_init);

static obj_t can_deinit(obj_t self) {
    struct node *n = self_node(self);
    handler_set(&n->handler, OBJ_NONE, OBJ_NONE, false);
    trigger_set(n, 0);
    can_banks_clear(n->unit);
    can_stop(n->unit);
    can_disconnect(n->unit);
    return OBJ_NONE;
}
BUILTIN_1(can_deinit_fn, can_deinit);

static void can_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    static const char *const modes[] = {"NORMAL", "LOOPBACK", "SILENT", "SILENT_LOOPBACK"};
    const struct node *n = self_node(self);
    print_format(p, "CAN(%d", n->bus->number);
    if (n->unit->on) print_format(p, ", bitrate=%u, mode=CAN.MODE_%s", (unsigned)n->unit->bit_rate, modes[n->unit->mode]);
    print_text(p, ")");
}

static obj_t can_restart_method(obj_t self) {
    struct node *n = self_node(self);
    if (!n->unit->on) raise_os(EIO);
    can_restart(n->unit);
    n->n_sent = 0;
    return OBJ_NONE;
}
BUILTIN_1(can_restart_fn, can_restart_method);

// ---- state -----------------------------------------------------------------------------------------------------------------
static obj_t can_state_method(obj_t self) { return OBJ_INT(self_node(self)->unit->state); }
BUILTIN_1(can_state_fn, can_state_method);

static obj_t can_get_counters(size_t n, const obj_t *args) {
    const struct can *u = self_node(args[0])->unit;
    obj_t list = n > 1 ? args[1] : OBJ_NULL;
    obj_t *items = can_list(&list, 8);
    const uint32_t values[] = {u->tec, u->rec, u->warnings, u->passives, u->bus_offs, can_pending(u),
                               (uint32_t)u->fifo[0].n + u->fifo[1].n, u->overruns};
    for (int i = 0; i < 8; i++) items[i] = int_from((intptr_t)values[i]);
    return list;
}
BUILTIN_VAR(can_get_counters_fn, 1, 2, can_get_counters);

static obj_t can_get_timings(size_t n, const obj_t *args) {
    const struct node *node = self_node(args[0]);
    obj_t list = n > 1 ? args[1] : OBJ_NULL;
    obj_t *items = can_list(&list, 6);
    items[0] = int_from((intptr_t)node->unit->bit_rate);
    items[1] = OBJ_INT(node->timing.sjw);
    items[2] = OBJ_INT(node->timing.seg1);
    items[3] = OBJ_INT(node->timing.seg2);
    items[4] = items[5] = OBJ_NONE;
    return list;
}
BUILTIN_VAR(can_get_timings_fn, 1, 2, can_get_timings);

// ---- filters ---------------------------------------------------------------------------------------------------------------
enum { WORD_REMOTE = 2, WORD_EXTENDED = 4 };

static struct can_bank filter_bank(obj_t item, unsigned i) {
    obj_t *parts;
    seq_items_of_length(item, 3, &parts);
    intptr_t flags = obj_get_int(parts[2]);
    bool extended = flags & FLAG_EXT_ID;
    uint32_t most = extended ? 0x1fffffff : 0x7ff;
    intptr_t id = obj_get_int(parts[0]), mask = obj_get_int(parts[1]);
    if (id < 0 || mask < 0 || (uint64_t)id > most || (uint64_t)mask > most) raise_message(&type_ValueError, "invalid id");
    if (flags & ~(FLAG_EXT_ID | FLAG_RTR | FLAG_UNORDERED)) raise_message(&type_ValueError, "unsupported flags");
    unsigned shift = extended ? 3 : 21;
    uint32_t remote = flags & FLAG_RTR ? WORD_REMOTE : 0;
    return (struct can_bank){.active = true, .wide = true, .fifo = (uint8_t)(i % CAN_FIFOS),
                             .word = {(uint32_t)id << shift | (extended ? WORD_EXTENDED : 0) | remote,
                                      (uint32_t)mask << shift | WORD_EXTENDED | remote}};
}

static obj_t can_set_filters(obj_t self, obj_t filters) {
    struct can *u = self_node(self)->unit;
    struct can_bank bank[FILTERS_MAX];
    unsigned n = 0;
    if (filters == OBJ_NONE) {
        bank[n++] = (struct can_bank){.active = true, .wide = true}; // a mask of zeros lets all in
    } else {
        struct iter_buf buf;
        obj_t iterator = iter_begin(filters, &buf), item;
        while ((item = iter_next(iterator)) != OBJ_NULL) {
            if (n == FILTERS_MAX) raise_message(&type_ValueError, "too many filters");
            bank[n] = filter_bank(item, n);
            n++;
        }
    }
    can_banks_clear(u);
    for (unsigned i = 0; i < n; i++) can_bank_set(u, i, &bank[i]);
    return OBJ_NONE;
}
BUILTIN_2(can_set_filters_fn, can_set_filters);

// ---- messages --------------------------------------------------------------------------------------------------------------
static obj_t can_send_method(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_ID, ARG_DATA, ARG_FLAGS, SEND_ARGS };
    static const struct arg_spec spec[] = {{Q_id, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_flags, ARG_INT, 0, {.i = 0}}};
    union arg_value v[SEND_ARGS];
    args_parse(n - 1, kw, args + 1, SEND_ARGS, spec, v);
    struct can *u = self_node(args[0])->unit;
    struct can_frame frame = {.extended = v[ARG_FLAGS].i & FLAG_EXT_ID, .remote = v[ARG_FLAGS].i & FLAG_RTR};
    if (v[ARG_ID].i < 0 || v[ARG_ID].i > (frame.extended ? 0x1fffffff : 0x7ff)) raise_message(&type_ValueError, "invalid id");
    struct buffer data;
    obj_buffer(v[ARG_DATA].obj, &data, BUFFER_READ);
    if (data.len > 8) raise_message(&type_ValueError, "data too long");
    if (!u->on || u->state == CAN_BUS_OFF) raise_os(EIO);
    frame.id = (uint32_t)v[ARG_ID].i;
    frame.len = (uint8_t)data.len;
    if (data.len) memcpy(frame.data, data.data, data.len);
    for (int i = 0; i < CAN_MAILBOXES && !(v[ARG_FLAGS].i & FLAG_UNORDERED); i++) {
        const struct can_frame *other = &u->mailbox[i].frame; // equals leave in the order of mailboxes, not of sending
        if (u->mailbox[i].pending && other->id == frame.id && other->extended == frame.extended) return OBJ_NONE;
    }
    int mailbox = can_send(u, &frame);
    return mailbox < 0 ? OBJ_NONE : OBJ_INT(mailbox);
}
BUILTIN_KW(can_send_fn, 1, 255, can_send_method);

static obj_t can_cancel_send(obj_t self, obj_t index) {
    intptr_t i = obj_get_int(index);
    if (i < 0 || i >= CAN_MAILBOXES) raise_message(&type_ValueError, "invalid index");
    return obj_bool(can_cancel(self_node(self)->unit, (int)i));
}
BUILTIN_2(can_cancel_send_fn, can_cancel_send);

// Of both FIFOs the one with the older message; -1: both are empty.
static int oldest_fifo(const struct can *u) {
    if (u->fifo[0].n == 0) return u->fifo[1].n ? 1 : -1;
    return u->fifo[1].n && u->fifo[1].slots[0].order < u->fifo[0].slots[0].order ? 1 : 0;
}

static obj_t can_recv(size_t n, const obj_t *args) {
    struct node *node = self_node(args[0]);
    struct can *u = node->unit;
    int which = oldest_fifo(u);
    obj_t list = n > 1 ? args[1] : OBJ_NULL;
    if (which < 0) return OBJ_NONE;
    bool given = list && list != OBJ_NONE;
    obj_t *items = can_list(&list, 4);
    if (given) can_view_check(items[1], 8);
    else items[1] = call_1(OBJ_PTR(&type_memoryview), bytearray_new(8, NULL));
    struct can_received got;
    unsigned errors = (u->fifo[which].n == CAN_FIFO_DEPTH ? ERR_FULL : 0) | (u->fifo[which].overrun ? ERR_OVERRUN : 0);
    u->fifo[which].overrun = false;
    can_receive(u, which, &got);
    can_view_fill(items[1], &got.frame);
    items[0] = int_from((intptr_t)got.frame.id);
    items[2] = OBJ_INT((got.frame.remote ? FLAG_RTR : 0) | (got.frame.extended ? FLAG_EXT_ID : 0));
    items[3] = OBJ_INT(errors);
    if (messages_wait(node)) told(node, IRQ_RX); // the line stays up until both are empty
    return list;
}
BUILTIN_VAR(can_recv_fn, 1, 2, can_recv);

static obj_t can_irq(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_HANDLER, ARG_TRIGGER, ARG_HARD };
    static const struct arg_spec spec[] = {
        {Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}}, {Q_trigger, ARG_INT, 0, {.i = 0}}, {Q_hard, ARG_BOOL, 0, {.b = false}}};
    union arg_value v[3];
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    struct node *node = self_node(args[0]);
    if (!node->irq) node->irq = irq_object_new(args[0], &node->handler, &can_irq_source, node);
    if (n == 1 && kw == 0) return node->irq;
    obj_t function = v[ARG_HANDLER].obj;
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "handler must be None or callable");
    trigger_set(node, function == OBJ_NONE ? 0 : (uint32_t)v[ARG_TRIGGER].i);
    handler_set(&node->handler, function, args[0], v[ARG_HARD].b);
    if (messages_wait(node)) told(node, IRQ_RX);
    return node->irq;
}
BUILTIN_KW(can_irq_fn, 1, 255, can_irq);

static const struct map_slot can_members[] = {
    MEMBER(init, &can_init_fn),
    MEMBER(deinit, &can_deinit_fn),
    MEMBER(restart, &can_restart_fn),
    MEMBER(state, &can_state_fn),
    MEMBER(get_counters, &can_get_counters_fn),
    MEMBER(get_timings, &can_get_timings_fn),
    MEMBER(set_filters, &can_set_filters_fn),
    MEMBER(send, &can_send_fn),
    MEMBER(cancel_send, &can_cancel_send_fn),
    MEMBER(recv, &can_recv_fn),
    MEMBER(irq, &can_irq_fn),
    MEMBER(TX_QUEUE_LEN, OBJ_INT(CAN_MAILBOXES)),
    MEMBER(FILTERS_MAX, OBJ_INT(FILTERS_MAX)),
    MEMBER(MODE_NORMAL, OBJ_INT(CAN_NORMAL)),
    MEMBER(MODE_LOOPBACK, OBJ_INT(CAN_LOOPBACK)),
    MEMBER(MODE_SILENT, OBJ_INT(CAN_SILENT)),
    MEMBER(MODE_SILENT_LOOPBACK, OBJ_INT(CAN_SILENT_LOOPBACK)),
    MEMBER(STATE_STOPPED, OBJ_INT(CAN_STOPPED)),
    MEMBER(STATE_ACTIVE, OBJ_INT(CAN_ACTIVE)),
    MEMBER(STATE_WARNING, OBJ_INT(CAN_WARNING)),
    MEMBER(STATE_PASSIVE, OBJ_INT(CAN_PASSIVE)),
    MEMBER(STATE_BUS_OFF, OBJ_INT(CAN_BUS_OFF)),
    MEMBER(FLAG_RTR, OBJ_INT(FLAG_RTR)),
    MEMBER(FLAG_EXT_ID, OBJ_INT(FLAG_EXT_ID)),
    MEMBER(FLAG_UNORDERED, OBJ_INT(FLAG_UNORDERED)),
    MEMBER(RECV_ERR_FULL, OBJ_INT(ERR_FULL)),
    MEMBER(RECV_ERR_OVERRUN, OBJ_INT(ERR_OVERRUN)),
    MEMBER(IRQ_TX, OBJ_INT(IRQ_TX)),
    MEMBER(IRQ_RX, OBJ_INT(IRQ_RX)),
    MEMBER(IRQ_TX_FAILED, OBJ_INT(IRQ_TX_FAILED)),
    MEMBER(IRQ_STATE, OBJ_INT(IRQ_STATE)),
    MEMBER(IRQ_TX_IDX_SHIFT, OBJ_INT(IRQ_TX_SHIFT)),
    MEMBER(IRQ_TX_IDX_MASK, OBJ_INT(IRQ_TX_MASK)),
};
static FIXED_DICT(can_dict, can_members);
static const struct type_ops can_ops = {.print = can_print, .construct = can_construct};
const struct type type_machine_can = {.type = &type_type, .name = Q_CAN, .flags = TYPE_TRUE, .ops = &can_ops, .members = &can_dict};
