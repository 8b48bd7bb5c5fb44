// SPDX-License-Identifier: MIT
// Between pin.c (methods) and pin_names.c (which puts the members of Pin together for the board that is powered).
#ifndef EMU_MODULES_PIN_METHODS_H
#define EMU_MODULES_PIN_METHODS_H

#include "objects/map.h"

enum { PIN_METHODS = 10, PIN_METHODS_GENERIC = 1, PIN_METHODS_STM = 6 };
extern const struct map_slot pin_methods[PIN_METHODS], pin_methods_generic[PIN_METHODS_GENERIC], pin_methods_stm[PIN_METHODS_STM];
extern struct dict pin_members;

#endif
