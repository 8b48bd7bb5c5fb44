// SPDX-License-Identifier: MIT
// No frozen modules: for programs that are linked without frozen.gen.c (mpy-cross, which makes it, tools, unit tests).
#include "frozen/frozen.h"

const struct frozen_file frozen_files[] = {{NULL, NULL, 0}};
const struct builtin_name frozen_names[] = {{NULL, 0, false}};
