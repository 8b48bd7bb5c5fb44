// SPDX-License-Identifier: MIT
// needs: ffi
// Module ffi: calling functions of shared libraries, through libffi.
//
// Types are letters, those of struct and four of pointers:
//   v nothing   b B h H i I l L q Q integers   f d floats   p P an address   s a text that ends with NUL   O an object as it is
//   C a function to be called back
// A struct native_function lives in the heap together with the description that libffi wants. Callbacks are host memory and are never
// given back: nobody knows how long a library keeps one. Their functions are roots.
//
// What a program does with addresses is not checked and cannot be: wrong ones end the process, as in C.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <ffi.h>

#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

enum { MOST_ARGUMENTS = 32 };

struct library { // 2 words
    const struct type *type;
    void *handle; // NULL: closed
};
struct native_function { // 3 words and the description
    const struct type *type;
    void (*address)(void);
    char result, parameters[MOST_ARGUMENTS + 1]; // letters
    ffi_cif description;
    ffi_type *types[];
};
struct variable { // 3 words
    const struct type *type;
    void *address;
    uintptr_t letter;
};
struct callback { // host memory; the object below refers to it
    struct callback *next;
    obj_t function;
    char result;
    char parameters[MOST_ARGUMENTS + 1];
    bool locked;
    void *code;
    ffi_cif description;
    ffi_type *types[MOST_ARGUMENTS];
};
struct callback_object { // 2 words
    const struct type *type;
    struct callback *callback;
};
union native_value {
    ffi_arg whole;
    uint64_t integer;
    float f;
    double d;
    void *pointer;
};
static const struct type type_library, type_native_function, type_variable, type_callback;
static struct callback *callbacks;

// ---- types -------------------------------------------------------------------------------------------------------------------------
static ffi_type *letter_type(char letter) {
    switch (letter) {
    case 'v': return &ffi_type_void;
    case 'b': return &ffi_type_sint8;
    case 'B': return &ffi_type_uint8;
    case 'h': return &ffi_type_sint16;
    case 'H': return &ffi_type_uint16;
    case 'i': return &ffi_type_sint32;
    case 'I': return &ffi_type_uint32;
    case 'l': return &ffi_type_slong;
    case 'L': return &ffi_type_ulong;
    case 'q': return &ffi_type_sint64;
    case 'Q': return &ffi_type_uint64;
    case 'f': return &ffi_type_float;
    case 'd': return &ffi_type_double;
    case 'p': case 'P': case 's': case 'O': case 'C': return &ffi_type_pointer;
    default: raise_message(&type_ValueError, "unknown type");
    }
}

static char letter_result(obj_t text) {
    size_t len;
    const char *s = str_data(text, &len);
    if (len == 0) return 'v';
    letter_type(s[0]);
    if (len > 1) raise_message(&type_ValueError, "unknown type");
    return s[0];
}

// Parameters: their letters and types; returns how many.
static size_t letters_read(obj_t text, char *letters, ffi_type **types) {
    size_t len;
    const char *s = str_data(text, &len);
    if (len > MOST_ARGUMENTS) raise_message(&type_ValueError, "too many parameters");
    for (size_t i = 0; i < len; i++) {
        if (s[i] == 'v') raise_message(&type_ValueError, "unknown type");
        types[i] = letter_type(s[i]);
        letters[i] = s[i];
    }
    letters[len] = 0;
    return len;
}

static void description_make(ffi_cif *cif, size_t n, char result, ffi_type **types) {
    if (ffi_prep_cif(cif, FFI_DEFAULT_ABI, (unsigned)n, letter_type(result), types) != FFI_OK)
        raise_message(&type_ValueError, "types that libffi does not know");
}

static uint64_t integer_cut(uint64_t v, char letter) {
    switch (letter) {
    case 'b': return (uint64_t)(int64_t)(int8_t)v;
    case 'B': return (uint8_t)v;
    case 'h': return (uint64_t)(int64_t)(int16_t)v;
    case 'H': return (uint16_t)v;
    case 'i': return (uint64_t)(int64_t)(int32_t)v;
    case 'I': return (uint32_t)v;
    default: return v;
    }
}

// ---- values ------------------------------------------------------------------------------------------------------------------------
// What an object is for native code, as an address or an integer.
static uint64_t value_word(obj_t o) {
    if (o == OBJ_NONE) return 0;
    if (obj_is(o, &type_native_function)) return (uint64_t)(uintptr_t)((struct native_function *)o)->address;
    if (obj_is(o, &type_callback)) return (uint64_t)(uintptr_t)((struct callback_object *)o)->callback->code;
    if (obj_is(o, &type_variable)) return (uint64_t)(uintptr_t)((struct variable *)o)->address;
    size_t len;
    const char *text = str_data_maybe(o, &len);
    if (text) return (uint64_t)(uintptr_t)text;
    struct buffer b;
    if (obj_buffer_maybe(o, &b, BUFFER_READ)) return (uint64_t)(uintptr_t)b.data;
    if (!obj_is_int(o) && !obj_is(o, &type_int) && obj_type(o) != &type_bool)
        raise_format(&type_TypeError, "can't pass a '%s' to a native function", obj_type_name(o));
    return (uint64_t)obj_get_int_truncated(o);
}

static void value_to_native(obj_t o, char letter, union native_value *out) {
    switch (letter) {
    case 'f': out->f = (float)obj_get_float(o); break;
    case 'd': out->d = obj_get_float(o); break;
    case 'O': out->pointer = (void *)o; break;
    default: out->integer = integer_cut(value_word(o), letter);
    }
}

static obj_t value_from_native(const union native_value *v, char letter) {
    switch (letter) {
    case 'v': return OBJ_NONE;
    case 'f': return float_new(v->f);
    case 'd': return float_new(v->d);
    case 's': return v->pointer ? str_new(v->pointer, strlen(v->pointer)) : OBJ_NONE;
    case 'O': return v->pointer ? (obj_t)v->pointer : OBJ_NONE;
    case 'b': case 'h': case 'i': case 'l': case 'q': return int_from_i64((int64_t)integer_cut(v->integer, letter));
    default: return int_from_u64(integer_cut(v->integer, letter));
    }
}

// ---- functions -----------------------------------------------------------------------------------------------------------------
static obj_t function_make(obj_t result, void *address, obj_t parameters) {
    ffi_type *types[MOST_ARGUMENTS];
    char letters[MOST_ARGUMENTS + 1], result_letter = letter_result(result);
    size_t n = letters_read(parameters, letters, types);
    struct native_function *f = heap_new((sizeof *f + n * sizeof *types + 7) / 8, 0, HEAP_DATA);
    f->type = &type_native_function;
    *(void **)&f->address = address;
    f->result = result_letter;
    memcpy(f->parameters, letters, n + 1);
    memcpy(f->types, types, n * sizeof *types);
    description_make(&f->description, n, result_letter, f->types);
    return OBJ_PTR(f);
}

static obj_t function_call(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct native_function *f = (struct native_function *)self;
    args_check(n, kw, f->description.nargs, f->description.nargs, false);
    union native_value values[MOST_ARGUMENTS], result = {0};
    void *places[MOST_ARGUMENTS];
    for (size_t i = 0; i < n; i++) {
        value_to_native(args[i], f->parameters[i], &values[i]);
        places[i] = &values[i];
    }
    ffi_call(&f->description, f->address, &result, places);
    return value_from_native(&result, f->result);
}

static void function_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<ffifunc 0x%lx>", (unsigned long)(uintptr_t)((struct native_function *)self)->address);
}

static const struct type_ops function_ops = {.print = function_print, .call = function_call};
static const struct type type_native_function = {.type = &type_type, .name = Q_ffifunc, .flags = TYPE_TRUE, .ops = &function_ops};

// ---- variables -----------------------------------------------------------------------------------------------------------------
static struct variable *variable_self(obj_t o) {
    if (!obj_is(o, &type_variable)) raise_message(&type_TypeError, "ffivar expected");
    return (struct variable *)o;
}

static obj_t variable_get(obj_t self) {
    struct variable *v = variable_self(self);
    char letter = (char)v->letter;
    union native_value value = {0};
    memcpy(&value, v->address, letter_type(letter)->size);
    return value_from_native(&value, letter);
}
BUILTIN_1(variable_get_fn, variable_get);

static obj_t variable_set(obj_t self, obj_t o) {
    struct variable *v = variable_self(self);
    union native_value value = {0};
    value_to_native(o, (char)v->letter, &value);
    memcpy(v->address, &value, letter_type((char)v->letter)->size);
    return OBJ_NONE;
}
BUILTIN_2(variable_set_fn, variable_set);

static void variable_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<ffivar @0x%lx: ", (unsigned long)(uintptr_t)((struct variable *)self)->address);
    obj_print(p, variable_get(self), PRINT_REPR);
    print_text(p, ">");
}

static const struct map_slot variable_members[] = {MEMBER(get, &variable_get_fn), MEMBER(set, &variable_set_fn)};
static FIXED_DICT(variable_dict, variable_members);
static const struct type_ops variable_ops = {.print = variable_print};
static const struct type type_variable = {
    .type = &type_type, .name = Q_ffivar, .flags = TYPE_TRUE, .ops = &variable_ops, .members = &variable_dict};

// ---- callbacks -----------------------------------------------------------------------------------------------------------------
static void callbacks_mark(void) {
    for (struct callback *c = callbacks; c; c = c->next)
        if (obj_is_ptr(c->function)) heap_mark((void *)c->function);
}

struct callback_run {
    struct callback *callback;
    void **arguments;
    union native_value result;
};

static void callback_call(void *arg) {
    struct callback_run *run = arg;
    struct callback *c = run->callback;
    obj_t args[MOST_ARGUMENTS];
    for (unsigned i = 0; i < c->description.nargs; i++) {
        union native_value v = {0};
        memcpy(&v, run->arguments[i], c->types[i]->size);
        args[i] = value_from_native(&v, c->parameters[i]);
    }
    obj_t result = call(c->function, c->description.nargs, 0, args);
    if (c->result != 'v') value_to_native(result, c->result, &run->result);
}

// An exception cannot pass through foreign code: it is shown here, and the result is 0.
static void callback_enter(ffi_cif *cif, void *result, void **arguments, void *data) {
    (void)cif;
    struct callback_run run = {.callback = data, .arguments = arguments};
    bool locked = run.callback->locked;
    if (locked) {
        schedule_lock();
        heap_lock();
    }
    obj_t exception;
    bool ok = protect(callback_call, &run, &exception);
    if (locked) {
        heap_unlock();
        schedule_unlock();
    }
    if (!ok) {
        struct printer p = printer_stderr;
        print_text(&p, "Uncaught exception in FFI callback\n");
        exception_print(&p, exception);
        run.result.integer = 0;
    }
    char letter = run.callback->result;
    if (letter == 'f' || letter == 'd') memcpy(result, &run.result, letter_type(letter)->size);
    else if (letter != 'v') *(ffi_arg *)result = run.result.whole;
}

static obj_t ffi_callback(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_ret, ARG_OBJ, ARG_REQUIRED, {0}}, {Q_func, ARG_OBJ, ARG_REQUIRED, {0}}, {Q_args, ARG_OBJ, ARG_REQUIRED, {0}},
        {Q_lock, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    struct callback filled = {.function = v[1].obj, .result = letter_result(v[0].obj), .locked = v[3].b};
    size_t count = letters_read(v[2].obj, filled.parameters, filled.types);
    struct callback_object *o = heap_new(2, 0, HEAP_DATA);
    void *code;
    struct callback *c = host_alloc(sizeof *c);
    ffi_closure *closure = ffi_closure_alloc(sizeof *closure, &code);
    *c = filled;
    if (!closure || ffi_prep_cif(&c->description, FFI_DEFAULT_ABI, (unsigned)count, letter_type(c->result), c->types) != FFI_OK ||
        ffi_prep_closure_loc(closure, &c->description, callback_enter, c, code) != FFI_OK) {
        host_free(c);
        raise_message(&type_ValueError, "no callback can be made");
    }
    c->code = code;
    c->next = callbacks;
    callbacks = c;
    o->type = &type_callback;
    o->callback = c;
    return OBJ_PTR(o);
}
BUILTIN_KW(ffi_callback_fn, 0, 3, ffi_callback);

static obj_t callback_cfun(obj_t self) {
    if (!obj_is(self, &type_callback)) raise_message(&type_TypeError, "fficallback expected");
    return int_from_u64(value_word(self));
}
BUILTIN_1(callback_cfun_fn, callback_cfun);

static void callback_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<fficallback 0x%lx>", (unsigned long)value_word(self));
}

static const struct map_slot callback_members[] = {MEMBER(cfun, &callback_cfun_fn)};
static FIXED_DICT(callback_dict, callback_members);
static const struct type_ops callback_ops = {.print = callback_print};
static const struct type type_callback = {
    .type = &type_type, .name = Q_fficallback, .flags = TYPE_TRUE, .ops = &callback_ops, .members = &callback_dict};

// ---- libraries -----------------------------------------------------------------------------------------------------------------
static struct library *library_self(obj_t o) {
    if (!obj_is(o, &type_library)) raise_message(&type_TypeError, "ffimod expected");
    struct library *l = (struct library *)o;
    if (!l->handle) raise_message(&type_ValueError, "library is closed");
    return l;
}

static void *library_symbol(obj_t self, obj_t name) {
    size_t len;
    const char *text = str_data(name, &len);
    void *address = dlsym(library_self(self)->handle, text);
    if (!address) raise_os(ENOENT);
    return address;
}

// ffi.open(path); None: what the program itself is linked with
static obj_t ffi_open(obj_t name) {
    size_t len;
    void *handle = dlopen(name == OBJ_NONE ? NULL : str_data(name, &len), RTLD_NOW | RTLD_LOCAL);
    if (!handle) raise_os(ENOENT);
    struct library *l = heap_new(2, 0, HEAP_DATA);
    l->type = &type_library;
    l->handle = handle;
    return OBJ_PTR(l);
}
BUILTIN_1(ffi_open_fn, ffi_open);

static obj_t library_func(size_t n, const obj_t *args) {
    (void)n;
    void *address = obj_is_int(args[2]) ? (void *)obj_get_int(args[2]) : library_symbol(args[0], args[2]);
    return function_make(args[1], address, args[3]);
}
BUILTIN_VAR(library_func_fn, 4, 4, library_func);

static obj_t library_var(obj_t self, obj_t letter, obj_t name) {
    struct variable *v = heap_new(3, 0, HEAP_DATA);
    v->letter = (unsigned char)letter_result(letter);
    if (v->letter == 'v') raise_message(&type_ValueError, "unknown type");
    v->address = library_symbol(self, name);
    v->type = &type_variable;
    return OBJ_PTR(v);
}
BUILTIN_3(library_var_fn, library_var);

static obj_t library_addr(obj_t self, obj_t name) { return int_from_u64((uint64_t)(uintptr_t)library_symbol(self, name)); }
BUILTIN_2(library_addr_fn, library_addr);

static obj_t library_close(obj_t self) {
    struct library *l = library_self(self);
    dlclose(l->handle);
    l->handle = NULL;
    return OBJ_NONE;
}
BUILTIN_1(library_close_fn, library_close);

static void library_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "<ffimod 0x%lx>", (unsigned long)(uintptr_t)((struct library *)self)->handle);
}

static obj_t library_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 1, 1, false);
    return ffi_open(args[0]);
}

static const struct map_slot library_members[] = {
    MEMBER(func, &library_func_fn), MEMBER(var, &library_var_fn), MEMBER(addr, &library_addr_fn), MEMBER(close, &library_close_fn),
};
static FIXED_DICT(library_dict, library_members);
static const struct type_ops library_ops = {.print = library_print, .construct = library_construct};
static const struct type type_library = {
    .type = &type_type, .name = Q_ffimod, .flags = TYPE_TRUE, .ops = &library_ops, .members = &library_dict};

// ---- the module ----------------------------------------------------------------------------------------------------------------
// func(result, address, parameters): a function at an address
static obj_t ffi_func(obj_t result, obj_t address, obj_t parameters) {
    return function_make(result, (void *)(uintptr_t)obj_get_int_truncated(address), parameters);
}
BUILTIN_3(ffi_func_fn, ffi_func);

static obj_t ffi_as_bytearray(obj_t address, obj_t len) {
    intptr_t n = obj_get_int(len);
    if (n < 0) raise_message(&type_ValueError, "negative length");
    return bytearray_take((char *)(uintptr_t)obj_get_int_truncated(address), (size_t)n);
}
BUILTIN_2(ffi_as_bytearray_fn, ffi_as_bytearray);

void ffi_start(void) { heap_add_root(callbacks_mark); }

static const struct map_slot ffi_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_ffi)), MEMBER(open, &ffi_open_fn),         MEMBER(callback, &ffi_callback_fn),
    MEMBER(func, &ffi_func_fn),        MEMBER(as_bytearray, &ffi_as_bytearray_fn),
};
static FIXED_DICT(ffi_dict, ffi_members);
const struct module module_ffi = {&type_module, &ffi_dict, {0}};
MODULE(ffi, false, ffi_start, "linux");
