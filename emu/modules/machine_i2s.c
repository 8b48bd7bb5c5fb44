// SPDX-License-Identifier: MIT
// machine.I2S: audio samples out or in at a steady rate.
//
// Invariants
//  - One object for each unit; the ring between program and wire is in host memory, its room is taken from the heap as on a board.
//  - Without a handler write() and readinto() wait until the whole buffer is done. With one they return at once, the buffer (a root) is
//    worked off as the ring allows, and the handler is scheduled when it is done.
#include "emu/chip/i2s.h"
#include "emu/modules/bus.h"
#include "emu/modules/pin.h"
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { MODE_RX = 0, MODE_TX = 1, FORMAT_MONO = 0, FORMAT_STEREO = 1 };

struct player {
    struct i2s *unit;
    obj_t object, buffer; // roots; buffer: being worked off for a handler
    size_t done;
    struct event more;
    struct handler handler;
    struct player *next;
};
struct i2s_object { // 3 words
    const struct type *type;
    struct player *player;
    void *ring; // heap run as large as the board's
};
static struct player *all;

static void all_stop(void) {
    while (all) {
        struct player *p = all;
        all = p->next;
        event_cancel(&p->more);
        handler_drop(&p->handler);
        bridge_root_drop(&p->object);
        bridge_root_drop(&p->buffer);
        emu_free(p);
    }
}
static struct emu_unit unit = {all_stop, NULL, false};

static struct player *player_of(int number) {
    for (struct player *p = all; p; p = p->next)
        if (p->unit->number == number) return p;
    emu_unit_add(&unit);
    struct player *p = emu_new(sizeof *p);
    p->unit = i2s_unit(number);
    handler_init(&p->handler, "I2S", number, 6, NULL, NULL, p);
    bridge_root(&p->object);
    bridge_root(&p->buffer);
    p->next = all;
    all = p;
    return p;
}

static struct player *self_player(obj_t self) {
    struct player *p = ((struct i2s_object *)self)->player;
    if (!p->unit->on) raise_os(EIO);
    return p;
}

// ---- data ------------------------------------------------------------------------------------------------------------------
static size_t exchange(struct player *p, uint8_t *bytes, size_t n) {
    return p->unit->sends ? i2s_write(p->unit, bytes, n) : i2s_read(p->unit, bytes, n);
}

// When to go on with `left` bytes: in pieces of half the ring.
static uint64_t next_time(struct player *p, size_t left) {
    size_t piece = p->unit->room / 2;
    return i2s_ready_at(p->unit, left < piece ? left : piece);
}

static void work_on(void *data) {
    struct player *p = data;
    struct buffer b;
    if (!p->buffer || !obj_buffer_maybe(p->buffer, &b, p->unit->sends ? BUFFER_READ : BUFFER_WRITE) || p->done > b.len) return;
    p->done += exchange(p, (uint8_t *)b.data + p->done, b.len - p->done);
    if (p->done < b.len) {
        uint64_t at = next_time(p, b.len - p->done);
        event_arm(&p->more, at > clock_now() ? at : clock_now() + 1);
        return;
    }
    p->buffer = OBJ_NULL;
    irq_raise(&p->handler.line);
}

static obj_t transfer(struct player *p, obj_t buffer, unsigned flags) {
    struct buffer b;
    obj_buffer(buffer, &b, flags);
    if (p->unit->sends != (flags == BUFFER_READ)) raise_os(EPERM);
    if (p->handler.function) {
        p->buffer = buffer;
        p->done = 0;
        work_on(p);
        return int_from((intptr_t)b.len);
    }
    for (size_t done = 0;;) {
        done += exchange(p, (uint8_t *)b.data + done, b.len - done);
        if (done >= b.len) return int_from((intptr_t)b.len);
        bridge_wait_until(next_time(p, b.len - done));
    }
}

static obj_t i2s_write_method(obj_t self, obj_t data) { return transfer(self_player(self), data, BUFFER_READ); }
BUILTIN_2(i2s_write_fn, i2s_write_method);

static obj_t i2s_readinto(obj_t self, obj_t data) { return transfer(self_player(self), data, BUFFER_WRITE); }
BUILTIN_2(i2s_readinto_fn, i2s_readinto);

static ptrdiff_t stream_part(obj_t self, uint8_t *bytes, size_t n, bool sends, int *error) {
    struct player *p = self_player(self);
    size_t done = p->unit->sends == sends ? exchange(p, bytes, n) : 0;
    if (done > 0 || n == 0) return (ptrdiff_t)done;
    *error = p->unit->sends == sends ? EAGAIN : EPERM;
    return -1;
}

static ptrdiff_t i2s_stream_read(obj_t self, void *data, size_t len, int *error) { return stream_part(self, data, len, false, error); }
static ptrdiff_t i2s_stream_write(obj_t self, const void *data, size_t len, int *error) {
    return stream_part(self, (uint8_t *)(uintptr_t)data, len, true, error);
}

static ptrdiff_t i2s_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct player *p = self_player(self);
    if (request != STREAM_POLL) {
        *error = EINVAL;
        return -1;
    }
    unsigned kind = p->unit->sends ? STREAM_WRITABLE : STREAM_READABLE;
    return (arg & kind) && i2s_ready(p->unit) > 0 ? (ptrdiff_t)kind : 0;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
enum { ARG_SCK, ARG_WS, ARG_SD, ARG_MCK, ARG_MODE, ARG_BITS, ARG_FORMAT, ARG_RATE, ARG_IBUF, ARGS };
static const struct arg_spec i2s_spec[] = {{Q_sck, ARG_OBJ, ARG_KW_ONLY | ARG_REQUIRED, {.obj = OBJ_NULL}},
    {Q_ws, ARG_OBJ, ARG_KW_ONLY | ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_sd, ARG_OBJ, ARG_KW_ONLY | ARG_REQUIRED, {.obj = OBJ_NULL}},
    {Q_mck, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}, {Q_mode, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}},
    {Q_bits, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}}, {Q_format, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}},
    {Q_rate, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}}, {Q_ibuf, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}}};

static struct gpio *take_pin(obj_t o, const struct player *p, bool is_input) {
    struct gpio *g = pin_of(o);
    g->owner = p->unit;
    gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, GPIO_AF_NONE);
    if (is_input) gpio_signal_none(g);
    else gpio_signal(g, false);
    return g;
}

static void quiet(struct player *p) {
    event_cancel(&p->more);
    p->buffer = OBJ_NULL;
    i2s_stop(p->unit);
}

static void i2s_setup(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct player *p = ((struct i2s_object *)self)->player;
    struct i2s *u = p->unit;
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, i2s_spec, v);
    if (v[ARG_MODE].i != MODE_RX && v[ARG_MODE].i != MODE_TX) raise_message(&type_ValueError, "invalid mode");
    if (v[ARG_BITS].i != 16 && v[ARG_BITS].i != 32) raise_message(&type_ValueError, "invalid bits");
    if (v[ARG_FORMAT].i != FORMAT_MONO && v[ARG_FORMAT].i != FORMAT_STEREO) raise_message(&type_ValueError, "invalid format");
    if (v[ARG_RATE].i <= 0 || v[ARG_RATE].i > 1000000) raise_message(&type_ValueError, "invalid rate");
    if (v[ARG_IBUF].i <= 0 || v[ARG_IBUF].i > 1 << 24) raise_message(&type_ValueError, "invalid ibuf");
    ((struct i2s_object *)self)->ring = heap_new(0, (size_t)v[ARG_IBUF].i, HEAP_DATA);
    quiet(p);
    u->sends = v[ARG_MODE].i == MODE_TX;
    u->bits = (uint8_t)v[ARG_BITS].i;
    u->stereo = v[ARG_FORMAT].i == FORMAT_STEREO;
    u->rate = (uint32_t)v[ARG_RATE].i;
    u->sck = take_pin(v[ARG_SCK].obj, p, false);
    u->ws = take_pin(v[ARG_WS].obj, p, false);
    u->sd = take_pin(v[ARG_SD].obj, p, !u->sends);
    p->more = (struct event){.fire = work_on, .data = p};
    i2s_start(u, (size_t)v[ARG_IBUF].i);
}

static obj_t i2s_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, true);
    intptr_t number = obj_get_int(args[0]), least = bus_is_stm() ? 1 : 0;
    if (number < least || number > least + 1) raise_format(&type_ValueError, "I2S(%d) doesn't exist", (int)number);
    struct player *p = player_of((int)number);
    if (!p->object) {
        struct i2s_object *self = heap_new(3, 0, HEAP_REFS);
        self->type = type;
        self->player = p;
        p->object = OBJ_PTR(self);
    }
    handler_set(&p->handler, OBJ_NONE, p->object, false);
    i2s_setup(p->object, 0, kw, args + 1);
    return p->object;
}

static obj_t i2s_init(size_t n, size_t kw, const obj_t *args) {
    i2s_setup(args[0], n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(i2s_init_fn, 1, 1, i2s_init);

static obj_t i2s_deinit(obj_t self) {
    struct player *p = ((struct i2s_object *)self)->player;
    if (!p->unit->on) return OBJ_NONE;
    quiet(p);
    handler_set(&p->handler, OBJ_NONE, self, false);
    bus_disconnect(p->unit->sck, p->unit);
    bus_disconnect(p->unit->ws, p->unit);
    bus_disconnect(p->unit->sd, p->unit);
    ((struct i2s_object *)self)->ring = NULL;
    return OBJ_NONE;
}
BUILTIN_1(i2s_deinit_fn, i2s_deinit);

static obj_t i2s_irq(obj_t self, obj_t function) {
    struct player *p = self_player(self);
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "invalid callback");
    handler_set(&p->handler, function, self, false);
    return OBJ_NONE;
}
BUILTIN_2(i2s_irq_fn, i2s_irq);

static void i2s_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct i2s *u = ((struct i2s_object *)self)->player->unit;
    print_format(p, "I2S(id=%d", u->number);
    if (u->on) {
        bus_print_pin(p, ", sck=", u->sck);
        bus_print_pin(p, ", ws=", u->ws);
        bus_print_pin(p, ", sd=", u->sd);
        print_format(p, ", mode=%s, bits=%d, format=%s, rate=%u, ibuf=%zu", u->sends ? "TX" : "RX", u->bits,
                     u->stereo ? "STEREO" : "MONO", (unsigned)u->rate, u->room);
    }
    print_text(p, ")");
}

// ---- shifting samples ---------------------------------------------------------------------------------------------------------
static obj_t i2s_shift(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_BUF, ARG_BIT, ARG_SHIFT, SHIFT_ARGS };
    static const struct arg_spec spec[] = {{Q_buf, ARG_OBJ, ARG_KW_ONLY | ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_bits, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}}, {Q_shift, ARG_INT, ARG_KW_ONLY | ARG_REQUIRED, {.i = 0}}};
    union arg_value v[SHIFT_ARGS];
    args_parse(n, kw, args, SHIFT_ARGS, spec, v);
    struct buffer b;
    obj_buffer(v[ARG_BUF].obj, &b, BUFFER_WRITE);
    intptr_t shift = v[ARG_SHIFT].i;
    if (v[ARG_BIT].i != 16 && v[ARG_BIT].i != 32) raise_message(&type_ValueError, "invalid bits");
    size_t width = (size_t)v[ARG_BIT].i / 8;
    for (size_t at = 0; at + width <= b.len; at += width) {
        uint8_t *p = (uint8_t *)b.data + at;
        int64_t sample = (int16_t)(p[0] | p[1] << 8);
        if (width == 4) sample = (int32_t)((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
        if (shift >= 0) sample = shift > 31 ? 0 : sample * ((int64_t)1 << shift);
        else sample = -shift > 31 ? (sample < 0 ? -1 : 0) : sample >> -shift;
        for (size_t k = 0; k < width; k++) p[k] = (uint8_t)((uint64_t)sample >> 8 * k);
    }
    return OBJ_NONE;
}
static const struct builtin i2s_shift_function = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 0, 0, {.kw = i2s_shift}};
static const struct wrapped i2s_shift_fn = {&type_staticmethod, (obj_t)&i2s_shift_function};

static const struct map_slot i2s_members[] = {
    MEMBER(init, &i2s_init_fn),
    MEMBER(deinit, &i2s_deinit_fn),
    MEMBER(write, &i2s_write_fn),
    MEMBER(readinto, &i2s_readinto_fn),
    MEMBER(irq, &i2s_irq_fn),
    MEMBER(shift, &i2s_shift_fn),
    MEMBER(RX, OBJ_INT(MODE_RX)),
    MEMBER(TX, OBJ_INT(MODE_TX)),
    MEMBER(MONO, OBJ_INT(FORMAT_MONO)),
    MEMBER(STEREO, OBJ_INT(FORMAT_STEREO)),
};
static FIXED_DICT(i2s_dict, i2s_members);
static const struct stream_ops i2s_stream = {i2s_stream_read, i2s_stream_write, i2s_ioctl, false};
static const struct type_ops i2s_ops = {.print = i2s_print, .construct = i2s_construct, .stream = &i2s_stream};
const struct type type_machine_i2s = {.type = &type_type, .name = Q_I2S, .flags = TYPE_TRUE, .ops = &i2s_ops, .members = &i2s_dict};
