// SPDX-License-Identifier: MIT
// Calling anything callable, and describing what a native function takes.
//
// The layout of arguments is the same everywhere (it is the bytecode's): n positional values, then kw pairs (name as interned text,
// value), in one array that the callee must not change and that stays alive during the call.
#ifndef SRC_CALL_H
#define SRC_CALL_H

#include "obj.h"

obj_t call(obj_t f, size_t n, size_t kw, const obj_t *args); // TypeError `'x' object isn't callable`
obj_t call_0(obj_t f);
obj_t call_1(obj_t f, obj_t a);
obj_t call_2(obj_t f, obj_t a, obj_t b);
// pair[0] function, pair[1] self or OBJ_NULL, arguments from pair[2]: as CALL_METHOD
obj_t call_method(size_t n, size_t kw, const obj_t *pair);
obj_t call_method_0(obj_t o, qstr_t name); // o.name(); AttributeError
obj_t call_method_1(obj_t o, qstr_t name, obj_t a);

// A native function. `f` is chosen by `form`. What takes no, one, two, three or any arguments is of a type of its own, as in MicroPython:
// programs tell such functions apart by it.
enum builtin_form { FORM_0, FORM_1, FORM_2, FORM_3, FORM_VAR, FORM_KW };
extern const struct type builtin_types[FORM_VAR + 1];
#define BUILTIN_TYPE(form) &builtin_types[(form) == FORM_KW ? FORM_VAR : (form)]
static inline bool type_is_builtin(const struct type *t) { return (uintptr_t)t - (uintptr_t)builtin_types < sizeof builtin_types; }
struct builtin {
    const struct type *type; // BUILTIN_TYPE(form)
    uint8_t form, min, max;  // FORM_VAR, FORM_KW: positional counts (max 255: any number)
    qstr_t name;
    union {
        obj_t (*f0)(void);
        obj_t (*f1)(obj_t);
        obj_t (*f2)(obj_t, obj_t);
        obj_t (*f3)(obj_t, obj_t, obj_t);
        obj_t (*var)(size_t n, const obj_t *args);
        obj_t (*kw)(size_t n, size_t kw, const obj_t *args);
    } f;
};
// const struct builtin SYMBOL, for use in member tables
#define BUILTIN_0(symbol, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = fn}}
#define BUILTIN_1(symbol, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = fn}}
#define BUILTIN_2(symbol, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = fn}}
#define BUILTIN_3(symbol, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_3), FORM_3, 3, 3, 0, {.f3 = fn}}
#define BUILTIN_VAR(symbol, min, max, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, min, max, 0, {.var = fn}}
#define BUILTIN_KW(symbol, min, max, fn) static const struct builtin symbol = {BUILTIN_TYPE(FORM_KW), FORM_KW, min, max, 0, {.kw = fn}}

// Keyword-capable natives describe their parameters and let args_parse() sort them out.
enum arg_kind { ARG_OBJ, ARG_INT, ARG_BOOL };
enum arg_flag { ARG_REQUIRED = 1, ARG_KW_ONLY = 2 };
union arg_value {
    obj_t obj;
    intptr_t i;
    bool b;
};
struct arg_spec {
    qstr_t name;
    uint8_t kind, flags;
    union arg_value initial;
};
// Messages: `extra positional arguments given`, `extra keyword arguments given`, `'x' argument required`
void args_parse(size_t n, size_t kw, const obj_t *args, size_t count, const struct arg_spec *spec, union arg_value *out);
void args_no_keywords(size_t kw);                                   // TypeError `function doesn't take keyword arguments`
void args_check(size_t n, size_t kw, size_t min, size_t max, bool takes_kw); // the documented count messages

#endif
