// SPDX-License-Identifier: MIT
// The board, to scale: pins along its left and right edge with what each does, parts where they are soldered, and extra parts below.
//
// A pin's square is filled when it is high, hollow when low, dashed when nothing drives it; its line beside the board says name, direction,
// pull and level or frequency. A short is a red ring; a pin that was read while nothing drove it says FLOATS.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MODE_INPUT, MODE_OUTPUT, MODE_OPEN_DRAIN, MODE_ALT, MODE_ALT_OPEN_DRAIN, MODE_ANALOGUE }; // as enum gpio_mode

static const char *mode_word(const struct scene_pin *pin) {
    static const char *const words[] = {"in", "out", "od", "alt", "alt od", "adc"};
    return words[pin->mode < 6 ? pin->mode : 0];
}

static bool pin_used(const struct panel *p, int gpio) {
    const struct scene_pin *pin = &p->now.pins[gpio];
    return pin->mode != MODE_INPUT || pin->pull || pin->edges > 0 || !pin->floating;
}

// What stands behind the name: level, frequency and duty, or volts.
static void pin_words(const struct panel *p, int gpio, char *out, size_t room) {
    const struct scene_pin *pin = &p->now.pins[gpio];
    char number[32];
    if (pin->mode == MODE_ANALOGUE || (pin->volts > 0.01f && pin->volts < 3.29f))
        snprintf(number, sizeof number, "%.2f V", (double)pin->volts);
    else if (p->hertz[gpio] >= 8)
        text_hertz(number, sizeof number, p->hertz[gpio]);
    else
        snprintf(number, sizeof number, "%d", pin->level);
    static const char *const pulls[] = {"", " \xe2\x86\x91", " \xe2\x86\x93"}; // arrows up, down
    const char *trouble = pin->shorted ? "  SHORT" : pin->misread ? "  FLOATS" : "";
    if (pin->floating && !pin_used(p, gpio) && !*trouble) snprintf(out, room, "-");
    else snprintf(out, room, "%s%s  %s%s", mode_word(pin), pulls[pin->pull < 3 ? pin->pull : 0], number, trouble);
}

static const struct scene_pin_still *pin_of(const struct panel *p, int gpio) {
    for (uint32_t i = 0; i < p->scene->still.n_pins && i < SCENE_PINS; i++)
        if (p->scene->still.pins[i].gpio == gpio) return &p->scene->still.pins[i];
    return NULL;
}

// All of it, for the line of help.
void board_pin_words(const struct panel *p, int gpio, char *out, size_t room) {
    char words[80];
    const struct scene_pin_still *pin = pin_of(p, gpio);
    pin_words(p, gpio, words, sizeof words);
    snprintf(out, room, "%s (%s)  %s    ", pin ? pin->name : "", pin ? pin->cpu : "", words);
}

static void pin_square(struct panel *p, int gpio, struct rect r) {
    const struct scene_pin *pin = &p->now.pins[gpio];
    cairo_t *cr = p->cr;
    draw_rounded(p, r, 2);
    draw_colour(p, C_CHIP, 1);
    cairo_fill_preserve(cr);
    double high = p->hertz[gpio] >= 8 ? p->duty[gpio] : pin->level;
    if (!pin->floating) {
        draw_colour(p, C_HIGH, high);
        cairo_fill_preserve(cr);
    }
    double dash[] = {2, 2};
    if (pin->floating) cairo_set_dash(cr, dash, 2, 0);
    draw_colour(p, pin->shorted ? C_BAD : C_METAL, 1);
    cairo_set_line_width(cr, pin->shorted ? fmin(2.5, r.w * 0.25) : fmin(1.2, r.w * 0.15));
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
    if (pin->shorted) {
        cairo_arc(cr, r.x + r.w / 2, r.y + r.h / 2, r.w, 0, 2 * PI);
        cairo_stroke(cr);
    }
}

// What a slider stands at: what the hand wants as long as it is there, else what there is.
double slider_volts(const struct panel *p, int gpio) {
    double volts = p->slider == gpio ? (double)p->volts[gpio] : (double)p->now.pins[gpio].volts;
    return volts < 0 ? 0 : volts > 3.3 ? 3.3 : volts;
}

// A slider for the voltage of an analogue input; left or right of the words.
static void volts_slider(struct panel *p, int gpio, struct rect r) {
    double value = slider_volts(p, gpio) / 3.3, x = r.x + value * r.w;
    draw_rounded(p, (struct rect){r.x, r.y + r.h / 2 - 2, r.w, 4}, 2);
    draw_colour(p, C_FAINT, 1);
    cairo_fill(p->cr);
    draw_rounded(p, (struct rect){r.x, r.y + r.h / 2 - 2, value * r.w, 4}, 2);
    draw_colour(p, C_ACCENT, 1);
    cairo_fill(p->cr);
    cairo_arc(p->cr, x, r.y + r.h / 2, 5, 0, 2 * PI);
    draw_colour(p, C_ACCENT, 1);
    cairo_fill(p->cr);
    widget_add(p, r, W_SLIDER, gpio, "voltage of this input");
}

static bool pin_wants_slider(const struct panel *p, int gpio) { // a knob that is wired to it will do
    for (uint32_t i = 0; i < p->scene->still.n_parts && i < SCENE_PARTS; i++)
        if (p->scene->still.parts[i].gpio == gpio && part_picture(p->scene->still.parts[i].kind)->turns) return false;
    return p->now.pins[gpio].mode == MODE_ANALOGUE;
}

static void pin_line(struct panel *p, const struct scene_pin_still *pin, double x, double y, double pitch, bool left, double room) {
    int gpio = pin->gpio;
    enum { LEGIBLE = 7 };
    double size = pitch * 0.58;
    char words[80];
    if (size > 12) size = 12;
    if (size < LEGIBLE) size = fmin(LEGIBLE, pitch * 0.82); // lines may touch then
    pin_words(p, gpio, words, sizeof words);
    bool used = pin_used(p, gpio);
    double name_x = left ? x - 8 : x + 8, apart = size * 3, words_x = left ? name_x - apart : name_x + apart;
    draw_bold(p, name_x, y + size * 0.36, size, used ? C_TEXT : C_DIM, left ? RIGHT : LEFT, pin->name);
    enum colour_name colour = used ? C_DIM : C_FAINT;
    if (p->now.pins[gpio].misread) colour = C_WARN;
    if (p->now.pins[gpio].shorted) colour = C_BAD;
    bool fits = size >= LEGIBLE - 0.5 && draw_width(p, size, words) + apart + 8 < room;
    if (fits) draw_text(p, words_x, y + size * 0.36, size, colour, left ? RIGHT : LEFT, words);
    struct rect line = {left ? x - room : x, y - pitch / 2, room, pitch};
    widget_add(p, line, W_PIN, gpio, "click: drive it high, low, let go; right click, w: show in the logic view");
    if (pin_wants_slider(p, gpio) && room > 190)
        volts_slider(p, gpio, (struct rect){left ? words_x - 150 : words_x + 78, y - pitch / 2, 72, pitch});
}

static void chip_legs_draw(struct panel *p, struct rect chip) {
    enum { LEGS = 12 }; // on each side
    double step = chip.w / (LEGS + 1), leg = chip.w * 0.055;
    for (int i = 1; i <= LEGS; i++) {
        cairo_rectangle(p->cr, chip.x + i * step - step * 0.2, chip.y - leg, step * 0.4, chip.h + 2 * leg);
        cairo_rectangle(p->cr, chip.x - leg, chip.y + i * step - step * 0.2, chip.w + 2 * leg, step * 0.4);
    }
    cairo_set_source_rgba(p->cr, 0.75, 0.77, 0.8, 0.55);
    cairo_fill(p->cr);
}

static void body_draw(struct panel *p, struct rect b, double mm) {
    const struct scene_still *still = &p->scene->still;
    cairo_t *cr = p->cr;
    draw_rounded(p, b, 2.2 * mm);
    draw_colour(p, C_BOARD, 1);
    cairo_fill_preserve(cr);
    draw_colour(p, C_BOARD_EDGE, 1);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
    struct rect usb = {b.x + b.w / 2 - 4 * mm, b.y - 1.2 * mm, 8 * mm, 5.5 * mm};
    draw_rounded(p, usb, 0.6 * mm);
    cairo_set_source_rgb(cr, 0.72, 0.75, 0.79);
    cairo_fill(cr);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.22);
    for (int i = -1; i <= 1; i += 2) cairo_rectangle(cr, usb.x + usb.w / 2 + i * 2 * mm - 0.5 * mm, usb.y + 2.4 * mm, mm, 1.6 * mm);
    cairo_fill(cr);
    double side = b.w * 0.26;
    struct rect chip = {b.x + b.w / 2 - side / 2, b.y + b.h * 0.43 - side / 2, side, side};
    chip_legs_draw(p, chip);
    draw_rounded(p, chip, 2);
    draw_colour(p, C_CHIP, 1);
    cairo_fill(cr);
    cairo_arc(cr, chip.x + side * 0.15, chip.y + side * 0.15, side * 0.05, 0, 2 * PI);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.35);
    cairo_fill(cr);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.8);
    double size = b.w * 0.055;
    char title[64];
    snprintf(title, sizeof title, "%.63s", still->title);
    cairo_select_font_face(cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(cr, size);
    cairo_text_extents_t e;
    cairo_text_extents(cr, title, &e);
    while (e.x_advance > b.w * 0.62 && size > 4) {
        cairo_set_font_size(cr, size *= 0.94);
        cairo_text_extents(cr, title, &e);
    }
    cairo_move_to(cr, b.x + b.w / 2 - e.x_advance / 2, b.y + b.h * 0.92);
    cairo_show_text(cr, title);
    cairo_new_path(cr);
}

static void part_place(struct panel *p, int i, struct rect r) {
    const struct part_picture *picture = part_picture(p->scene->still.parts[i].kind);
    picture->draw(p, i, r);
    if (picture->presses || picture->turns || picture->tilts)
        widget_add(p, r, W_PART, i, picture->presses ? "click to press" : picture->turns ? "drag or wheel to turn" : "drag to tilt");
}

static double loose_height(const struct part_picture *picture, double most) { // about to scale, but large enough for a hand
    enum { TALLEST = 9 }; // mm
    double share = picture->h / TALLEST;
    return most * (share < 0.5 ? 0.5 : share > 1 ? 1 : share);
}

// Where a part goes that is not soldered to the board: side by side in the strip below it, smaller when they are many.
static struct rect loose_place(const struct panel *p, struct rect below, uint32_t part) {
    enum { LABEL = 18, APART = 44 };
    double most = below.h - LABEL, all = 0, before = 0, w = 0, h = 0;
    for (uint32_t i = 0; i < p->scene->still.n_parts && i < SCENE_PARTS; i++) {
        if (p->scene->still.parts[i].x >= 0) continue;
        const struct part_picture *picture = part_picture(p->scene->still.parts[i].kind);
        double high = loose_height(picture, most), wide = high * picture->w / picture->h;
        if (i == part) w = wide, h = high, before = all;
        all += (wide > APART ? wide : APART) + APART;
    }
    double scale = all > below.w ? below.w / all : 1;
    double x = below.x + APART * scale / 2 + before * scale;
    return (struct rect){x, below.y + (most - h * scale) / 2, w * scale, h * scale};
}

static void wires_draw(struct panel *p, struct rect b, double mm, struct rect below) { // from loose parts to their pins
    for (uint32_t i = 0; i < p->scene->still.n_parts && i < SCENE_PARTS; i++) {
        const struct scene_part_still *part = &p->scene->still.parts[i];
        const struct scene_pin_still *pin = part->gpio >= 0 ? pin_of(p, part->gpio) : NULL;
        if (part->x >= 0 || !pin || pin->x < 0) continue;
        struct rect r = loose_place(p, below, i);
        double x = b.x + pin->x * mm, y = b.y + pin->y * mm, to = r.x + r.w / 2;
        cairo_move_to(p->cr, x, y);
        cairo_curve_to(p->cr, x + (to < x ? -6 : 6) * mm, y, to, r.y - 10 * mm, to, r.y);
        draw_colour(p, C_ACCENT, 0.6);
        cairo_set_line_width(p->cr, 1.6);
        cairo_stroke(p->cr);
    }
}

static void parts_draw(struct panel *p, struct rect b, double mm, struct rect below) {
    const struct scene_still *still = &p->scene->still;
    for (uint32_t i = 0; i < still->n_parts && i < SCENE_PARTS; i++) {
        const struct scene_part_still *part = &still->parts[i];
        const struct part_picture *picture = part_picture(part->kind);
        if (part->x >= 0) {
            struct rect r = {b.x + part->x * mm - picture->w * mm / 2, b.y + part->y * mm - picture->h * mm / 2, picture->w * mm,
                             picture->h * mm};
            part_place(p, (int)i, r);
            continue;
        }
        struct rect r = loose_place(p, below, i);
        part_place(p, (int)i, r);
        const struct scene_pin_still *pin = part->gpio >= 0 ? pin_of(p, part->gpio) : NULL;
        char label[64];
        snprintf(label, sizeof label, "%.23s %.23s", part->name, pin ? pin->name : "");
        draw_text(p, r.x + r.w / 2, below.y + below.h - 3, 10, C_DIM, CENTRE, label);
    }
}

static bool parts_loose(const struct panel *p) {
    for (uint32_t i = 0; i < p->scene->still.n_parts; i++)
        if (p->scene->still.parts[i].x < 0) return true;
    return false;
}

void board_draw(struct panel *p, struct rect r) {
    const struct scene_still *still = &p->scene->still;
    draw_panel(p, r, "BOARD");
    double strip = parts_loose(p) ? 64 : 0;
    struct rect in = {r.x + 12, r.y + 34, r.w - 24, r.h - 46 - strip};
    double mm = in.h / (still->height + 2), most = (in.w - 2 * (in.w < 450 ? 60 : 130)) / still->width;
    if (mm > most && most > 2) mm = most;
    double w = still->width * mm, h = still->height * mm;
    struct rect b = {in.x + in.w / 2 - w / 2, in.y + (in.h - h) / 2 + mm, w, h};
    body_draw(p, b, mm);
    struct rect below = {in.x, in.y + in.h + 10, in.w, strip - 8};
    wires_draw(p, b, mm, below);
    double pitch = 2.54 * mm, room = (in.w - w) / 2, side = pitch * 0.5;
    if (side > 12) side = 12;
    for (uint32_t i = 0; i < still->n_pins && i < SCENE_PINS; i++) {
        const struct scene_pin_still *pin = &still->pins[i];
        if (pin->x < 0 || pin->gpio >= SCENE_PINS) continue;
        double x = b.x + pin->x * mm, y = b.y + pin->y * mm;
        bool left = pin->x < still->width / 2;
        pin_line(p, pin, left ? b.x : b.x + b.w, y, pitch, left, room);
        pin_square(p, pin->gpio, (struct rect){x - side / 2, y - side / 2, side, side});
    }
    parts_draw(p, b, mm, below);
}
