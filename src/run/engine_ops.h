// SPDX-License-Identifier: MIT
// The slow halves of instructions, for vm.c only. All may raise.
#ifndef SRC_ENGINE_OPS_H
#define SRC_ENGINE_OPS_H

#include "run/vm.h"

extern bool engine_models_board; // rt.profile has a modelled stack or heap frames: calls take the exact way

// `cacheable` false: the cell is shared and must not be filled.
obj_t engine_load_global(struct frame *f, qstr_t name, struct cache *c, bool cacheable);
obj_t engine_load_name(struct frame *f, qstr_t name);
void engine_delete_name(struct dict *d, qstr_t name);
obj_t engine_load_attr(obj_t o, qstr_t name, struct cache *c, bool cacheable);
void engine_load_method(obj_t o, const struct type *type, qstr_t name, obj_t *out, struct cache *c, bool cacheable);
void engine_store_attr(obj_t o, qstr_t name, obj_t value, struct cache *c, bool cacheable);
bool engine_short_slice(obj_t base); // its type promises not to keep the slice
void engine_unpack(obj_t sequence, size_t n, obj_t *slot);                      // first item ends at slot[n - 1]
void engine_unpack_rest(obj_t sequence, size_t left, size_t right, obj_t *slot); // UNPACK_EX
obj_t engine_builtin(qstr_t name);
obj_t engine_plain_init(const struct type *type); // its __init__ when that is a plain Python function and nothing else is special
obj_t engine_import_name(qstr_t name, obj_t from_list, obj_t level); // asks an overridden builtins.__import__
obj_t engine_import_from(obj_t module, qstr_t name);
void engine_import_star(obj_t module, struct dict *into);
obj_t engine_raise_from(obj_t exception, obj_t cause);
obj_t engine_binary(enum binary_op op, obj_t left, obj_t right);

obj_t engine_enter_with(struct frame *f);  // *f->sp is the manager; __exit__ and its self take its place, the answer is that of __enter__
obj_t *engine_leave_with(obj_t *sp);       // WITH_CLEANUP; the new sp
// Frames for the loop to go on in. A new instance takes the place of args[-1].
struct frame *engine_enter_closure(obj_t closure, size_t n, size_t kw, const obj_t *args);
struct frame *engine_enter_init(const struct type *type, obj_t init, size_t n, size_t kw, obj_t *args);

// generator.c
enum resume generator_delegate_send(obj_t iterator, obj_t sent, obj_t *produced);
// *thrown is the exception; when the answer is RESUME_RAISE it holds what to raise here
enum resume generator_delegate_throw(obj_t iterator, obj_t *thrown, obj_t *produced);
obj_t generator_exit_shared(void);
obj_t generator_leaving(obj_t exception); // what an exception becomes when it leaves a generator frame

#endif
