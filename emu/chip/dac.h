// SPDX-License-Identifier: MIT
// Digital-to-analogue converter of the STM32F405 (RM0090, chapter 14): channel 1 on A4, channel 2 on A5, with noise, triangle and DMA.
#ifndef EMU_CHIP_DAC_H
#define EMU_CHIP_DAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gpio;
struct tim;

enum { DAC_CHANNELS = 2 };
enum dac_register { DAC_CR = 0x00, DAC_SWTRIGR = 0x04, DAC_DHR12R1 = 0x08, DAC_DHR12L1 = 0x0c, DAC_DHR8R1 = 0x10, DAC_DHR12R2 = 0x14,
    DAC_DHR12L2 = 0x18, DAC_DHR8R2 = 0x1c, DAC_DHR12RD = 0x20, DAC_DHR12LD = 0x24, DAC_DHR8RD = 0x28, DAC_DOR1 = 0x2c, DAC_DOR2 = 0x30,
    DAC_SR = 0x34 };

void dac_power_on(void);
void dac_power_off(void);
struct gpio *dac_pin(unsigned channel);                 // channel 1 or 2; NULL: the board has no such pin
int dac_channel(const struct gpio *g);                  // 1, 2, or -1
void dac_enable(unsigned channel, bool on);             // the pin becomes, or stops being, its output; stops waves and DMA
void dac_write_value(unsigned channel, uint32_t value); // 12 bits, at once: stops waves and DMA
uint32_t dac_value(unsigned channel);                   // what is put out, 12 bits
void dac_noise(unsigned channel, struct tim *trigger);
void dac_triangle(unsigned channel, struct tim *trigger);
// One value for each update of the timer, asked from `next` (false: there are no more; circular: begin again at 0). bits 8 or 12.
struct dac_source {
    bool (*next)(void *data, size_t index, uint32_t *value);
    void *data;
};
void dac_stream(unsigned channel, struct tim *trigger, const struct dac_source *source, unsigned bits, bool circular);
bool dac_streaming(unsigned channel);
struct tim *dac_trigger(unsigned channel);              // NULL: none
uint32_t dac_read(uint32_t offset);
void dac_write(uint32_t offset, uint32_t value);

#endif
