// SPDX-License-Identifier: MIT
// What a terminal shows: lines of cells, made from the bytes that a program writes.
#ifndef PORTS_UNIX_PANEL_SCREEN_H
#define PORTS_UNIX_PANEL_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

enum { SCREEN_LINES = 1000, SCREEN_WIDTH = 256, SCREEN_NUMBERS = 8 };
// A cell: its character, 0 for the second half of a wide one; its colour: 0 as all text, 1 to 8 as ESC [ 30 m and so on, 9 to 16 as 90
enum { CELL_CHARACTER = 0x1fffff, CELL_COLOUR_SHIFT = 24, CELL_COLOUR = 0x1f << CELL_COLOUR_SHIFT, CELL_BOLD = 1 << 29 };

struct screen_line {
    uint32_t cells[SCREEN_WIDTH];
    uint16_t len;
    bool goes_on; // in the next line, which would not have been one in a wider terminal
};

struct screen {
    struct screen_line lines[SCREEN_LINES]; // a ring: line i is at i % SCREEN_LINES
    uint64_t first, last;                   // lines that there are
    uint64_t page;                          // the line that is the upper one since the screen was cleared
    uint64_t row, saved_row;                // of the cursor
    int column, saved_column;
    uint32_t style;                         // colour and weight of what comes next
    bool hidden;                            // the cursor
    bool marks;                             // the program wants to know what is pasted (ESC [ ? 2004 h)
    int escape;                             // enum escape in screen.c
    unsigned numbers[SCREEN_NUMBERS];
    int n_numbers;
    bool question;
    uint32_t character;                     // UTF-8 so far
    int more;                               // bytes of it that are to come
};

void screen_byte(struct screen *s, unsigned char byte);
const struct screen_line *screen_line_at(const struct screen *s, uint64_t row); // first <= row <= last
bool screen_is_empty(const struct screen *s);

#endif
