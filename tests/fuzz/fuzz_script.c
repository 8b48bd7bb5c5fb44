// SPDX-License-Identifier: MIT
// libFuzzer targets written in Python: scripts/NAME.py defines case(data), which is called with the bytes (tests/fuzz/build links the text in).
// What Python raises is fine; the rest is looked after by the harness and the sanitizers.
#include "harness.h"
#include "heap/intern.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/vm.h"
#include "syntax/parser.h"

#include <string.h>

extern const char fuzz_script[]; // ended by 0

static void script_case(const uint8_t *data, size_t size) {
    run_text(fuzz_script, strlen(fuzz_script), "case.py", PARSE_FILE);
    call_1(harness_function("__main__", "case"), bytes_new((const char *)data, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_milliseconds = 100;
    harness_case(script_case, data, size);
    return 0;
}
