// SPDX-License-Identifier: MIT
// pyb.CAN: the older class, with the chip's filter banks and FIFOs as they are.
//
// Invariants
//  - One object for each controller. Its callbacks are hard handlers, one for each FIFO; what happened is handed over as a number, one call
//    for each event.
//  - send() with a timeout takes its message back when time is up.
#include "emu/modules/can_unit.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { MASK16, LIST16, MASK32, LIST32 };

struct fifo_hook {
    struct old_can *can;
    unsigned pending; // bit of each enum can_fifo_event
    struct handler handler;
};
struct old_can {
    struct can *unit;
    const struct board_bus *bus;
    obj_t object; // root
    struct fifo_hook hook[CAN_FIFOS];
    struct old_can *next;
};
struct pyb_can_object { // 2 words
    const struct type *type;
    struct old_can *can;
};
static struct old_can *all;

static void all_stop(void) {
    while (all) {
        struct old_can *c = all;
        all = c->next;
        bridge_root_drop(&c->object);
        for (int i = 0; i < CAN_FIFOS; i++) handler_drop(&c->hook[i].handler);
        emu_free(c);
    }
}
static struct emu_unit unit = {all_stop, NULL, false};

// ---- callbacks -------------------------------------------------------------------------------------------------------------
static void fifo_told(void *data, int fifo, enum can_fifo_event what) {
    struct fifo_hook *h = &((struct old_can *)data)->hook[fifo];
    if (!h->handler.function) return;
    h->pending |= 1u << what;
    irq_raise(&h->handler.line);
}

static void hook_before(void *data) {
    struct fifo_hook *h = data;
    int what = h->pending ? __builtin_ctz(h->pending) : CAN_FIFO_PENDING;
    h->pending &= h->pending - 1;
    h->handler.second = OBJ_INT(what);
    if (h->pending) irq_raise(&h->handler.line);
}

static void hook_silence(void *data) { ((struct fifo_hook *)data)->pending = 0; }

static struct old_can *old_of(const struct board_bus *bus) {
    for (struct old_can *c = all; c; c = c->next)
        if (c->bus->number == bus->number) return c;
    emu_unit_add(&unit);
    struct old_can *c = emu_new(sizeof *c);
    c->unit = can_unit(bus->number);
    c->bus = bus;
    for (int i = 0; i < CAN_FIFOS; i++) {
        c->hook[i].can = c;
        handler_init(&c->hook[i].handler, "CAN", bus->number, 7, hook_before, hook_silence, &c->hook[i]);
    }
    bridge_root(&c->object);
    c->next = all;
    all = c;
    return c;
}

static struct old_can *self_can(obj_t self) { return ((struct pyb_can_object *)self)->can; }

static struct can *self_on(obj_t self) {
    struct can *u = self_can(self)->unit;
    if (!u->on) raise_os(EIO);
    return u;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
static void can_setup(struct old_can *c, size_t n, size_t kw, const obj_t *args) {
    enum { ARG_MODE, ARG_PRESCALER, ARG_SJW, ARG_BS1, ARG_BS2, ARG_RESTART, ARG_BAUDRATE, ARG_POINT, ARG_BANKS, ARGS };
    static const struct arg_spec spec[] = {{Q_mode, ARG_INT, ARG_REQUIRED, {.i = CAN_NORMAL}}, {Q_prescaler, ARG_INT, 0, {.i = 100}},
        {Q_sjw, ARG_INT, ARG_KW_ONLY, {.i = 1}}, {Q_bs1, ARG_INT, ARG_KW_ONLY, {.i = 6}}, {Q_bs2, ARG_INT, ARG_KW_ONLY, {.i = 8}},
        {Q_auto_restart, ARG_BOOL, ARG_KW_ONLY, {.b = false}}, {Q_baudrate, ARG_INT, ARG_KW_ONLY, {.i = 0}},
        {Q_sample_point, ARG_INT, ARG_KW_ONLY, {.i = 75}}, {Q_num_filter_banks, ARG_INT, ARG_KW_ONLY, {.i = 14}}};
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, spec, v);
    if (v[ARG_MODE].i < CAN_NORMAL || v[ARG_MODE].i > CAN_SILENT_LOOPBACK) raise_message(&type_ValueError, "invalid mode");
    struct can_timing t = {(uint32_t)v[ARG_PRESCALER].i, (uint32_t)v[ARG_BS1].i, (uint32_t)v[ARG_BS2].i, (uint32_t)v[ARG_SJW].i};
    if (v[ARG_BAUDRATE].i != 0) {
        struct can_timing found = t;
        if (v[ARG_BAUDRATE].i < 0 || v[ARG_BAUDRATE].i > 1000000 || v[ARG_POINT].i < 0 || v[ARG_POINT].i > 100 ||
            !can_timing_find((uint32_t)v[ARG_BAUDRATE].i, (uint32_t)v[ARG_POINT].i, 1, &found))
            raise_message(&type_ValueError, "couldn't match baudrate and sample point");
        t = found;
    }
    if (t.prescaler < 1 || t.prescaler > 1024 || t.seg1 < 1 || t.seg1 > 16 || t.seg2 < 1 || t.seg2 > 8 || t.sjw < 1 || t.sjw > 4)
        raise_message(&type_ValueError, "invalid bit timing");
    if (v[ARG_BANKS].i < 0 || v[ARG_BANKS].i > CAN_BANKS) raise_message(&type_ValueError, "invalid num_filter_banks");
    struct can *u = c->unit;
    can_stop(u);
    u->mode = (enum can_mode)v[ARG_MODE].i;
    u->auto_restart = v[ARG_RESTART].b;
    u->fifo_event = fifo_told;
    u->sent = NULL;
    u->state_changed = NULL;
    u->data = c;
    can_banks_split((unsigned)v[ARG_BANKS].i);
    can_banks_clear(u);
    can_connect(u, c->bus);
    can_start(u, can_timing_rate(&t));
}

static obj_t pyb_can_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    struct old_can *c = old_of(bus_of("CAN", args[0]));
    if (!c->object) {
        struct pyb_can_object *self = heap_new(2, 0, HEAP_REFS);
        self->type = type;
        self->can = c;
        c->object = OBJ_PTR(self);
    }
    if (n > 1 || kw > 0) can_setup(c, n - 1, kw, args + 1);
    return c->object;
}

static obj_t pyb_can_init(size_t n, size_t kw, const obj_t *args) {
    can_setup(self_can(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_can_init_fn, 1, 255, pyb_can_init);

static obj_t pyb_can_deinit(obj_t self) {
    struct old_can *c = self_can(self);
    for (int i = 0; i < CAN_FIFOS; i++) handler_set(&c->hook[i].handler, OBJ_NONE, OBJ_NONE, true);
    can_stop(c->unit);
    can_disconnect(c->unit);
    return OBJ_NONE;
}
BUILTIN_1(pyb_can_deinit_fn, pyb_can_deinit);

static void pyb_can_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    static const char *const modes[] = {"NORMAL", "LOOPBACK", "SILENT", "SILENT_LOOPBACK"};
    const struct old_can *c = self_can(self);
    print_format(p, "CAN(%d", c->bus->number);
    if (c->unit->on) print_format(p, ", CAN.%s, auto_restart=%s", modes[c->unit->mode], c->unit->auto_restart ? "True" : "False");
    print_text(p, ")");
}

static obj_t pyb_can_restart(obj_t self) {
    can_restart(self_on(self));
    return OBJ_NONE;
}
BUILTIN_1(pyb_can_restart_fn, pyb_can_restart);

static obj_t pyb_can_state(obj_t self) { return OBJ_INT(self_can(self)->unit->state); }
BUILTIN_1(pyb_can_state_fn, pyb_can_state);

static obj_t pyb_can_info(size_t n, const obj_t *args) {
    const struct can *u = self_can(args[0])->unit;
    obj_t list = n > 1 ? args[1] : OBJ_NULL;
    obj_t *items = can_list(&list, 8);
    const uint32_t values[] = {u->tec & 0xff, u->rec, u->warnings & 0xffff, u->passives & 0xffff, u->bus_offs & 0xffff, can_pending(u),
                               u->fifo[0].n, u->fifo[1].n};
    for (int i = 0; i < 8; i++) items[i] = OBJ_INT(values[i]);
    return list;
}
BUILTIN_VAR(pyb_can_info_fn, 1, 2, pyb_can_info);

// ---- filters ---------------------------------------------------------------------------------------------------------------
enum { FILTER_REMOTE16 = 16, FILTER_EXTENDED16 = 8, FILTER_REMOTE32 = 2, FILTER_EXTENDED32 = 4 };

static uint32_t filter_word(int mode, uint32_t id, bool remote, bool extended) {
    if (mode == MASK16 || mode == LIST16) return (id << 5 & 0xffe0) | (remote ? FILTER_REMOTE16 : 0);
    return (extended ? id << 3 | FILTER_EXTENDED32 : id << 21) | (remote ? FILTER_REMOTE32 : 0);
}

static bool remote_at(obj_t rtr, size_t i, size_t count) {
    size_t n;
    obj_t *items;
    if (rtr == OBJ_NULL) return false;
    seq_items(rtr, &n, &items);
    if (n != count) raise_message(&type_ValueError, "CAN filter parameter error");
    return obj_true(items[i]);
}

static obj_t pyb_can_setfilter(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_BANK, ARG_MODE, ARG_FIFO, ARG_PARAMS, ARG_RTR, ARG_EXTFRAME, ARGS };
    static const struct arg_spec spec[] = {{Q_bank, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_mode, ARG_INT, ARG_REQUIRED, {.i = 0}},
        {Q_fifo, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_params, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_rtr, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_extframe, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    struct can *u = self_on(args[0]);
    int mode = (int)v[ARG_MODE].i;
    bool wide = mode == MASK32 || mode == LIST32, list = mode == LIST16 || mode == LIST32, extended = v[ARG_EXTFRAME].b;
    size_t count, want = wide ? 2 : 4, step = list ? 1 : 2;
    obj_t *params;
    seq_items(v[ARG_PARAMS].obj, &count, &params);
    bool good = mode >= MASK16 && mode <= LIST32 && count == want && v[ARG_FIFO].i >= 0 && v[ARG_FIFO].i < CAN_FIFOS;
    if (!good || (extended && !wide)) raise_message(&type_ValueError, "CAN filter parameter error");
    struct can_bank bank = {.active = true, .list = list, .wide = wide, .fifo = (uint8_t)v[ARG_FIFO].i};
    uint32_t words[4] = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t id = (uint32_t)obj_get_int_truncated(params[i]);
        words[i] = filter_word(mode, id, remote_at(v[ARG_RTR].obj, i / step, count / step), extended);
        if (!list && i % 2 == 1) // of a mask: the kinds of frame count too
            words[i] = wide ? (extended ? id << 3 : id << 21) | FILTER_REMOTE32 | FILTER_EXTENDED32
                            : (id << 5 & 0xffe0) | FILTER_REMOTE16 | FILTER_EXTENDED16;
    }
    bank.word[0] = wide ? words[0] : words[0] | words[1] << 16;
    bank.word[1] = wide ? words[1] : words[2] | words[3] << 16;
    if (v[ARG_BANK].i < 0 || !can_bank_set(u, (unsigned)v[ARG_BANK].i, &bank))
        raise_message(&type_ValueError, "CAN filter parameter error");
    return OBJ_NONE;
}
BUILTIN_KW(pyb_can_setfilter_fn, 1, 255, pyb_can_setfilter);

static obj_t pyb_can_clearfilter(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_BANK, ARG_EXTFRAME, ARGS };
    static const struct arg_spec spec[] = {{Q_bank, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_extframe, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[ARGS];
    struct can_bank off = {.active = false};
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    if (v[ARG_BANK].i < 0 || !can_bank_set(self_can(args[0])->unit, (unsigned)v[ARG_BANK].i, &off))
        raise_message(&type_ValueError, "CAN filter parameter error");
    return OBJ_NONE;
}
BUILTIN_KW(pyb_can_clearfilter_fn, 1, 255, pyb_can_clearfilter);

// ---- messages --------------------------------------------------------------------------------------------------------------
static int get_fifo(intptr_t fifo) {
    if (fifo < 0 || fifo >= CAN_FIFOS) raise_message(&type_ValueError, "invalid FIFO");
    return (int)fifo;
}

static obj_t pyb_can_any(obj_t self, obj_t fifo) { return obj_bool(self_can(self)->unit->fifo[get_fifo(obj_get_int(fifo))].n > 0); }
BUILTIN_2(pyb_can_any_fn, pyb_can_any);

struct mailbox_wait {
    struct can *unit;
    int mailbox;
};
static bool mailbox_empty(void *data) {
    const struct mailbox_wait *w = data;
    return !w->unit->mailbox[w->mailbox].pending;
}

static obj_t pyb_can_send(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_DATA, ARG_ID, ARG_TIMEOUT, ARG_RTR, ARG_EXTFRAME, ARGS };
    static const struct arg_spec spec[] = {
        {Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_id, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_rtr, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
        {Q_extframe, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    uint8_t byte;
    struct buffer data = bus_data(v[ARG_DATA].obj, &byte);
    if (data.len > 8) raise_message(&type_ValueError, "CAN data field too long");
    struct can *u = self_on(args[0]);
    struct can_frame frame = {.extended = v[ARG_EXTFRAME].b, .remote = v[ARG_RTR].b, .len = (uint8_t)data.len};
    frame.id = (uint32_t)obj_get_int_truncated(v[ARG_ID].obj) & (frame.extended ? 0x1fffffff : 0x7ff);
    if (data.len) memcpy(frame.data, data.data, data.len);
    int mailbox = can_send(u, &frame);
    if (mailbox < 0) raise_os(EBUSY);
    if (v[ARG_TIMEOUT].i == 0) return OBJ_NONE;
    struct mailbox_wait w = {u, mailbox};
    if (bridge_wait_for(mailbox_empty, &w, bus_deadline(v[ARG_TIMEOUT].i))) return OBJ_NONE;
    can_cancel(u, mailbox);
    raise_os(ETIMEDOUT);
}
BUILTIN_KW(pyb_can_send_fn, 1, 255, pyb_can_send);

static bool fifo_filled(void *data) { return ((const struct can_fifo *)data)->n > 0; }

static obj_t pyb_can_recv(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_FIFO, ARG_LIST, ARG_TIMEOUT, ARGS };
    static const struct arg_spec spec[] = {{Q_fifo, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_list, ARG_OBJ, 0, {.obj = OBJ_NONE}},
        {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    struct can *u = self_on(args[0]);
    int fifo = get_fifo(v[ARG_FIFO].i);
    if (!bridge_wait_for(fifo_filled, &u->fifo[fifo], bus_deadline(v[ARG_TIMEOUT].i))) raise_os(ETIMEDOUT);
    struct can_received got;
    can_receive(u, fifo, &got); // it is gone, even when the list is at fault
    obj_t list = v[ARG_LIST].obj;
    bool given = list != OBJ_NONE;
    obj_t *items = can_list(&list, 5);
    if (given) can_view_check(items[4], 8);
    const struct can_frame *f = &got.frame;
    if (given) can_view_fill(items[4], f);
    else items[4] = bytes_new((const char *)f->data, f->len);
    items[0] = int_from((intptr_t)f->id);
    items[1] = obj_bool(f->extended);
    items[2] = obj_bool(f->remote);
    items[3] = OBJ_INT(got.filter);
    return list;
}
BUILTIN_KW(pyb_can_recv_fn, 1, 255, pyb_can_recv);

static obj_t pyb_can_rxcallback(obj_t self, obj_t fifo, obj_t function) {
    struct old_can *c = self_can(self);
    struct fifo_hook *h = &c->hook[get_fifo(obj_get_int(fifo))];
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "callback must be None or callable");
    h->pending = 0;
    h->handler.second = OBJ_INT(0);
    handler_set(&h->handler, function, self, true);
    return OBJ_NONE;
}
BUILTIN_3(pyb_can_rxcallback_fn, pyb_can_rxcallback);

static const struct map_slot pyb_can_members[] = {
    MEMBER(init, &pyb_can_init_fn),
    MEMBER(deinit, &pyb_can_deinit_fn),
    MEMBER(restart, &pyb_can_restart_fn),
    MEMBER(state, &pyb_can_state_fn),
    MEMBER(info, &pyb_can_info_fn),
    MEMBER(any, &pyb_can_any_fn),
    MEMBER(send, &pyb_can_send_fn),
    MEMBER(recv, &pyb_can_recv_fn),
    MEMBER(setfilter, &pyb_can_setfilter_fn),
    MEMBER(clearfilter, &pyb_can_clearfilter_fn),
    MEMBER(rxcallback, &pyb_can_rxcallback_fn),
    MEMBER(NORMAL, OBJ_INT(CAN_NORMAL)),
    MEMBER(LOOPBACK, OBJ_INT(CAN_LOOPBACK)),
    MEMBER(SILENT, OBJ_INT(CAN_SILENT)),
    MEMBER(SILENT_LOOPBACK, OBJ_INT(CAN_SILENT_LOOPBACK)),
    MEMBER(MASK16, OBJ_INT(MASK16)),
    MEMBER(LIST16, OBJ_INT(LIST16)),
    MEMBER(MASK32, OBJ_INT(MASK32)),
    MEMBER(LIST32, OBJ_INT(LIST32)),
    MEMBER(STOPPED, OBJ_INT(CAN_STOPPED)),
    MEMBER(ERROR_ACTIVE, OBJ_INT(CAN_ACTIVE)),
    MEMBER(ERROR_WARNING, OBJ_INT(CAN_WARNING)),
    MEMBER(ERROR_PASSIVE, OBJ_INT(CAN_PASSIVE)),
    MEMBER(BUS_OFF, OBJ_INT(CAN_BUS_OFF)),
};
static FIXED_DICT(pyb_can_dict, pyb_can_members);
static const struct type_ops pyb_can_ops = {.print = pyb_can_print, .construct = pyb_can_construct};
const struct type type_pyb_can = {
    .type = &type_type, .name = Q_CAN, .flags = TYPE_TRUE, .ops = &pyb_can_ops, .members = &pyb_can_dict};
