// SPDX-License-Identifier: MIT
// pyb.SPI: the older class, as controller or as peripheral.
//
// Invariants
//  - One record for each unit; an SPI object names it, and shows the settings of the last init().
//  - As peripheral, words are exchanged when a controller clocks them; software waits until that has happened or time is up.
#include "emu/modules/spi_unit.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { MODE_OFF = -1, MODE_PERIPHERAL = 0, MODE_CONTROLLER = 1, PYB_MSB = 0, PYB_LSB = 0x80 };

struct old_spi {
    struct spi_unit *unit;
    int mode;
    struct spi_device device; // as peripheral
    const uint8_t *out;       // the transfer that software waits for
    uint8_t *in;
    size_t done, words;
    uint16_t held;            // a word that came while nobody waited; the next one replaces it
    bool has_held;
    struct old_spi *next;
};
struct pyb_spi_object { // 2 words
    const struct type *type;
    struct old_spi *spi;
};
static struct old_spi *all;

static void all_stop(void) {
    while (all) {
        struct old_spi *s = all;
        all = s->next;
        emu_free(s);
    }
}
static struct emu_unit unit = {all_stop, NULL, false};

static struct old_spi *old_of(struct spi_unit *u) {
    for (struct old_spi *s = all; s; s = s->next)
        if (s->unit == u) return s;
    emu_unit_add(&unit);
    struct old_spi *s = emu_new(sizeof *s);
    s->unit = u;
    s->mode = MODE_OFF;
    s->next = all;
    all = s;
    return s;
}

static struct old_spi *self_spi(obj_t self) { return ((struct pyb_spi_object *)self)->spi; }

static struct old_spi *self_on(obj_t self) {
    struct old_spi *s = self_spi(self);
    if (s->mode == MODE_OFF || !s->unit->on) raise_os(EIO);
    return s;
}

// ---- peripheral ------------------------------------------------------------------------------------------------------------
static size_t step(const struct old_spi *s) { return s->unit->controller.bits > 8 ? 2 : 1; }

static uint16_t peripheral_exchange(void *data, uint16_t word, unsigned bits) {
    struct old_spi *s = data;
    (void)bits;
    if (s->done >= s->words) {
        s->held = word;
        s->has_held = true;
        return 0;
    }
    size_t at = step(s) * s->done++;
    uint16_t out = 0;
    if (s->out) out = (uint16_t)(step(s) == 2 ? s->out[at] | s->out[at + 1] << 8 : s->out[at]);
    if (s->in) s->in[at] = (uint8_t)word;
    if (s->in && step(s) == 2) s->in[at + 1] = (uint8_t)(word >> 8);
    return out;
}

static bool peripheral_done(void *data) { return ((struct old_spi *)data)->done >= ((struct old_spi *)data)->words; }

static void peripheral_transfer(struct old_spi *s, const uint8_t *out, uint8_t *in, size_t words, intptr_t timeout) {
    s->out = out;
    s->in = in;
    s->done = 0;
    s->words = words;
    if (in && !out && s->has_held && words > 0) peripheral_exchange(s, s->held, 8);
    s->has_held = false;
    bool good = bridge_wait_for(peripheral_done, s, bus_deadline(timeout));
    s->words = s->done = 0;
    s->out = NULL;
    s->in = NULL;
    if (!good) raise_os(ETIMEDOUT);
}

// ---- making ----------------------------------------------------------------------------------------------------------------
static void spi_setup(struct old_spi *s, size_t n, size_t kw, const obj_t *args) {
    enum { ARG_MODE, ARG_BAUDRATE, ARG_PRESCALER, ARG_POLARITY, ARG_PHASE, ARG_DIR, ARG_BITS, ARG_NSS, ARG_FIRSTBIT, ARG_TI, ARG_CRC,
        ARGS };
    static const struct arg_spec spec[] = {{Q_mode, ARG_INT, 0, {.i = MODE_CONTROLLER}}, {Q_baudrate, ARG_INT, 0, {.i = 328125}},
        {Q_prescaler, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_polarity, ARG_INT, ARG_KW_ONLY, {.i = 1}},
        {Q_phase, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_dir, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_bits, ARG_INT, ARG_KW_ONLY, {.i = 8}}, {Q_nss, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_firstbit, ARG_INT, ARG_KW_ONLY, {.i = PYB_MSB}}, {Q_ti, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
        {Q_crc, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}};
    union arg_value v[ARGS];
    struct gpio *pins[3] = {NULL, NULL, NULL};
    args_parse(n, kw, args, ARGS, spec, v);
    if (v[ARG_MODE].i != MODE_CONTROLLER && v[ARG_MODE].i != MODE_PERIPHERAL) raise_message(&type_ValueError, "invalid mode");
    struct spi_setting setting =
        spi_setting_check(v[ARG_BAUDRATE].i, v[ARG_POLARITY].i, v[ARG_PHASE].i, v[ARG_BITS].i, v[ARG_FIRSTBIT].i);
    if (v[ARG_PRESCALER].i != -1) setting.prescaler = v[ARG_PRESCALER].i > 256 || v[ARG_PRESCALER].i < 0 ? 256 : (int)v[ARG_PRESCALER].i;
    spi_detach(&s->device);
    spi_unit_setup(s->unit, pins, &setting, v[ARG_MODE].i == MODE_CONTROLLER);
    s->mode = (int)v[ARG_MODE].i;
    s->has_held = false;
    if (s->mode == MODE_CONTROLLER) return;
    struct spi_controller *c = &s->unit->controller;
    s->device = (struct spi_device){.name = s->unit->bus->name, .exchange = peripheral_exchange, .data = s};
    spi_attach(&s->device, c->sck->net, c->mosi ? c->mosi->net : NULL, c->miso ? c->miso->net : NULL);
}

static obj_t pyb_spi_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    struct old_spi *s = old_of(spi_unit_of(bus_of("SPI", args[0])));
    struct pyb_spi_object *self = heap_new(2, 0, HEAP_REFS);
    self->type = type;
    self->spi = s;
    if (n > 1 || kw > 0) spi_setup(s, n - 1, kw, args + 1);
    return OBJ_PTR(self);
}

static obj_t pyb_spi_init(size_t n, size_t kw, const obj_t *args) {
    spi_setup(self_spi(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_spi_init_fn, 1, 255, pyb_spi_init);

static obj_t pyb_spi_deinit(obj_t self) {
    struct old_spi *s = self_spi(self);
    spi_detach(&s->device);
    spi_unit_release(s->unit);
    s->mode = MODE_OFF;
    return OBJ_NONE;
}
BUILTIN_1(pyb_spi_deinit_fn, pyb_spi_deinit);

static void pyb_spi_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct old_spi *s = self_spi(self);
    const struct spi_unit *u = s->unit;
    print_format(p, "SPI(%d", u->bus->number);
    if (s->mode == MODE_CONTROLLER)
        print_format(p, ", SPI.CONTROLLER, baudrate=%u, prescaler=%u", (unsigned)u->baudrate, (unsigned)u->prescaler);
    else if (s->mode == MODE_PERIPHERAL) print_text(p, ", SPI.PERIPHERAL");
    if (s->mode != MODE_OFF)
        print_format(p, ", polarity=%d, phase=%d, bits=%d", u->controller.polarity, u->controller.phase, u->controller.bits);
    print_text(p, ")");
}

// ---- transfers -------------------------------------------------------------------------------------------------------------
static void exchange(struct old_spi *s, const uint8_t *out, uint8_t *in, size_t bytes, intptr_t timeout) {
    size_t words = bytes / step(s);
    if (s->mode == MODE_PERIPHERAL) peripheral_transfer(s, out, in, words, timeout);
    else spi_transfer(&s->unit->controller, out, 0, in, words);
    bridge_fault_check();
}

static obj_t pyb_spi_send(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_SEND, ARG_TIMEOUT, ARGS };
    static const struct arg_spec spec[] = {
        {Q_send, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    uint8_t byte[2] = {0, 0};
    struct buffer data = bus_data(v[ARG_SEND].obj, byte);
    struct old_spi *s = self_on(args[0]);
    if (data.data == byte && step(s) == 2) data.len = 2;
    exchange(s, data.data, NULL, data.len, v[ARG_TIMEOUT].i);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_spi_send_fn, 1, 255, pyb_spi_send);

static obj_t pyb_spi_recv(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_RECV, ARG_TIMEOUT, ARGS };
    static const struct arg_spec spec[] = {
        {Q_recv, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    struct old_spi *s = self_on(args[0]);
    struct bus_room room = bus_room(v[ARG_RECV].obj);
    exchange(s, NULL, room.data, room.len, v[ARG_TIMEOUT].i);
    return bus_received(&room);
}
BUILTIN_KW(pyb_spi_recv_fn, 1, 255, pyb_spi_recv);

static obj_t pyb_spi_send_recv(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_SEND, ARG_RECV, ARG_TIMEOUT, ARGS };
    static const struct arg_spec spec[] = {{Q_send, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_recv, ARG_OBJ, 0, {.obj = OBJ_NULL}},
        {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}}};
    union arg_value v[ARGS];
    args_parse(n - 1, kw, args + 1, ARGS, spec, v);
    struct old_spi *s = self_on(args[0]);
    uint8_t byte[2] = {0, 0};
    struct buffer data = bus_data(v[ARG_SEND].obj, byte);
    if (data.data == byte && step(s) == 2) data.len = 2;
    struct bus_room room = bus_room(v[ARG_RECV].obj ? v[ARG_RECV].obj : int_from((intptr_t)data.len));
    if (room.len != data.len) raise_message(&type_ValueError, "recv must be same length as send");
    exchange(s, data.data, room.data, data.len, v[ARG_TIMEOUT].i);
    return bus_received(&room);
}
BUILTIN_KW(pyb_spi_send_recv_fn, 1, 255, pyb_spi_send_recv);

static const struct map_slot pyb_spi_members[] = {
    MEMBER(init, &pyb_spi_init_fn),
    MEMBER(deinit, &pyb_spi_deinit_fn),
    MEMBER(send, &pyb_spi_send_fn),
    MEMBER(recv, &pyb_spi_recv_fn),
    MEMBER(send_recv, &pyb_spi_send_recv_fn),
    MEMBER(CONTROLLER, OBJ_INT(MODE_CONTROLLER)),
    MEMBER(PERIPHERAL, OBJ_INT(MODE_PERIPHERAL)),
    MEMBER(MASTER, OBJ_INT(MODE_CONTROLLER)),
    MEMBER(SLAVE, OBJ_INT(MODE_PERIPHERAL)),
    MEMBER(MSB, OBJ_INT(PYB_MSB)),
    MEMBER(LSB, OBJ_INT(PYB_LSB)),
};
static FIXED_DICT(pyb_spi_dict, pyb_spi_members);
static const struct type_ops pyb_spi_ops = {.print = pyb_spi_print, .construct = pyb_spi_construct};
const struct type type_pyb_spi = {
    .type = &type_type, .name = Q_SPI, .flags = TYPE_TRUE, .ops = &pyb_spi_ops, .members = &pyb_spi_dict};
