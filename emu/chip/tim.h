// SPDX-License-Identifier: MIT
// Timers of the STM32F405: TIM1 and TIM8 (advanced), TIM2 and TIM5 (32 bits), TIM3 and TIM4, TIM6 and TIM7 (no channels), TIM9 to TIM14
// (RM0090, chapters 17 to 20). The registers are the state: firmware, Python and mem32 all work through tim_read() and tim_write().
//
// The counter costs no events: it is computed from the time. Events are armed only while somebody wants to hear of a flag (an interrupt
// enable bit in DIER, or a listener for the update). Outputs are waves on nets.
#ifndef EMU_CHIP_TIM_H
#define EMU_CHIP_TIM_H

#include <stdbool.h>
#include <stdint.h>

struct gpio;
struct tim;

enum { TIM_COUNT = 14, TIM_CHANNELS = 4 };
enum tim_register {
    TIM_CR1 = 0x00, TIM_CR2 = 0x04, TIM_SMCR = 0x08, TIM_DIER = 0x0c, TIM_SR = 0x10, TIM_EGR = 0x14, TIM_CCMR1 = 0x18, TIM_CCMR2 = 0x1c,
    TIM_CCER = 0x20, TIM_CNT = 0x24, TIM_PSC = 0x28, TIM_ARR = 0x2c, TIM_RCR = 0x30, TIM_CCR1 = 0x34, TIM_CCR2 = 0x38, TIM_CCR3 = 0x3c,
    TIM_CCR4 = 0x40, TIM_BDTR = 0x44, TIM_DCR = 0x48, TIM_DMAR = 0x4c, TIM_OR = 0x50
};
enum tim_bits {
    TIM_CR1_CEN = 1 << 0, TIM_CR1_UDIS = 1 << 1, TIM_CR1_URS = 1 << 2, TIM_CR1_OPM = 1 << 3, TIM_CR1_DIR = 1 << 4, TIM_CR1_CMS = 3 << 5,
    TIM_CR1_ARPE = 1 << 7, TIM_CR1_CKD = 3 << 8,
    TIM_SR_UIF = 1 << 0, TIM_SR_CC1IF = 1 << 1, TIM_SR_TIF = 1 << 6, TIM_SR_BIF = 1 << 7, TIM_SR_CC1OF = 1 << 9, // also DIER, EGR
    TIM_EGR_UG = 1 << 0, TIM_EGR_COMG = 1 << 5,
    TIM_BDTR_BKE = 1 << 12, TIM_BDTR_BKP = 1 << 13, TIM_BDTR_AOE = 1 << 14, TIM_BDTR_MOE = 1 << 15
};
// Output compare modes (OCxM) and input selection (CCxS), by channel
enum tim_oc_mode { TIM_OC_FROZEN, TIM_OC_ACTIVE, TIM_OC_INACTIVE, TIM_OC_TOGGLE, TIM_OC_FORCE_LOW, TIM_OC_FORCE_HIGH,
    TIM_OC_PWM1, TIM_OC_PWM2 };

void tim_power_on(void);
void tim_power_off(void);
struct tim *tim_get(unsigned number);         // 1 … 14; NULL: the chip has no such timer
unsigned tim_number(const struct tim *t);
unsigned tim_channels(const struct tim *t);   // 0, 1, 2 or 4
bool tim_is_wide(const struct tim *t);        // 32 bits
bool tim_is_advanced(const struct tim *t);    // complementary outputs, dead time, break
uint32_t tim_source_freq(const struct tim *t); // Hz
uint32_t tim_read(struct tim *t, uint32_t offset);
void tim_write(struct tim *t, uint32_t offset, uint32_t value);
void tim_bits(struct tim *t, uint32_t offset, uint32_t clear, uint32_t set); // read, change, write
void tim_enable_clock(struct tim *t, bool on); // RCC; off also resets it
bool tim_clocked(const struct tim *t);

// Called (in an event) when flags of SR become set whose enable bits in DIER are set; `times`: how often that was since the last look.
struct tim_client {
    void (*flags)(void *data, uint32_t flags, uint64_t times);
    void *data;
};
void tim_attach(struct tim *t, const struct tim_client *client); // NULL: nobody
const struct tim_client *tim_client(const struct tim *t);
// TRGO: called at each update (other units count on it: ADC, DAC). Any number of listeners.
struct tim_listener {
    void (*update)(void *data);
    void *data;
    struct tim_listener *next;
};
void tim_listen(struct tim *t, struct tim_listener *l);
void tim_unlisten(struct tim *t, struct tim_listener *l);
uint64_t tim_next_update(struct tim *t); // ns, NEVER when it stands

// Pins: called by chip.c when a pin's alternate function becomes, or stops being, a signal of this timer ("CH1", "CH1N", "BKIN", "ETR").
void tim_pin(struct tim *t, struct gpio *g, const char *signal, bool on);
// Clocks are about to change or to stand still: `before` takes in what has passed, after it goes on with the new frequency.
void tim_clocks_before(void);
void tim_clocks_after(bool frozen);
void tim_bus_reset(struct tim *t, bool apb2, uint32_t bits); // a reset register of the bus was written; t NULL: nothing

#endif
