// SPDX-License-Identifier: MIT
// Module builtins: the table of all builtin names, and the functions about attributes, types and identity.
#include "modules/builtins.h"
#include "heap/intern.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include "vfs/vfs.h"

// ---- attributes -----------------------------------------------------------------------------------------------------------
struct attr_search {
    obj_t o;
    qstr_t name;
    obj_t *out;
};
static void attr_search_run(void *arg) {
    struct attr_search *s = arg;
    obj_load_method_maybe(s->o, s->name, s->out);
}

bool attr_find(obj_t o, qstr_t name, obj_t out[2]) {
    struct attr_search s = {o, name, out};
    obj_t exception;
    if (protect(attr_search_run, &s, &exception)) return out[0] != OBJ_NULL;
    if (!obj_isinstance(exception, &type_AttributeError)) raise_object(exception);
    return false;
}

static obj_t builtin_getattr_do(size_t n, const obj_t *args) {
    qstr_t name = str_qstr(args[1]);
    if (n == 2) return obj_load_attr(args[0], name);
    obj_t out[2];
    if (!attr_find(args[0], name, out)) return args[2];
    return out[1] == OBJ_NULL ? out[0] : bound_method_new(out[0], out[1]);
}
BUILTIN_VAR(builtin_getattr, 2, 3, builtin_getattr_do);

static obj_t builtin_setattr_do(obj_t o, obj_t name, obj_t value) {
    obj_store_attr(o, str_qstr(name), value);
    return OBJ_NONE;
}
BUILTIN_3(builtin_setattr, builtin_setattr_do);

static obj_t builtin_delattr_do(obj_t o, obj_t name) {
    obj_store_attr(o, str_qstr(name), OBJ_NULL);
    return OBJ_NONE;
}
BUILTIN_2(builtin_delattr, builtin_delattr_do);

static obj_t builtin_hasattr_do(obj_t o, obj_t name) {
    obj_t out[2];
    return obj_bool(attr_find(o, str_qstr(name), out));
}
BUILTIN_2(builtin_hasattr, builtin_hasattr_do);

// ---- types and identity -----------------------------------------------------------------------------------------------------
static obj_t builtin_isinstance_do(obj_t o, obj_t classinfo) { return obj_bool(obj_is_subclass(OBJ_PTR(obj_type(o)), classinfo)); }
BUILTIN_2(builtin_isinstance, builtin_isinstance_do);

static obj_t builtin_issubclass_do(obj_t cls, obj_t classinfo) { return obj_bool(obj_is_subclass(cls, classinfo)); }
BUILTIN_2(builtin_issubclass, builtin_issubclass_do);

static obj_t builtin_callable_do(obj_t o) { return obj_bool(obj_is_callable(o)); }
BUILTIN_1(builtin_callable, builtin_callable_do);

BUILTIN_1(builtin_hash, obj_hash);
BUILTIN_1(builtin_id, obj_id);

// ---- the table ----------------------------------------------------------------------------------------------------------------
static const struct map_slot builtins_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_builtins)),
    // what programs use most comes first: the table is searched from the front
    MEMBER(print, &builtin_print),
    MEMBER(len, &builtin_len),
    MEMBER(range, &type_range),
    MEMBER(int, &type_int),
    MEMBER(str, &type_str),
    MEMBER(list, &type_list),
    MEMBER(isinstance, &builtin_isinstance),
    MEMBER(bytes, &type_bytes),
    MEMBER(bytearray, &type_bytearray),
    MEMBER(dict, &type_dict),
    MEMBER(tuple, &type_tuple),
    MEMBER(__build_class__, &builtin_build_class),
    MEMBER(__import__, &builtin_import),
    MEMBER(__repl_print__, &builtin_repl_print),
    MEMBER(__template__, &builtin_template),
    // types
    MEMBER(bool, &type_bool),
    MEMBER(complex, &type_complex),
    MEMBER(enumerate, &type_enumerate),
    MEMBER(filter, &type_filter),
    MEMBER(float, &type_float),
    MEMBER(frozenset, &type_frozenset),
    MEMBER(map, &type_map),
    MEMBER(memoryview, &type_memoryview),
    MEMBER(object, &type_object),
    MEMBER(property, &type_property),
    MEMBER(reversed, &type_reversed),
    MEMBER(set, &type_set),
    MEMBER(slice, &type_slice),
    MEMBER(super, &type_super),
    MEMBER(type, &type_type),
    MEMBER(zip, &type_zip),
    MEMBER(classmethod, &type_classmethod),
    MEMBER(staticmethod, &type_staticmethod),
    MEMBER(Ellipsis, OBJ_ELLIPSIS),
    MEMBER(NotImplemented, OBJ_NOTIMPLEMENTED),
    // functions
    MEMBER(abs, &builtin_abs),
    MEMBER(all, &builtin_all),
    MEMBER(any, &builtin_any),
    MEMBER(bin, &builtin_bin),
    MEMBER(callable, &builtin_callable),
    MEMBER(compile, &builtin_compile),
    MEMBER(chr, &builtin_chr),
    MEMBER(delattr, &builtin_delattr),
    MEMBER(dir, &builtin_dir),
    MEMBER(divmod, &builtin_divmod),
    MEMBER(eval, &builtin_eval),
    MEMBER(exec, &builtin_exec),
    MEMBER(execfile, &builtin_execfile),
    MEMBER(getattr, &builtin_getattr),
    MEMBER(setattr, &builtin_setattr),
    MEMBER(globals, &builtin_globals),
    MEMBER(hasattr, &builtin_hasattr),
    MEMBER(hash, &builtin_hash),
    MEMBER(help, &builtin_help),
    MEMBER(hex, &builtin_hex),
    MEMBER(id, &builtin_id),
    MEMBER(input, &builtin_input),
    MEMBER(issubclass, &builtin_issubclass),
    MEMBER(iter, &builtin_iter),
    MEMBER(locals, &builtin_locals),
    MEMBER(max, &builtin_max),
    MEMBER(min, &builtin_min),
    MEMBER(next, &builtin_next),
    MEMBER(oct, &builtin_oct),
    MEMBER(open, &vfs_open_builtin),
    MEMBER(ord, &builtin_ord),
    MEMBER(pow, &builtin_pow),
    MEMBER(repr, &builtin_repr),
    MEMBER(round, &builtin_round),
    MEMBER(sorted, &builtin_sorted),
    MEMBER(sum, &builtin_sum),
    // exceptions
    MEMBER(BaseException, &type_BaseException),
    MEMBER(ArithmeticError, &type_ArithmeticError),
    MEMBER(AssertionError, &type_AssertionError),
    MEMBER(AttributeError, &type_AttributeError),
    MEMBER(EOFError, &type_EOFError),
    MEMBER(Exception, &type_Exception),
    MEMBER(GeneratorExit, &type_GeneratorExit),
    MEMBER(ImportError, &type_ImportError),
    MEMBER(IndentationError, &type_IndentationError),
    MEMBER(IndexError, &type_IndexError),
    MEMBER(KeyboardInterrupt, &type_KeyboardInterrupt),
    MEMBER(KeyError, &type_KeyError),
    MEMBER(LookupError, &type_LookupError),
    MEMBER(MemoryError, &type_MemoryError),
    MEMBER(NameError, &type_NameError),
    MEMBER(NotImplementedError, &type_NotImplementedError),
    MEMBER(OSError, &type_OSError),
    MEMBER(OverflowError, &type_OverflowError),
    MEMBER(RuntimeError, &type_RuntimeError),
    MEMBER(StopAsyncIteration, &type_StopAsyncIteration),
    MEMBER(StopIteration, &type_StopIteration),
    MEMBER(SyntaxError, &type_SyntaxError),
    MEMBER(SystemExit, &type_SystemExit),
    MEMBER(TypeError, &type_TypeError),
    MEMBER(UnicodeError, &type_UnicodeError),
    MEMBER(ValueError, &type_ValueError),
    MEMBER(ViperTypeError, &type_ViperTypeError),
    MEMBER(ZeroDivisionError, &type_ZeroDivisionError),
};
static FIXED_DICT(builtins_dict, builtins_members);
const struct module module_builtins = {&type_module, &builtins_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(builtins, false, NULL, "");
