// SPDX-License-Identifier: MIT
// Between machine_pwm.c (what Python sees) and machine_pwm_stm.c (timers of the STM32F405).
#ifndef EMU_MODULES_MACHINE_PWM_H
#define EMU_MODULES_MACHINE_PWM_H

#include "emu/chip/gpio.h"

struct tim;

enum { PWM_DUTY_MOST = 65535, PWM_PICO_FUNCTION = 4 };
struct pwm_record {
    struct gpio *gpio;
    double freq;         // Hz as asked for; 0: not yet
    uint64_t duty;       // of 65535, or ns
    uint64_t start;      // of the wave
    bool in_ns, inverted, active;
    struct tim *tim;     // STM32
    uint8_t channel, af; // STM32: channel from 1
    struct pwm_record *next;
};
uint64_t pwm_high_ns(const struct pwm_record *r, uint64_t period);

bool pwm_stm_find(struct pwm_record *r); // the first timer channel that reaches the pin; false: there is none
bool pwm_stm_shared(const struct pwm_record *a, const struct pwm_record *b); // same timer
void pwm_stm_apply(struct pwm_record *r);
void pwm_stm_stop(struct pwm_record *r);
double pwm_stm_freq(const struct pwm_record *r);
intptr_t pwm_stm_duty(const struct pwm_record *r); // of 65535

#endif
