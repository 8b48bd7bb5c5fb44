// SPDX-License-Identifier: MIT
// What machine.CAN and pyb.CAN share: pins, bit timing, messages in lists.
#ifndef EMU_MODULES_CAN_UNIT_H
#define EMU_MODULES_CAN_UNIT_H

#include "emu/chip/can.h"
#include "emu/modules/bus.h"

// Time quanta of one bit: 1 + before the sample point + after it.
struct can_timing {
    uint32_t prescaler, seg1, seg2, sjw;
};
uint32_t can_timing_rate(const struct can_timing *t);
// The division of the clock that comes nearest to `sample_point` (percent) among those within `tolerance` (per mille) of the rate.
bool can_timing_find(uint32_t rate, uint32_t sample_point, uint32_t tolerance, struct can_timing *out);

void can_connect(struct can *c, const struct board_bus *bus);
void can_disconnect(struct can *c);

// A list of at least n entries to be filled in: the given one, or (OBJ_NULL, None) a new one. TypeError, ValueError
obj_t *can_list(obj_t *list, size_t n);
// Checks that `view` is a memoryview of bytes that can be written, with room for `len`. TypeError, ValueError
void can_view_check(obj_t view, size_t len);
void can_view_fill(obj_t view, const struct can_frame *f); // and makes it as long as the data

extern const struct type type_machine_can, type_pyb_can;

#endif
