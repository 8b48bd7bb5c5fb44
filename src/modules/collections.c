// SPDX-License-Identifier: MIT
// The module collections: a table of what objects/dict.c, deque.c and namedtuple.c make.
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"

static const struct map_slot collections_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_collections)),
    MEMBER(deque, &type_deque),
    MEMBER(namedtuple, &collections_namedtuple),
    MEMBER(OrderedDict, &type_ordereddict),
};
static FIXED_DICT(collections_dict, collections_members);
const struct module module_collections = {.type = &type_module, .globals = &collections_dict};
MODULE(collections, true, NULL, "");
