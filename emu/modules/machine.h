// SPDX-License-Identifier: MIT
// What the files of module machine show to machine.c, which puts the table together.
#ifndef EMU_MODULES_MACHINE_H
#define EMU_MODULES_MACHINE_H

#include "emu/chip/chip.h"
#include "emu/modules/pin.h"
#include "run/call.h"

extern const struct type type_machine_timer, type_machine_pwm, type_machine_adc, type_machine_adcblock, type_machine_dac, type_machine_rtc,
    type_machine_wdt, type_machine_counter, type_machine_encoder, type_machine_mem;
enum machine_wake { MACHINE_WLAN_WAKE = 1, MACHINE_PIN_WAKE = 2, MACHINE_RTC_WAKE = 3 };
enum machine_mode { MACHINE_IDLE = 1, MACHINE_SLEEP = 2, MACHINE_DEEPSLEEP = 4 };
void machine_wakeup(int reason);           // something that ends a sleep happened: enum machine_wake
int machine_cause_number(enum reset_cause cause); // as reset_cause() says it
void machine_power_start(void);
void machine_adc_start(void);
extern const struct mem machine_mem8, machine_mem16, machine_mem32;
void machine_mem_start(void);
extern const struct builtin machine_time_pulse_us_fn, machine_bitstream_fn, machine_dht_readinto_fn, machine_mem_backup_fn;
extern const struct builtin machine_freq_fn, machine_unique_id_fn, machine_reset_fn, machine_soft_reset_fn, machine_reset_cause_fn,
    machine_idle_fn, machine_lightsleep_fn, machine_deepsleep_fn, machine_wake_reason_fn, machine_disable_irq_fn, machine_enable_irq_fn,
    machine_bootloader_fn, machine_rng_fn;

#endif
