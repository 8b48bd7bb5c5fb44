// SPDX-License-Identifier: MIT
// The file-system window of a flash with large erase blocks, as small blocks.
//
// Invariants
//  - At most one erase block differs from the flash: cache[] holds it, and `dirty` says so. Reads see the cache.
//  - Going back erases only when a 0 has to become 1, and programs only pages that differ.
//  - What is in the cache is lost when the power is cut, as on the board.
#include "emu/chip/flash.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

#include <string.h>

#define IDLE_NS (2 * NS_PER_S) // after the last change

static struct {
    uint8_t *cache;
    uint32_t room, block, start, bytes; // which erase block, where, how large
    bool dirty;
    struct event idle;
} s;

static void storage_stop(void) {
    storage_sync();
    emu_free(s.cache);
    memset(&s, 0, sizeof s);
}
static struct emu_unit unit = {storage_stop, NULL, false};

size_t storage_size(void) { return flash_size() ? board_current->flash.fs_bytes : 0; }
bool storage_dirty(void) { return s.dirty; }

static bool inside(uint32_t at, size_t n) { return at <= storage_size() && n <= storage_size() - at; }

static bool must_erase(const uint8_t *now) {
    for (uint32_t i = 0; i < s.bytes; i++)
        if (s.cache[i] & ~now[i]) return true;
    return false;
}

enum flash_result storage_sync(void) {
    if (!s.dirty) return FLASH_DONE;
    s.dirty = false;
    event_cancel(&s.idle);
    enum flash_result result = FLASH_DONE;
    if (must_erase(flash_memory() + s.start)) result = flash_erase(s.block);
    const uint8_t *now = flash_memory() + s.start;
    uint32_t page = board_current->flash.page ? board_current->flash.page : 1;
    for (uint32_t i = 0; i < s.bytes; i += page) {
        if (memcmp(s.cache + i, now + i, page) == 0) continue;
        enum flash_result r = flash_program(s.start + i, s.cache + i, page);
        if (r != FLASH_DONE) result = r;
    }
    flash_sync();
    return result;
}

static void idle_fire(void *data) {
    (void)data;
    storage_sync();
}

enum flash_result storage_read(uint32_t at, void *to, size_t n) {
    if (!inside(at, n)) return FLASH_OUTSIDE;
    at += board_current->flash.fs_start;
    flash_read(at, to, n);
    if (!s.dirty || at >= s.start + s.bytes || at + n <= s.start) return FLASH_DONE;
    uint32_t from = at > s.start ? at : s.start;
    uint32_t end = at + n < s.start + s.bytes ? (uint32_t)(at + n) : s.start + s.bytes;
    memcpy((uint8_t *)to + (from - at), s.cache + (from - s.start), end - from);
    return FLASH_DONE;
}

// Makes the erase block at this address the one in the cache.
static enum flash_result take(uint32_t at) {
    if (s.dirty && at >= s.start && at < s.start + s.bytes) return FLASH_DONE;
    enum flash_result result = storage_sync();
    s.block = flash_block_of(at);
    s.start = flash_block_start(s.block);
    s.bytes = flash_block_bytes(s.block);
    if (s.bytes > s.room) s.cache = emu_host->resize(s.cache, s.room = s.bytes);
    flash_read(s.start, s.cache, s.bytes);
    return result;
}

enum flash_result storage_write(uint32_t at, const void *from, size_t n) {
    if (!inside(at, n)) return FLASH_OUTSIDE;
    emu_unit_add(&unit);
    enum flash_result result = FLASH_DONE;
    const uint8_t *bytes = from;
    at += board_current->flash.fs_start;
    while (n > 0) {
        enum flash_result r = take(at);
        if (r != FLASH_DONE) result = r;
        size_t part = s.start + s.bytes - at;
        if (part > n) part = n;
        if (memcmp(s.cache + (at - s.start), bytes, part) != 0) s.dirty = true;
        memcpy(s.cache + (at - s.start), bytes, part);
        at += (uint32_t)part;
        bytes += part;
        n -= part;
    }
    s.idle.fire = idle_fire;
    if (s.dirty) event_arm(&s.idle, clock_now() + IDLE_NS);
    return result;
}
