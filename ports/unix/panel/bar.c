// SPDX-License-Identifier: MIT
// The bar at the top: what runs, its time, and the buttons that hold, step and reset it.
#include "ports/unix/panel/panel.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define BOLDER 1.13 // bold letters are wider

enum bar_button { BAR_PAUSE, BAR_STEP, BAR_COLLECT, BAR_RESET, BAR_SLOWER, BAR_FASTER, BAR_THEME, BAR_BUTTONS };

static void icon_draw(struct panel *p, int i, double x, double y) { // in a square of 12 around x, y
    cairo_t *cr = p->cr;
    draw_colour(p, C_TEXT, 1);
    switch (i) {
    case BAR_PAUSE:
        if (p->now.paused) {
            cairo_move_to(cr, x - 4, y - 6);
            cairo_line_to(cr, x + 6, y);
            cairo_line_to(cr, x - 4, y + 6);
            cairo_close_path(cr);
        } else {
            cairo_rectangle(cr, x - 5, y - 6, 3.5, 12);
            cairo_rectangle(cr, x + 1.5, y - 6, 3.5, 12);
        }
        cairo_fill(cr);
        break;
    case BAR_STEP:
    case BAR_COLLECT:
        cairo_move_to(cr, x - 6, y - 6);
        cairo_line_to(cr, x + 2, y);
        cairo_line_to(cr, x - 6, y + 6);
        cairo_close_path(cr);
        cairo_rectangle(cr, x + 3, y - 6, 2.5, 12);
        if (i == BAR_COLLECT) draw_colour(p, C_ARRAY, 1);
        cairo_fill(cr);
        break;
    case BAR_RESET:
        cairo_set_line_width(cr, 2);
        cairo_arc(cr, x, y, 5.5, -PI * 0.35, PI * 1.35);
        cairo_stroke(cr);
        cairo_move_to(cr, x + 1, y - 8.5);
        cairo_line_to(cr, x + 7, y - 5);
        cairo_line_to(cr, x + 1.5, y - 1.5);
        cairo_close_path(cr);
        cairo_fill(cr);
        break;
    case BAR_THEME:
        cairo_arc(cr, x, y, 6, PI / 2, PI * 1.5);
        cairo_close_path(cr);
        cairo_fill(cr);
        cairo_arc(cr, x, y, 6, 0, 2 * PI);
        cairo_set_line_width(cr, 1.5);
        cairo_stroke(cr);
        break;
    default: draw_bold(p, x, y + 6, 17, C_TEXT, CENTRE, i == BAR_SLOWER ? "\xe2\x88\x92" : "+"); break;
    }
}

static double button_draw(struct panel *p, double x, double y, int i) {
    static const char *const hints[] = {
        "space: pause, go on", "n: one millisecond of board time", "c: on to the next collection", "r: reset", "-: slower", "+: faster",
        "t: dark, light"};
    struct rect r = {x, y - 14, 30, 28};
    draw_rounded(p, r, 6);
    draw_colour(p, inside(r, p->mouse_x, p->mouse_y) ? C_FAINT : C_PANEL, 1);
    cairo_fill_preserve(p->cr);
    draw_colour(p, C_PANEL_EDGE, 1);
    cairo_set_line_width(p->cr, 1);
    cairo_stroke(p->cr);
    icon_draw(p, i, x + 15, y);
    widget_add(p, r, W_BAR, i, hints[i]);
    return x + 36;
}

static void state_words(const struct panel *p, char *out, size_t room) {
    const struct scene_now *n = &p->now;
    static const struct {
        int number;
        const char *name;
    } signals[] = {{SIGTERM, "SIGTERM"}, {SIGHUP, "SIGHUP"},   {SIGQUIT, "SIGQUIT"}, {SIGABRT, "SIGABRT"}, {SIGSEGV, "SIGSEGV"},
                   {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},   {SIGXCPU, "SIGXCPU"}, {SIGINT, "SIGINT"}};
    int signal = atomic_load(&p->scene->signal);
    const char *name = "a signal";
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (signals[i].number == signal) name = signals[i].name;
    if (signal && (n->ended || p->gone))
        snprintf(out, room, "ended by %s", name);
    else if (n->ended)
        snprintf(out, room, n->status ? "ended with status %d" : "ended", (int)n->status);
    else if (p->gone)
        snprintf(out, room, "killed"); // it could not say a word
    else if (n->paused)
        snprintf(out, room, "paused");
    else if (p->scene->still.is_virtual)
        snprintf(out, room, "virtual clock  %gx", (double)n->speed);
    else
        snprintf(out, room, "real clock");
}

static const char *file_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// From the right: buttons, state, time; from the left: board, script. What has no room is left out, the state last.
void bar_draw(struct panel *p, struct rect r) {
    enum { EDGE = 16, APART = 18 };
    char state[80], time[32];
    double y = r.y + r.h / 2, x = r.x + r.w - EDGE - BAR_BUTTONS * 36 + 6;
    if (!p->scene->still.is_virtual) x += 72; // real time cannot be sped up
    double right = x - EDGE;
    for (int i = 0; i < BAR_BUTTONS; i++)
        if (p->scene->still.is_virtual || (i != BAR_SLOWER && i != BAR_FASTER)) x = button_draw(p, x, y, i);
    state_words(p, state, sizeof state);
    snprintf(time, sizeof time, "%.6f s", (double)p->now.time / 1e9);
    const char *title = p->scene->still.title, *script = file_of(p->scene->still.script);
    double left = r.x + EDGE, title_w = draw_width(p, 15, title) * BOLDER + APART, state_w = draw_width(p, 12, state) + APART,
           time_w = draw_width(p, 14, time) * BOLDER + APART, script_w = draw_width(p, 13, script) + APART;
    bool alarm = p->now.ended || p->gone || p->now.paused;
    if (alarm || left + title_w + state_w < right) {
        draw_text(p, right, y + 5, 12, alarm ? C_HIGH : C_DIM, RIGHT, state);
        right -= state_w;
    }
    if (left + title_w < right) {
        draw_bold(p, left, y + 5, 15, C_TEXT, LEFT, title);
        left += title_w;
    }
    if (left + time_w < right) {
        draw_bold(p, right, y + 5, 14, C_TEXT, RIGHT, time);
        right -= time_w;
    }
    if (left + script_w < right) draw_text(p, left, y + 5, 13, C_DIM, LEFT, script);
}

static void speed_change(struct panel *p, double factor) {
    p->asked_speed = (p->asked_speed > 0 ? p->asked_speed : (double)p->now.speed) * factor;
    model_input(p, INPUT_SPEED, 0, p->asked_speed);
}

void bar_press(struct panel *p, int index) {
    switch (index) {
    case BAR_PAUSE: model_input(p, INPUT_PAUSE, 0, !p->now.paused); break;
    case BAR_STEP: model_input(p, INPUT_STEP, 0, 1e6); break;
    case BAR_COLLECT: model_input(p, INPUT_STEP_COLLECTION, 0, 1); break;
    case BAR_RESET: model_input(p, INPUT_RESET, 0, 1); break;
    case BAR_SLOWER: speed_change(p, 0.5); break;
    case BAR_FASTER: speed_change(p, 2); break;
    case BAR_THEME: theme_set(p, !p->light); break;
    default: break;
    }
}
