// SPDX-License-Identifier: MIT
// References that keep nothing alive: what is to be called after a collection.
#ifndef SRC_MODULES_WEAKREF_H
#define SRC_MODULES_WEAKREF_H

void weakref_run(void); // calls what waits to be called; each error is printed. Runs Python code, never raises

#endif
