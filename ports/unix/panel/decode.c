// SPDX-License-Identifier: MIT
// What a wire says: UART characters, I2C bytes with their acknowledge, SPI bytes (mode 0), written above the waveform.
//
// Invariants
//  - Decoding starts at the oldest edge that is kept in front of the window and needs nothing else: no setting of the program is known
//  here.
//  - UART: the rate is the fastest usual one of whose bits there are single pulses, at least two and a tenth of all; else a bit is as long
//    as the shortest pulse. 8 data bits, no parity.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <stdio.h>

struct line { // reads levels of a channel at rising times
    const struct channel *c;
    uint64_t next;
    bool level;
};

static uint64_t oldest(const struct channel *c) { return c->head > EDGES ? c->head - EDGES : 0; }

static struct line line_begin(const struct channel *c) {
    uint64_t first = oldest(c);
    return (struct line){c, first, first < c->head ? !c->edges[first % EDGES].level : false};
}

static bool line_at(struct line *l, double at) {
    while (l->next < l->c->head && (double)l->c->edges[l->next % EDGES].at <= at) l->level = l->c->edges[l->next++ % EDGES].level;
    return l->level;
}

static void label(struct panel *p, struct rect r, double from, double span, double start, double end, const char *text,
                  enum colour_name colour) {
    double x = r.x + (start - from) / span * r.w, to = r.x + (end - from) / span * r.w;
    if (to < r.x || x > r.x + r.w) return;
    if (x < r.x) x = r.x;
    if (to > r.x + r.w) to = r.x + r.w;
    draw_rounded(p, (struct rect){x, r.y, to - x > 1.5 ? to - x - 0.5 : 1, r.h}, 3);
    draw_colour(p, colour, 0.28);
    cairo_fill(p->cr);
    if (draw_width(p, 9, text) < to - x) draw_text(p, (x + to) / 2, r.y + r.h - 3.5, 9, C_TEXT, CENTRE, text);
}

static void byte_text(unsigned v, char out[8]) {
    if (v > ' ' && v < 127)
        snprintf(out, 8, "%c", (int)v);
    else
        snprintf(out, 8, "%02x", v & 255);
}

// ---- UART ------------------------------------------------------------------------------------------------------------------------
// Pulses of about this length, in ns; NAN counts none and gives the shortest there is.
static uint64_t pulses_near(const struct channel *c, double length, double *shortest) {
    uint64_t n = 0;
    for (uint64_t i = oldest(c) + 1; i < c->head; i++) {
        double ns = (double)(c->edges[i % EDGES].at - c->edges[(i - 1) % EDGES].at);
        if (ns > 0 && ns < *shortest) *shortest = ns;
        n += fabs(ns - length) < 0.05 * length;
    }
    return n;
}

static double bit_time(const struct channel *c) {
    static const double usual[] = {1000000, 921600, 460800, 230400, 115200, 57600, 38400, 31250, 19200, 9600, 4800, 2400, 1200, 300};
    double shortest = INFINITY;
    uint64_t pulses = c->head - oldest(c);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        uint64_t n = pulses_near(c, 1e9 / usual[i], &shortest);
        if (n >= 2 && n * 10 >= pulses) return 1e9 / usual[i];
    }
    return shortest;
}

static void uart_draw(struct panel *p, const struct channel *c, struct rect r, double from, double span) {
    double bit = bit_time(c);
    if (!(bit < 1e9)) return;
    struct line l = line_begin(c);
    for (uint64_t i = oldest(c); i < c->head; i++) {
        double start = (double)c->edges[i % EDGES].at;
        if (c->edges[i % EDGES].level) continue; // a start bit falls
        if (start > from + span || start + 10 * bit > (double)p->now.time) break;
        unsigned value = 0;
        for (int k = 0; k < 8; k++) value |= (unsigned)line_at(&l, start + (1.5 + k) * bit) << k;
        bool stop = line_at(&l, start + 9.5 * bit);
        char text[8];
        byte_text(value, text);
        if (start + 10 * bit > from) label(p, r, from, span, start, start + 10 * bit, stop ? text : "!", stop ? C_DICT : C_BAD);
        while (i + 1 < c->head && (double)c->edges[(i + 1) % EDGES].at < start + 9.5 * bit) i++;
    }
}

// ---- I2C -------------------------------------------------------------------------------------------------------------------------
static void i2c_draw(struct panel *p, const struct channel *scl, const struct channel *sda, struct rect r, double from, double span) {
    struct line clock = line_begin(scl), data = line_begin(sda);
    bool active = false, address = false;
    int bits = 0;
    unsigned value = 0;
    double start = 0;
    while (clock.next < scl->head || data.next < sda->head) {
        double t_clock = clock.next < scl->head ? (double)scl->edges[clock.next % EDGES].at : INFINITY;
        double t_data = data.next < sda->head ? (double)sda->edges[data.next % EDGES].at : INFINITY;
        double t = t_clock < t_data ? t_clock : t_data;
        if (t > from + span) break;
        if (t_data < t_clock) { // SDA changes: while the clock is high that is a start or a stop
            bool level = line_at(&data, t);
            if (!clock.level) continue;
            active = !level;
            address = active;
            bits = 0;
            label(p, r, from, span, t, t + span * 0.008, level ? "P" : "S", C_ACCENT);
            continue;
        }
        if (!line_at(&clock, t) || !active) continue; // data counts at the rising edge
        bool bit = line_at(&data, t);
        if (bits == 0) start = t, value = 0;
        if (++bits <= 8) {
            value = value << 1 | bit;
            continue;
        }
        char text[16];
        if (address)
            snprintf(text, sizeof text, "%c%02x%s", value & 1 ? 'R' : 'W', value >> 1, bit ? " n" : "");
        else
            snprintf(text, sizeof text, "%02x%s", value, bit ? " n" : "");
        label(p, r, from, span, start, t, text, bit ? C_MODULE : address ? C_TUPLE : C_DICT);
        address = false;
        bits = 0;
    }
}

// ---- SPI -------------------------------------------------------------------------------------------------------------------------
static void spi_draw(struct panel *p, const struct channel *sck, const struct channel *mosi, struct rect r, double from, double span) {
    struct line data = line_begin(mosi);
    int bits = 0;
    unsigned value = 0;
    double start = 0, last = 0;
    for (uint64_t i = oldest(sck); i < sck->head; i++) {
        double t = (double)sck->edges[i % EDGES].at;
        if (t > from + span) break;
        if (!sck->edges[i % EDGES].level) continue;
        if (bits > 0 && t - last > 8 * (last - start + 1) / bits && bits > 1) bits = 0; // a pause ends a byte
        if (bits == 0) start = t, value = 0;
        last = t;
        value = value << 1 | line_at(&data, t);
        if (++bits < 8) continue;
        char text[8];
        snprintf(text, sizeof text, "%02x", value);
        label(p, r, from, span, start, t, text, C_DICT);
        bits = 0;
    }
}

void decode_draw(struct panel *p, int channel, struct rect r, double from, double span) {
    const struct channel *c = &p->channels[channel];
    const struct channel *other = channel + 1 < p->n_channels ? &p->channels[channel + 1] : NULL;
    if (c->decode == DECODE_UART)
        uart_draw(p, c, r, from, span);
    else if (c->decode == DECODE_I2C && other)
        i2c_draw(p, c, other, r, from, span);
    else if (c->decode == DECODE_SPI && other)
        spi_draw(p, c, other, r, from, span);
}
