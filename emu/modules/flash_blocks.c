// SPDX-License-Identifier: MIT
// What block devices on the flash share.
#include "emu/modules/flash_blocks.h"
#include "emu/modules/bridge.h"
#include "objects/num.h"
#include "run/raise.h"

#include <errno.h>

struct flash_request flash_request(size_t n, const obj_t *args, size_t block_size, unsigned flags) {
    struct flash_request r = {.extended = n > 3};
    intptr_t block = obj_get_int(args[1]), offset = n > 3 ? obj_get_int(args[3]) : 0;
    struct buffer b;
    obj_buffer(args[2], &b, flags);
    r.data = b.data;
    r.len = b.len;
    r.block = block < 0 ? UINT32_MAX : (uint64_t)block;
    r.at = r.block * block_size + (uint64_t)(offset < 0 ? INT32_MAX : offset);
    return r;
}

bool flash_request_fits(const struct flash_request *r, uint64_t size) { return r->at <= size && r->len <= size - r->at; }

obj_t flash_answer(enum flash_result result) {
    bridge_fault_check();
    return OBJ_INT(result == FLASH_DONE ? 0 : result == FLASH_OUTSIDE ? -EINVAL : -EIO);
}
