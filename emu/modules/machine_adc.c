// SPDX-License-Identifier: MIT
// machine.ADC, machine.ADCBlock, machine.DAC.
//
// Invariants
//  - An ADC object is a source (a pin, or something inside the chip) and the unit that converts it; the resolution belongs to the unit.
//  - On a pyboard conversions are those of the chip's ADC unit; elsewhere they are the net's volts against the supply, and take 2 µs.
// Known differences: no noise; `sample_ns` and `atten` are remembered only.
#include "emu/chip/adc.h"
#include "emu/modules/machine.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"

enum { BLOCKS = 4, GENERIC_TEMPERATURE = 64, PICO_TEMPERATURE = 4, PICO_FIRST = 26, CONVERSION_NS = 2000, BITS_USUAL = 12 };

struct adc { // 3 words
    const struct type *type;
    struct gpio *gpio;      // NULL: inside the chip, or a channel whose pin the program sets up itself
    int16_t channel;
    uint8_t unit;
    uint8_t unused;
    uint32_t sample_ns;
};
struct adc_block { // in program memory
    const struct type *type;
    intptr_t number;
};
static const struct adc_block blocks[BLOCKS] = {{&type_machine_adcblock, 0}, {&type_machine_adcblock, 1}, {&type_machine_adcblock, 2},
                                                {&type_machine_adcblock, 3}};
static uint8_t block_bits[BLOCKS];

static bool on_pico(void) { return strcmp(board_current->mcu, "rp2040") == 0; }
static unsigned first_unit(void) { return pin_on_stm() ? 1 : 0; }
static unsigned bits_of(unsigned unit) { return block_bits[unit] ? block_bits[unit] : BITS_USUAL; }
static void bits_forget(void) { memset(block_bits, 0, sizeof block_bits); }

// ---- sources -------------------------------------------------------------------------------------------------------------------
static struct gpio *channel_pin(unsigned unit, intptr_t channel) {
    if (pin_on_stm()) return adc_pin(unit, (unsigned)channel);
    return gpio_at(0, (int)(on_pico() ? channel + PICO_FIRST : channel));
}

static intptr_t temperature_channel(void) { return pin_on_stm() ? ADC_TEMPERATURE : on_pico() ? PICO_TEMPERATURE : GENERIC_TEMPERATURE; }

static bool channel_exists(unsigned unit, intptr_t channel) {
    if (channel < 0) return false;
    if (pin_on_stm()) return channel < ADC_CHANNELS && (channel < 16 ? adc_pin(unit, (unsigned)channel) != NULL : unit == 1);
    return channel == temperature_channel() || channel_pin(unit, channel);
}

static intptr_t pin_channel(struct gpio *g, unsigned *unit) {
    if (pin_on_stm()) return adc_channel(g, unit);
    *unit = 0;
    if (on_pico()) return g->bit >= PICO_FIRST ? g->bit - PICO_FIRST : -1;
    return g->bit;
}

// A channel number or a pin. On boards where each pin is a channel a number sets up the pin too.
static void source_find(struct adc *a, obj_t source) {
    unsigned unit = first_unit();
    if (obj_is_int(source)) {
        if (!channel_exists(unit, obj_int(source))) raise_message(&type_ValueError, "invalid channel");
        a->channel = (int16_t)obj_int(source);
        if (!pin_on_stm() && !on_pico() && a->channel != temperature_channel()) a->gpio = channel_pin(unit, a->channel);
    } else {
        struct gpio *g = pin_of(source);
        intptr_t channel = pin_channel(g, &unit);
        if (channel < 0) raise_format(&type_ValueError, "Pin(%s) doesn't have ADC capabilities", g->name);
        a->gpio = g;
        a->channel = (int16_t)channel;
    }
    a->unit = (uint8_t)unit;
}

static double volts(const struct adc *a) {
    if (a->channel == temperature_channel()) return 0.706 - (adc_ambient.celsius - 27) * 0.001721; // as the Pico's sensor
    struct gpio *g = a->gpio ? a->gpio : channel_pin(a->unit, a->channel);
    return g ? net_volts(g->net) : 0;
}

static uint32_t convert(const struct adc *a, unsigned *bits) {
    *bits = bits_of(a->unit);
    if (pin_on_stm()) return adc_convert(a->unit, (unsigned)a->channel, *bits);
    clock_advance(CONVERSION_NS);
    uint32_t value = adc_of_volts(volts(a), *bits);
    bridge_fault_check();
    return value;
}

// ---- ADC -----------------------------------------------------------------------------------------------------------------------
static void adc_init(struct adc *a, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_sample_ns, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_atten, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[2];
    args_parse(n, kw, args, 2, spec, v);
    if (v[0].i >= 0) a->sample_ns = (uint32_t)v[0].i;
    if (a->gpio) gpio_setup(a->gpio, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE);
}

static struct adc *adc_new(void) {
    struct adc *a = heap_new(2, 8, HEAP_DATA);
    a->type = &type_machine_adc;
    return a;
}

static obj_t adc_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, true);
    struct adc *a = adc_new();
    source_find(a, args[0]);
    adc_init(a, 0, kw, args + 1);
    return OBJ_PTR(a);
}

static obj_t adc_init_method(size_t n, size_t kw, const obj_t *args) {
    adc_init((struct adc *)args[0], n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(adc_init_fn, 1, 255, adc_init_method);

static obj_t adc_read_u16(obj_t self) {
    unsigned bits;
    uint32_t raw = convert((struct adc *)self, &bits);
    return OBJ_INT(bits >= 16 ? raw : bits >= 8 ? raw << (16 - bits) | raw >> (2 * bits - 16) : raw * 65535u / ((1u << bits) - 1));
}
BUILTIN_1(adc_read_u16_fn, adc_read_u16);

static obj_t adc_read_uv(obj_t self) {
    unsigned bits;
    uint32_t raw = convert((struct adc *)self, &bits);
    return int_from((intptr_t)((double)raw * adc_ambient.supply * 1e6 / (double)((1u << bits) - 1) + 0.5));
}
BUILTIN_1(adc_read_uv_fn, adc_read_uv);

static obj_t adc_block(obj_t self) { return OBJ_PTR(&blocks[((struct adc *)self)->unit]); }
BUILTIN_1(adc_block_fn, adc_block);

static void adc_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    const struct adc *a = (const struct adc *)self;
    if (pin_on_stm()) print_format(p, "<ADC%d channel=%d>", a->unit, a->channel);
    else print_format(p, "<ADC channel=%d>", a->channel);
}

#define ADC_MEMBERS                                                                                                                 \
    MEMBER(init, &adc_init_fn), MEMBER(read_u16, &adc_read_u16_fn), MEMBER(read_uv, &adc_read_uv_fn), MEMBER(block, &adc_block_fn)

static const struct map_slot adc_members_stm[] = {ADC_MEMBERS, MEMBER(CORE_TEMP, OBJ_INT(ADC_TEMPERATURE)),
                                                  MEMBER(CORE_VREF, OBJ_INT(ADC_VREFINT)), MEMBER(CORE_VBAT, OBJ_INT(ADC_VBAT)),
                                                  MEMBER(VREF, OBJ_INT(65535))};
static const struct map_slot adc_members_pico[] = {ADC_MEMBERS, MEMBER(CORE_TEMP, OBJ_INT(PICO_TEMPERATURE))};
static const struct map_slot adc_members_generic[] = {
    ADC_MEMBERS, MEMBER(CORE_TEMP, OBJ_INT(GENERIC_TEMPERATURE)), MEMBER(ATTN_0DB, OBJ_INT(0)), MEMBER(ATTN_2_5DB, OBJ_INT(1)),
    MEMBER(ATTN_6DB, OBJ_INT(2)), MEMBER(ATTN_11DB, OBJ_INT(3))};
static struct dict adc_dict = {&type_dict, {0}};
static const struct type_ops adc_ops = {.print = adc_print, .construct = adc_construct};
const struct type type_machine_adc = {.type = &type_type, .name = Q_ADC, .flags = TYPE_TRUE, .ops = &adc_ops, .members = &adc_dict};

void machine_adc_start(void) {
    static FIXED_DICT(stm, adc_members_stm);
    static FIXED_DICT(pico, adc_members_pico);
    static FIXED_DICT(generic, adc_members_generic);
    adc_dict = pin_on_stm() ? stm : on_pico() ? pico : generic;
    bits_forget();
}

// ---- ADCBlock ------------------------------------------------------------------------------------------------------------------
static void block_init(const struct adc_block *b, size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_bits, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[1];
    args_parse(n, kw, args, 1, spec, v);
    intptr_t bits = v[0].i;
    if (bits == -1) return;
    bool good = pin_on_stm() ? bits == 6 || bits == 8 || bits == 10 || bits == 12 : bits >= 8 && bits <= 16;
    if (!good) raise_message(&type_ValueError, "invalid bits");
    block_bits[b->number] = (uint8_t)bits;
}

static obj_t block_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, true);
    intptr_t number = obj_is_str(args[0]) ? -1 : obj_get_int(args[0]), first = (intptr_t)first_unit();
    intptr_t last = pin_on_stm() ? ADC_UNITS : 0;
    if (number < first || number > last) raise_message(&type_ValueError, "invalid id");
    block_init(&blocks[number], 0, kw, args + 1);
    return OBJ_PTR(&blocks[number]);
}

static obj_t block_init_method(size_t n, size_t kw, const obj_t *args) {
    block_init((const struct adc_block *)args[0], n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(block_init_fn, 1, 255, block_init_method);

static obj_t block_connect(size_t n, size_t kw, const obj_t *args) {
    const struct adc_block *b = (const struct adc_block *)args[0];
    args_check(n, kw, 2, 3, true);
    struct adc *a = adc_new();
    if (obj_is_int(args[1])) {
        intptr_t channel = obj_int(args[1]);
        if (!channel_exists((unsigned)b->number, channel)) raise_message(&type_ValueError, "invalid channel");
        a->channel = (int16_t)channel;
        a->gpio = channel == temperature_channel() ? NULL : channel_pin((unsigned)b->number, channel);
        if (n == 3 && pin_of(args[2]) != a->gpio) raise_message(&type_ValueError, "the pin is not connected to this channel");
    } else {
        if (n == 3) raise_message(&type_TypeError, "channel must be an integer");
        source_find(a, args[1]);
        if (pin_on_stm() && adc_pin((unsigned)b->number, (unsigned)a->channel) != a->gpio)
            raise_message(&type_ValueError, "the pin is not connected to this unit");
    }
    a->unit = (uint8_t)b->number;
    adc_init(a, 0, kw, args + n);
    return OBJ_PTR(a);
}
BUILTIN_KW(block_connect_fn, 1, 255, block_connect);

static void block_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    intptr_t number = ((const struct adc_block *)self)->number;
    print_format(p, "ADCBlock(%ld, bits=%u)", (long)number, bits_of((unsigned)number));
}

static const struct map_slot block_members[] = {MEMBER(init, &block_init_fn), MEMBER(connect, &block_connect_fn)};
static FIXED_DICT(block_dict, block_members);
static const struct type_ops block_ops = {.print = block_print, .construct = block_construct};
const struct type type_machine_adcblock = {.type = &type_type, .name = Q_ADCBlock, .flags = TYPE_TRUE, .ops = &block_ops,
                                           .members = &block_dict};

// ---- DAC: eight bits on any pin (as on an ESP32) --------------------------------------------------------------------------------
struct dac { // 2 words
    const struct type *type;
    struct gpio *gpio;
};

static obj_t dac_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    struct gpio *g = pin_of(args[0]);
    struct dac *d = heap_new(2, 0, HEAP_DATA);
    d->type = type;
    d->gpio = g;
    gpio_setup(g, GPIO_ANALOGUE, GPIO_PULL_NONE, GPIO_AF_NONE);
    gpio_signal_volts(g, 0);
    return OBJ_PTR(d);
}

static obj_t dac_write_method(obj_t self, obj_t value_in) {
    intptr_t value = obj_get_int(value_in);
    if (value < 0 || value > 255) raise_message(&type_ValueError, "value must be between 0 and 255");
    gpio_signal_volts(((struct dac *)self)->gpio, (double)value / 255 * adc_ambient.supply);
    bridge_acted();
    return OBJ_NONE;
}
BUILTIN_2(dac_write_fn, dac_write_method);

static void dac_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "DAC(Pin(%s))", ((struct dac *)self)->gpio->name);
}

static const struct map_slot dac_members[] = {MEMBER(write, &dac_write_fn)};
static FIXED_DICT(dac_dict, dac_members);
static const struct type_ops dac_ops = {.print = dac_print, .construct = dac_construct};
const struct type type_machine_dac = {.type = &type_type, .name = Q_DAC, .flags = TYPE_TRUE, .ops = &dac_ops, .members = &dac_dict};
