// SPDX-License-Identifier: MIT
// machine.PWM on the STM32F405: a channel of a timer in PWM mode. The registers are the state: pyb.Timer and stm.mem32 see the same.
//
// Invariants
//  - The pin takes the first alternate function that is a plain channel of a timer; channels of one timer share its period.
//  - The prescaler is the smallest with which the period fits into the counter (16 bits; 32 bits for TIM2 and TIM5).
#include "emu/modules/machine_pwm.h"
#include "emu/chip/alternate.h"
#include "emu/chip/tim.h"

#include <stdlib.h>
#include <string.h>

bool pwm_stm_find(struct pwm_record *r) {
    size_t count;
    const struct alternate *a = alternate_of_pin(r->gpio, &count);
    for (size_t i = 0; i < count; i++) {
        const char *channel = strstr(a[i].signal, "_CH"); // "TIM2_CH1_ETR"; not "TIM8_CH1N"
        if (strncmp(a[i].signal, "TIM", 3) != 0 || !channel || channel[4] == 'N') continue;
        r->tim = tim_get((unsigned)strtoul(a[i].signal + 3, NULL, 10));
        r->channel = (uint8_t)(channel[3] - '0');
        r->af = a[i].af;
        if (r->tim) return true;
    }
    return false;
}

bool pwm_stm_shared(const struct pwm_record *a, const struct pwm_record *b) { return a->tim == b->tim; }

static uint32_t compare_offset(const struct pwm_record *r) { return TIM_CCR1 + 4u * (r->channel - 1u); }

static void period_set(struct pwm_record *r) {
    double ticks = (double)tim_source_freq(r->tim) / r->freq;
    double most = tim_is_wide(r->tim) ? 4294967296.0 : 65536.0;
    uint32_t prescaler = (uint32_t)((ticks - 1) / most);
    double lap = ticks / (prescaler + 1.0) + 0.5;
    if (lap < 2) lap = 2;
    if (lap > most) lap = most;
    uint32_t reload = (uint32_t)(lap - 1);
    if (tim_read(r->tim, TIM_PSC) == prescaler && tim_read(r->tim, TIM_ARR) == reload) return;
    tim_write(r->tim, TIM_PSC, prescaler);
    tim_write(r->tim, TIM_ARR, reload);
    tim_write(r->tim, TIM_EGR, TIM_EGR_UG);
}

static uint64_t lap_of(const struct pwm_record *r) { return (uint64_t)tim_read(r->tim, TIM_ARR) + 1; }
static double tick_ns(const struct pwm_record *r) {
    return 1e9 * ((double)tim_read(r->tim, TIM_PSC) + 1) / (double)tim_source_freq(r->tim);
}

static uint32_t compare_value(const struct pwm_record *r) {
    uint64_t lap = lap_of(r);
    double high = r->in_ns ? (double)r->duty / tick_ns(r) : (double)lap * (double)r->duty / PWM_DUTY_MOST;
    uint64_t compare = (uint64_t)(high + 0.5);
    if (compare > lap) compare = lap;
    return compare > UINT32_MAX ? UINT32_MAX : (uint32_t)compare;
}

void pwm_stm_apply(struct pwm_record *r) {
    unsigned index = r->channel - 1u, shift = 8 * (index % 2);
    uint32_t modes = index < 2 ? TIM_CCMR1 : TIM_CCMR2;
    if (r->freq <= 0) return;
    tim_enable_clock(r->tim, true);
    period_set(r);
    tim_write(r->tim, compare_offset(r), compare_value(r));
    tim_bits(r->tim, modes, 0xffu << shift, (uint32_t)TIM_OC_PWM1 << (shift + 4) | 1u << (shift + 3)); // with preload
    tim_bits(r->tim, TIM_CCER, 15u << 4 * index, (1u | (r->inverted ? 2u : 0u)) << 4 * index);
    if (tim_is_advanced(r->tim)) tim_bits(r->tim, TIM_BDTR, 0, TIM_BDTR_MOE);
    if (!(tim_read(r->tim, TIM_CR1) & TIM_CR1_CEN)) {
        tim_write(r->tim, TIM_EGR, TIM_EGR_UG);
        tim_bits(r->tim, TIM_CR1, 0, TIM_CR1_CEN | TIM_CR1_ARPE);
    }
    if (r->gpio->mode != GPIO_ALT || r->gpio->af != r->af) gpio_setup(r->gpio, GPIO_ALT, GPIO_PULL_NONE, r->af);
}

void pwm_stm_stop(struct pwm_record *r) {
    tim_bits(r->tim, TIM_CCER, 15u << 4 * (r->channel - 1), 0);
    if (r->gpio->mode == GPIO_ALT && r->gpio->af == r->af) gpio_setup(r->gpio, GPIO_INPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
}

double pwm_stm_freq(const struct pwm_record *r) { return r->freq <= 0 ? 0 : 1e9 / (tick_ns(r) * (double)lap_of(r)); }

intptr_t pwm_stm_duty(const struct pwm_record *r) {
    if (r->freq <= 0) return 0;
    double share = (double)tim_read(r->tim, compare_offset(r)) / (double)lap_of(r);
    return (intptr_t)((share > 1 ? 1 : share) * PWM_DUTY_MOST + 0.5);
}
