// SPDX-License-Identifier: MIT
// machine.mem8, mem16, mem32 and machine.mem_backup(): memory by address.
//
// Invariants
//  - Backup memory belongs to the chip and outlives soft reset, reset() and deepsleep(); it is zero at power-on.
//  - What the board's processor reads at an address: the Python heap, backup memory, registers (emu/chip/); anything else is a ValueError,
//    where a board would stop with a fault.
//  - A word is signed where machine words have 32 bits, as the documentation says.
#include "emu/core/irq.h"
#include "emu/chip/mmio.h"
#include "emu/chip/rtc.h"
#include "emu/modules/machine.h"
#include "heap/heap.h"
#include "modules/memory.h"
#include "native/native.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

struct mem {
    const struct type *type;
    unsigned bytes;
};
const struct mem machine_mem8 = {&type_machine_mem, 1}, machine_mem16 = {&type_machine_mem, 2}, machine_mem32 = {&type_machine_mem, 4};

static void mem_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<%u-bit memory>", 8 * ((const struct mem *)self)->bytes);
}

static obj_t mem_subscr(obj_t self, obj_t index, obj_t value) {
    unsigned bytes = ((const struct mem *)self)->bytes;
    if (value == OBJ_NULL) return OBJ_NULL;
    if (!obj_is_integer(index)) raise_format(&type_TypeError, "can't convert %s to int", obj_type_name(index));
    uint64_t address = int_to_u64_truncated(int_plain(index));
    if (rt.profile.word_bytes == 4) address = (uint32_t)address;
    if (address % bytes != 0)
        raise_format(&type_ValueError, "address %08lx is not aligned to %u bytes", (unsigned long)address, bytes);
    if (value != OBJ_SENTINEL) {
        memory_store(address, bytes, (uint64_t)obj_get_int_truncated(value));
        bridge_acted();
        return OBJ_NONE;
    }
    uint64_t word = memory_load(address, bytes);
    if (bytes == 4 && rt.profile.word_bytes == 4) return int_from((int32_t)word);
    return int_from_u64(word);
}

static const struct type_ops mem_ops = {.print = mem_print, .subscr = mem_subscr};
const struct type type_machine_mem = {.type = &type_type, .name = Q_mem, .flags = TYPE_TRUE, .ops = &mem_ops};

// ---- backup memory -----------------------------------------------------------------------------------------------------------
enum { BACKUP_MOST = 4096, REGIONS = 2 };
struct region {
    uint32_t address, bytes;
    uint8_t item;
    void *data;
};
static struct {
    uint8_t bytes[BACKUP_MOST];
    uint32_t words[7];
} backup;

// The regions of the powered board; their number.
static size_t regions_of(struct region out[REGIONS]) {
    if (pin_on_stm()) {
        out[0] = (struct region){0x40024000, 4096, 1, backup.bytes};
        out[1] = (struct region){0x40002850, RTC_BACKUPS * 4, 4, rtc_backups()};
        return 2;
    }
    if (strcmp(board_current->mcu, "rp2040") == 0) { // scratch registers of the watchdog, without that which the reset uses
        out[0] = (struct region){0x4005800c, 28, 4, backup.words};
        return 1;
    }
    out[0] = (struct region){0x50000000, 2048, 1, backup.bytes};
    return 1;
}

static obj_t region_view(const struct region *r) {
    struct array *view = heap_new(4, 0, HEAP_REFS);
    *view = (struct array){.type = &type_memoryview, .typecode = (uint8_t)((r->item == 4 ? 'I' : 'B') | VIEW_WRITABLE), .room = 0,
                           .len = r->bytes / r->item, .items = r->data};
    return OBJ_PTR(view);
}

static obj_t machine_mem_backup(size_t n, const obj_t *args) {
    struct region regions[REGIONS];
    size_t count = regions_of(regions);
    intptr_t region = n > 0 ? obj_get_int(args[0]) : 0;
    if (region < -1 || region >= (intptr_t)count) raise_message(&type_ValueError, "invalid region");
    if (region >= 0) return region_view(&regions[region]);
    obj_t views[REGIONS];
    for (size_t i = 0; i < count; i++) views[i] = region_view(&regions[i]);
    return tuple_new(count, views);
}
const struct builtin machine_mem_backup_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 0, 1, 0, {.var = machine_mem_backup}};

static bool outside(uint64_t address, unsigned bytes, uint64_t *value, bool store) {
    struct region regions[REGIONS];
    size_t count = regions_of(regions);
    for (size_t i = 0; i < count; i++) {
        const struct region *r = &regions[i];
        uint64_t offset = address - r->address;
        if (offset >= r->bytes || bytes > r->bytes - offset) continue;
        uint8_t *p = (uint8_t *)r->data + offset;
        if (store) memcpy(p, value, bytes);
        else memcpy(value, p, bytes);
        return true;
    }
    return mmio_access(address, bytes, value, store);
}

static void mem_stop(void) {
    memory_outside = NULL;
    asm_interrupts = NULL;
}

static void interrupts(bool masked) { irq_mask_set(masked); } // CPSID and CPSIE of the inline assembler

void machine_mem_start(void) {
    memory_outside = outside;
    asm_interrupts = interrupts;
    bridge_at_power_off(mem_stop);
}
