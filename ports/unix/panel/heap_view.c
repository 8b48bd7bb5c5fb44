// SPDX-License-Identifier: MIT
// The heap: its blocks by kind, and curves of what is used, what is free in one piece, and how broken up the rest is.
//
// The map has a multiple of 8 blocks in a row, as many as its largest cells allow; they are painted into an image, pixel by pixel, and
// shown unscaled.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct rect map_at; // of the last drawing: where, and how large a cell
static int map_columns, map_cell, map_row; // cells are map_cell wide, map_row high, in pixels

static const struct kind {
    char letter;
    enum colour_name colour;
    const char *name;
} kinds[] = {{'T', C_TUPLE, "tuple"},       {'L', C_LIST, "list"},       {'D', C_DICT, "dict"},
             {'S', C_STRING, "str, bytes"}, {'A', C_ARRAY, "bytearray"}, {'F', C_FLOAT, "float"},
             {'B', C_CODE, "function"},     {'M', C_MODULE, "module"},   {'h', C_OTHER, "other"}};

static enum colour_name letter_colour(uint8_t letter) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].letter == letter) return kinds[i].colour;
    return letter == '.' ? C_FREE : C_OTHER;
}

static uint32_t pixel(struct colour c, double shade) {
    return 0xff000000u | (uint32_t)(c.r * shade * 255) << 16 | (uint32_t)(c.g * shade * 255) << 8 | (uint32_t)(c.b * shade * 255);
}

// The largest cell with which all blocks fit, and the columns that go with it.
static void map_plan(uint32_t blocks, double w, double h) {
    enum { STEP = 8 };
    map_cell = 1;
    map_columns = (int)w / STEP * STEP > STEP ? (int)w / STEP * STEP : STEP;
    for (int cell = 2; cell <= 12; cell++) {
        int columns = (int)(w / cell) / STEP * STEP;
        if (columns < STEP || ceil((double)blocks / columns) * cell > h) break;
        map_cell = cell;
        map_columns = columns;
    }
    double rows = ceil((double)blocks / map_columns);
    map_row = rows > 0 ? (int)(h / rows) : map_cell; // rows may be higher than wide, so that the map fills its room
    if (map_row > 2 * map_cell) map_row = 2 * map_cell;
    if (map_row < 1) map_row = 1;
}

static void cell_paint(uint8_t *data, int stride, int x, int y, uint32_t value) {
    int gap = map_cell >= 4 ? 1 : 0, under = map_cell >= 4 && map_row >= 4 ? 1 : 0; // lines in one direction alone look like rows
    for (int row = 0; row < map_row - under; row++) {
        uint32_t *to = (uint32_t *)(void *)(data + (size_t)(y + row) * (size_t)stride) + x;
        for (int i = 0; i < map_cell - gap; i++) to[i] = value;
    }
}

static void map_draw(struct panel *p, struct rect r) {
    uint32_t n = p->now.n_blocks;
    double scale = p->scale;
    map_plan(n, r.w * scale, r.h * scale);
    int rows = (int)(r.h * scale) / map_row, needed = (int)((n + (uint32_t)map_columns - 1) / (uint32_t)map_columns);
    if (rows > needed) rows = needed;
    map_at = (struct rect){r.x, r.y, 0, 0};
    if (rows < 1) return;
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, map_columns * map_cell, rows * map_row);
    uint8_t *data = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    cairo_surface_flush(image);
    enum colour_name colour = C_FREE;
    for (uint32_t b = 0; b < n && b < (uint32_t)(rows * map_columns); b++) {
        uint8_t letter = p->now.map[b];
        if (letter != '=') colour = letter_colour(letter);
        double shade = letter == '=' ? (p->light ? 0.86 : 0.66) : 1;
        cell_paint(data, stride, (int)b % map_columns * map_cell, (int)b / map_columns * map_row,
                   pixel(p->colours[colour], shade));
    }
    cairo_surface_mark_dirty(image);
    map_at = (struct rect){r.x, r.y, map_columns * map_cell / scale, rows * map_row / scale};
    cairo_save(p->cr);
    cairo_translate(p->cr, r.x, r.y);
    cairo_scale(p->cr, 1 / scale, 1 / scale);
    cairo_set_source_surface(p->cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(p->cr), CAIRO_FILTER_NEAREST);
    cairo_paint(p->cr);
    cairo_restore(p->cr);
    cairo_surface_destroy(image);
    widget_add(p, map_at, W_HEAP, 0, "point at a block, or step by the arrow keys: what it is");
}

static double legend_draw(struct panel *p, double x, double y, double w) {
    double at = x;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        double need = 16 + draw_width(p, 10, kinds[i].name) + 12;
        if (at + need > x + w) {
            at = x;
            y += 15;
        }
        draw_rounded(p, (struct rect){at, y - 8, 9, 9}, 2);
        draw_colour(p, kinds[i].colour, 1);
        cairo_fill(p->cr);
        draw_text(p, at + 14, y, 10, C_DIM, LEFT, kinds[i].name);
        at += need;
    }
    return y;
}

// ---- curves ----------------------------------------------------------------------------------------------------------------------
static double sample_used(const struct heap_sample *s) { return s->total ? (double)s->used / (double)s->total : 0; }
static double sample_fragments(const struct heap_sample *s) {
    uint64_t free = s->total - s->used;
    return free ? 1 - (double)s->largest / (double)free : 0;
}
static double sample_largest(const struct heap_sample *s) { return s->total ? 1 - (double)s->largest / (double)s->total : 0; }

static void curve(struct panel *p, struct rect r, double (*value)(const struct heap_sample *), enum colour_name colour, bool filled) {
    uint64_t n = p->history_n < HISTORY ? p->history_n : HISTORY, first = p->history_n - n;
    if (n == 0) return;
    uint64_t start = p->history[first % HISTORY].time, end = p->now.time;
    double span = end > start ? (double)(end - start) : 1, y = r.y + r.h;
    for (uint64_t i = first; i < p->history_n; i++) {
        const struct heap_sample *s = &p->history[i % HISTORY];
        double x = r.x + (double)(s->time - start) / span * r.w;
        double v = value(s);
        if (i > first)
            cairo_line_to(p->cr, x, y); // steps: it stays until the next sample
        else
            cairo_move_to(p->cr, r.x, r.y + r.h - v * r.h);
        y = r.y + r.h - v * r.h;
        cairo_line_to(p->cr, x, y);
    }
    cairo_line_to(p->cr, r.x + r.w, y);
    if (filled) {
        cairo_path_t *path = cairo_copy_path(p->cr);
        cairo_line_to(p->cr, r.x + r.w, r.y + r.h);
        cairo_line_to(p->cr, r.x, r.y + r.h);
        cairo_close_path(p->cr);
        draw_colour(p, colour, 0.22);
        cairo_fill(p->cr);
        cairo_append_path(p->cr, path);
        cairo_path_destroy(path);
    }
    draw_colour(p, colour, 1);
    cairo_set_line_width(p->cr, 1.5);
    cairo_stroke(p->cr);
}

static double key_draw(struct panel *p, double x, double y, enum colour_name colour, const char *text) {
    cairo_move_to(p->cr, x, y - 4);
    cairo_line_to(p->cr, x + 14, y - 4);
    draw_colour(p, colour, 1);
    cairo_set_line_width(p->cr, 2);
    cairo_stroke(p->cr);
    draw_text(p, x + 19, y, 10, C_DIM, LEFT, text);
    return x + 19 + draw_width(p, 10, text) + 14;
}

static void curves_draw(struct panel *p, struct rect r) {
    draw_rounded(p, r, 4);
    draw_colour(p, C_BACK, 1);
    cairo_fill(p->cr);
    cairo_save(p->cr);
    cairo_rectangle(p->cr, r.x, r.y, r.w, r.h);
    cairo_clip(p->cr);
    struct rect in = {r.x, r.y + 4, r.w, r.h - 8};
    curve(p, in, sample_used, C_ACCENT, true);
    curve(p, in, sample_largest, C_LIST, false);
    curve(p, in, sample_fragments, C_ARRAY, false);
    cairo_restore(p->cr);
}

static void numbers_draw(struct panel *p, struct rect r, double y) {
    char used[32], total[32], largest[32], text[160];
    const struct scene_now *n = &p->now;
    text_bytes(used, sizeof used, (double)n->used);
    text_bytes(total, sizeof total, (double)n->total);
    text_bytes(largest, sizeof largest, (double)n->largest_free);
    struct heap_sample s = {n->time, n->used, n->total, n->largest_free};
    snprintf(text, sizeof text, "%s of %s   largest free %s   fragmented %.0f %%   collections %llu", used, total, largest,
             sample_fragments(&s) * 100, (unsigned long long)n->collections);
    if (r.w < 330) snprintf(text, sizeof text, "%s of %s   fragmented %.0f %%", used, total, sample_fragments(&s) * 100);
    double size = 11;
    while (size > 8 && draw_width(p, size, text) > r.w) size -= 0.5;
    draw_text(p, r.x, y, size, C_TEXT, LEFT, text);
}

static void block_outline(struct panel *p) {
    double w = map_cell / p->scale, h = map_row / p->scale;
    int column = p->hover_block % map_columns, row = p->hover_block / map_columns;
    cairo_rectangle(p->cr, map_at.x + column * w - 1, map_at.y + row * h - 1, w + 1, h + 1);
    draw_colour(p, C_TEXT, 1);
    cairo_set_line_width(p->cr, 1.2);
    cairo_stroke(p->cr);
}

static void hover_draw(struct panel *p) {
    if (p->hover_block < 0 || p->now.answer_block != (uint32_t)p->hover_block || !p->now.answer[0]) return;
    block_outline(p);
    double w = draw_width(p, 11, p->now.answer) + 16, x = p->hover_x + 14, y = p->hover_y + 14;
    if (x + w > p->width - 8) x = p->width - 8 - w;
    draw_rounded(p, (struct rect){x, y, w, 22}, 5);
    draw_colour(p, C_CHIP, 0.94);
    cairo_fill(p->cr);
    cairo_set_source_rgb(p->cr, 1, 1, 1);
    cairo_move_to(p->cr, x + 8, y + 15);
    cairo_set_font_size(p->cr, 11);
    cairo_show_text(p->cr, p->now.answer);
    cairo_new_path(p->cr);
}

static void block_set(struct panel *p, int block) {
    if (block == p->hover_block) return;
    p->hover_block = block;
    scene_input_put(p->scene, &(struct scene_input){.kind = INPUT_HOVER, .index = block < 0 ? UINT32_MAX : (uint32_t)block});
}


void heap_hover(struct panel *p, double x, double y) {
    int block = -1;
    if (p->visible[VIEW_HEAP] && inside(map_at, x, y) && map_cell > 0) {
        int column = (int)((x - map_at.x) * p->scale) / map_cell, row = (int)((y - map_at.y) * p->scale) / map_row;
        block = row * map_columns + column;
        if ((uint32_t)block >= p->now.n_blocks) block = -1;
    }
    p->hover_x = x;
    p->hover_y = y;
    block_set(p, block);
}


void heap_step(struct panel *p, int right, int down) {
    int64_t block = p->hover_block < 0 ? 0 : (int64_t)p->hover_block + right + (int64_t)down * map_columns;
    if (map_columns == 0 || block < 0 || block >= (int64_t)p->now.n_blocks) return;
    p->hover_x = map_at.x + (double)(block % map_columns) * map_cell / p->scale;
    p->hover_y = map_at.y + (double)(block / map_columns) * map_row / p->scale;
    block_set(p, (int)block);
}

void heap_draw(struct panel *p, struct rect r) {
    draw_panel(p, r, "HEAP");
    if (p->now.n_blocks < p->now.all_blocks) {
        char room[32], text[64];
        text_bytes(room, sizeof room, (double)p->now.n_blocks * p->now.block_bytes);
        snprintf(text, sizeof text, "the first %s", room);
        draw_text(p, r.x + r.w - 14, r.y + 20, 11, C_DIM, RIGHT, text);
    }
    struct rect in = {r.x + 14, r.y + 32, r.w - 28, r.h - 44};
    numbers_draw(p, in, in.y + 10);
    bool roomy = in.w >= 330 && in.h >= 170; // else map and curves alone
    double curves = in.h * 0.2 > 46 ? in.h * 0.2 : in.h > 220 ? 46 : 24;
    double keys = roomy ? 16 : 0, bottom = in.y + in.h - curves - keys - (roomy ? 41 : 8);
    map_draw(p, (struct rect){in.x, in.y + 20, in.w, bottom - in.y - 24});
    double y = map_at.y + map_at.h + 6; // what the map leaves is for the curves
    if (roomy) y = legend_draw(p, in.x, y + 11, in.w) + 11;
    curves_draw(p, (struct rect){in.x, y, in.w, in.y + in.h - keys - y});
    if (roomy) {
        double x = key_draw(p, in.x, in.y + in.h, C_ACCENT, "used");
        x = key_draw(p, x, in.y + in.h, C_LIST, "out of reach for one large object");
        key_draw(p, x, in.y + in.h, C_ARRAY, "fragmentation");
    }
    hover_draw(p);
}
