// SPDX-License-Identifier: MIT
// libFuzzer target: lexer, parser and compiler on any bytes. Nothing is run.
#include "compile/compile.h"
#include "harness.h"
#include "heap/intern.h"
#include "objects/types.h"

static void compile_case(const uint8_t *data, size_t size) {
    compile_text((const char *)data, size, intern_text("f.py"), PARSE_FILE, module_new(intern_text("m"))->globals, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(compile_case, data, size);
    return 0;
}
