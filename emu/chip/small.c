// SPDX-License-Identifier: MIT
// Random numbers, CRC, unique id.
//
// Invariants
//  - The generator's state is never 0. It goes on from number to number for every reader: rng(), the register, whoever.
//  - CRC_DR reads as the CRC of all words written since the last reset of the unit.
// Known differences: random numbers repeat from the seed (so that runs repeat); they are ready at once and never at fault.
#include "emu/chip/small.h"
#include "emu/boards/board.h"

static uint64_t rng_state, rng_first = UINT64_C(0x9e3779b97f4a7c15);
static uint32_t rng_cr, crc, crc_idr;

void rng_seed(uint64_t seed) { rng_state = rng_first = seed ? seed : 1; }

uint32_t rng_next(void) { // xorshift64*
    rng_state ^= rng_state >> 12;
    rng_state ^= rng_state << 25;
    rng_state ^= rng_state >> 27;
    return (uint32_t)(rng_state * UINT64_C(0x2545f4914f6cdd1d) >> 32);
}

uint32_t rng_read(uint32_t offset) {
    switch (offset) {
    case RNG_CR: return rng_cr;
    case RNG_SR: return rng_cr >> 2 & 1; // DRDY
    case RNG_DR: return rng_cr & 4 ? rng_next() : 0;
    default: return 0;
    }
}

void rng_write(uint32_t offset, uint32_t value) {
    if (offset == RNG_CR) rng_cr = value & 12;
}

uint32_t crc_value(void) { return crc; }
uint32_t crc_read(uint32_t offset) { return offset == CRC_DR ? crc : offset == CRC_IDR ? crc_idr : 0; }

void crc_write(uint32_t offset, uint32_t value) {
    if (offset == CRC_IDR) crc_idr = value & 255;
    if (offset == CRC_CR && value & 1) crc = UINT32_MAX;
    if (offset != CRC_DR) return;
    crc ^= value;
    for (int i = 0; i < 32; i++) crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0);
}

uint32_t uid_word(unsigned i) {
    const uint8_t *p = board_current->uid + 4 * i;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void small_power_on(void) {
    rng_state = rng_first;
    rng_cr = 4;
    crc = UINT32_MAX;
    crc_idr = 0;
}
