// SPDX-License-Identifier: MIT
// libFuzzer target: any bytes as a .mpy file; what the verifier accepts is run.
#include "code/code.h"
#include "harness.h"
#include "heap/intern.h"
#include "objects/types.h"
#include "run/vm.h"

static void mpy_case(const uint8_t *data, size_t size) {
    struct dict *globals = module_new(intern_text("m"))->globals; // only pointers to the head of a run keep it alive
    struct context *context = context_new(globals);
    struct code *code = mpy_read(data, size, context);
    obj_t function = function_new(context, code, OBJ_NULL, OBJ_NULL);
    vm_run_body(function, globals, globals);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(mpy_case, data, size);
    return 0;
}
