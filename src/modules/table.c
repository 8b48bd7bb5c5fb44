// SPDX-License-Identifier: MIT
// The table of builtin modules: the MODULE lines of the files that are linked, collected by tools/gen-modules. A module on a library that
// was not found at configure time has no line there, so it is absent here. An extensible one gives way to a file or folder of its name on
// sys.path (which usually imports the builtin one under its old name with a u in front).
#include "objects/types.h"
#include "rt.h"
#include "modules.gen.h"

const struct builtin_module builtin_modules[] = {BUILTIN_MODULES{0, NULL, false, NULL, NULL}};
_Static_assert(sizeof builtin_modules / sizeof builtin_modules[0] <= 64 * sizeof rt.modules_started / sizeof rt.modules_started[0],
    "rt.modules_started has a bit for each module");

static bool word_is_in(const char *words, const char *word) {
    size_t len = strlen(word);
    for (const char *at = words; (at = strstr(at, word)); at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == 0 || at[len] == ' ')) return true;
    return false;
}

bool builtin_module_is_here(const struct builtin_module *b) {
    return !b->platforms[0] || word_is_in(b->platforms, rt.profile.platform) || word_is_in(b->platforms, rt.profile.name);
}
