// SPDX-License-Identifier: MIT
// Where a statement of the prompt ends in a text that was pasted or recalled as a whole.
#ifndef SRC_STATEMENT_H
#define SRC_STATEMENT_H

#include <stddef.h>

// How much of text[0..len), whose lines end with \n (the last one may lack it), is its first statement; at least one line.
size_t statement_length(const char *text, size_t len);

#endif
