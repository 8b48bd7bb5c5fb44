// SPDX-License-Identifier: MIT
// What TAB does: the rest of a name, as far as all names that could be meant have it in common, or a list of them.
#ifndef SRC_COMPLETE_H
#define SRC_COMPLETE_H

#include "obj.h"

enum { COMPLETE_ROOM = 256 };
enum complete_result { COMPLETE_NOTHING, COMPLETE_INSERT, COMPLETE_LIST, COMPLETE_STOPPED };

// text[0..len): the statement up to the cursor. INSERT: more[0..*more_len) is what to add. Attributes of objects may run Python code; what
// it raises is forgotten; Ctrl-C ends the search: STOPPED.
enum complete_result complete(const char *text, size_t len, char more[COMPLETE_ROOM], size_t *more_len);
void complete_list(const struct printer *p, const char *text, size_t len); // all of them, in columns, ends with \n

#endif
