// SPDX-License-Identifier: MIT
// Between vm.c, frame.c and generator.c.
#ifndef SRC_ENGINE_H
#define SRC_ENGINE_H

#include "run/vm.h"

// Runs rt.frame (kind FRAME_ENTRY) until it returns, yields or raises; the frame is popped. `exception` not OBJ_NULL: raised at once.
enum resume engine_run(obj_t exception, obj_t *result);

// The dispatch loop (vm.c), for engine_run() only. thrown_in: `exception` enters a suspended generator from outside.
enum resume engine_loop(obj_t exception, bool thrown_in, obj_t *result) __attribute__((noinline));
void engine_measure(void); // called by the loop when rt.engine_bytes is not known

// Length in bytes of the instruction at ip.
static inline size_t opcode_length(const uint8_t *ip) {
    unsigned op = *ip;
    const uint8_t *p = ip + 1;
    if (op < 0x40) { // varint
        while (*p & 0x80) p++;
        p++;
    } else if (op < 0x50) { // label
        p += *p & 0x80 ? 2 : 1;
    }
    if (op == 0x20 || op == 0x21 || op == 0x40) p++;
    return (size_t)(p - ip);
}

#endif
