// SPDX-License-Identifier: MIT
// machine.SPI and machine.SoftSPI.
//
// Invariants
//  - All SPI objects of one unit share its state, which is in host memory; a SoftSPI object has its own (the record of its clock pin).
//  - A transfer blocks until the bus has had the time.
#include "emu/modules/pin.h"
#include "emu/modules/spi_unit.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

struct spi_object { // 2 words
    const struct type *type;
    struct spi_unit *unit;
};
static struct spi_unit *softs;

static void softs_stop(void) {
    while (softs) {
        struct spi_unit *u = softs;
        softs = u->next;
        emu_free(u);
    }
}
static struct emu_unit unit = {softs_stop, NULL, false};

static struct spi_unit *soft_of(const struct gpio *sck) {
    for (struct spi_unit *u = softs; u; u = u->next)
        if (u->controller.sck == sck) return u;
    emu_unit_add(&unit);
    struct spi_unit *u = emu_new(sizeof *u);
    u->next = softs;
    softs = u;
    return u;
}

static struct spi_unit *self_unit(obj_t self) {
    struct spi_unit *u = ((struct spi_object *)self)->unit;
    if (!u->on) raise_os(EIO);
    return u;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
enum { ARG_BAUDRATE, ARG_POLARITY, ARG_PHASE, ARG_BITS, ARG_FIRSTBIT, ARG_SCK, ARG_MOSI, ARG_MISO, ARGS };
static const struct arg_spec spi_spec[] = {{Q_baudrate, ARG_INT, 0, {.i = 500000}}, {Q_polarity, ARG_INT, ARG_KW_ONLY, {.i = -1}},
    {Q_phase, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_bits, ARG_INT, ARG_KW_ONLY, {.i = -1}},
    {Q_firstbit, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_sck, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    {Q_mosi, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_miso, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}};

static intptr_t given_or(intptr_t given, intptr_t other) { return given == -1 ? other : given; }

// What is not named keeps its value (fresh: mode 0, 8 bits, MSB).
static struct spi_setting setting_of(const struct spi_unit *u, const union arg_value *v) {
    const struct spi_controller *c = &u->controller;
    return spi_setting_check(v[ARG_BAUDRATE].i, given_or(v[ARG_POLARITY].i, c->polarity), given_or(v[ARG_PHASE].i, c->phase),
                             given_or(v[ARG_BITS].i, c->bits ? c->bits : 8), given_or(v[ARG_FIRSTBIT].i, c->lsb_first ? SPI_LSB : SPI_MSB));
}

static void setup(struct spi_unit *u, const union arg_value *v) {
    struct gpio *pins[3];
    const struct spi_controller *c = &u->controller;
    struct gpio *const now[] = {c->sck, c->mosi, c->miso};
    for (int i = 0; i < 3; i++) {
        obj_t o = v[ARG_SCK + i].obj;
        pins[i] = o == OBJ_NULL ? now[i] : o == OBJ_NONE ? NULL : pin_of(o);
    }
    struct spi_setting s = setting_of(u, v);
    spi_unit_setup(u, pins, &s, true);
}

static obj_t object_new(const struct type *type, struct spi_unit *u) {
    struct spi_object *self = heap_new(2, 0, HEAP_REFS);
    self->type = type;
    self->unit = u;
    return OBJ_PTR(self);
}

static obj_t softspi_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, spi_spec, v);
    if (!v[ARG_SCK].obj || !v[ARG_MOSI].obj || !v[ARG_MISO].obj) raise_message(&type_ValueError, "must specify all of sck/mosi/miso");
    struct spi_unit *u = soft_of(pin_of(v[ARG_SCK].obj));
    u->controller = (struct spi_controller){.bits = 8};
    setup(u, v);
    return object_new(type, u);
}

static obj_t spi_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    if (obj_is_int(args[0]) && obj_int(args[0]) == -1) return softspi_construct(&type_machine_softspi, n - 1, kw, args + 1);
    struct spi_unit *u = spi_unit_of(bus_of("SPI", args[0]));
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spi_spec, v);
    if (n > 1 || kw > 0 || !u->on) {
        if (!u->on) u->controller = (struct spi_controller){.bits = 8};
        setup(u, v);
    }
    return object_new(type, u);
}

static obj_t spi_init(size_t n, size_t kw, const obj_t *args) {
    struct spi_unit *u = ((struct spi_object *)args[0])->unit;
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spi_spec, v);
    setup(u, v);
    return OBJ_NONE;
}
BUILTIN_KW(spi_init_fn, 1, 255, spi_init);

static obj_t spi_deinit(obj_t self) {
    spi_unit_release(((struct spi_object *)self)->unit);
    return OBJ_NONE;
}
BUILTIN_1(spi_deinit_fn, spi_deinit);

static void print_pins(const struct printer *p, const struct spi_controller *c) {
    bus_print_pin(p, ", sck=", c->sck);
    if (c->mosi) bus_print_pin(p, ", mosi=", c->mosi);
    if (c->miso) bus_print_pin(p, ", miso=", c->miso);
}

static void spi_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct spi_unit *u = ((struct spi_object *)self)->unit;
    const struct spi_controller *c = &u->controller;
    if (!u->on && u->bus) {
        print_format(p, "SPI(%d)", u->bus->number);
        return;
    }
    if (u->bus) print_format(p, "SPI(%d, ", u->bus->number);
    else print_text(p, "SoftSPI(");
    print_format(p, "baudrate=%u, polarity=%d, phase=%d", (unsigned)u->baudrate, c->polarity, c->phase);
    if (u->bus) print_format(p, ", bits=%d", c->bits);
    if (!u->bus || !bus_is_stm()) print_pins(p, c);
    print_text(p, ")");
}

// ---- transfers -------------------------------------------------------------------------------------------------------------
static size_t word_count(const struct spi_unit *u, size_t bytes) { return u->controller.bits > 8 ? bytes / 2 : bytes; }

static void transfer(struct spi_unit *u, const uint8_t *out, uint16_t fill, uint8_t *in, size_t bytes) {
    spi_transfer(&u->controller, out, fill, in, word_count(u, bytes));
    bridge_fault_check();
}

static obj_t spi_read(size_t n, const obj_t *args) {
    struct spi_unit *u = self_unit(args[0]);
    struct bus_room room = bus_room(int_from(obj_get_int(args[1])));
    transfer(u, NULL, n > 2 ? (uint16_t)obj_get_int(args[2]) : 0, room.data, room.len);
    return bus_received(&room);
}
BUILTIN_VAR(spi_read_fn, 2, 3, spi_read);

static obj_t spi_readinto(size_t n, const obj_t *args) {
    struct spi_unit *u = self_unit(args[0]);
    struct buffer b;
    obj_buffer(args[1], &b, BUFFER_WRITE);
    transfer(u, NULL, n > 2 ? (uint16_t)obj_get_int(args[2]) : 0, b.data, b.len);
    return OBJ_NONE;
}
BUILTIN_VAR(spi_readinto_fn, 2, 3, spi_readinto);

static obj_t spi_write(obj_t self, obj_t data) {
    struct spi_unit *u = self_unit(self);
    struct buffer b;
    obj_buffer(data, &b, BUFFER_READ);
    transfer(u, b.data, 0, NULL, b.len);
    return OBJ_NONE;
}
BUILTIN_2(spi_write_fn, spi_write);

static obj_t spi_write_readinto(obj_t self, obj_t from, obj_t to) {
    struct spi_unit *u = self_unit(self);
    struct buffer out, in;
    obj_buffer(from, &out, BUFFER_READ);
    obj_buffer(to, &in, BUFFER_WRITE);
    if (out.len != in.len) raise_message(&type_ValueError, "buffers must be the same length");
    transfer(u, out.data, 0, in.data, out.len);
    return OBJ_NONE;
}
BUILTIN_3(spi_write_readinto_fn, spi_write_readinto);

static const struct map_slot spi_members[] = {
    MEMBER(init, &spi_init_fn),
    MEMBER(deinit, &spi_deinit_fn),
    MEMBER(read, &spi_read_fn),
    MEMBER(readinto, &spi_readinto_fn),
    MEMBER(write, &spi_write_fn),
    MEMBER(write_readinto, &spi_write_readinto_fn),
    MEMBER(MSB, OBJ_INT(SPI_MSB)),
    MEMBER(LSB, OBJ_INT(SPI_LSB)),
};
static FIXED_DICT(spi_dict, spi_members);
static const struct type_ops spi_ops = {.print = spi_print, .construct = spi_construct};
static const struct type_ops softspi_ops = {.print = spi_print, .construct = softspi_construct};
const struct type type_machine_spi = {.type = &type_type, .name = Q_SPI, .flags = TYPE_TRUE, .ops = &spi_ops, .members = &spi_dict};
const struct type type_machine_softspi = {
    .type = &type_type, .name = Q_SoftSPI, .flags = TYPE_TRUE, .ops = &softspi_ops, .members = &spi_dict};
