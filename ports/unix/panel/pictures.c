// SPDX-License-Identifier: MIT
// Pictures without a display: the panel drawn into memory, saved as PNG, or frame by frame as an animated GIF.
//
// A GIF has at most 256 colours: the most frequent ones of the first frame (5 bits each of red, green, blue), and for others the nearest.
#define _GNU_SOURCE
#include "ports/unix/panel/pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <gif_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cairo_surface_t *picture_draw(struct panel *p) {
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(p->width * p->scale), (int)(p->height * p->scale));
    p->cr = cairo_create(s);
    panel_draw(p);
    cairo_destroy(p->cr);
    p->cr = NULL;
    cairo_surface_flush(s);
    return s;
}

const char *picture_save(struct panel *p, const char *file) {
    cairo_surface_t *s = picture_draw(p);
    cairo_status_t status = cairo_surface_write_to_png(s, file);
    cairo_surface_destroy(s);
    return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
}

// ---- GIF -------------------------------------------------------------------------------------------------------------------------
enum { CELLS = 1 << 15, COLOURS = 256 };

static struct {
    GifFileType *file;
    GifColorType colours[COLOURS];
    int n;
    int16_t nearest[CELLS]; // of each 15-bit colour, -1: not looked for yet
    uint64_t last;          // board time of the last frame, ns
} gif;

static unsigned cell_of(uint32_t pixel) { return (pixel >> 19 & 31) << 10 | (pixel >> 11 & 31) << 5 | (pixel >> 3 & 31); }

static void palette_make(const uint32_t *pixels, size_t n) {
    static uint32_t count[CELLS];
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++) count[cell_of(pixels[i])]++;
    static const uint32_t always[] = {0x000000, 0xffffff, 0xff4a3d, 0x3ddc6f, 0xffd23f, 0x4f8dff, 0xf0a32a, 0x56b4e9}; // lit later, maybe
    gif.n = 0;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) count[cell_of(always[i])] += 1u << 30;
    while (gif.n < COLOURS) {
        unsigned best = 0;
        for (unsigned c = 1; c < CELLS; c++)
            if (count[c] > count[best]) best = c;
        if (count[best] == 0) break;
        count[best] = 0;
        gif.colours[gif.n++] = (GifColorType){(GifByteType)((best >> 10 & 31) * 255 / 31), (GifByteType)((best >> 5 & 31) * 255 / 31),
                                              (GifByteType)((best & 31) * 255 / 31)};
    }
    while (gif.n < COLOURS) gif.colours[gif.n++] = (GifColorType){0, 0, 0};
    for (size_t i = 0; i < CELLS; i++) gif.nearest[i] = -1;
}

static GifByteType colour_index(uint32_t pixel) {
    unsigned cell = cell_of(pixel);
    if (gif.nearest[cell] >= 0) return (GifByteType)gif.nearest[cell];
    int best = 0, least = 1 << 30;
    for (int i = 0; i < gif.n; i++) {
        int r = gif.colours[i].Red - (int)(pixel >> 16 & 255), g = gif.colours[i].Green - (int)(pixel >> 8 & 255),
            b = gif.colours[i].Blue - (int)(pixel & 255), d = 2 * r * r + 4 * g * g + b * b;
        if (d < least) least = d, best = i;
    }
    gif.nearest[cell] = (int16_t)best;
    return (GifByteType)best;
}

static const char *gif_begin(const char *file, const uint32_t *pixels, int w, int h) {
    int error = 0;
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666); // the library would let nobody else read it
    if (fd < 0) return strerror(errno);
    gif.file = EGifOpenFileHandle(fd, &error);
    if (!gif.file) return GifErrorString(error);
    palette_make(pixels, (size_t)w * (size_t)h);
    ColorMapObject *map = GifMakeMapObject(COLOURS, gif.colours);
    EGifSetGifVersion(gif.file, true);
    bool good = EGifPutScreenDesc(gif.file, w, h, 8, 0, map) == GIF_OK;
    GifFreeMapObject(map);
    static const unsigned char forever[] = {1, 0, 0};
    good = good && EGifPutExtensionLeader(gif.file, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
           EGifPutExtensionBlock(gif.file, 11, "NETSCAPE2.0") == GIF_OK && EGifPutExtensionBlock(gif.file, 3, forever) == GIF_OK &&
           EGifPutExtensionTrailer(gif.file) == GIF_OK;
    return good ? NULL : "the GIF can't be written";
}

const char *picture_gif(struct panel *p, const char *file) {
    cairo_surface_t *s = picture_draw(p);
    int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s), stride = cairo_image_surface_get_stride(s) / 4;
    const uint32_t *pixels = (const uint32_t *)(const void *)cairo_image_surface_get_data(s);
    const char *wrong = gif.file ? NULL : gif_begin(file, pixels, w, h);
    enum { HUNDREDTH = 10000000, USUAL = 5, LONGEST = 65535 };
    uint64_t shown = p->now.time >= gif.last ? (p->now.time - gif.last) / HUNDREDTH : USUAL; // time begins again with a reset
    unsigned delay = !gif.last ? USUAL : shown > LONGEST ? LONGEST : (unsigned)shown;
    unsigned char control[4] = {0, (unsigned char)(delay & 255), (unsigned char)(delay >> 8 & 255), 0};
    gif.last = p->now.time;
    static GifByteType row[8192];
    if (w > (int)sizeof row) wrong = "the picture is too wide for a GIF";
    bool good = !wrong && EGifPutExtension(gif.file, GRAPHICS_EXT_FUNC_CODE, sizeof control, control) == GIF_OK &&
                EGifPutImageDesc(gif.file, 0, 0, w, h, false, NULL) == GIF_OK;
    for (int y = 0; good && y < h; y++) {
        for (int x = 0; x < w; x++) row[x] = colour_index(pixels[(size_t)y * (size_t)stride + (size_t)x]);
        good = EGifPutLine(gif.file, row, w) == GIF_OK;
    }
    cairo_surface_destroy(s);
    return wrong ? wrong : good ? NULL : "the GIF can't be written";
}

void picture_end(void) {
    int error;
    if (gif.file) EGifCloseFile(gif.file, &error);
    gif.file = NULL;
}
