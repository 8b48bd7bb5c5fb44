// SPDX-License-Identifier: MIT
// The list of builtin modules. An extensible one gives way to a file or folder of its name on sys.path (which usually imports the builtin
// one under its old name with a u in front).
#include "modules/builtins.h"
#include "objects/types.h"

extern const struct module module_sys, module_gc, module_micropython, module_math, module_cmath, module_array, module_struct,
    module_collections, module_io, module_os, module_time, module_errno, module_random;
extern void math_start(void), cmath_start(void), micropython_start(void), random_start(void);

const struct builtin_module builtin_modules[] = {
    {Q_builtins, &module_builtins, false, NULL},
    {Q_sys, &module_sys, false, NULL},
    {Q_gc, &module_gc, false, NULL},
    {Q_micropython, &module_micropython, false, micropython_start},
    {Q_math, &module_math, false, math_start},
    {Q_cmath, &module_cmath, false, cmath_start},
    {Q_array, &module_array, true, NULL},
    {Q_struct, &module_struct, true, NULL},
    {Q_collections, &module_collections, true, NULL},
    {Q_io, &module_io, true, NULL},
    {Q_os, &module_os, true, NULL},
    {Q_time, &module_time, true, NULL},
    {Q_errno, &module_errno, true, NULL},
    {Q_random, &module_random, true, random_start},
    {Q_string, &module_string, true, NULL},
    {Q_string_templatelib, &module_templatelib, true, NULL},
    {0, NULL, false, NULL},
};
