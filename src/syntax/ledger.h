// SPDX-License-Identifier: MIT
// What parsing costs on the board: the requests of spec/heap-model.md 4.1, made in the Python heap though the host's parser keeps its
// own structures elsewhere. The runs hold nothing.
//
// Order: reader, lexer record, indentation stack, token text, two f-string buffers, rule stack, result stack; tree chunks as nodes are
// completed; ledger_finish() shrinks the last chunk and gives the others back; ledger_free() ends it, tree chunks included.
// Live ledgers are roots of the collector.
#ifndef SRC_SYNTAX_LEDGER_H
#define SRC_SYNTAX_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

struct ledger;
struct ledger *ledger_new(void);                            // host memory only; never raises
void ledger_begin(struct ledger *l, bool from_file);        // what the lexer takes; MemoryError
void ledger_stacks(struct ledger *l);                       // rule stack and result stack; MemoryError
void ledger_node(struct ledger *l, size_t n);               // a node of n children is complete; MemoryError
void ledger_indents(struct ledger *l, size_t n);            // n blocks are open
void ledger_token(struct ledger *l, size_t len);            // the token's text has grown to len bytes
void ledger_fields(struct ledger *l, size_t len);           // so has the argument text of an f-string
void ledger_depth(struct ledger *l, size_t rules, size_t results); // entries in use on the rule and result stacks
void ledger_finish(struct ledger *l);
void ledger_abandon(struct ledger *l); // the text is refused: both stacks and the tree chunks stay behind as garbage
void ledger_free(struct ledger *l); // NULL allowed

#endif
