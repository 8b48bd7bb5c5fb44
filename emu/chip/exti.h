// SPDX-License-Identifier: MIT
// External interrupts of the STM32F405: 16 lines from pins (SYSCFG chooses the port), 7 from inside the chip (RM0090, chapter 12).
#ifndef EMU_CHIP_EXTI_H
#define EMU_CHIP_EXTI_H

#include <stdbool.h>
#include <stdint.h>

enum { EXTI_LINES = 23, EXTI_PIN_LINES = 16, EXTI_PVD = 16, EXTI_RTC_ALARM = 17, EXTI_USB_FS = 18, EXTI_USB_HS = 20, EXTI_TAMPER = 21,
    EXTI_RTC_WAKEUP = 22 };
enum exti_register { EXTI_IMR = 0x00, EXTI_EMR = 0x04, EXTI_RTSR = 0x08, EXTI_FTSR = 0x0c, EXTI_SWIER = 0x10, EXTI_PR = 0x14 };

// Who hears of a line. One for each line; fire is called in an event (or in a write of SWIER) while PR has the bit and IMR lets it through.
struct exti_client {
    void (*fire)(void *data, unsigned line);
    void *data;
};

void exti_power_on(void);
void exti_power_off(void);
const struct exti_client *exti_client(unsigned line);                // NULL: none
void exti_attach(unsigned line, const struct exti_client *client);   // NULL: forgets it; the client stays where it is
void exti_route(unsigned line, int port);                            // SYSCFG: which port's pin drives it
void exti_edges(unsigned line, bool rising, bool falling);
void exti_mask(unsigned line, bool enabled);                         // IMR
bool exti_enabled(unsigned line);
void exti_event_mask(unsigned line, bool enabled);                   // EMR
void exti_software(unsigned line);                                   // SWIER
void exti_clear(unsigned line);                                      // PR
void exti_internal(unsigned line);                                   // a rising edge of an internal source (RTC …)
uint64_t exti_wakeups(void);                                         // interrupts and events let through so far: what ends stop mode
uint32_t exti_read(uint32_t offset);
void exti_write(uint32_t offset, uint32_t value);
uint32_t syscfg_read(uint32_t offset);
void syscfg_write(uint32_t offset, uint32_t value);

#endif
