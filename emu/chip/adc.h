// SPDX-License-Identifier: MIT
// Analogue-to-digital converters of the STM32F405 (RM0090, chapter 13): channels 0 to 15 on pins, 16 temperature, 17 reference, 18 battery.
#ifndef EMU_CHIP_ADC_H
#define EMU_CHIP_ADC_H

#include <stdbool.h>
#include <stdint.h>

struct gpio;

enum { ADC_UNITS = 3, ADC_CHANNELS = 19, ADC_TEMPERATURE = 16, ADC_VREFINT = 17, ADC_VBAT = 18 };
enum adc_register { ADC_SR = 0x00, ADC_CR1 = 0x04, ADC_CR2 = 0x08, ADC_SMPR1 = 0x0c, ADC_SMPR2 = 0x10, ADC_SQR1 = 0x2c, ADC_SQR2 = 0x30,
    ADC_SQR3 = 0x34, ADC_JSQR = 0x38, ADC_DR = 0x4c, ADC_CSR = 0x300, ADC_CCR = 0x304 };
// What the chip measures of itself; bench and tests set it
struct adc_ambient {
    double celsius, battery, supply; // degrees, volts, volts
};
extern struct adc_ambient adc_ambient;

void adc_power_on(void);
void adc_power_off(void);
int adc_channel(const struct gpio *g, unsigned *unit); // channel and the first unit (1 … 3) that has it; -1: none
struct gpio *adc_pin(unsigned unit, unsigned channel); // NULL: internal, or no pin of this board
// Converts now and takes the time that it takes (virtual clock). bits 6, 8, 10 or 12; result right-aligned.
uint32_t adc_convert(unsigned unit, unsigned channel, unsigned bits);
uint32_t adc_sample(unsigned unit, unsigned channel);  // 12 bits, takes no time: for conversions that a timer starts
uint32_t adc_of_volts(double volts, unsigned bits);    // against adc_ambient.supply
uint32_t adc_read(uint32_t offset);                    // from the base of ADC1: units at 0x000, 0x100, 0x200, common registers at 0x300
void adc_write(uint32_t offset, uint32_t value);

#endif
