// SPDX-License-Identifier: MIT
// libFuzzer target: any bytes as a .mpy file; what the verifier accepts is run.
#include "code/code.h"
#include "harness.h"
#include "heap/intern.h"
#include "objects/types.h"
#include "run/vm.h"

static void mpy_case(const uint8_t *data, size_t size) {
    struct module *module = module_new(intern_text("m"));
    struct context *context = context_new(module->globals);
    struct code *code = mpy_read(data, size, context);
    obj_t function = function_new(context, code, OBJ_NULL, OBJ_NULL);
    vm_run_body(function, module->globals, module->globals);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(mpy_case, data, size);
    return 0;
}
