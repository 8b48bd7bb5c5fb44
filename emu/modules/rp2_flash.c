// SPDX-License-Identifier: MIT
// rp2.Flash: the file-system window of the flash as a block device whose blocks are the flash's erase blocks.
//
// Invariant: writeblocks() without an offset erases first; with one it only programs.
#include "emu/modules/bus.h"
#include "emu/modules/flash_blocks.h"
#include "emu/modules/pin.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"

struct rp2_flash_object {
    const struct type *type;
};
static const struct rp2_flash_object the_flash = {&type_rp2_flash}; // in program memory, as on the board

static uint32_t window(void) { return board_current->flash.fs_start; }
static uint32_t block_bytes(void) { return flash_block_bytes(flash_block_of(window())); }

static obj_t flash_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    (void)args;
    args_check(n, kw, 0, 0, false);
    return OBJ_PTR(&the_flash);
}

static obj_t flash_readblocks(size_t n, const obj_t *args) {
    struct flash_request r = flash_request(n, args, block_bytes(), BUFFER_WRITE);
    if (!flash_request_fits(&r, board_current->flash.fs_bytes)) return flash_answer(FLASH_OUTSIDE);
    return flash_answer(flash_read((uint32_t)(window() + r.at), r.data, r.len));
}
BUILTIN_VAR(flash_readblocks_fn, 3, 4, flash_readblocks);

static obj_t flash_writeblocks(size_t n, const obj_t *args) {
    struct flash_request r = flash_request(n, args, block_bytes(), BUFFER_READ);
    if (!flash_request_fits(&r, board_current->flash.fs_bytes)) return flash_answer(FLASH_OUTSIDE);
    uint32_t at = (uint32_t)(window() + r.at);
    enum flash_result result = FLASH_DONE;
    for (uint32_t b = flash_block_of(at); !r.extended && flash_block_start(b) < at + r.len; b++) {
        enum flash_result e = flash_erase(b);
        if (e != FLASH_DONE) result = e;
    }
    enum flash_result p = flash_program(at, r.data, r.len);
    flash_sync();
    return flash_answer(p != FLASH_DONE ? p : result);
}
BUILTIN_VAR(flash_writeblocks_fn, 3, 4, flash_writeblocks);

static obj_t flash_ioctl(obj_t self, obj_t op, obj_t arg) {
    (void)self;
    uint32_t blocks = board_current->flash.fs_bytes / block_bytes();
    switch (obj_get_int(op)) {
    case BLOCK_INIT:
    case BLOCK_DEINIT: return OBJ_INT(0);
    case BLOCK_SYNC: flash_sync(); return OBJ_INT(0);
    case BLOCK_COUNT: return OBJ_INT(blocks);
    case BLOCK_SIZE: return OBJ_INT(block_bytes());
    case BLOCK_ERASE: {
        uintptr_t block = (uintptr_t)obj_get_int(arg);
        return flash_answer(block < blocks ? flash_erase(flash_block_of(window()) + (uint32_t)block) : FLASH_OUTSIDE);
    }
    default: return OBJ_NONE;
    }
}
BUILTIN_3(flash_ioctl_fn, flash_ioctl);

static const struct map_slot flash_members[] = {
    MEMBER(readblocks, &flash_readblocks_fn),
    MEMBER(writeblocks, &flash_writeblocks_fn),
    MEMBER(ioctl, &flash_ioctl_fn),
};
static FIXED_DICT(flash_dict, flash_members);
static const struct type_ops flash_ops = {.construct = flash_construct};
const struct type type_rp2_flash = {
    .type = &type_type, .name = Q_Flash, .flags = TYPE_TRUE, .ops = &flash_ops, .members = &flash_dict};
