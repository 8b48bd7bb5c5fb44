// SPDX-License-Identifier: MIT
// The array module: nothing but the type.
#include "objects/map.h"
#include "objects/types.h"

static const struct map_slot array_globals[] = {
    MEMBER(__name__, OBJ_QSTR(Q_array)),
    MEMBER(array, &type_array),
};
static FIXED_DICT(array_globals_dict, array_globals);
const struct module module_array = {.type = &type_module, .globals = &array_globals_dict};
MODULE(array, true, NULL, "");
