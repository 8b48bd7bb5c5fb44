// SPDX-License-Identifier: MIT
// Small units of the STM32F405: random numbers, CRC, and the words that say which chip it is.
#ifndef EMU_CHIP_SMALL_H
#define EMU_CHIP_SMALL_H

#include <stdint.h>

enum rng_register { RNG_CR = 0x00, RNG_SR = 0x04, RNG_DR = 0x08 };
enum crc_register { CRC_DR = 0x00, CRC_IDR = 0x04, CRC_CR = 0x08 };

void small_power_on(void);
// Random numbers come from a generator with this seed (the same at every power-on until it is set): runs can be repeated.
void rng_seed(uint64_t seed);
uint32_t rng_next(void);
uint32_t rng_read(uint32_t offset);
void rng_write(uint32_t offset, uint32_t value);
uint32_t crc_read(uint32_t offset);
void crc_write(uint32_t offset, uint32_t value); // DR: polynomial 0x04c11db7 over whole words, most significant bit first
uint32_t crc_value(void);
uint32_t uid_word(unsigned i); // 0 … 2, from the board file

#endif
