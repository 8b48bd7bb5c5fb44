// SPDX-License-Identifier: MIT
// USB of the pyboard: what the port and module pyb share with pyb_usb.c.
#ifndef EMU_MODULES_PYB_USB_H
#define EMU_MODULES_PYB_USB_H

#include "obj.h"
#include "run/call.h"

// Bytes for the program from whoever is at the other end of the serial line: as many as there are now, at most len. NULL: nobody.
extern size_t (*pyb_usb_input)(void *data, size_t len);
void pyb_usb_arrived(void); // there are some: calls the handler of USB_VCP.irq()

struct pyb_tuple5 { // a tuple in program memory
    const struct type *type;
    size_t len;
    obj_t items[5];
};
extern const struct pyb_tuple5 pyb_hid_mouse, pyb_hid_keyboard;
extern const struct builtin pyb_usb_mode_fn, pyb_have_cdc_fn, pyb_hid_fn;

#endif
