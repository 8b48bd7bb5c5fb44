// SPDX-License-Identifier: MIT
// Taking a function image apart without trusting it (spec/bytecode.md section 3): every read is checked against the length.
#include "code/code.h"

struct reader {
    const uint8_t *p, *end;
    bool bad;
};

static unsigned reader_byte(struct reader *r) {
    if (r->p >= r->end) {
        r->bad = true;
        return 0;
    }
    return *r->p++;
}

// Bit k of each further signature byte belongs to one of six numbers; a number of 32 bits and more is refused.
static void split_signature(struct reader *r, struct code_info *info) {
    unsigned b = reader_byte(r);
    uint64_t s = b >> 3 & 15, e = b >> 2 & 1, a = b & 3, f = 0, k = 0, d = 0;
    for (unsigned n = 1; (b & 0x80) && !r->bad; n++) {
        b = reader_byte(r);
        if (n > 24) {
            r->bad = true;
            break;
        }
        f |= (uint64_t)(b >> 6 & 1) << (n - 1);
        s |= (uint64_t)(b >> 4 & 3) << (2 * n + 2);
        k |= (uint64_t)(b >> 3 & 1) << (n - 1);
        a |= (uint64_t)(b >> 2 & 1) << (n + 1);
        e |= (uint64_t)(b >> 1 & 1) << n;
        d |= (uint64_t)(b & 1) << (n - 1);
    }
    enum { MOST = 0xffff, MOST_STATE = 1 << 24 }; // a display of constants on the stack may be large
    if (s >= MOST_STATE || e > MOST || a > MOST || k > MOST || d > MOST || f > 15) {
        r->bad = true;
        return;
    }
    info->n_state = (uint32_t)s + 1;
    info->n_blocks = (uint32_t)e;
    info->flags = (uint32_t)f;
    info->n_pos = (uint32_t)a;
    info->n_kwonly = (uint32_t)k;
    info->n_defaults = (uint32_t)d;
}

static void split_sizes(struct reader *r, size_t *n_info, size_t *n_cells) {
    *n_info = *n_cells = 0;
    unsigned b, n = 0;
    do {
        b = reader_byte(r);
        if (n > 8) { // 256 cells need nine bits
            r->bad = true;
            return;
        }
        *n_info |= (size_t)(b >> 1 & 63) << (6 * n);
        *n_cells |= (size_t)(b & 1) << n;
        n++;
    } while (b & 0x80);
}

static bool split_names(const struct code_info *info, const uint8_t *end) {
    const uint8_t *p = info->names;
    for (size_t i = 0; i < 1 + (size_t)info->n_pos + info->n_kwonly; i++) {
        size_t groups = 0;
        do {
            if (p >= end || ++groups > 5) return false;
        } while (*p++ & 0x80);
    }
    return true;
}

static const uint8_t *skip_names(const struct code_info *info) {
    const uint8_t *p = info->names;
    for (size_t i = 0; i < 1 + (size_t)info->n_pos + info->n_kwonly; i++) varint_read(&p);
    return p;
}

const char *code_split(const uint8_t *image, size_t len, struct code_info *info) {
    struct reader r = {image, image + len, false};
    memset(info, 0, sizeof *info);
    split_signature(&r, info);
    size_t n_info, n_cells;
    split_sizes(&r, &n_info, &n_cells);
    if (r.bad || n_info > (size_t)(r.end - r.p) || n_cells > (size_t)(r.end - r.p) - n_info) return "bad function header";
    info->names = r.p;
    if (!split_names(info, r.p + n_info)) return "bad function header";
    info->lines = skip_names(info);
    info->lines_end = r.p + n_info;
    info->cells = info->lines_end;
    info->n_cells = (uint32_t)n_cells;
    info->start = info->cells + n_cells;
    info->code_len = (uint32_t)(r.end - info->start);
    size_t locals = (size_t)info->n_pos + info->n_kwonly + !!(info->flags & CODE_VARARGS) + !!(info->flags & CODE_KWARGS);
    if (locals > info->n_state || info->n_defaults > info->n_pos) return "bad function header";
    for (size_t i = 0; i < n_cells; i++)
        if (info->cells[i] >= info->n_state) return "bad function header";
    // the last line entry may not be cut
    for (const uint8_t *p = info->lines; p < info->lines_end; p++)
        if ((*p & 0x80) && ++p >= info->lines_end) return "bad line table";
    return NULL;
}
