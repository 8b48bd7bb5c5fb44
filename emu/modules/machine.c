// SPDX-License-Identifier: MIT
// Module machine: the table of what each board has. The functions and types are in files of their own.
//
// Invariants
//  - The module's dictionary is one of three tables, chosen at its first import after each start: pyboard, Pico, all others.
#include "emu/modules/bus.h"
#include "emu/modules/can_unit.h"
#include "emu/modules/i2c_unit.h"
#include "emu/modules/machine.h"
#include "emu/modules/pyb.h"
#include "emu/modules/spi_unit.h"
#include "objects/map.h"
#include "objects/types.h"

#define EVERYWHERE                                                                                                                       \
    MEMBER(__name__, OBJ_QSTR(Q_machine)), MEMBER(Pin, &type_machine_pin), MEMBER(PinBase, &type_machine_pinbase),                       \
    MEMBER(Signal, &type_machine_signal), MEMBER(Timer, &type_machine_timer), MEMBER(PWM, &type_machine_pwm),                            \
    MEMBER(ADC, &type_machine_adc), MEMBER(ADCBlock, &type_machine_adcblock),                            \
    MEMBER(WDT, &type_machine_wdt), MEMBER(Counter, &type_machine_counter), MEMBER(Encoder, &type_machine_encoder),                      \
    MEMBER(mem8, &machine_mem8), MEMBER(mem16, &machine_mem16), MEMBER(mem32, &machine_mem32),                                           \
    MEMBER(mem_backup, &machine_mem_backup_fn), MEMBER(time_pulse_us, &machine_time_pulse_us_fn),                                        \
    MEMBER(bitstream, &machine_bitstream_fn), MEMBER(dht_readinto, &machine_dht_readinto_fn), \
    MEMBER(freq, &machine_freq_fn), MEMBER(unique_id, &machine_unique_id_fn),                  \
    MEMBER(reset, &machine_reset_fn), MEMBER(soft_reset, &machine_soft_reset_fn), MEMBER(reset_cause, &machine_reset_cause_fn),          \
    MEMBER(bootloader, &machine_bootloader_fn), MEMBER(idle, &machine_idle_fn), MEMBER(lightsleep, &machine_lightsleep_fn),              \
    MEMBER(sleep, &machine_lightsleep_fn), MEMBER(deepsleep, &machine_deepsleep_fn), MEMBER(wake_reason, &machine_wake_reason_fn),       \
    MEMBER(disable_irq, &machine_disable_irq_fn), MEMBER(enable_irq, &machine_enable_irq_fn), MEMBER(rng, &machine_rng_fn),              \
    MEMBER(IDLE, OBJ_INT(MACHINE_IDLE)), MEMBER(SLEEP, OBJ_INT(MACHINE_SLEEP)), MEMBER(DEEPSLEEP, OBJ_INT(MACHINE_DEEPSLEEP)),           \
    MEMBER(WLAN_WAKE, OBJ_INT(MACHINE_WLAN_WAKE)), MEMBER(PIN_WAKE, OBJ_INT(MACHINE_PIN_WAKE)),                                          \
    MEMBER(RTC_WAKE, OBJ_INT(MACHINE_RTC_WAKE)), MEMBER(PWRON_RESET, OBJ_INT(1)), MEMBER(HARD_RESET, OBJ_INT(2)),                        \
    MEMBER(WDT_RESET, OBJ_INT(3)), MEMBER(DEEPSLEEP_RESET, OBJ_INT(4))

#define BUSES                                                                                                                            \
    MEMBER(UART, &type_machine_uart), MEMBER(I2C, &type_machine_i2c), MEMBER(SoftI2C, &type_machine_softi2c),                            \
    MEMBER(I2CTarget, &type_machine_i2ctarget), MEMBER(SPI, &type_machine_spi), MEMBER(SoftSPI, &type_machine_softspi),                  \
    MEMBER(I2S, &type_machine_i2s)

static const struct map_slot members_stm[] = {EVERYWHERE, BUSES, MEMBER(SOFT_RESET, OBJ_INT(0)), MEMBER(RTC, &type_pyb_rtc),
                                              MEMBER(CAN, &type_machine_can)};
static const struct map_slot members_pico[] = {EVERYWHERE, BUSES, MEMBER(SOFT_RESET, OBJ_INT(5)), MEMBER(RTC, &type_machine_rtc)};
static const struct map_slot members_generic[] = {EVERYWHERE, BUSES, MEMBER(SOFT_RESET, OBJ_INT(5)), MEMBER(RTC, &type_machine_rtc),
                                                  MEMBER(DAC, &type_machine_dac)};
static struct dict machine_dict = {&type_dict, {0}};
const struct module module_machine = {&type_module, &machine_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(machine, true, machine_start, "");

void machine_start(void) {
    static FIXED_DICT(stm, members_stm);
    static FIXED_DICT(pico, members_pico);
    static FIXED_DICT(generic, members_generic);
    bridge_ready();
    machine_dict = pin_on_stm() ? stm : strcmp(board_current->mcu, "rp2040") == 0 ? pico : generic;
    pin_start();
    bus_start();
    machine_power_start();
    machine_adc_start();
}
