// SPDX-License-Identifier: MIT
// libFuzzer target: any bytes as JSON; what is read is written and read again.
#include "harness.h"
#include "objects/str.h"
#include "run/call.h"

static void json_case(const uint8_t *data, size_t size) {
    obj_t text = bytes_new((const char *)data, size);
    obj_t value = call_1(harness_function("json", "loads"), text);
    obj_t again = call_1(harness_function("json", "dumps"), value);
    call_1(harness_function("json", "loads"), again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(json_case, data, size);
    return 0;
}
