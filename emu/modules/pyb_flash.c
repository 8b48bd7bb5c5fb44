// SPDX-License-Identifier: MIT
// pyb.Flash: the file-system window of the flash as a block device.
//
// Invariants
//  - Flash() without arguments is the disk that a computer sees over USB: block 0 is a partition table, the flash begins at block 0x100.
//    It speaks the simple protocol; Flash(start=…) is a part of the window and speaks both.
//  - Blocks are 512 bytes and need no erase: the flash's own, much larger ones are handled by chip/storage.c. What was written is in the
//    flash after a sync (ioctl 3), or a while later.
#include "emu/chip/flash.h"
#include "emu/modules/bus.h"
#include "emu/modules/flash_blocks.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

enum { DISK_FIRST = 0x100 }; // block of the disk at which the flash begins

struct pyb_flash_object { // 3 words
    const struct type *type;
    uintptr_t start, len; // bytes of the window; len 0: the disk
};

// The partition table: one FAT partition from DISK_FIRST on.
static void table_read(uint8_t *to) {
    uint32_t blocks = (uint32_t)(storage_size() / STORAGE_BLOCK);
    memset(to, 0, STORAGE_BLOCK);
    uint8_t *entry = to + 446;
    entry[4] = 1; // FAT12
    for (int i = 0; i < 4; i++) {
        entry[8 + i] = (uint8_t)(DISK_FIRST >> 8 * i);
        entry[12 + i] = (uint8_t)(blocks >> 8 * i);
    }
    to[510] = 0x55;
    to[511] = 0xaa;
}

static enum flash_result disk_read(uint64_t block, uint8_t *to, size_t n) {
    for (; n >= STORAGE_BLOCK; n -= STORAGE_BLOCK, to += STORAGE_BLOCK, block++) {
        if (block == 0) table_read(to);
        else if (block < DISK_FIRST) memset(to, 0, STORAGE_BLOCK);
        else if (block - DISK_FIRST > UINT32_MAX / STORAGE_BLOCK) return FLASH_OUTSIDE;
        else if (storage_read((uint32_t)(block - DISK_FIRST) * STORAGE_BLOCK, to, STORAGE_BLOCK)) return FLASH_OUTSIDE;
    }
    return FLASH_DONE;
}

static enum flash_result disk_write(uint64_t block, const uint8_t *from, size_t n) {
    enum flash_result result = FLASH_DONE;
    for (; n >= STORAGE_BLOCK; n -= STORAGE_BLOCK, from += STORAGE_BLOCK, block++) {
        if (block < DISK_FIRST) continue; // the table is made up; writing to it does nothing
        if (block - DISK_FIRST > UINT32_MAX / STORAGE_BLOCK) return FLASH_OUTSIDE;
        enum flash_result r = storage_write((uint32_t)(block - DISK_FIRST) * STORAGE_BLOCK, from, STORAGE_BLOCK);
        if (r != FLASH_DONE) result = r;
    }
    return result;
}

static obj_t flash_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    enum { ARG_START, ARG_LEN, ARGS };
    static const struct arg_spec spec[] = {{Q_start, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_len, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, spec, v);
    intptr_t size = (intptr_t)storage_size(), start = v[ARG_START].i, len = v[ARG_LEN].i;
    struct pyb_flash_object *self;
    if (start == -1 && len == -1) {
        self = heap_new(3, 0, HEAP_DATA);
        self->type = type;
        return OBJ_PTR(self);
    }
    if (start == -1) start = 0;
    if (start < 0 || start >= size || start % STORAGE_BLOCK) raise_type(&type_ValueError);
    if (len == -1) len = size - start;
    if (len <= 0 || len > size - start || len % STORAGE_BLOCK) raise_type(&type_ValueError);
    self = heap_new(3, 0, HEAP_DATA);
    self->type = type;
    self->start = (uintptr_t)start;
    self->len = (uintptr_t)len;
    return OBJ_PTR(self);
}

static void flash_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct pyb_flash_object *flash = (struct pyb_flash_object *)self;
    size_t len = flash->len ? flash->len : storage_size();
    print_format(p, "Flash(start=%zu, len=%zu)", (size_t)flash->start, len);
}

static obj_t flash_readblocks(size_t n, const obj_t *args) {
    struct pyb_flash_object *flash = (struct pyb_flash_object *)args[0];
    struct flash_request r = flash_request(n, args, STORAGE_BLOCK, BUFFER_WRITE);
    if (!flash->len) return flash_answer(n > 3 ? FLASH_OUTSIDE : disk_read(r.block, r.data, r.len));
    if (!flash_request_fits(&r, flash->len)) return flash_answer(FLASH_OUTSIDE);
    return flash_answer(storage_read((uint32_t)(flash->start + r.at), r.data, r.len));
}
BUILTIN_VAR(flash_readblocks_fn, 3, 4, flash_readblocks);

static obj_t flash_writeblocks(size_t n, const obj_t *args) {
    struct pyb_flash_object *flash = (struct pyb_flash_object *)args[0];
    struct flash_request r = flash_request(n, args, STORAGE_BLOCK, BUFFER_READ);
    if (!flash->len) return flash_answer(n > 3 ? FLASH_OUTSIDE : disk_write(r.block, r.data, r.len));
    if (!flash_request_fits(&r, flash->len)) return flash_answer(FLASH_OUTSIDE);
    return flash_answer(storage_write((uint32_t)(flash->start + r.at), r.data, r.len));
}
BUILTIN_VAR(flash_writeblocks_fn, 3, 4, flash_writeblocks);

static obj_t flash_ioctl(obj_t self, obj_t op, obj_t arg) {
    struct pyb_flash_object *flash = (struct pyb_flash_object *)self;
    size_t blocks = flash->len ? flash->len / STORAGE_BLOCK : storage_size() / STORAGE_BLOCK + DISK_FIRST;
    switch (obj_get_int(op)) {
    case BLOCK_INIT: return OBJ_INT(0);
    case BLOCK_DEINIT:
    case BLOCK_SYNC: return flash_answer(storage_sync());
    case BLOCK_COUNT: return OBJ_INT(blocks);
    case BLOCK_SIZE: return OBJ_INT(STORAGE_BLOCK);
    case BLOCK_ERASE: // nothing to do: writing takes care of it
        if (!flash->len) return OBJ_NONE;
        return flash_answer((uintptr_t)obj_get_int(arg) < blocks ? FLASH_DONE : FLASH_OUTSIDE);
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
static const struct type_ops flash_ops = {.print = flash_print, .construct = flash_construct};
const struct type type_pyb_flash = {
    .type = &type_type, .name = Q_Flash, .flags = TYPE_TRUE, .ops = &flash_ops, .members = &flash_dict};
