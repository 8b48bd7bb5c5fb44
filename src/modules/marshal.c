// SPDX-License-Identifier: MIT
// Module marshal: code objects as bytes and back. The format is that of a .mpy file, whose outermost function may take arguments.
//
// What is read is verified as a .mpy file is. The names and constants written are those of the whole unit that the code belongs to.
#include "code/code.h"
#include "objects/map.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

static void marshal_put(void *data, const void *p, size_t n) { text_buffer_add(data, p, n); }

// A function in machine code, however deep inside.
static bool has_machine_code(const struct code *code) {
    stack_check();
    if (code->info->machine) return true;
    for (size_t i = 0; i < code->info->n_children; i++)
        if (has_machine_code(code->children[i]->code)) return true;
    return false;
}

static obj_t marshal_dumps(obj_t value) {
    if (!obj_is(value, &type_code_object)) raise_message(&type_ValueError, "unmarshallable object");
    struct code *code;
    struct context *context;
    code_object_parts(value, &code, &context);
    if (has_machine_code(code)) raise_message(&type_ValueError, "function must be bytecode");
    code_info(code, context);
    struct text_buffer out;
    text_buffer_init(&out, 16);
    mpy_write(code, context, rt.profile.small_int_bits, marshal_put, &out);
    return text_buffer_bytes(&out);
}

static obj_t marshal_loads(obj_t data) {
    struct buffer b;
    obj_buffer(data, &b, BUFFER_READ);
    struct context *context = context_new(rt.globals);
    return code_object_of(mpy_read_function(b.data, b.len, context), context);
}

BUILTIN_1(dumps_fn, marshal_dumps);
BUILTIN_1(loads_fn, marshal_loads);
static const struct map_slot marshal_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_marshal)),
    MEMBER(dumps, &dumps_fn),
    MEMBER(loads, &loads_fn),
};
static FIXED_DICT(marshal_dict, marshal_members);
const struct module module_marshal = {&type_module, &marshal_dict, {0}};
MODULE(marshal, false, NULL, "");
