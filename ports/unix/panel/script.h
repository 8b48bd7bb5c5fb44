// SPDX-License-Identifier: MIT
// A scripted person: events at given frames.
#ifndef PORTS_UNIX_PANEL_SCRIPT_H
#define PORTS_UNIX_PANEL_SCRIPT_H

#include "ports/unix/panel/panel.h"

bool script_open(const char *file);                    // false: it can't be read
bool script_pending(void);                             // more is to come
void script_frame(struct panel *p, long frame); // pushes what is due; after each drawing

#endif
