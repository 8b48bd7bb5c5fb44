// SPDX-License-Identifier: MIT
// machine.I2CTarget: a unit of the chip that answers to a controller, as a memory or by a handler.
//
// Invariants
//  - One target for each unit, in host memory; the object of the last construction is the one that handlers get.
//  - The memory object is a root as long as the target is on. It is looked at anew for each byte, so it may be resized meanwhile.
//  - Events that are in `trigger` hold the clock until the handler was called (chip/i2c_target.h).
#include "emu/modules/i2c_unit.h"
#include "emu/modules/irq_object.h"
#include "emu/modules/pin.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

struct station {
    struct i2c_unit *unit;
    struct i2c_target target;
    struct i2c_memory memory;
    obj_t object, irq, mem; // roots
    bool on;
    unsigned last_events;
    struct handler handler;
    struct station *next;
};
struct target_object { // 2 words
    const struct type *type;
    struct station *station;
};
static struct station *all;

static void stations_stop(void) {
    while (all) {
        struct station *s = all;
        all = s->next;
        handler_drop(&s->handler);
        bridge_root_drop(&s->object);
        bridge_root_drop(&s->irq);
        bridge_root_drop(&s->mem);
        emu_free(s);
    }
}
static struct emu_unit unit = {stations_stop, NULL, false};

// ---- the memory ------------------------------------------------------------------------------------------------------------
static struct buffer memory_bytes(void *data) {
    struct station *s = data;
    struct buffer b = {NULL, 0, 'B'};
    if (s->mem && !obj_buffer_maybe(s->mem, &b, BUFFER_WRITE)) b.len = 0;
    return b;
}
static size_t memory_size(void *data) { return memory_bytes(data).len; }
static uint8_t memory_load(void *data, uint32_t at) { return ((uint8_t *)memory_bytes(data).data)[at]; }
static void memory_store(void *data, uint32_t at, uint8_t byte) { ((uint8_t *)memory_bytes(data).data)[at] = byte; }

// ---- interrupts ------------------------------------------------------------------------------------------------------------
static void station_told(void *data) {
    struct station *s = data;
    irq_raise(&s->handler.line);
}

static void station_before(void *data) {
    struct station *s = data;
    s->last_events = i2c_target_take(&s->target);
}

static void station_silence(void *data) {
    struct station *s = data;
    s->target.trigger = s->target.pending = 0;
}

static struct station *station_of(struct i2c_unit *u) {
    for (struct station *s = all; s; s = s->next)
        if (s->unit == u) return s;
    emu_unit_add(&unit);
    struct station *s = emu_new(sizeof *s);
    s->unit = u;
    s->memory = (struct i2c_memory){memory_load, memory_store, memory_size, s};
    handler_init(&s->handler, "I2CTarget", u->bus->number, 1, station_before, station_silence, s);
    bridge_root(&s->object);
    bridge_root(&s->irq);
    bridge_root(&s->mem);
    s->next = all;
    all = s;
    return s;
}

static struct station *self_station(obj_t self) {
    struct station *s = ((struct target_object *)self)->station;
    if (!s->on || s->object != self) raise_os(ENODEV);
    return s;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
enum { ARG_ADDR, ARG_ADDRSIZE, ARG_MEM, ARG_MEM_ADDRSIZE, ARG_SCL, ARG_SDA, ARGS };
static const struct arg_spec target_spec[] = {{Q_addr, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_addrsize, ARG_INT, ARG_KW_ONLY, {.i = 7}},
    {Q_mem, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_mem_addrsize, ARG_INT, ARG_KW_ONLY, {.i = 8}},
    {Q_scl, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_sda, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}};

static void target_setup(struct station *s, const union arg_value *v) {
    intptr_t bits = v[ARG_ADDRSIZE].i, mem_bits = v[ARG_MEM_ADDRSIZE].i;
    if (bits != 7 && bits != 10) raise_message(&type_ValueError, "invalid addrsize");
    if (v[ARG_ADDR].i < 0 || v[ARG_ADDR].i >= (intptr_t)1 << bits) raise_message(&type_ValueError, "invalid addr");
    if (mem_bits < 0 || mem_bits > 32 || mem_bits % 8) raise_message(&type_ValueError, "invalid mem_addrsize");
    struct buffer b;
    obj_t mem = v[ARG_MEM].obj == OBJ_NONE ? OBJ_NULL : v[ARG_MEM].obj;
    if (mem) obj_buffer(mem, &b, BUFFER_WRITE);
    i2c_target_stop(&s->target);
    i2c_unit_setup(s->unit, v[ARG_SCL].obj ? pin_of(v[ARG_SCL].obj) : NULL, v[ARG_SDA].obj ? pin_of(v[ARG_SDA].obj) : NULL, 400000, 50000);
    s->mem = mem;
    s->target.address = (uint16_t)v[ARG_ADDR].i;
    s->target.ten_bits = bits == 10;
    s->target.depth = bus_is_stm() ? 1 : I2C_QUEUE;
    s->target.memory = mem ? &s->memory : NULL;
    s->target.address_bytes = (uint8_t)(mem_bits / 8);
    s->target.notify = station_told;
    s->target.data = s;
    s->target.trigger = 0;
    i2c_target_start(&s->target, s->unit->controller.scl->net, s->unit->controller.sda->net);
}

static obj_t i2ctarget_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    union arg_value v[ARGS];
    bool has_id = n > 0; // id is the first positional argument, addr the second
    struct i2c_unit *u = i2c_unit_of(bus_of("I2C", has_id ? args[0] : OBJ_INT(bus_is_stm() ? 1 : 0)));
    args_parse(has_id ? n - 1 : 0, kw, args + has_id, ARGS, target_spec, v);
    struct station *s = station_of(u);
    handler_set(&s->handler, OBJ_NONE, OBJ_NONE, false);
    s->on = false;
    target_setup(s, v);
    struct target_object *self = heap_new(2, 0, HEAP_REFS);
    self->type = type;
    self->station = s;
    s->object = OBJ_PTR(self);
    s->irq = OBJ_NULL;
    s->on = true;
    return s->object;
}

static obj_t target_deinit(obj_t self) {
    struct station *s = ((struct target_object *)self)->station;
    if (!s->on || s->object != self) return OBJ_NONE;
    handler_set(&s->handler, OBJ_NONE, OBJ_NONE, false);
    i2c_target_stop(&s->target);
    i2c_unit_release(s->unit);
    s->on = false;
    s->mem = OBJ_NULL;
    return OBJ_NONE;
}
BUILTIN_1(target_deinit_fn, target_deinit);

static void target_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct station *s = ((struct target_object *)self)->station;
    print_format(p, "I2CTarget(%d", s->unit->bus->number);
    if (s->on && s->object == self) {
        print_format(p, ", addr=%d", s->target.address);
        bus_print_pin(p, ", scl=", s->unit->controller.scl);
        bus_print_pin(p, ", sda=", s->unit->controller.sda);
    }
    print_text(p, ")");
}

// ---- data ------------------------------------------------------------------------------------------------------------------
static obj_t target_readinto(obj_t self, obj_t to) {
    struct station *s = self_station(self);
    struct buffer b;
    obj_buffer(to, &b, BUFFER_WRITE);
    return int_from((intptr_t)i2c_target_receive(&s->target, b.data, b.len));
}
BUILTIN_2(target_readinto_fn, target_readinto);

static obj_t target_write(obj_t self, obj_t from) {
    struct station *s = self_station(self);
    struct buffer b;
    obj_buffer(from, &b, BUFFER_READ);
    return int_from((intptr_t)i2c_target_send(&s->target, b.data, b.len));
}
BUILTIN_2(target_write_fn, target_write);

static uint32_t irq_flags(void *data) { return ((struct station *)data)->last_events; }
static uint32_t irq_trigger(void *data) { return ((struct station *)data)->target.trigger; }

static void trigger_set(void *data, uint32_t trigger) {
    struct station *s = data;
    if (trigger & ~63u) raise_format(&type_ValueError, "trigger 0x%x unsupported", (unsigned)trigger);
    s->target.trigger = trigger;
    s->target.pending &= trigger;
}
static const struct irq_source target_irq_source = {irq_flags, irq_trigger, trigger_set};

static obj_t target_irq(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_HANDLER, ARG_TRIGGER, ARG_HARD };
    static const struct arg_spec spec[] = {{Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}},
        {Q_trigger, ARG_INT, 0, {.i = I2C_END_READ | I2C_END_WRITE}}, {Q_hard, ARG_BOOL, 0, {.b = false}}};
    enum { NEED_HARD = I2C_MATCH_READ | I2C_MATCH_WRITE | I2C_WANTS_BYTE | I2C_HAS_BYTE };
    union arg_value v[3];
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    struct station *s = self_station(args[0]);
    if (!s->irq) s->irq = irq_object_new(args[0], &s->handler, &target_irq_source, s);
    if (n == 1 && kw == 0) return s->irq;
    obj_t function = v[ARG_HANDLER].obj;
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "handler must be None or callable");
    if (function != OBJ_NONE && (v[ARG_TRIGGER].i & NEED_HARD) && !v[ARG_HARD].b) raise_message(&type_ValueError, "hard IRQ required");
    trigger_set(s, function == OBJ_NONE ? 0 : (uint32_t)v[ARG_TRIGGER].i);
    handler_set(&s->handler, function, args[0], v[ARG_HARD].b);
    return s->irq;
}
BUILTIN_KW(target_irq_fn, 1, 255, target_irq);

static void target_attr(obj_t self, qstr_t name, obj_t value, obj_t out[2]) {
    if (name == Q_memaddr && value == OBJ_NULL) out[0] = int_from_u64(((struct target_object *)self)->station->target.memory_place);
}

static const struct map_slot target_members[] = {
    MEMBER(deinit, &target_deinit_fn),
    MEMBER(readinto, &target_readinto_fn),
    MEMBER(write, &target_write_fn),
    MEMBER(irq, &target_irq_fn),
    MEMBER(IRQ_ADDR_MATCH_READ, OBJ_INT(I2C_MATCH_READ)),
    MEMBER(IRQ_ADDR_MATCH_WRITE, OBJ_INT(I2C_MATCH_WRITE)),
    MEMBER(IRQ_READ_REQ, OBJ_INT(I2C_WANTS_BYTE)),
    MEMBER(IRQ_WRITE_REQ, OBJ_INT(I2C_HAS_BYTE)),
    MEMBER(IRQ_END_READ, OBJ_INT(I2C_END_READ)),
    MEMBER(IRQ_END_WRITE, OBJ_INT(I2C_END_WRITE)),
};
static FIXED_DICT(target_dict, target_members);
static const struct type_ops target_ops = {.print = target_print, .construct = i2ctarget_construct, .attr = target_attr};
const struct type type_machine_i2ctarget = {
    .type = &type_type, .name = Q_I2CTarget, .flags = TYPE_TRUE, .ops = &target_ops, .members = &target_dict};
