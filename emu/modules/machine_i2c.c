// SPDX-License-Identifier: MIT
// machine.I2C and machine.SoftI2C.
//
// Invariants
//  - All I2C objects of one unit of the chip share its state; so do SoftI2C objects of the same two pins. It is in host memory.
//  - Data goes to and from the caller's buffers directly; nothing is allocated but results.
#include "emu/modules/i2c_unit.h"
#include "emu/modules/pin.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

struct i2c_object { // 2 words
    const struct type *type;
    struct i2c_unit *unit;
};
struct soft { // controllers of SoftI2C objects, by pins
    struct i2c_unit unit;
    struct soft *next;
};
static struct soft *softs;

static void softs_stop(void) {
    while (softs) {
        struct soft *s = softs;
        softs = s->next;
        emu_free(s);
    }
}
static struct emu_unit unit = {softs_stop, NULL, false};

static struct i2c_unit *soft_of(const struct gpio *scl, const struct gpio *sda) {
    for (struct soft *s = softs; s; s = s->next)
        if (s->unit.controller.scl == scl && s->unit.controller.sda == sda) return &s->unit;
    emu_unit_add(&unit);
    struct soft *s = emu_new(sizeof *s);
    s->next = softs;
    softs = s;
    return &s->unit;
}

static struct i2c_unit *self_unit(obj_t self) { return ((struct i2c_object *)self)->unit; }

static struct i2c_unit *self_ready(obj_t self) {
    struct i2c_unit *u = self_unit(self);
    if (!u->controller.scl) raise_os(EIO); // after deinit()
    return u;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
static uint32_t get_unsigned(intptr_t v, const char *what) {
    if (v < 0 || v > UINT32_MAX) raise_message(&type_ValueError, what);
    return (uint32_t)v;
}

static obj_t object_new(const struct type *type, struct i2c_unit *u) {
    struct i2c_object *self = heap_new(2, 0, HEAP_REFS);
    self->type = type;
    self->unit = u;
    return OBJ_PTR(self);
}

enum { ARG_SCL, ARG_SDA, ARG_FREQ, ARG_TIMEOUT, ARGS };
static const struct arg_spec soft_spec[] = {{Q_scl, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
    {Q_sda, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_freq, ARG_INT, ARG_KW_ONLY, {.i = 400000}},
    {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 50000}}};
static const struct arg_spec hard_spec[] = {
    {Q_scl, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_sda, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    {Q_freq, ARG_INT, ARG_KW_ONLY, {.i = 400000}}, {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 50000}}};

static struct i2c_unit *soft_setup(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, soft_spec, v);
    struct gpio *scl = pin_of(v[ARG_SCL].obj), *sda = pin_of(v[ARG_SDA].obj);
    struct i2c_unit *u = soft_of(scl, sda);
    i2c_unit_setup(u, scl, sda, get_unsigned(v[ARG_FREQ].i, "invalid I2C frequency"), get_unsigned(v[ARG_TIMEOUT].i, "invalid timeout"));
    return u;
}

static obj_t softi2c_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    return object_new(type, soft_setup(n, kw, args));
}

static void hard_setup(struct i2c_unit *u, size_t n, size_t kw, const obj_t *args) {
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, hard_spec, v);
    struct gpio *scl = v[ARG_SCL].obj ? pin_of(v[ARG_SCL].obj) : u->controller.scl;
    struct gpio *sda = v[ARG_SDA].obj ? pin_of(v[ARG_SDA].obj) : u->controller.sda;
    i2c_unit_setup(u, scl, sda, get_unsigned(v[ARG_FREQ].i, "invalid I2C frequency"), get_unsigned(v[ARG_TIMEOUT].i, "invalid timeout"));
}

static obj_t i2c_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    if (n == 0 && kw > 0) return softi2c_construct(&type_machine_softi2c, n, kw, args); // no unit: by software, as the pyboard's pages say
    struct i2c_unit *u = NULL;
    if (n == 0 && !bus_is_stm()) u = i2c_unit_of(bus_of("I2C", OBJ_INT(0)));
    args_check(n, kw, u ? 0 : 1, 255, true);
    if (!u) u = i2c_unit_of(bus_of("I2C", args[0]));
    hard_setup(u, n ? n - 1 : 0, kw, args + (n ? 1 : 0));
    return object_new(&type_machine_i2c, u);
}

static obj_t i2c_init(size_t n, size_t kw, const obj_t *args) {
    struct i2c_object *self = (struct i2c_object *)args[0];
    if (self->type == &type_machine_softi2c) self->unit = soft_setup(n - 1, kw, args + 1);
    else hard_setup(self->unit, n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(i2c_init_fn, 1, 255, i2c_init);

static obj_t i2c_deinit(obj_t self) {
    i2c_unit_release(self_unit(self));
    return OBJ_NONE;
}
BUILTIN_1(i2c_deinit_fn, i2c_deinit);

static void i2c_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct i2c_unit *u = self_unit(self);
    struct gpio *scl = u->controller.scl, *sda = u->controller.sda;
    if (!u->bus) print_text(p, "SoftI2C(");
    else print_format(p, scl ? "I2C(%d, " : "I2C(%d)", u->bus->number);
    if (!scl) return;
    bus_print_pin(p, "scl=", scl);
    bus_print_pin(p, ", sda=", sda);
    print_format(p, ", freq=%u", (unsigned)(u->bus ? i2c_unit_speed(u->freq) : u->freq));
    if (u->bus) print_format(p, ", timeout=%u", (unsigned)u->timeout_us);
    print_text(p, ")");
}

// ---- transfers -------------------------------------------------------------------------------------------------------------
static size_t transfer(struct i2c_unit *u, obj_t address, size_t n, const struct i2c_piece *pieces, unsigned flags) {
    intptr_t a = obj_get_int(address);
    if (a < 0 || a > 127) raise_message(&type_ValueError, "invalid I2C address");
    ptrdiff_t done = i2c_transfer(u, (unsigned)a, n, pieces, flags);
    if (done < 0) raise_os((int)-done);
    return (size_t)done;
}

static struct i2c_piece piece_of(obj_t o, unsigned flags) {
    struct buffer data;
    obj_buffer(o, &data, flags);
    return (struct i2c_piece){data.data, data.len};
}

static obj_t i2c_scan(obj_t self) {
    struct i2c_unit *u = self_ready(self);
    obj_t found = list_new(0, NULL);
    for (int a = 0x08; a < 0x78; a++) {
        ptrdiff_t r = i2c_transfer(u, (unsigned)a, 0, NULL, I2C_STOP);
        if (r == 0) list_append(found, OBJ_INT(a));
        else if (r != -ENODEV) raise_os((int)-r);
    }
    return found;
}
BUILTIN_1(i2c_scan_fn, i2c_scan);

static unsigned stop_flag(size_t n, const obj_t *args) { return n > 3 && !obj_true(args[3]) ? 0 : I2C_STOP; }

static obj_t i2c_readfrom(size_t n, const obj_t *args) {
    struct bus_room room = bus_room(int_from(obj_get_int(args[2])));
    struct i2c_piece piece = {room.data, room.len};
    transfer(self_ready(args[0]), args[1], 1, &piece, I2C_READING | stop_flag(n, args));
    return bus_received(&room);
}
BUILTIN_VAR(i2c_readfrom_fn, 3, 4, i2c_readfrom);

static obj_t i2c_readfrom_into(size_t n, const obj_t *args) {
    struct i2c_piece piece = piece_of(args[2], BUFFER_WRITE);
    transfer(self_ready(args[0]), args[1], 1, &piece, I2C_READING | stop_flag(n, args));
    return OBJ_NONE;
}
BUILTIN_VAR(i2c_readfrom_into_fn, 3, 4, i2c_readfrom_into);

static obj_t i2c_writeto(size_t n, const obj_t *args) {
    struct i2c_piece piece = piece_of(args[2], BUFFER_READ);
    return int_from((intptr_t)transfer(self_ready(args[0]), args[1], 1, &piece, stop_flag(n, args)));
}
BUILTIN_VAR(i2c_writeto_fn, 3, 4, i2c_writeto);

static obj_t i2c_writevto(size_t n, const obj_t *args) {
    size_t count;
    obj_t *items;
    seq_items(args[2], &count, &items);
    struct i2c_unit *u = self_ready(args[0]);
    struct i2c_piece *pieces = heap_new(2 * (count ? count : 1), 0, HEAP_DATA);
    for (size_t i = 0; i < count; i++) pieces[i] = piece_of(items[i], BUFFER_READ);
    size_t done = transfer(u, args[1], count, pieces, stop_flag(n, args));
    heap_free(pieces);
    return int_from((intptr_t)done);
}
BUILTIN_VAR(i2c_writevto_fn, 3, 4, i2c_writevto);

// ---- memories --------------------------------------------------------------------------------------------------------------
enum { MEM_ADDRESS, MEM_PLACE, MEM_DATA, MEM_ADDRSIZE, MEM_ARGS };

static void mem_parse(size_t n, size_t kw, const obj_t *args, qstr_t data_name, union arg_value *v) {
    struct arg_spec spec[] = {{Q_addr, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_memaddr, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {data_name, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_addrsize, ARG_INT, ARG_KW_ONLY, {.i = 8}}};
    args_parse(n - 1, kw, args + 1, MEM_ARGS, spec, v);
    if (v[MEM_ADDRSIZE].i < 0 || v[MEM_ADDRSIZE].i > 32 || v[MEM_ADDRSIZE].i % 8) raise_message(&type_ValueError, "invalid addrsize");
}

// The place as the bytes that go over the bus, most significant first.
static struct i2c_piece mem_place(const union arg_value *v, uint8_t bytes[4]) {
    uint32_t place = (uint32_t)obj_get_int_truncated(v[MEM_PLACE].obj);
    size_t n = (size_t)v[MEM_ADDRSIZE].i / 8;
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(place >> 8 * (n - 1 - i));
    return (struct i2c_piece){bytes, n};
}

static void mem_read(struct i2c_unit *u, const union arg_value *v, const struct i2c_piece *to) {
    uint8_t bytes[4];
    struct i2c_piece place = mem_place(v, bytes);
    if (transfer(u, v[MEM_ADDRESS].obj, 1, &place, 0) != place.len) {
        i2c_stop(&u->controller);
        raise_os(EIO);
    }
    transfer(u, v[MEM_ADDRESS].obj, 1, to, I2C_READING | I2C_STOP);
}

static obj_t i2c_readfrom_mem(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[MEM_ARGS];
    mem_parse(n, kw, args, Q_nbytes, v);
    struct bus_room room = bus_room(int_from(obj_get_int(v[MEM_DATA].obj)));
    struct i2c_piece piece = {room.data, room.len};
    mem_read(self_ready(args[0]), v, &piece);
    return bus_received(&room);
}
BUILTIN_KW(i2c_readfrom_mem_fn, 1, 255, i2c_readfrom_mem);

static obj_t i2c_readfrom_mem_into(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[MEM_ARGS];
    mem_parse(n, kw, args, Q_buf, v);
    struct i2c_piece piece = piece_of(v[MEM_DATA].obj, BUFFER_WRITE);
    mem_read(self_ready(args[0]), v, &piece);
    return OBJ_NONE;
}
BUILTIN_KW(i2c_readfrom_mem_into_fn, 1, 255, i2c_readfrom_mem_into);

static obj_t i2c_writeto_mem(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[MEM_ARGS];
    mem_parse(n, kw, args, Q_buf, v);
    uint8_t bytes[4];
    struct i2c_piece pieces[] = {mem_place(v, bytes), piece_of(v[MEM_DATA].obj, BUFFER_READ)};
    if (transfer(self_ready(args[0]), v[MEM_ADDRESS].obj, 2, pieces, I2C_STOP) != pieces[0].len + pieces[1].len) raise_os(EIO);
    return OBJ_NONE;
}
BUILTIN_KW(i2c_writeto_mem_fn, 1, 255, i2c_writeto_mem);

// ---- primitive operations, by software only ---------------------------------------------------------------------------------
static struct i2c_controller *self_soft(obj_t self) {
    struct i2c_unit *u = self_unit(self);
    if (u->bus) raise_message(&type_OSError, "I2C operation not supported");
    return &u->controller;
}

static void raise_result(struct i2c_controller *c, enum i2c_result r) {
    if (r == I2C_DONE) return;
    i2c_release(c);
    raise_os(i2c_error(r));
}

static obj_t i2c_start_method(obj_t self) {
    struct i2c_controller *c = self_soft(self);
    raise_result(c, i2c_start(c));
    return OBJ_NONE;
}
BUILTIN_1(i2c_start_fn, i2c_start_method);

static obj_t i2c_stop_method(obj_t self) {
    struct i2c_controller *c = self_soft(self);
    raise_result(c, i2c_stop(c));
    return OBJ_NONE;
}
BUILTIN_1(i2c_stop_fn, i2c_stop_method);

static obj_t i2c_readinto(size_t n, const obj_t *args) {
    struct i2c_controller *c = self_soft(args[0]);
    struct i2c_piece piece = piece_of(args[1], BUFFER_WRITE);
    bool nack = n < 3 || obj_true(args[2]);
    for (size_t i = 0; i < piece.len; i++) raise_result(c, i2c_read(c, &piece.data[i], i + 1 < piece.len || !nack));
    return OBJ_NONE;
}
BUILTIN_VAR(i2c_readinto_fn, 2, 3, i2c_readinto);

// The first byte after a START is an address with its direction.
static enum i2c_result raw_byte(struct i2c_controller *c, uint8_t byte) {
    return c->addressed ? i2c_write(c, byte) : i2c_address(c, byte >> 1, byte & 1);
}

static obj_t i2c_write_method(obj_t self, obj_t data) {
    struct i2c_controller *c = self_soft(self);
    struct i2c_piece piece = piece_of(data, BUFFER_READ);
    size_t acks = 0;
    for (; acks < piece.len; acks++) {
        enum i2c_result r = raw_byte(c, piece.data[acks]);
        if (r == I2C_REFUSED) break;
        raise_result(c, r);
    }
    return int_from((intptr_t)acks);
}
BUILTIN_2(i2c_write_fn, i2c_write_method);

static const struct map_slot i2c_members[] = {
    MEMBER(init, &i2c_init_fn),
    MEMBER(deinit, &i2c_deinit_fn),
    MEMBER(scan, &i2c_scan_fn),
    MEMBER(start, &i2c_start_fn),
    MEMBER(stop, &i2c_stop_fn),
    MEMBER(readinto, &i2c_readinto_fn),
    MEMBER(write, &i2c_write_fn),
    MEMBER(readfrom, &i2c_readfrom_fn),
    MEMBER(readfrom_into, &i2c_readfrom_into_fn),
    MEMBER(writeto, &i2c_writeto_fn),
    MEMBER(writevto, &i2c_writevto_fn),
    MEMBER(readfrom_mem, &i2c_readfrom_mem_fn),
    MEMBER(readfrom_mem_into, &i2c_readfrom_mem_into_fn),
    MEMBER(writeto_mem, &i2c_writeto_mem_fn),
};
static FIXED_DICT(i2c_dict, i2c_members);
static const struct type_ops i2c_ops = {.print = i2c_print, .construct = i2c_construct};
static const struct type_ops softi2c_ops = {.print = i2c_print, .construct = softi2c_construct};
const struct type type_machine_i2c = {.type = &type_type, .name = Q_I2C, .flags = TYPE_TRUE, .ops = &i2c_ops, .members = &i2c_dict};
const struct type type_machine_softi2c = {
    .type = &type_type, .name = Q_SoftI2C, .flags = TYPE_TRUE, .ops = &softi2c_ops, .members = &i2c_dict};
