// SPDX-License-Identifier: MIT
// Raising and catching Python exceptions from C.
//
// raise_object() never returns: it lands at the innermost struct catch. C code that wants to clean up or to look at an exception runs the
// risky part through protect(); there is no other setjmp outside this file and run/vm.c.
// The error path allocates as little as the board does (heap-model.md 2.10): message texts given to raise_message() are ROM; when even
// the exception object finds no room the static emergency exception is used.
#ifndef SRC_RAISE_H
#define SRC_RAISE_H

#include "obj.h"

// an exception instance, or a class (called without arguments)
_Noreturn void raise_object(obj_t exception);
_Noreturn void raise_type(const struct type *type);                          // no arguments
_Noreturn void raise_message(const struct type *type, const char *message);  // message lives forever
_Noreturn void raise_format(const struct type *type, const char *format, ...); // as print_format
// one argument: KeyError(key), OSError(errno), StopIteration(v)
_Noreturn void raise_value(const struct type *type, obj_t value);
_Noreturn void raise_os(int error);                                          // OSError(errno)
// MemoryError `memory allocation failed, allocating N bytes` / `..., heap is locked`
_Noreturn void raise_no_memory(size_t bytes);
_Noreturn void raise_stop(obj_t value);                                      // StopIteration; value OBJ_NONE or OBJ_NULL: no argument

// Makes an exception of a native type, whatever the heap says: without room it is the static emergency exception, or has no arguments.
obj_t raise_build(const struct type *type, size_t n, const obj_t *args);
size_t raise_emergency_room(void); // host bytes of rt.emergency_buffer, 0 when there is none; the first 48 are for traceback records

// Runs fn(arg). True: it returned. False: it raised and *exception is the instance (may be NULL to drop it).
bool protect(void (*fn)(void *arg), void *arg, obj_t *exception);

// exception types (objects/exception.c)
extern const struct type type_BaseException, type_SystemExit, type_KeyboardInterrupt, type_GeneratorExit, type_Exception,
    type_StopIteration, type_StopAsyncIteration, type_ArithmeticError, type_ZeroDivisionError, type_OverflowError,
    type_AssertionError, type_AttributeError, type_EOFError, type_ImportError, type_LookupError, type_IndexError, type_KeyError,
    type_MemoryError, type_NameError, type_OSError, type_RuntimeError, type_NotImplementedError, type_SyntaxError,
    type_IndentationError, type_TypeError, type_ValueError, type_UnicodeError, type_ViperTypeError,
    type_CancelledError;

#endif
