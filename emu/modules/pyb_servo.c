// SPDX-License-Identifier: MIT
// pyb.Servo: four hobby servos on channels 1 to 4 of timer 5.
//
// Invariants
//  - A width is kept in units of 10 us: the timer counts at 100 kHz, 2000 ticks for each of 50 periods in a second.
//  - A servo on its way (time given) makes one step at each period, in an event; `left` counts the steps that are to come.
#include "emu/chip/alternate.h"
#include "emu/modules/pyb.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdio.h>

enum { SERVOS = 4, SERVO_TIMER = 5, PRESCALER = 839, PERIOD = 1999, PERIOD_MS = 20, UNIT_US = 10, MOST_US = 20000 };

static const struct servo {
    const struct type *type;
    unsigned i;
} servos[SERVOS] = {{&type_pyb_servo, 0}, {&type_pyb_servo, 1}, {&type_pyb_servo, 2}, {&type_pyb_servo, 3}};

static struct state {
    bool used;
    int min, max, centre, angle_90, speed_100; // us
    double now, step; // us
    int wanted, left;
} states[SERVOS];
static struct event mover;
static bool ready;

static struct state *state_of(obj_t o) {
    if (!obj_is(o, &type_pyb_servo)) raise_message(&type_TypeError, "need a Servo object");
    return &states[((const struct servo *)o)->i];
}

static void width_write(struct state *s) {
    tim_write(tim_get(SERVO_TIMER), TIM_CCR1 + 4 * (uint32_t)(s - states), (uint32_t)(s->now / UNIT_US));
}

static void moved(void *unused) {
    (void)unused;
    bool again = false;
    for (int i = 0; i < SERVOS; i++) {
        struct state *s = &states[i];
        if (!s->left) continue;
        s->now = --s->left ? s->now + s->step : s->wanted;
        again |= s->left > 0;
        width_write(s);
    }
    if (again) event_arm(&mover, clock_now() + PERIOD_MS * NS_PER_MS);
}

static void go(struct state *s, double us, intptr_t ms) {
    if (us < s->min) us = s->min;
    if (us > s->max) us = s->max;
    s->wanted = (int)(us / UNIT_US) * UNIT_US;
    s->left = ms <= 0 ? 0 : (int)((ms > 1000000 ? 1000000 : ms) / PERIOD_MS);
    if (s->left == 0) {
        s->now = s->wanted;
        width_write(s);
    } else {
        s->step = (s->wanted - s->now) / s->left;
        mover.fire = moved;
        if (!event_armed(&mover)) event_arm(&mover, clock_now() + PERIOD_MS * NS_PER_MS);
    }
    bridge_acted();
}

static void soft_reset(void) {
    event_cancel(&mover);
    if (ready && tim_get(SERVO_TIMER)) tim_enable_clock(tim_get(SERVO_TIMER), false);
    ready = false;
    memset(states, 0, sizeof states);
}

static obj_t servo_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, false);
    intptr_t number = obj_get_int(args[0]);
    if (number < 1 || number > SERVOS) raise_format(&type_ValueError, "Servo(%ld) doesn't exist", (long)number);
    struct tim *t = tim_get(SERVO_TIMER);
    bridge_at_soft_reset(soft_reset);
    if (!ready) pyb_timer_run(t, PRESCALER, PERIOD);
    ready = true;
    unsigned i = (unsigned)number - 1;
    struct state *s = &states[i];
    if (!s->used) *s = (struct state){true, 640, 2420, 1500, 2470, 2200, 1500, 0, 1500, 0};
    char name[4], signal[12];
    snprintf(name, sizeof name, "X%u", i + 1);
    snprintf(signal, sizeof signal, "TIM5_CH%u", i + 1);
    const struct board_pin *pin = board_pin_find(board_current, name);
    if (!pin) raise_format(&type_ValueError, "Servo(%ld) doesn't exist", (long)number);
    width_write(s);
    tim_bits(t, i < 2 ? TIM_CCMR1 : TIM_CCMR2, 255u << 8 * (i % 2), (uint32_t)TIM_OC_PWM1 << (8 * (i % 2) + 4));
    tim_bits(t, TIM_CCER, 15u << 4 * i, 1u << 4 * i);
    gpio_setup(pin->gpio, GPIO_ALT, GPIO_PULL_NONE, alternate_find(pin->gpio, signal));
    return OBJ_PTR(&servos[i]);
}

static void servo_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct state *s = state_of(self);
    print_format(p, "<Servo %u at %uus>", (unsigned)(s - states) + 1, (unsigned)(s->now / UNIT_US) * UNIT_US);
}

// The width in force, as a share of what `full` units make.
static obj_t as_units(struct state *s, int at_full, int full) {
    double us = (int)(s->now / UNIT_US) * UNIT_US;
    if (at_full == s->centre) return OBJ_INT(0);
    double v = (us - s->centre) * full / (at_full - s->centre);
    return OBJ_INT((intptr_t)(v < 0 ? v - 0.5 : v + 0.5));
}

static obj_t move_units(struct state *s, size_t n, const obj_t *args, int at_full, int full) {
    double units = obj_get_float(args[1]);
    intptr_t ms = n > 2 ? obj_get_int(args[2]) : 0;
    if (!(units > -1e6 && units < 1e6)) raise_message(&type_ValueError, "out of range");
    go(s, s->centre + units * (at_full - s->centre) / full, ms);
    return OBJ_NONE;
}

static obj_t servo_angle(size_t n, const obj_t *args) {
    struct state *s = state_of(args[0]);
    return n == 1 ? as_units(s, s->angle_90, 90) : move_units(s, n, args, s->angle_90, 90);
}

static obj_t servo_speed(size_t n, const obj_t *args) {
    struct state *s = state_of(args[0]);
    return n == 1 ? as_units(s, s->speed_100, 100) : move_units(s, n, args, s->speed_100, 100);
}

static obj_t servo_pulse_width(size_t n, const obj_t *args) {
    struct state *s = state_of(args[0]);
    if (n == 1) return OBJ_INT((int)(s->now / UNIT_US) * UNIT_US);
    intptr_t us = obj_get_int(args[1]);
    go(s, us < 0 ? 0 : us > MOST_US ? MOST_US : (double)us, 0);
    return OBJ_NONE;
}

static int width_from(obj_t o) {
    intptr_t us = obj_get_int(o);
    if (us < 0 || us > MOST_US) raise_message(&type_ValueError, "pulse width must be 0 to 20000");
    return (int)us;
}

static obj_t servo_calibration(size_t n, const obj_t *args) {
    struct state *s = state_of(args[0]);
    if (n == 1) {
        obj_t items[5] = {OBJ_INT(s->min), OBJ_INT(s->max), OBJ_INT(s->centre), OBJ_INT(s->angle_90), OBJ_INT(s->speed_100)};
        return tuple_new(5, items);
    }
    if (n != 4 && n != 6) raise_format(&type_TypeError, "calibration expecting 1, 4 or 6 arguments, got %u", (unsigned)n);
    int v[5] = {width_from(args[1]), width_from(args[2]), width_from(args[3]), 0, 0};
    if (n == 6) {
        v[3] = width_from(args[4]);
        v[4] = width_from(args[5]);
    }
    s->min = v[0];
    s->max = v[1];
    s->centre = v[2];
    if (n == 6) {
        s->angle_90 = v[3];
        s->speed_100 = v[4];
    }
    return OBJ_NONE;
}

BUILTIN_VAR(servo_angle_fn, 1, 3, servo_angle);
BUILTIN_VAR(servo_speed_fn, 1, 3, servo_speed);
BUILTIN_VAR(servo_pulse_width_fn, 1, 2, servo_pulse_width);
BUILTIN_VAR(servo_calibration_fn, 1, 6, servo_calibration);
static const struct map_slot servo_members[] = {MEMBER(angle, &servo_angle_fn), MEMBER(speed, &servo_speed_fn),
                                                MEMBER(pulse_width, &servo_pulse_width_fn), MEMBER(calibration, &servo_calibration_fn)};
static FIXED_DICT(servo_dict, servo_members);
static const struct type_ops servo_ops = {.print = servo_print, .construct = servo_construct};
const struct type type_pyb_servo = {.type = &type_type, .name = Q_Servo, .flags = TYPE_TRUE, .ops = &servo_ops, .members = &servo_dict};
