// SPDX-License-Identifier: MIT
// pyb.DAC: analogue outputs.
//
// Invariants
//  - A stream keeps its buffer alive (roots) and asks for its memory at each value, so a buffer that shrinks ends the stream.
#include "emu/chip/dac.h"
#include "emu/chip/rcc.h"
#include "emu/modules/pyb.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

struct dac { // 4 words
    const struct type *type;
    uintptr_t channel, bits;
    uintptr_t buffering; // 0: as the method wants, 1: never, 2: always
};
enum { MODE_NORMAL = 0, MODE_CIRCULAR = 0x100, WAVE_TIMER = 6, BUFFER_AUTO = 0, BUFFER_NEVER = 1, BUFFER_ALWAYS = 2 };

static struct stream {
    obj_t data;
    struct dac_source source;
    unsigned bits;
} streams[DAC_CHANNELS];

static struct dac *dac_of(obj_t o) {
    if (!obj_is(o, &type_pyb_dac)) raise_message(&type_TypeError, "need a DAC object");
    return (struct dac *)o;
}

static void buffering_apply(const struct dac *d, bool wanted) { // BOFF: 1 switches the buffer off
    bool on = d->buffering == BUFFER_AUTO ? wanted : d->buffering == BUFFER_ALWAYS;
    uint32_t bit = 2u << 16 * (d->channel - 1), cr = dac_read(DAC_CR);
    dac_write(DAC_CR, on ? cr & ~bit : cr | bit);
}

static void dac_init_args(struct dac *d, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_bits, ARG_INT, 0, {.i = 8}}, {Q_buffering, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}};
    union arg_value v[2];
    args_parse(n, kw, args, 2, spec, v);
    if (v[0].i != 8 && v[0].i != 12) raise_message(&type_ValueError, "unsupported bits");
    d->bits = (uintptr_t)v[0].i;
    d->buffering = v[1].obj == OBJ_NONE ? BUFFER_AUTO : obj_true(v[1].obj) ? BUFFER_ALWAYS : BUFFER_NEVER;
    dac_enable((unsigned)d->channel, true);
    dac_write_value((unsigned)d->channel, 0);
    bridge_acted();
}

static void soft_reset(void) {
    for (unsigned i = 1; i <= DAC_CHANNELS; i++)
        if (dac_read(DAC_CR) >> 16 * (i - 1) & 1) dac_enable(i, false);
}

static unsigned channel_from(obj_t o) {
    if (obj_is_int(o)) {
        intptr_t channel = obj_int(o);
        if (channel < 1 || channel > DAC_CHANNELS) raise_format(&type_ValueError, "DAC(%ld) doesn't exist", (long)channel);
        return (unsigned)channel;
    }
    struct gpio *g = pin_of(o);
    if (dac_channel(g) < 0) raise_format(&type_ValueError, "pin %s doesn't have DAC capabilities", g->net->name);
    return (unsigned)dac_channel(g);
}

static obj_t dac_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    unsigned channel = channel_from(args[0]);
    struct dac *d = heap_new(4, 0, HEAP_DATA);
    d->type = type;
    d->channel = channel;
    bridge_root(&streams[channel - 1].data);
    bridge_at_soft_reset(soft_reset);
    dac_init_args(d, n - 1, kw, args + 1);
    return OBJ_PTR(d);
}

static obj_t dac_init(size_t n, size_t kw, const obj_t *args) {
    dac_init_args(dac_of(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}

static obj_t dac_deinit(obj_t self) {
    dac_enable((unsigned)dac_of(self)->channel, false);
    return OBJ_NONE;
}

static void dac_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "DAC(%u, bits=%u)", (unsigned)dac_of(self)->channel, (unsigned)dac_of(self)->bits);
}

// ---- values and waves ---------------------------------------------------------------------------------------------------------
static struct tim *trigger_at(obj_t freq) {
    struct tim *t = tim_get(WAVE_TIMER);
    uint32_t prescaler, period;
    pyb_timer_split(t, freq, &prescaler, &period);
    pyb_timer_run(t, prescaler, period);
    tim_write(t, TIM_CR2, 2 << 4); // the update is the trigger
    return t;
}

static obj_t pyb_dac_noise(obj_t self, obj_t freq) {
    struct dac *d = dac_of(self);
    struct tim *t = trigger_at(freq);
    dac_enable((unsigned)d->channel, true);
    buffering_apply(d, true);
    dac_noise((unsigned)d->channel, t);
    return OBJ_NONE;
}

static obj_t pyb_dac_triangle(obj_t self, obj_t freq) {
    struct dac *d = dac_of(self);
    struct tim *t = trigger_at(freq);
    dac_enable((unsigned)d->channel, true);
    buffering_apply(d, true);
    dac_triangle((unsigned)d->channel, t);
    return OBJ_NONE;
}

static obj_t pyb_dac_write(obj_t self, obj_t value) {
    struct dac *d = dac_of(self);
    uint32_t v = (uint32_t)obj_get_int_truncated(value);
    if (!(dac_read(DAC_CR) >> 16 * (d->channel - 1) & 1)) dac_enable((unsigned)d->channel, true);
    buffering_apply(d, false);
    dac_write_value((unsigned)d->channel, d->bits == 8 ? (v & 255) << 4 : v & 4095);
    bridge_acted();
    return OBJ_NONE;
}

static bool stream_value(void *data, size_t index, uint32_t *value) {
    struct stream *s = data;
    struct buffer b;
    if (!s->data || !obj_buffer_maybe(s->data, &b, BUFFER_READ)) return false;
    uint16_t half;
    if (s->bits == 8) {
        if (index >= b.len) return false;
        *value = ((const uint8_t *)b.data)[index];
    } else {
        if (index >= b.len / 2) return false;
        memcpy(&half, (const char *)b.data + 2 * index, 2);
        *value = half;
    }
    return true;
}

static struct tim *trigger_of(obj_t freq) {
    if (!obj_is(freq, &type_pyb_timer)) return trigger_at(freq);
    struct tim *t = pyb_timer_of(freq)->tim;
    static const uint8_t good[] = {2, 4, 5, 6, 7, 8};
    for (size_t i = 0; i < sizeof good; i++)
        if (good[i] == tim_number(t)) {
            tim_bits(t, TIM_CR2, 7 << 4, 2 << 4);
            return t;
        }
    raise_message(&type_ValueError, "timer must be 2, 4, 5, 6, 7 or 8");
}

static obj_t dac_write_timed(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_freq, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                    {Q_mode, ARG_INT, ARG_KW_ONLY, {.i = MODE_NORMAL}}};
    union arg_value v[3];
    struct dac *d = dac_of(args[0]);
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    struct buffer b;
    obj_buffer(v[0].obj, &b, BUFFER_READ);
    if (v[2].i != MODE_NORMAL && v[2].i != MODE_CIRCULAR) raise_message(&type_ValueError, "mode must be DAC.NORMAL or DAC.CIRCULAR");
    struct tim *t = trigger_of(v[1].obj);
    struct stream *s = &streams[d->channel - 1];
    dac_enable((unsigned)d->channel, true);
    buffering_apply(d, true);
    s->data = v[0].obj;
    s->bits = (unsigned)d->bits;
    s->source = (struct dac_source){stream_value, s};
    dac_stream((unsigned)d->channel, t, &s->source, s->bits, v[2].i == MODE_CIRCULAR);
    return OBJ_NONE;
}

BUILTIN_KW(dac_init_fn, 1, 255, dac_init);
BUILTIN_1(dac_deinit_fn, dac_deinit);
BUILTIN_2(dac_noise_fn, pyb_dac_noise);
BUILTIN_2(dac_triangle_fn, pyb_dac_triangle);
BUILTIN_2(dac_write_fn, pyb_dac_write);
BUILTIN_KW(dac_write_timed_fn, 1, 255, dac_write_timed);
static const struct map_slot dac_members[] = {
    MEMBER(init, &dac_init_fn),
    MEMBER(deinit, &dac_deinit_fn),
    MEMBER(noise, &dac_noise_fn),
    MEMBER(triangle, &dac_triangle_fn),
    MEMBER(write, &dac_write_fn),
    MEMBER(write_timed, &dac_write_timed_fn),
    MEMBER(NORMAL, OBJ_INT(MODE_NORMAL)),
    MEMBER(CIRCULAR, OBJ_INT(MODE_CIRCULAR)),
};
static FIXED_DICT(dac_dict, dac_members);
static const struct type_ops dac_ops = {.print = dac_print, .construct = dac_construct};
const struct type type_pyb_dac = {.type = &type_type, .name = Q_DAC, .flags = TYPE_TRUE, .ops = &dac_ops, .members = &dac_dict};
