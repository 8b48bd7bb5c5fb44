// SPDX-License-Identifier: MIT
// pyb.ADC and pyb.ADCAll: analogue inputs.
//
// Invariants
//  - An object is one channel of ADC1 (of ADC3 for ADCAll's pins as well: the first unit that has it).
//  - Timed reading takes each sample exactly at an update of the timer, blocks, and allocates nothing.
#include "emu/chip/adc.h"
#include "emu/modules/pyb.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

struct adc { // 3 words and the handle of the firmware's driver
    const struct type *type;
    struct gpio *pin; // NULL: internal, or the pin was given by its channel
    uintptr_t channel;
};
struct adcall { // 2 words and a handle
    const struct type *type;
    uintptr_t bits;
};
enum { HANDLE_BYTES = 72, ADC_BITS = 12, TIMED_TIMER = 6 };

static struct adc *adc_of(obj_t o) {
    if (!obj_is(o, &type_pyb_adc)) raise_message(&type_TypeError, "need an ADC object");
    return (struct adc *)o;
}

// ---- ADC ----------------------------------------------------------------------------------------------------------------------
static obj_t adc_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    struct gpio *g = NULL;
    intptr_t channel;
    if (obj_is_int(args[0])) {
        channel = obj_int(args[0]);
        if (channel < 0 || channel >= ADC_CHANNELS) raise_format(&type_ValueError, "not a valid ADC Channel: %ld", (long)channel);
        if (channel < ADC_TEMPERATURE) g = adc_pin(1, (unsigned)channel);
    } else {
        unsigned unit;
        g = pin_of(args[0]);
        channel = adc_channel(g, &unit);
        if (channel < 0) raise_format(&type_ValueError, "pin %s doesn't have ADC capabilities", g->net->name);
    }
    if (g) gpio_setup(g, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE);
    struct adc *a = heap_new(3, HANDLE_BYTES, HEAP_DATA);
    a->type = type;
    a->pin = obj_is_int(args[0]) ? NULL : g;
    a->channel = (uintptr_t)channel;
    return OBJ_PTR(a);
}

static void adc_print(struct printer *p, obj_t self, enum print_kind kind) {
    struct adc *a = adc_of(self);
    print_text(p, "<ADC on ");
    if (a->pin) print_text(p, a->pin->net->name);
    else print_format(p, "%u", (unsigned)a->channel);
    (void)kind;
    print_format(p, " channel=%u>", (unsigned)a->channel);
}

static obj_t pyb_adc_read(obj_t self) { return OBJ_INT(adc_convert(1, (unsigned)adc_of(self)->channel, ADC_BITS)); }

struct samples {
    struct buffer buffer;
    size_t size; // of one
};

static struct samples samples_of(obj_t o) {
    struct samples s;
    size_t align;
    obj_buffer(o, &s.buffer, BUFFER_WRITE);
    s.size = binary_size('@', s.buffer.typecode, &align);
    if (s.size == 0 || s.size > 8 || strchr("fd", s.buffer.typecode)) raise_message(&type_TypeError, "buffer must hold integers");
    return s;
}

static void sample_store(const struct samples *s, size_t i, uint32_t value) {
    char *at = (char *)s->buffer.data + i * s->size;
    uint16_t half = (uint16_t)value;
    uint64_t word = value;
    if (s->size == 1) *at = (char)(value >> (ADC_BITS - 8));
    else if (s->size == 2) memcpy(at, &half, 2);
    else memcpy(at, &word, s->size); // little-endian, as the chip is
}

static struct tim *timer_for(obj_t timer) {
    if (!obj_is_int(timer)) return pyb_timer_of(timer)->tim;
    struct tim *t = tim_get(TIMED_TIMER);
    uint32_t prescaler, period;
    pyb_timer_split(t, timer, &prescaler, &period);
    pyb_timer_run(t, prescaler, period);
    return t;
}

static void update_wait(struct tim *t) {
    uint64_t at = tim_next_update(t);
    if (at == NEVER) raise_message(&type_ValueError, "the timer is not running");
    bridge_wait_until(at);
}

static obj_t adc_read_timed(obj_t self, obj_t buffer, obj_t timer) {
    struct adc *a = adc_of(self);
    struct samples s = samples_of(buffer);
    struct tim *t = timer_for(timer);
    for (size_t i = 0; i < s.buffer.len / s.size; i++) {
        update_wait(t);
        s = samples_of(buffer); // handlers may have changed it
        if (i < s.buffer.len / s.size) sample_store(&s, i, adc_sample(1, (unsigned)a->channel));
    }
    return int_from((intptr_t)s.buffer.len);
}

static obj_t adc_read_timed_multi(obj_t adcs, obj_t buffers, obj_t timer) {
    size_t n, n_buffers;
    obj_t *adc, *buffer;
    seq_items(adcs, &n, &adc);
    seq_items(buffers, &n_buffers, &buffer);
    if (n < 1) raise_message(&type_ValueError, "need at least 1 ADC");
    if (n_buffers != n) raise_message(&type_ValueError, "length of ADC and buffer lists differ");
    struct tim *t = pyb_timer_of(timer)->tim;
    struct samples first = samples_of(buffer[0]);
    for (size_t k = 0; k < n; k++) {
        adc_of(adc[k]);
        struct samples s = samples_of(buffer[k]);
        if (s.size != first.size) raise_message(&type_ValueError, "size and type of buffers must match");
        if (s.buffer.len != first.buffer.len) raise_message(&type_ValueError, "size and type of buffers must match");
    }
    bool in_time = true;
    for (size_t i = 0; i < first.buffer.len / first.size; i++) {
        update_wait(t);
        uint64_t next = tim_next_update(t);
        for (size_t k = 0; k < n; k++) {
            seq_items(adcs, &n, &adc);
            seq_items(buffers, &n_buffers, &buffer);
            if (k >= n || k >= n_buffers) break;
            struct samples s = samples_of(buffer[k]);
            uint32_t value = adc_convert(1, (unsigned)adc_of(adc[k])->channel, ADC_BITS);
            if (i < s.buffer.len / s.size) sample_store(&s, i, value);
        }
        if (clock_now() > next) in_time = false;
    }
    return obj_bool(in_time);
}

BUILTIN_1(adc_read_fn, pyb_adc_read);
BUILTIN_3(adc_read_timed_fn, adc_read_timed);
BUILTIN_3(adc_read_timed_multi_fn, adc_read_timed_multi);
static const struct wrapped adc_multi = {&type_staticmethod, OBJ_PTR(&adc_read_timed_multi_fn)};
static const struct map_slot adc_members[] = {MEMBER(read, &adc_read_fn), MEMBER(read_timed, &adc_read_timed_fn),
                                              MEMBER(read_timed_multi, &adc_multi)};
static FIXED_DICT(adc_dict, adc_members);
static const struct type_ops adc_ops = {.print = adc_print, .construct = adc_construct};
const struct type type_pyb_adc = {.type = &type_type, .name = Q_ADC, .flags = TYPE_TRUE, .ops = &adc_ops, .members = &adc_dict};

// ---- ADCAll -------------------------------------------------------------------------------------------------------------------
static struct adcall *all_of(obj_t o) {
    if (!obj_is(o, &type_pyb_adcall)) raise_message(&type_TypeError, "need an ADCAll object");
    return (struct adcall *)o;
}

static obj_t all_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 2, false);
    intptr_t bits = obj_get_int(args[0]);
    uint32_t mask = n > 1 ? (uint32_t)obj_get_int_truncated(args[1]) : UINT32_MAX;
    if (bits != 6 && bits != 8 && bits != 10 && bits != 12) raise_format(&type_ValueError, "resolution %ld not supported", (long)bits);
    struct adcall *a = heap_new(2, HANDLE_BYTES, HEAP_DATA);
    a->type = type;
    a->bits = (uintptr_t)bits;
    for (unsigned i = 0; i < ADC_TEMPERATURE; i++) {
        struct gpio *g = adc_pin(1, i);
        if (g && mask >> i & 1) gpio_setup(g, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE);
    }
    return OBJ_PTR(a);
}

static void all_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "<ADCAll>");
}

static obj_t all_read_channel(obj_t self, obj_t channel_in) {
    intptr_t channel = obj_get_int(channel_in);
    if (channel < 0 || channel >= ADC_CHANNELS) raise_format(&type_ValueError, "not a valid ADC Channel: %ld", (long)channel);
    return OBJ_INT(adc_convert(1, (unsigned)channel, (unsigned)all_of(self)->bits));
}

// Internal channels are measured with the supply as the reference; the factory measured them at 3.3 V.
static double measured(obj_t self, unsigned channel) {
    unsigned bits = (unsigned)all_of(self)->bits;
    return adc_convert(1, channel, bits) * adc_ambient.supply / ((1u << bits) - 1);
}

static obj_t all_read_core_temp(obj_t self) { return float_new((measured(self, ADC_TEMPERATURE) - 0.76) / 0.0025 + 25); }
static obj_t all_read_core_vbat(obj_t self) { return float_new(measured(self, ADC_VBAT) * 2); }
static obj_t all_read_core_vref(obj_t self) { return float_new(measured(self, ADC_VREFINT)); }
static obj_t all_read_vref(obj_t self) {
    unsigned bits = (unsigned)all_of(self)->bits;
    uint32_t raw = adc_convert(1, ADC_VREFINT, bits);
    return float_new(raw ? 1.21 * ((1u << bits) - 1) / raw : 0);
}

BUILTIN_2(all_read_channel_fn, all_read_channel);
BUILTIN_1(all_read_core_temp_fn, all_read_core_temp);
BUILTIN_1(all_read_core_vbat_fn, all_read_core_vbat);
BUILTIN_1(all_read_core_vref_fn, all_read_core_vref);
BUILTIN_1(all_read_vref_fn, all_read_vref);
static const struct map_slot all_members[] = {
    MEMBER(read_channel, &all_read_channel_fn), MEMBER(read_core_temp, &all_read_core_temp_fn),
    MEMBER(read_core_vbat, &all_read_core_vbat_fn),
    MEMBER(read_core_vref, &all_read_core_vref_fn), MEMBER(read_vref, &all_read_vref_fn)};
static FIXED_DICT(all_dict, all_members);
static const struct type_ops all_ops = {.print = all_print, .construct = all_construct};
const struct type type_pyb_adcall = {.type = &type_type, .name = Q_ADCAll, .flags = TYPE_TRUE, .ops = &all_ops, .members = &all_dict};
