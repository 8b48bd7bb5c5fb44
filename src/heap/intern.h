// SPDX-License-Identifier: MIT
// Interned texts: one number (qstr_t) for each different text ever used as a name. Numbers below Q_first_dynamic are built in
// (names.gen.h); 1..165 are those of spec/mpy-format.md section 8. Dynamic texts are stored in chunks and index pools of the Python
// heap as spec/heap-model.md 2.3 states and live until rt_stop(). Look-up tables are host memory.
#ifndef SRC_INTERN_H
#define SRC_INTERN_H

#include "obj.h"

void intern_start(void);
void intern_stop(void);
qstr_t intern(const char *text, size_t len);      // makes an entry if needed; MemoryError; RuntimeError `name too long` above 255 bytes
qstr_t intern_text(const char *text);             // NUL-terminated
qstr_t intern_find(const char *text, size_t len); // 0 when the text is not interned; never allocates
const char *qstr_text(qstr_t q, size_t *len);     // NUL-terminated; len may be NULL
size_t qstr_len(qstr_t q);
uint32_t qstr_hash(qstr_t q);                     // of profile width, never 0
uint32_t text_hash(const char *text, size_t len); // the same function for any bytes
// The same in pieces: more of TEXT_HASH_SEED, and of what that answers, then the end.
enum { TEXT_HASH_SEED = 5381 };
uint32_t text_hash_more(uint32_t hash, const char *text, size_t len);
uint32_t text_hash_end(uint32_t hash);
bool qstr_is_cross(qstr_t q);                     // known to the reference cross-compiler: static, or listed in spec/bytecode.md 10.2
void intern_report(const struct printer *p, bool all); // micropython.qstr_info
uint32_t intern_count(void);                      // number of texts, built in and dynamic

#endif
