// SPDX-License-Identifier: MIT
// Pictures in a buffer: between framebuf.c (formats, methods, the module) and framebuf_shapes.c (lines, ellipses, polygons, text).
#ifndef SRC_FRAMEBUF_H
#define SRC_FRAMEBUF_H

#include "obj.h"

enum picture_format { MONO_VLSB, RGB565, GS4_HMSB, MONO_HLSB, MONO_HMSB, GS2_HMSB, GS8, PICTURE_FORMATS };

// A picture as one method sees it. Nothing that can run Python code may come between making and using it.
struct picture {
    uint8_t *data;
    intptr_t width, height, stride; // stride: pixels from one row to the next
    enum picture_format format;
};

uint32_t picture_get(const struct picture *p, intptr_t x, intptr_t y); // must lie inside
void picture_put(const struct picture *p, intptr_t x, intptr_t y, uint32_t color); // outside: nothing
void picture_fill(const struct picture *p, intptr_t x, intptr_t y, intptr_t w, intptr_t h, uint32_t color); // cut to the picture

enum { QUADRANT_1 = 1, QUADRANT_2 = 2, QUADRANT_3 = 4, QUADRANT_4 = 8, QUADRANTS = 15 };
void picture_line(const struct picture *p, intptr_t x1, intptr_t y1, intptr_t x2, intptr_t y2, uint32_t color);
void picture_ellipse(const struct picture *p, intptr_t cx, intptr_t cy, intptr_t xr, intptr_t yr, uint32_t color, bool filled,
    unsigned quadrants);
// n corners, x and y alternating in xy; the outline or the whole
void picture_polygon(const struct picture *p, intptr_t x, intptr_t y, size_t n, const int32_t *xy, uint32_t color, bool filled);
void picture_text(const struct picture *p, const char *text, size_t len, intptr_t x, intptr_t y, uint32_t color);

extern const char *const font_glyphs[95]; // framebuf_font.c: of the characters from blank to ~

#endif
