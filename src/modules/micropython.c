// SPDX-License-Identifier: MIT
// Module `micropython`: knobs and gauges of the interpreter. The decorators native, viper and bytecode are the compiler's business; here
// they give back the function, for programs that take them as values.
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/num.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

static obj_t micropython_identity(obj_t o) { return o; }
BUILTIN_1(identity_builtin, micropython_identity);

static obj_t micropython_opt_level(size_t n, const obj_t *args) {
    if (n == 0) return OBJ_INT(rt.optimise);
    rt.optimise = (int)(obj_get_int(args[0]) & 3);
    return OBJ_NONE;
}
BUILTIN_VAR(opt_level_builtin, 0, 1, micropython_opt_level);

// ---- gauges -----------------------------------------------------------------------------------------------------------
static obj_t micropython_mem_info(size_t n, const obj_t *args) {
    (void)args;
    heap_report(&printer_stdout, n > 0);
    return OBJ_NONE;
}
BUILTIN_VAR(mem_info_builtin, 0, 1, micropython_mem_info);

static obj_t micropython_qstr_info(size_t n, const obj_t *args) {
    (void)args;
    intern_report(&printer_stdout, n > 0);
    return OBJ_NONE;
}
BUILTIN_VAR(qstr_info_builtin, 0, 1, micropython_qstr_info);

static struct heap_stats micropython_stats(void) {
    struct heap_stats s;
    heap_stats(&s);
    return s;
}

static obj_t micropython_mem_total(void) { return int_from((intptr_t)micropython_stats().requested_total); }
BUILTIN_0(mem_total_builtin, micropython_mem_total);
static obj_t micropython_mem_current(void) { return int_from((intptr_t)micropython_stats().requested_current); }
BUILTIN_0(mem_current_builtin, micropython_mem_current);
static obj_t micropython_mem_peak(void) { return int_from((intptr_t)micropython_stats().requested_peak); }
BUILTIN_0(mem_peak_builtin, micropython_mem_peak);

static obj_t micropython_stack_use(void) { return int_from((intptr_t)stack_use()); }
BUILTIN_0(stack_use_builtin, micropython_stack_use);

// ---- heap lock, emergency buffer ------------------------------------------------------------------------------------------
static obj_t micropython_heap_lock(void) {
    heap_lock();
    return OBJ_NONE;
}
BUILTIN_0(heap_lock_builtin, micropython_heap_lock);

static obj_t micropython_heap_unlock(void) { return OBJ_INT(heap_unlock()); }
BUILTIN_0(heap_unlock_builtin, micropython_heap_unlock);

static obj_t micropython_heap_locked(void) { return OBJ_INT(rt.heap_lock_depth); }
BUILTIN_0(heap_locked_builtin, micropython_heap_locked);

static obj_t micropython_alloc_emergency_exception_buf(obj_t size_in) {
    intptr_t size = obj_get_int(size_in);
    void *buffer = NULL;
    if (size > 0) buffer = heap_new(0, (size_t)size, HEAP_REFS);
    heap_free(rt.emergency_buffer);
    rt.emergency_buffer = buffer;
    rt.emergency_len = size > 0 ? (size_t)size : 0;
    return OBJ_NONE;
}
BUILTIN_1(alloc_emergency_exception_buf_builtin, micropython_alloc_emergency_exception_buf);

// ---- Ctrl-C, scheduler ------------------------------------------------------------------------------------------------------
static obj_t micropython_kbd_intr(obj_t character) {
    intptr_t byte = obj_get_int(character);
    rt.keyboard_interrupt = byte != -1;
    if (byte != -1) rt.interrupt_byte = (int)(byte & 0xff);
    return OBJ_NONE;
}
BUILTIN_1(kbd_intr_builtin, micropython_kbd_intr);

static obj_t micropython_schedule(obj_t function, obj_t argument) {
    // Scheduling this one function stands for a Ctrl-C: it takes no place in the queue.
    if (function == OBJ_PTR(&kbd_intr_builtin) && argument == OBJ_NONE) schedule_interrupt();
    else if (!schedule(function, argument)) raise_message(&type_RuntimeError, "schedule queue full");
    return OBJ_NONE;
}
BUILTIN_2(schedule_builtin, micropython_schedule);

#define MICROPYTHON_MEMBERS                                                         \
    MEMBER(__name__, OBJ_QSTR(Q_micropython)), MEMBER(const, &identity_builtin),    \
    MEMBER(opt_level, &opt_level_builtin), MEMBER(mem_info, &mem_info_builtin),     \
    MEMBER(qstr_info, &qstr_info_builtin), MEMBER(stack_use, &stack_use_builtin),   \
    MEMBER(heap_lock, &heap_lock_builtin), MEMBER(heap_unlock, &heap_unlock_builtin), \
    MEMBER(heap_locked, &heap_locked_builtin), MEMBER(kbd_intr, &kbd_intr_builtin), \
    MEMBER(schedule, &schedule_builtin), MEMBER(native, &identity_builtin),         \
    MEMBER(RingIO, &type_ringio),                                                 \
    MEMBER(viper, &identity_builtin), MEMBER(bytecode, &identity_builtin),          \
    MEMBER(alloc_emergency_exception_buf, &alloc_emergency_exception_buf_builtin)

extern const struct type type_ringio; // ringio.c

static const struct map_slot desktop_members[] = {
    MICROPYTHON_MEMBERS,
    MEMBER(mem_total, &mem_total_builtin),
    MEMBER(mem_current, &mem_current_builtin),
    MEMBER(mem_peak, &mem_peak_builtin),
};
static const struct map_slot board_members[] = {MICROPYTHON_MEMBERS};
static struct dict micropython_dict = {&type_dict, {0}};
const struct module module_micropython = {&type_module, &micropython_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(micropython, false, micropython_start, "");

// Only profiles with statistics have the three functions that show them.
void micropython_start(void) {
    static FIXED_DICT(desktop, desktop_members);
    static FIXED_DICT(board, board_members);
    micropython_dict = rt.profile.statistics ? desktop : board;
}
