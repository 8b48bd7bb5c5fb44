// SPDX-License-Identifier: MIT
// libFuzzer target: whole programs, compiled and run for a few milliseconds.
#include "harness.h"
#include "compile/compile.h"
#include "run/vm.h"

static void run_case(const uint8_t *data, size_t size) { run_text((const char *)data, size, "f.py", PARSE_FILE); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(run_case, data, size);
    return 0;
}
