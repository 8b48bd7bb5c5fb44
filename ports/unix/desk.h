// SPDX-License-Identifier: MIT
// What lies on the desk beside the board: wires, stimuli, a trace file, the report at the end.
#ifndef PORTS_UNIX_DESK_H
#define PORTS_UNIX_DESK_H

#include "ports/unix/board.h"

void desk_set_up(const struct board_options *options); // after the board is powered; ends the program (2) when a file is at fault
void desk_clear(const struct board_options *options);  // once, before the power goes or the process ends
unsigned report_parse(const char *words);              // "irq,pins,time" -> enum report bits; 0: not understood

#endif
