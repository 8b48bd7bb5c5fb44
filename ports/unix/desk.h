// SPDX-License-Identifier: MIT
// What lies on the desk beside the board: wires, stimuli, a trace file, the report at the end.
#ifndef PORTS_UNIX_DESK_H
#define PORTS_UNIX_DESK_H

#include "ports/unix/board.h"

enum { FLASH_CUT_STATUS = 3 }; // exit status after a power cut by --flash-fault

void flash_set_up(const struct board_options *options); // flash_file.c; ends the program (2) when something is at fault
void flash_clear(void);
void uart_set_up(const struct board_options *options);  // uart_host.c; the same
void uart_clear(void);
void desk_set_up(const struct board_options *options); // after the board is powered; ends the program (2) when a file is at fault
void desk_clear(const struct board_options *options);  // once, before the power goes or the process ends
unsigned report_parse(const char *words);              // "irq,latency,pins,time,all" -> enum report bits; 0: not understood

#endif
