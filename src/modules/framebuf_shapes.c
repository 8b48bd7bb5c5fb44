// SPDX-License-Identifier: MIT
// Shapes: lines, ellipses, polygons, text. Integer arithmetic only; coordinates are at most 2^24 away from the picture (framebuf.c).
//
// A line that is far longer than the picture is walked pixel by pixel all the same, at most 2^26 steps; an ellipse at most as many.
#include "heap/heap.h"
#include "modules/framebuf.h"
#include "run/vm.h"

// Bresenham's line: one step along the longer side, across when the error says so.
void picture_line(const struct picture *p, intptr_t x1, intptr_t y1, intptr_t x2, intptr_t y2, uint32_t color) {
    intptr_t dx = x2 - x1, dy = y2 - y1, sx = dx > 0 ? 1 : -1, sy = dy > 0 ? 1 : -1;
    dx *= sx;
    dy *= sy;
    bool steep = dy > dx;
    intptr_t along = steep ? dy : dx, across = steep ? dx : dy, error = 2 * across - along;
    for (intptr_t i = 0; i < along; i++) {
        poll_keyboard();
        picture_put(p, x1, y1, color);
        while (error >= 0) {
            if (steep) x1 += sx;
            else y1 += sy;
            error -= 2 * along;
        }
        if (steep) y1 += sy;
        else x1 += sx;
        error += 2 * across;
    }
    picture_put(p, x2, y2, color);
}

// ---- ellipses -----------------------------------------------------------------------------------------------------------------
struct ellipse {
    const struct picture *p;
    intptr_t cx, cy;
    uint32_t color;
    bool filled;
    unsigned quadrants;
};

// The four points, or rows, at that distance from the centre.
static void ellipse_points(const struct ellipse *e, intptr_t x, intptr_t y) {
    poll_keyboard();
    if (e->filled) {
        if (e->quadrants & QUADRANT_1) picture_fill(e->p, e->cx, e->cy - y, x + 1, 1, e->color);
        if (e->quadrants & QUADRANT_2) picture_fill(e->p, e->cx - x, e->cy - y, x + 1, 1, e->color);
        if (e->quadrants & QUADRANT_3) picture_fill(e->p, e->cx - x, e->cy + y, x + 1, 1, e->color);
        if (e->quadrants & QUADRANT_4) picture_fill(e->p, e->cx, e->cy + y, x + 1, 1, e->color);
        return;
    }
    if (e->quadrants & QUADRANT_1) picture_put(e->p, e->cx + x, e->cy - y, e->color);
    if (e->quadrants & QUADRANT_2) picture_put(e->p, e->cx - x, e->cy - y, e->color);
    if (e->quadrants & QUADRANT_3) picture_put(e->p, e->cx - x, e->cy + y, e->color);
    if (e->quadrants & QUADRANT_4) picture_put(e->p, e->cx + x, e->cy + y, e->color);
}

// One arc: from where the outline is steep towards where it is flat, along the axis `a`; the error of a^2, b^2 decides on a step inward.
static void ellipse_arc(const struct ellipse *e, intptr_t a, intptr_t b, bool upright) {
    intptr_t two_a = 2 * a * a, two_b = 2 * b * b, u = a, v = 0, du = b * b * (1 - 2 * a), dv = a * a, error = 0;
    intptr_t stop_u = two_b * a, stop_v = 0;
    while (stop_u >= stop_v) {
        if (upright) ellipse_points(e, u, v);
        else ellipse_points(e, v, u);
        v++;
        stop_v += two_a;
        error += dv;
        dv += two_a;
        if (2 * error + du > 0) {
            u--;
            stop_u -= two_b;
            error += du;
            du += two_b;
        }
    }
}

void picture_ellipse(const struct picture *p, intptr_t cx, intptr_t cy, intptr_t xr, intptr_t yr, uint32_t color, bool filled,
    unsigned quadrants) {
    enum { RADIUS_MOST = 1 << 15 }; // so that products of four factors stay exact
    if (xr < 0 || yr < 0 || xr > RADIUS_MOST || yr > RADIUS_MOST) return;
    struct ellipse e = {p, cx, cy, color, filled, quadrants};
    if (xr == 0 && yr == 0) {
        if (quadrants & QUADRANTS) picture_put(p, cx, cy, color);
        return;
    }
    ellipse_arc(&e, xr, yr, true);
    ellipse_arc(&e, yr, xr, false);
}

// ---- polygons -------------------------------------------------------------------------------------------------------------------
static void sort_crossings(intptr_t *x, size_t n) {
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && x[j - 1] > x[j]; j--) {
            intptr_t t = x[j];
            x[j] = x[j - 1];
            x[j - 1] = t;
        }
}

// Where the row y crosses the edges, to the nearest pixel. An edge has its upper end, not its lower one.
static size_t row_crossings(size_t n, const int32_t *xy, intptr_t y, intptr_t *out) {
    size_t count = 0;
    intptr_t px = xy[0], py = xy[1];
    for (size_t i = n; i-- > 0;) {
        intptr_t cx = xy[2 * i], cy = xy[2 * i + 1];
        if (cy != py && ((cy > y && y >= py) || (cy <= y && y < py))) {
            enum { PARTS = 32 }; // of a pixel
            out[count++] = (PARTS * px + PARTS * (cx - px) * (y - py) / (cy - py) + PARTS / 2) / PARTS;
        }
        px = cx;
        py = cy;
    }
    return count;
}

// What the crossings leave out: lower ends of edges, and flat edges, that lie in this row.
static void row_lower_ends(const struct picture *p, intptr_t x, intptr_t y, size_t n, const int32_t *xy, intptr_t row, uint32_t color) {
    for (size_t i = 0, before = n - 1; i < n; before = i++) {
        intptr_t ax = xy[2 * before], ay = xy[2 * before + 1], bx = xy[2 * i], by = xy[2 * i + 1];
        if (row != (ay > by ? ay : by)) continue;
        if (ay == by) picture_fill(p, x + (ax < bx ? ax : bx), y + row, (ax < bx ? bx - ax : ax - bx) + 1, 1, color);
        else picture_put(p, x + (ay > by ? ax : bx), y + row, color);
    }
}

static void polygon_fill(const struct picture *p, intptr_t x, intptr_t y, size_t n, const int32_t *xy, uint32_t color) {
    intptr_t low = xy[1], high = xy[1], *crossings = host_alloc(n * sizeof *crossings);
    for (size_t i = 0; i < n; i++) {
        if (xy[2 * i + 1] < low) low = xy[2 * i + 1];
        if (xy[2 * i + 1] > high) high = xy[2 * i + 1];
    }
    if (low < -y) low = -y;
    if (high > p->height - 1 - y) high = p->height - 1 - y;
    for (intptr_t row = low; row <= high; row++) {
        poll_keyboard();
        size_t count = row_crossings(n, xy, row, crossings);
        sort_crossings(crossings, count);
        for (size_t i = 0; i + 1 < count; i += 2)
            picture_fill(p, x + crossings[i], y + row, crossings[i + 1] - crossings[i] + 1, 1, color);
        row_lower_ends(p, x, y, n, xy, row, color);
    }
    host_free(crossings);
}

void picture_polygon(const struct picture *p, intptr_t x, intptr_t y, size_t n, const int32_t *xy, uint32_t color, bool filled) {
    if (filled) {
        polygon_fill(p, x, y, n, xy, color);
        return;
    }
    for (size_t i = n, from = 0; i-- > 0; from = i) // backwards: a line's pixels depend on its direction
        picture_line(p, x + xy[2 * from], y + xy[2 * from + 1], x + xy[2 * i], y + xy[2 * i + 1], color);
}

// ---- text -----------------------------------------------------------------------------------------------------------------------
enum { GLYPH_WIDTH = 5, GLYPH_HEIGHT = 7, CELL = 8, FIRST_GLYPH = ' ', LAST_GLYPH = '~' };

// Of a glyph only what is ink is drawn. Characters without a glyph are a frame.
static void glyph_draw(const struct picture *p, uint8_t c, intptr_t x, intptr_t y, uint32_t color) {
    if (c < FIRST_GLYPH || c > LAST_GLYPH) {
        picture_fill(p, x + 1, y, GLYPH_WIDTH, 1, color);
        picture_fill(p, x + 1, y + GLYPH_HEIGHT - 1, GLYPH_WIDTH, 1, color);
        picture_fill(p, x + 1, y, 1, GLYPH_HEIGHT, color);
        picture_fill(p, x + GLYPH_WIDTH, y, 1, GLYPH_HEIGHT, color);
        return;
    }
    const char *ink = font_glyphs[c - FIRST_GLYPH];
    for (intptr_t row = 0; row < GLYPH_HEIGHT; row++)
        for (intptr_t column = 0; column <= GLYPH_WIDTH; column++) // with the blank, or the end, behind each row
            if (*ink++ == '#') picture_put(p, x + 1 + column, y + row, color);
}

void picture_text(const struct picture *p, const char *text, size_t len, intptr_t x, intptr_t y, uint32_t color) {
    for (size_t i = 0; i < len && x < p->width; i++, x += CELL) glyph_draw(p, (uint8_t)text[i], x, y, color);
}
