// SPDX-License-Identifier: MIT
// What struct runtime keeps for module sys. A fixed module dictionary cannot hold values that change or that the profile decides, so
// objects/module.c asks sys_attr() first when the module is sys; members that it computes hold OBJ_SENTINEL in the table (for dir()).
#ifndef SRC_SYS_H
#define SRC_SYS_H

#include "obj.h"

struct module;
extern const struct module module_sys;
enum sys_mutable { SYS_PS1, SYS_PS2, SYS_TRACEBACKLIMIT, SYS_STDIN, SYS_STDOUT, SYS_STDERR, SYS_ATEXIT }; // indices of rt.sys_mutable
void sys_attr(qstr_t name, obj_t value, obj_t out[2]); // as type_ops.attr: value OBJ_NULL load, OBJ_SENTINEL delete, else store
void sys_start(void); // path, argv, prompts

#endif
