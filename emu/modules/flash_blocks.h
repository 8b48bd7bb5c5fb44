// SPDX-License-Identifier: MIT
// What block devices on the flash share: arguments of readblocks() and writeblocks(), answers, numbers of ioctl().
#ifndef EMU_MODULES_FLASH_BLOCKS_H
#define EMU_MODULES_FLASH_BLOCKS_H

#include "emu/chip/flash.h"
#include "obj.h"

enum block_op { BLOCK_INIT = 1, BLOCK_DEINIT, BLOCK_SYNC, BLOCK_COUNT, BLOCK_SIZE, BLOCK_ERASE };

struct flash_request {
    uint64_t block, at; // number; byte address: block * size + offset
    uint8_t *data;
    size_t len;
    bool extended; // with an offset
};
// (self, block, buffer[, offset])
struct flash_request flash_request(size_t n, const obj_t *args, size_t block_size, unsigned flags);
bool flash_request_fits(const struct flash_request *r, uint64_t size);
obj_t flash_answer(enum flash_result result); // 0, or a negative errno; RuntimeError after a fault under --strict

extern const struct type type_pyb_flash, type_rp2_flash;

#endif
