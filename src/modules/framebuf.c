// SPDX-License-Identifier: MIT
// Module framebuf: pictures in a buffer of the program.
//
// Invariants
//  - The buffer is asked for at each call, since a bytearray can move or shrink: too small is ValueError, then as at the beginning.
//  - stride is rounded up to whole bytes, so that a row begins with a byte (MONO_VLSB: a byte holds 8 rows of a column).
//  - Coordinates may be any machine integers; what lies outside is not drawn. Sums of coordinates are cut before they are made.
#include "heap/heap.h"
#include "modules/framebuf.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

enum { SIDE_MOST = 0xffff, FAR = 1 << 24 }; // no coordinate that matters is further away

struct framebuffer { // 5 words
    const struct type *type;
    obj_t buffer;
    uint16_t width, height, stride;
    uint8_t format;
};
static const struct type type_FrameBuffer;

// ---- pixels -------------------------------------------------------------------------------------------------------------------
struct packing { uint8_t bits, per_byte; bool high_first; };
static const struct packing packings[PICTURE_FORMATS] = {
    [MONO_VLSB] = {1, 1, false}, [RGB565] = {16, 1, false}, [GS4_HMSB] = {4, 2, true}, [MONO_HLSB] = {1, 8, true},
    [MONO_HMSB] = {1, 8, false}, [GS2_HMSB] = {2, 4, false}, [GS8] = {8, 1, false}};

static inline unsigned pixel_shift(const struct packing *k, size_t index) {
    unsigned i = (unsigned)(index % k->per_byte);
    return k->bits * (k->high_first ? k->per_byte - 1 - i : i);
}

uint32_t picture_get(const struct picture *p, intptr_t x, intptr_t y) {
    if (p->format == MONO_VLSB) return p->data[(y >> 3) * p->stride + x] >> (y & 7) & 1;
    size_t index = (size_t)(y * p->stride + x);
    if (p->format == GS8) return p->data[index];
    if (p->format == RGB565) return p->data[2 * index] | (uint32_t)p->data[2 * index + 1] << 8;
    const struct packing *k = &packings[p->format];
    return p->data[index / k->per_byte] >> pixel_shift(k, index) & ((1u << k->bits) - 1);
}

static void pixel_put(const struct picture *p, intptr_t x, intptr_t y, uint32_t color) {
    if (p->format == MONO_VLSB) {
        uint8_t *byte = &p->data[(y >> 3) * p->stride + x], bit = (uint8_t)(1 << (y & 7));
        *byte = (uint8_t)(color ? *byte | bit : *byte & ~bit);
        return;
    }
    size_t index = (size_t)(y * p->stride + x);
    if (p->format == GS8) {
        p->data[index] = (uint8_t)color;
    } else if (p->format == RGB565) {
        p->data[2 * index] = (uint8_t)color;
        p->data[2 * index + 1] = (uint8_t)(color >> 8);
    } else {
        const struct packing *k = &packings[p->format];
        unsigned shift = pixel_shift(k, index), mask = (1u << k->bits) - 1;
        if (k->bits == 1) color = color != 0;
        uint8_t *byte = &p->data[index / k->per_byte];
        *byte = (uint8_t)((*byte & ~(mask << shift)) | (color & mask) << shift);
    }
}

void picture_put(const struct picture *p, intptr_t x, intptr_t y, uint32_t color) {
    if (x >= 0 && x < p->width && y >= 0 && y < p->height) pixel_put(p, x, y, color);
}

void picture_fill(const struct picture *p, intptr_t x, intptr_t y, intptr_t w, intptr_t h, uint32_t color) {
    if (w < 1 || h < 1 || x >= p->width || y >= p->height || x <= -w || y <= -h) return;
    intptr_t x_end = w < p->width - x ? x + w : p->width, y_end = h < p->height - y ? y + h : p->height;
    if (x < 0) x = 0;
    if (y < 0) y = 0;
    for (; y < y_end; y++) {
        poll_keyboard();
        for (intptr_t at = x; at < x_end; at++) pixel_put(p, at, y, color);
    }
}

// ---- objects --------------------------------------------------------------------------------------------------------------------
static size_t whole(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

static size_t picture_bytes(const struct framebuffer *f) {
    if (f->format == MONO_VLSB) return (whole(f->height, 8) / 8 - 1) * f->stride + f->width;
    const struct packing *k = &packings[f->format];
    return ((size_t)(f->height - 1) * f->stride + whole(f->width, k->per_byte)) * k->bits / 8;
}

static struct picture framebuffer_picture(const struct framebuffer *f, unsigned flags) {
    struct buffer b;
    obj_buffer(f->buffer, &b, flags);
    if (picture_bytes(f) > b.len) raise_type(&type_ValueError);
    return (struct picture){b.data, f->width, f->height, f->stride, (enum picture_format)f->format};
}

static void framebuffer_init(struct framebuffer *f, size_t n, const obj_t *args, unsigned flags) {
    intptr_t width = obj_get_int(args[1]), height = obj_get_int(args[2]), format = obj_get_int(args[3]);
    intptr_t stride = n > 4 ? obj_get_int(args[4]) : width;
    if (width < 1 || height < 1 || width > SIDE_MOST || height > SIDE_MOST || stride < width || stride > SIDE_MOST - 7)
        raise_type(&type_ValueError);
    if (format < 0 || format >= PICTURE_FORMATS) raise_message(&type_ValueError, "invalid format");
    f->buffer = args[0];
    f->width = (uint16_t)width;
    f->height = (uint16_t)height;
    f->format = (uint8_t)format;
    f->stride = (uint16_t)whole((size_t)stride, packings[format].per_byte);
    framebuffer_picture(f, flags);
}

static obj_t framebuffer_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 4, 5, false);
    struct framebuffer *f = heap_new(5, 0, HEAP_REFS);
    f->type = type;
    framebuffer_init(f, n, args, BUFFER_WRITE);
    return OBJ_PTR(f);
}

static const struct framebuffer *framebuffer_self(obj_t o) {
    obj_t native = obj_native(o, &type_FrameBuffer);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'FrameBuffer' not a '%s'", obj_type_name(o));
    return (const struct framebuffer *)native;
}

static struct picture self_picture(obj_t self) { return framebuffer_picture(framebuffer_self(self), BUFFER_WRITE); }

static bool framebuffer_buffer(obj_t self, struct buffer *out, unsigned flags) {
    return obj_buffer_maybe(framebuffer_self(self)->buffer, out, flags);
}

// n coordinates, cut to where they make no difference.
static void coordinates(size_t n, const obj_t *args, intptr_t *out) {
    for (size_t i = 0; i < n; i++) {
        intptr_t v = obj_get_int(args[i]);
        out[i] = v < -FAR ? -FAR : v > FAR ? FAR : v;
    }
}

// ---- methods --------------------------------------------------------------------------------------------------------------------
static obj_t framebuffer_fill(obj_t self, obj_t color_object) {
    uint32_t color = (uint32_t)obj_get_int(color_object);
    struct picture p = self_picture(self);
    picture_fill(&p, 0, 0, p.width, p.height, color);
    return OBJ_NONE;
}

static obj_t framebuffer_pixel(size_t n, const obj_t *args) {
    intptr_t x = obj_get_int(args[1]), y = obj_get_int(args[2]);
    uint32_t color = n > 3 ? (uint32_t)obj_get_int(args[3]) : 0;
    struct picture p = self_picture(args[0]);
    if (x < 0 || x >= p.width || y < 0 || y >= p.height) return OBJ_NONE;
    if (n < 4) return OBJ_INT(picture_get(&p, x, y));
    pixel_put(&p, x, y, color);
    return OBJ_NONE;
}

// The n coordinates and the color behind them that a drawing method was given, and the picture. Last, for it must see no Python code run.
static struct picture drawing(const obj_t *args, size_t n, intptr_t *v, uint32_t *color) {
    coordinates(n, args + 1, v);
    *color = (uint32_t)obj_get_int(args[n + 1]);
    return self_picture(args[0]);
}

static obj_t framebuffer_hline(size_t n, const obj_t *args) {
    (void)n;
    intptr_t v[3];
    uint32_t color;
    struct picture p = drawing(args, 3, v, &color);
    picture_fill(&p, v[0], v[1], v[2], 1, color);
    return OBJ_NONE;
}

static obj_t framebuffer_vline(size_t n, const obj_t *args) {
    (void)n;
    intptr_t v[3];
    uint32_t color;
    struct picture p = drawing(args, 3, v, &color);
    picture_fill(&p, v[0], v[1], 1, v[2], color);
    return OBJ_NONE;
}

static obj_t framebuffer_fill_rect(size_t n, const obj_t *args) {
    (void)n;
    intptr_t v[4];
    uint32_t color;
    struct picture p = drawing(args, 4, v, &color);
    picture_fill(&p, v[0], v[1], v[2], v[3], color);
    return OBJ_NONE;
}

static obj_t framebuffer_rect(size_t n, const obj_t *args) {
    if (n > 6 && obj_true(args[6])) return framebuffer_fill_rect(6, args);
    intptr_t v[4];
    uint32_t color;
    struct picture p = drawing(args, 4, v, &color);
    picture_fill(&p, v[0], v[1], v[2], 1, color);
    picture_fill(&p, v[0], v[1] + v[3] - 1, v[2], 1, color);
    picture_fill(&p, v[0], v[1], 1, v[3], color);
    picture_fill(&p, v[0] + v[2] - 1, v[1], 1, v[3], color);
    return OBJ_NONE;
}

static obj_t framebuffer_line(size_t n, const obj_t *args) {
    (void)n;
    intptr_t v[4];
    uint32_t color;
    struct picture p = drawing(args, 4, v, &color);
    picture_line(&p, v[0], v[1], v[2], v[3], color);
    return OBJ_NONE;
}

static obj_t framebuffer_ellipse(size_t n, const obj_t *args) {
    bool filled = n > 6 && obj_true(args[6]);
    unsigned quadrants = n > 7 ? (unsigned)obj_get_int(args[7]) & QUADRANTS : QUADRANTS;
    intptr_t v[4];
    uint32_t color;
    struct picture p = drawing(args, 4, v, &color);
    picture_ellipse(&p, v[0], v[1], v[2], v[3], color, filled, quadrants);
    return OBJ_NONE;
}

static obj_t framebuffer_poly(size_t n, const obj_t *args) {
    intptr_t v[2];
    coordinates(2, args + 1, v);
    uint32_t color = (uint32_t)obj_get_int(args[4]);
    bool filled = n > 5 && obj_true(args[5]);
    struct buffer corners;
    obj_buffer(args[3], &corners, BUFFER_READ);
    size_t align, size = binary_size('@', corners.typecode, &align), count = size ? corners.len / size / 2 : 0;
    if (count == 0) return OBJ_NONE;
    int32_t *xy = host_alloc(2 * count * sizeof *xy);
    for (size_t i = 0; i < 2 * count; i++) {
        obj_t value = binary_load('@', corners.typecode, (const char *)corners.data + i * size);
        intptr_t at = obj_is_int(value) ? obj_int(value) : 0;
        xy[i] = (int32_t)(at < -FAR ? -FAR : at > FAR ? FAR : at);
    }
    struct picture p = self_picture(args[0]);
    picture_polygon(&p, v[0], v[1], count, xy, color, filled);
    host_free(xy);
    return OBJ_NONE;
}

static obj_t framebuffer_text(size_t n, const obj_t *args) {
    intptr_t v[2];
    size_t len;
    const char *text = str_data(args[1], &len);
    coordinates(2, args + 2, v);
    uint32_t color = n > 4 ? (uint32_t)obj_get_int(args[4]) : 1;
    struct picture p = self_picture(args[0]);
    picture_text(&p, text, len, v[0], v[1], color);
    return OBJ_NONE;
}

static obj_t framebuffer_scroll(obj_t self, obj_t x_object, obj_t y_object) {
    intptr_t dx = obj_get_int(x_object), dy = obj_get_int(y_object);
    struct picture p = self_picture(self);
    if (dx <= -p.width || dx >= p.width || dy <= -p.height || dy >= p.height) return OBJ_NONE;
    intptr_t w = p.width - (dx < 0 ? -dx : dx), h = p.height - (dy < 0 ? -dy : dy); // of what stays, moved in an order that keeps it
    for (intptr_t j = 0; j < h; j++) {
        intptr_t y = dy < 0 ? j : p.height - 1 - j;
        poll_keyboard();
        for (intptr_t i = 0; i < w; i++) {
            intptr_t x = dx < 0 ? i : p.width - 1 - i;
            pixel_put(&p, x, y, picture_get(&p, x - dx, y - dy));
        }
    }
    return OBJ_NONE;
}

// A FrameBuffer, or a tuple or list of what one is made from.
static struct framebuffer blit_source(obj_t o) {
    obj_t native = obj_native(o, &type_FrameBuffer), *items;
    if (native != OBJ_NULL) return *(const struct framebuffer *)native;
    size_t n;
    struct framebuffer f = {.type = &type_FrameBuffer};
    seq_items(o, &n, &items);
    if (n < 4 || n > 5) raise_type(&type_ValueError);
    obj_t copy[5];
    memcpy(copy, items, n * sizeof *copy);
    framebuffer_init(&f, n, copy, BUFFER_READ);
    return f;
}

static obj_t framebuffer_blit(size_t n, const obj_t *args) {
    struct framebuffer from = blit_source(args[1]), colors = {0};
    intptr_t v[2], key = n > 4 ? obj_get_int(args[4]) : -1;
    coordinates(2, args + 2, v);
    bool has_palette = n > 5 && args[5] != OBJ_NONE;
    if (has_palette) colors = blit_source(args[5]);
    struct picture source = framebuffer_picture(&from, BUFFER_READ), palette = {0}, p = self_picture(args[0]);
    if (has_palette) palette = framebuffer_picture(&colors, BUFFER_READ);
    for (intptr_t j = v[1] < 0 ? -v[1] : 0; j < source.height && v[1] + j < p.height; j++) {
        poll_keyboard();
        for (intptr_t i = v[0] < 0 ? -v[0] : 0; i < source.width && v[0] + i < p.width; i++) {
            uint32_t color = picture_get(&source, i, j);
            if (has_palette) color = color < (uint32_t)palette.width ? picture_get(&palette, (intptr_t)color, 0) : 0;
            if ((intptr_t)color != key) pixel_put(&p, v[0] + i, v[1] + j, color);
        }
    }
    return OBJ_NONE;
}

// FrameBuffer1(buffer, width, height[, stride]): the old way to say MONO_VLSB
static obj_t framebuf_FrameBuffer1(size_t n, const obj_t *args) {
    obj_t all[5] = {args[0], args[1], args[2], OBJ_INT(MONO_VLSB), n > 3 ? args[3] : args[1]};
    return framebuffer_construct(&type_FrameBuffer, 5, 0, all);
}

BUILTIN_2(fill_fn, framebuffer_fill);
BUILTIN_VAR(fill_rect_fn, 6, 6, framebuffer_fill_rect);
BUILTIN_VAR(pixel_fn, 3, 4, framebuffer_pixel);
BUILTIN_VAR(hline_fn, 5, 5, framebuffer_hline);
BUILTIN_VAR(vline_fn, 5, 5, framebuffer_vline);
BUILTIN_VAR(rect_fn, 6, 7, framebuffer_rect);
BUILTIN_VAR(line_fn, 6, 6, framebuffer_line);
BUILTIN_VAR(ellipse_fn, 6, 8, framebuffer_ellipse);
BUILTIN_VAR(poly_fn, 5, 6, framebuffer_poly);
BUILTIN_VAR(blit_fn, 4, 6, framebuffer_blit);
BUILTIN_3(scroll_fn, framebuffer_scroll);
BUILTIN_VAR(text_fn, 4, 5, framebuffer_text);
BUILTIN_VAR(FrameBuffer1_fn, 3, 4, framebuf_FrameBuffer1);

static const struct map_slot framebuffer_members[] = {
    MEMBER(fill, &fill_fn), MEMBER(fill_rect, &fill_rect_fn), MEMBER(pixel, &pixel_fn), MEMBER(hline, &hline_fn),
    MEMBER(vline, &vline_fn), MEMBER(rect, &rect_fn), MEMBER(line, &line_fn), MEMBER(ellipse, &ellipse_fn), MEMBER(poly, &poly_fn),
    MEMBER(blit, &blit_fn), MEMBER(scroll, &scroll_fn), MEMBER(text, &text_fn),
};
static FIXED_DICT(framebuffer_dict, framebuffer_members);
static const struct type_ops framebuffer_ops = {.construct = framebuffer_construct, .buffer = framebuffer_buffer};
static const struct type type_FrameBuffer = {
    .type = &type_type, .name = Q_FrameBuffer, .ops = &framebuffer_ops, .members = &framebuffer_dict};

static const struct map_slot framebuf_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_framebuf)),
    MEMBER(FrameBuffer, &type_FrameBuffer),
    MEMBER(FrameBuffer1, &FrameBuffer1_fn),
    MEMBER(MVLSB, OBJ_INT(MONO_VLSB)),
    MEMBER(MONO_VLSB, OBJ_INT(MONO_VLSB)),
    MEMBER(RGB565, OBJ_INT(RGB565)),
    MEMBER(GS2_HMSB, OBJ_INT(GS2_HMSB)),
    MEMBER(GS4_HMSB, OBJ_INT(GS4_HMSB)),
    MEMBER(GS8, OBJ_INT(GS8)),
    MEMBER(MONO_HLSB, OBJ_INT(MONO_HLSB)),
    MEMBER(MONO_HMSB, OBJ_INT(MONO_HMSB)),
};
static FIXED_DICT(framebuf_dict, framebuf_members);
const struct module module_framebuf = {&type_module, &framebuf_dict, {0}};
MODULE(framebuf, false, NULL, "");
