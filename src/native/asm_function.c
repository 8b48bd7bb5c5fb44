// SPDX-License-Identifier: MIT
// Functions in Thumb code as objects, and the machine they run on.
//
// Arguments arrive in r0 to r3: integers, None and bools as numbers, buffers and texts as the address of their bytes, other objects as
// their own address. Memory is that of modules/memory.h (the heap, where only plain bytes can be written, and the board's registers) and
// a stack that exists during the call, behind the heap. What is no memory is a ValueError, what is no instruction a RuntimeError.
//
// Invariants
//  - Pending work runs every SLICE instructions; under the virtual clock a slice takes as long as one bytecode.
//  - The code's run is held by the function, which the caller holds; copies of texts in read-only memory are held by the frame of the call.
#include "native/native.h"

#include "heap/heap.h"
#include "modules/memory.h"
#include "native/thumb.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include "run/wait.h"

enum { MOST_ARGS = 4, STACK_BYTES = 4096, SLICE = 64, TICK_US = 1000 };

void (*asm_interrupts)(bool masked);

struct asm_function { // 4 words; the same for both types
    const struct type *type;
    uint8_t n_args, result; // enum asm_result
    uint32_t len;
    uint8_t *code;
};

struct machine {
    struct thumb core;
    const uint8_t *code;
    uint32_t code_address, code_len, stack_address;
    obj_t held[MOST_ARGS];
    uint8_t stack[STACK_BYTES];
};

bool asm_is_here(void) { return rt.profile.sram_base >> 28 == 2; } // where the processors of this family have their memory

obj_t asm_code_new(unsigned n_args, enum asm_result result, const uint8_t *code, size_t len) {
    struct asm_function *f = heap_new(4, 0, HEAP_REFS);
    f->type = &type_asm_code;
    f->n_args = (uint8_t)n_args;
    f->result = (uint8_t)result;
    f->len = (uint32_t)len;
    f->code = heap_new(0, len, HEAP_DATA);
    memcpy(f->code, code, len);
    return OBJ_PTR(f);
}

// ---- memory -----------------------------------------------------------------------------------------------------------------
static uint32_t machine_load(void *data, uint32_t address, unsigned bytes) {
    struct machine *m = data;
    const uint8_t *p;
    uint32_t at = address - m->code_address, on_stack = address - m->stack_address, value = 0;
    if (at < m->code_len && bytes <= m->code_len - at) p = m->code + at;
    else if (on_stack < STACK_BYTES && bytes <= STACK_BYTES - on_stack) p = m->stack + on_stack;
    else return (uint32_t)memory_load(address, bytes);
    for (unsigned i = 0; i < bytes; i++) value |= (uint32_t)p[i] << (8 * i);
    return value;
}

static void machine_store(void *data, uint32_t address, unsigned bytes, uint32_t value) {
    struct machine *m = data;
    uint32_t on_stack = address - m->stack_address;
    if (on_stack >= STACK_BYTES || bytes > STACK_BYTES - on_stack) {
        memory_store(address, bytes, bytes < 4 ? value & ((1u << (8 * bytes)) - 1) : value);
        return;
    }
    for (unsigned i = 0; i < bytes; i++) m->stack[on_stack + i] = (uint8_t)(value >> (8 * i));
}

// ---- values -----------------------------------------------------------------------------------------------------------------
static uint32_t argument_bytes(struct machine *m, unsigned i, const void *data, size_t len) {
    if (data == NULL) return 0;
    if (heap_pointer(heap_address(data)) == data) return (uint32_t)heap_address(data);
    m->held[i] = len > 0 ? bytes_new(data, len) : bytes_new("", 1);
    return (uint32_t)heap_address(((const struct str *)m->held[i])->data);
}

static uint32_t argument(struct machine *m, unsigned i, obj_t o) {
    struct buffer b;
    size_t len;
    m->held[i] = o;
    if (o == OBJ_NONE) return 0;
    if (obj_is_integer(o)) return (uint32_t)int_to_u64_truncated(int_plain(o));
    const char *text = str_data_maybe(o, &len);
    if (text != NULL) return argument_bytes(m, i, text, len);
    if (obj_buffer_maybe(o, &b, BUFFER_READ)) return argument_bytes(m, i, b.data, b.len);
    return obj_is_ptr(o) ? (uint32_t)heap_address((void *)o) : 0;
}

static obj_t result_object(uint32_t word, size_t n, const obj_t *args) {
    if (word & 1) return int_from_i64((int32_t)word >> 1);
    for (size_t i = 0; i < n; i++)
        if (obj_is_ptr(args[i]) && (uint32_t)heap_address((void *)args[i]) == word) return args[i];
    raise_message(&type_ValueError, "no object at this address");
}

static obj_t result_of(const struct asm_function *f, uint32_t word, const obj_t *args) {
    switch (f->result) {
    case ASM_OBJECT: return result_object(word, f->n_args, args);
    case ASM_BOOL: return obj_bool(word != 0);
    case ASM_INT: return int_from_i64((int32_t)word);
    default: return int_from_u64(word);
    }
}

// ---- the call ---------------------------------------------------------------------------------------------------------------
static void machine_pause(bool whole_slice) {
    if (rt.ops_counted && whole_slice && --rt.ops_left <= 0) __atomic_fetch_or(&rt.poll, POLL_BOARD, __ATOMIC_SEQ_CST);
    if (rt.poll) poll_run();
}

static void machine_run(struct machine *m) {
    for (;;) {
        switch (thumb_run(&m->core, SLICE)) {
        case THUMB_RETURNED: return;
        case THUMB_STEPS: machine_pause(true); break;
        case THUMB_WAITS: // the board's tick ends it at the latest
            wait_ready(NULL, 0, TICK_US);
            break;
        case THUMB_MASK:
            if (asm_interrupts != NULL) asm_interrupts(m->core.masked);
            machine_pause(false);
            break;
        case THUMB_UNDEFINED:
            raise_format(&type_RuntimeError, "undefined instruction at 0x%lx", (unsigned long)m->core.r[THUMB_PC]);
        }
    }
}

static obj_t asm_function_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    const struct asm_function *f = (const struct asm_function *)self;
    enum { PAGE = 4096 };
    args_check(n, kw, f->n_args, f->n_args, false);
    stack_check();
    struct machine m;
    memset(&m, 0, sizeof m);
    m.code = f->code;
    m.code_len = f->len;
    m.code_address = (uint32_t)heap_address(f->code);
    m.stack_address = (uint32_t)((rt.profile.sram_base + rt.profile.heap_region + 2 * PAGE) & ~(uint32_t)(PAGE - 1));
    m.core.data = &m;
    m.core.load = machine_load;
    m.core.store = machine_store;
    for (unsigned i = 0; i < n; i++) m.core.r[i] = argument(&m, i, args[i]);
    m.core.r[THUMB_SP] = m.stack_address + STACK_BYTES;
    m.core.r[THUMB_LR] = THUMB_END | 1;
    m.core.r[THUMB_PC] = m.code_address;
    machine_run(&m);
    return result_of(f, m.core.r[0], args);
}

static obj_t asm_code_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    (void)n, (void)kw, (void)args;
    struct asm_function *f = heap_new(4, 0, HEAP_REFS);
    *f = *(const struct asm_function *)self;
    f->type = &type_asm_function;
    return OBJ_PTR(f);
}

static const struct type_ops asm_code_ops = {.call = asm_code_call};
const struct type type_asm_code = {.type = &type_type, .name = Q_code, .flags = TYPE_TRUE, .ops = &asm_code_ops};
static const struct type_ops asm_function_ops = {.call = asm_function_call};
const struct type type_asm_function = {.type = &type_type, .name = Q_function, .flags = TYPE_BINDS | TYPE_TRUE, .ops = &asm_function_ops};
