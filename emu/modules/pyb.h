// SPDX-License-Identifier: MIT
// Module pyb: what its files share.
#ifndef EMU_MODULES_PYB_H
#define EMU_MODULES_PYB_H

#include "emu/chip/tim.h"
#include "emu/modules/bridge.h"
#include "emu/modules/pin.h"
#include "obj.h"

// Interrupt priorities as the firmware sets them: 0 is the most urgent
enum { PYB_TIMER_PRIORITY = 13, PYB_EXTINT_PRIORITY = 14, PYB_RTC_PRIORITY = 14, PYB_SWITCH_PRIORITY = 15 };

extern const struct type type_pyb_timer, type_pyb_timer_channel, type_pyb_led, type_pyb_switch, type_pyb_extint, type_pyb_adc,
    type_pyb_adcall, type_pyb_dac, type_pyb_rtc, type_pyb_servo, type_pyb_accel, type_pyb_lcd, type_pyb_usb_vcp, type_pyb_usb_hid;

void pyb_start(void);      // start function of the module
void pyb_leds_start(void); // as the firmware starts them: outputs, dark
obj_t pyb_main_script(void); // pyb.main(): OBJ_NULL when it was not called

// ---- timers (pyb_timer.c) ---------------------------------------------------------------------------------------------------
struct pyb_timer_slot { // one for each timer of the chip, host memory
    struct tim *tim;
    obj_t object, channels[TIM_CHANNELS]; // OBJ_NULL: not made
    bool initialised, hard;
    uint8_t modes[TIM_CHANNELS];
    struct handler update, compare[TIM_CHANNELS];
    struct tim_client client;
};
struct pyb_timer_slot *pyb_timer_slot(unsigned number); // ready for use; NULL: no such timer
struct pyb_timer_slot *pyb_timer_of(obj_t timer);       // TypeError when it is none
// Prescaler and period for a frequency given by Python (int or float). ValueError
void pyb_timer_split(const struct tim *t, obj_t freq, uint32_t *prescaler, uint32_t *period);
// A timer of the firmware's own: counts up with these; callbacks of the program are switched off
void pyb_timer_run(struct tim *t, uint32_t prescaler, uint32_t period);
void pyb_timer_callback(struct handler *h, struct pyb_timer_slot *s, uint32_t flag, obj_t function);
obj_t pyb_timer_channel(struct pyb_timer_slot *s, size_t n, size_t kw, const obj_t *args); // pyb_channel.c: Timer.channel()

// ---- external interrupts (pyb_extint.c) ------------------------------------------------------------------------------------------
// As the constructor of ExtInt, for a line that is free or may be taken over; function is called with `argument`.
void pyb_extint_set(unsigned line, int port, uint32_t mode, obj_t function, obj_t argument, int priority);
enum { PYB_IRQ_RISING = 0x10110000, PYB_IRQ_FALLING = 0x10210000, PYB_EVT_RISING = 0x10120000, PYB_EVT_FALLING = 0x10220000 };

#endif
