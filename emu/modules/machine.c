// SPDX-License-Identifier: MIT
// Module machine: the table of what each board has. The functions and types are in files of their own.
#include "emu/modules/bus.h"
#include "emu/modules/i2c_unit.h"
#include "emu/modules/spi_unit.h"
#include "emu/modules/pin.h"
#include "objects/map.h"
#include "objects/types.h"
#include "run/call.h"

static const struct map_slot machine_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_machine)),
    MEMBER(Pin, &type_machine_pin),
    MEMBER(PinBase, &type_machine_pinbase),
    MEMBER(Signal, &type_machine_signal),
    MEMBER(UART, &type_machine_uart),
    MEMBER(I2C, &type_machine_i2c),
    MEMBER(SoftI2C, &type_machine_softi2c),
    MEMBER(I2CTarget, &type_machine_i2ctarget),
    MEMBER(SPI, &type_machine_spi),
    MEMBER(SoftSPI, &type_machine_softspi),
};
static FIXED_DICT(machine_dict, machine_members);
const struct module module_machine = {&type_module, &machine_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(machine, true, machine_start, "");

void machine_start(void) {
    bridge_ready();
    pin_start();
    bus_start();
}
