// SPDX-License-Identifier: MIT
// Module rp2: what boards with an RP2040 have besides machine.
#include "emu/modules/bus.h"
#include "emu/modules/flash_blocks.h"
#include "emu/modules/pin.h"
#include "objects/map.h"
#include "objects/types.h"

static const struct map_slot rp2_members[] = {MEMBER(__name__, OBJ_QSTR(Q_rp2)), MEMBER(Flash, &type_rp2_flash)};
static FIXED_DICT(rp2_dict, rp2_members);
const struct module module_rp2 = {&type_module, &rp2_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(rp2, true, rp2_start, "rp2");

void rp2_start(void) {
    bridge_ready();
    pin_start();
    bus_start();
}
