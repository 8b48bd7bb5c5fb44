// SPDX-License-Identifier: MIT
// pyb.LED: the board's LEDs.
//
// Invariants
//  - An LED is an output pin; only while its intensity is between 1 and 254 (and a timer reaches its pin) it is that timer's PWM output.
//  - The objects are in program memory: one for each "led" in the board file, in that order.
// The timers are those of the pyboard: LED(3) channel 1 of Timer(2), LED(4) channel 1 of Timer(3).
#include "emu/chip/alternate.h"
#include "emu/modules/pyb.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

enum { LEDS = 8, FULL = 255, PWM_PRESCALER = 83 };

static const struct led {
    const struct type *type;
    uintptr_t number;
} leds[LEDS] = {{&type_pyb_led, 1}, {&type_pyb_led, 2}, {&type_pyb_led, 3}, {&type_pyb_led, 4},
                {&type_pyb_led, 5}, {&type_pyb_led, 6}, {&type_pyb_led, 7}, {&type_pyb_led, 8}};

static const struct board_part *part_of(uintptr_t number) {
    for (size_t i = 0; i < board_current->n_parts; i++) {
        const struct board_part *b = &board_current->parts[i];
        if (strcmp(b->kind, "led") == 0 && b->pin[0] && --number == 0) return b;
    }
    return NULL;
}

static const struct led *led_of(obj_t o) {
    if (!obj_is(o, &type_pyb_led)) raise_message(&type_TypeError, "need an LED object");
    return (const struct led *)o;
}

static struct gpio *pin_of_led(const struct led *l, bool *active_low) {
    const struct board_part *b = part_of(l->number);
    *active_low = b->active_low;
    return board_pin_find(board_current, b->pin)->gpio;
}

static struct tim *timer_of(const struct led *l, struct gpio *g, int *af) {
    const char *signal = l->number == 3 ? "TIM2_CH1" : l->number == 4 ? "TIM3_CH1" : NULL;
    *af = signal ? alternate_find(g, signal) : -1;
    return *af < 0 ? NULL : tim_get((unsigned)l->number - 1);
}

static bool is_pwm(const struct led *l, struct gpio *g, struct tim **timer) {
    int af;
    *timer = timer_of(l, g, &af);
    return *timer && g->mode == GPIO_ALT && g->af == af;
}

static int intensity_get(const struct led *l) {
    bool active_low;
    struct gpio *g = pin_of_led(l, &active_low);
    struct tim *t;
    if (is_pwm(l, g, &t)) return (int)(tim_read(t, TIM_CCR1) & FULL);
    return g->mode == GPIO_OUTPUT && g->latch != active_low ? FULL : 0;
}

static void intensity_set(const struct led *l, intptr_t value) {
    bool active_low;
    struct gpio *g = pin_of_led(l, &active_low);
    struct tim *t;
    int af;
    bool pwm = is_pwm(l, g, &t);
    t = timer_of(l, g, &af);
    if (value > 0 && value < FULL && t) {
        if (!pwm) {
            pyb_timer_run(t, PWM_PRESCALER, FULL - 1);
            tim_write(t, TIM_CCMR1, TIM_OC_PWM1 << 4);
            tim_write(t, TIM_CCER, active_low ? 3 : 1);
        }
        tim_write(t, TIM_CCR1, (uint32_t)value);
        if (!pwm) gpio_setup(g, GPIO_ALT, GPIO_PULL_NONE, af);
    } else {
        gpio_write(g, (value > 0) != active_low);
        if (g->mode != GPIO_OUTPUT) gpio_setup(g, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    }
    bridge_acted();
}

// The firmware's start: all of them are outputs and dark.
void pyb_leds_start(void) {
    for (uintptr_t i = 1; part_of(i) && i <= LEDS; i++) {
        bool active_low;
        struct gpio *g = pin_of_led(&leds[i - 1], &active_low);
        if (g->mode != GPIO_INPUT || g->pull != GPIO_PULL_NONE) continue;
        gpio_write(g, active_low);
        gpio_setup(g, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    }
}

static obj_t led_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, false);
    intptr_t number = obj_get_int(args[0]);
    if (number < 1 || number > LEDS || !part_of((uintptr_t)number)) raise_format(&type_ValueError, "LED(%ld) doesn't exist", (long)number);
    return OBJ_PTR(&leds[number - 1]);
}

static void led_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "LED(%u)", (unsigned)led_of(self)->number);
}

static obj_t led_set(obj_t self, intptr_t value) {
    intensity_set(led_of(self), value);
    return OBJ_NONE;
}

static obj_t led_on(obj_t self) { return led_set(self, FULL); }
static obj_t led_off(obj_t self) { return led_set(self, 0); }
static obj_t led_toggle(obj_t self) { return led_set(self, intensity_get(led_of(self)) ? 0 : FULL); }

static obj_t led_intensity(size_t n, const obj_t *args) {
    if (n == 1) return OBJ_INT(intensity_get(led_of(args[0])));
    return led_set(args[0], obj_get_int(args[1]));
}

BUILTIN_1(led_on_fn, led_on);
BUILTIN_1(led_off_fn, led_off);
BUILTIN_1(led_toggle_fn, led_toggle);
BUILTIN_VAR(led_intensity_fn, 1, 2, led_intensity);
static const struct map_slot led_members[] = {MEMBER(on, &led_on_fn), MEMBER(off, &led_off_fn), MEMBER(toggle, &led_toggle_fn),
                                              MEMBER(intensity, &led_intensity_fn)};
static FIXED_DICT(led_dict, led_members);
static const struct type_ops led_ops = {.print = led_print, .construct = led_construct};
const struct type type_pyb_led = {.type = &type_type, .name = Q_LED, .flags = TYPE_TRUE, .ops = &led_ops, .members = &led_dict};
