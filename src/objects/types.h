// SPDX-License-Identifier: MIT
// Classes, instances, functions, exceptions, modules: the objects that carry code and names.
#ifndef SRC_TYPES_H
#define SRC_TYPES_H

#include "map.h"
#include "obj.h"

// ---- classes and instances (objects/type.c, instance.c, super.c) ------------------------------------------------------
struct instance { // 4 words, +1 when the class has a native base
    const struct type *type;
    struct map members;
    obj_t native; // only present when type->native; OBJ_NULL until native __init__ ran
};
bool obj_is_instance(obj_t o); // of a class made by Python
obj_t type_new(qstr_t name, obj_t bases_tuple, struct dict *members); // as type(name, bases, dict)
// Finds name in type and its bases, depth first left to right, as MicroPython resolves it. OBJ_NULL when missing. The type that
// has it goes to *owner (may be NULL). Uses a host-memory cache that is valid for one rt.globals_version. Never raises.
obj_t type_lookup(const struct type *type, qstr_t name, const struct type **owner);
bool type_is_subtype(const struct type *type, const struct type *base);
bool obj_is_subclass(obj_t cls, obj_t classinfo);      // TypeError
bool obj_isinstance(obj_t o, const struct type *base); // looks through Python subclasses
obj_t obj_native(obj_t o, const struct type *native);  // o itself, or the native part of an instance of a subclass; OBJ_NULL
obj_t instance_new(const struct type *type, size_t n, size_t kw, const obj_t *args);
extern const struct type_ops instance_ops;
struct property { const struct type *type; obj_t get, set, delete; };
struct wrapped { const struct type *type; obj_t function; }; // staticmethod, classmethod
struct super { const struct type *type; obj_t cls, self; };
obj_t super_new(obj_t cls, obj_t self);
obj_t property_new(size_t n, size_t kw, const obj_t *args);

// ---- functions (objects/function.c, closure.c, generator: run/generator.c) ---------------------------------------------
struct function { // 4 + x words; type_function or type_generator_function
    const struct type *type;
    struct code *code;
    struct context *context;
    uintptr_t image; // of the code, and enum function_bit. Programs read signatures there (inspect of micropython-lib, on the desktop)
    obj_t extra[];   // positional defaults, as many as the code says, and the dictionary of keyword defaults
};
enum function_bit { FUNCTION_KW_DEFAULTS = 1, FUNCTION_NO_DEFAULTS = 2 }; // the dictionary is there; made of a code object: nothing is
obj_t function_new(struct context *context, struct code *code, obj_t defaults_tuple, obj_t kw_dict); // each may be OBJ_NULL
struct closure { // 3 + n words
    const struct type *type;
    obj_t function;
    size_t n;
    obj_t cells[];
};
obj_t closure_new(obj_t function, size_t n, const obj_t *cells);
struct cell { const struct type *type; obj_t value; };
obj_t cell_new(obj_t value);
struct bound_method { const struct type *type; obj_t function, self; };
obj_t bound_method_new(obj_t function, obj_t self);
// The result of compile() has a function that may be run (2 words); __code__ has only what functions are made of (5 words).
struct code_object { const struct type *type; obj_t function; struct code *code; struct context *context; };
obj_t code_object_new(obj_t function);
obj_t code_object_of(struct code *code, struct context *context);
void code_object_parts(obj_t code_object, struct code **code, struct context **context);
obj_t code_object_function(obj_t code_object, struct dict *globals); // a new function without defaults, with these globals
qstr_t function_name(obj_t f);

// ---- exceptions (objects/exception.c) ------------------------------------------------------------------------------------
struct exception { // 4 words; type is a native exception type. An instance of a Python subclass holds one in `native`
    const struct type *type;
    uint16_t tb_room, tb_len; // traceback records
    uint32_t spare;
    struct traceback_record *traceback; // heap run of tb_room records, 3 words each on the board
    struct tuple *args;
};
struct traceback_record { // oldest frame last, as added; printed in reverse
    uintptr_t file, line, block; // qstr, line number, qstr
};
obj_t exception_new(const struct type *type, size_t n, const obj_t *args);
obj_t exception_from_class_or_instance(obj_t e); // TypeError instance `exceptions must derive from BaseException` when neither
bool obj_is_exception(obj_t o);               // instance, native or of a Python class
bool obj_is_exception_class(obj_t o);
struct exception *exception_native(obj_t o);  // the native part
void exception_add_traceback(obj_t o, qstr_t file, size_t line, qstr_t block);
void exception_clear_traceback(obj_t o);
obj_t exception_value(obj_t o);               // args[0], or OBJ_NONE (StopIteration.value, SystemExit code)
bool exception_matches(obj_t exception, obj_t class_or_tuple); // operator 8
void exception_print(struct printer *p, obj_t exception); // traceback and message, as MicroPython prints them

// ---- modules (objects/module.c) ------------------------------------------------------------------------------------------
struct module { // 4 words
    const struct type *type;
    struct dict *globals;
    obj_t frozen[2]; // of a frozen module: the rest of its struct context
};
struct module *module_new(qstr_t name); // module, dict header, table of 1 slot with __name__ ; not entered into sys.modules
// A builtin module is a static const struct module around a FIXED_DICT. Behind it its file says, on one line at its margin,
//     MODULE(name, extensible, start, platforms);
// tools/gen-modules collects these lines from all files that are linked; modules/table.c makes the table of them. A dot in the name of the
// module is a _ in Q_name and module_name.
struct builtin_module {
    qstr_t name;
    const struct module *module;
    bool extensible; // a folder or file of that name on sys.path comes first (MicroPython's "extensible" modules)
    void (*start)(void); // called at first import, may be NULL
    const char *platforms; // "": everywhere; else words: where sys.platform, or the profile's name, is one of them: "pyboard rp2"
};
#define MODULE(name, extensible, start, platforms) extern const struct module module_##name
extern const struct builtin_module builtin_modules[]; // NULL name ends
bool builtin_module_is_here(const struct builtin_module *b); // this profile's platform has it
extern const struct module module_builtins;

#endif
