// SPDX-License-Identifier: MIT
// What viper functions do at run time that plain bytecode does not: casts, shifts of machine words, memory by address.
//
// The compiler puts these natives into code as constants; they have no name in Python.
#ifndef SRC_MODULES_VIPER_H
#define SRC_MODULES_VIPER_H

#include "run/call.h"

extern const struct builtin viper_to_int, viper_to_uint, viper_to_bool; // of an object or a native value
extern const struct builtin viper_to_ptr; // of a buffer: its address; of an integer: the integer
// The object whose address is to be taken: the argument itself, or a copy in the heap when it lies in read-only memory.
extern const struct builtin viper_pin;
extern const struct builtin viper_left; // left << right, in 64 bits; what is shifted out is lost
extern const struct builtin viper_load_8, viper_load_16, viper_load_32;    // (address, index)
extern const struct builtin viper_store_8, viper_store_16, viper_store_32; // (value, address, index)

#endif
