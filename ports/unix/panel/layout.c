// SPDX-License-Identifier: MIT
// The whole window: which view is where, and the line of help at the bottom.
//
// Four views share the room below the bar: board and logic on the left, heap and console on the right. A hidden one gives its room to its
// neighbour; a window that is narrow and high shows one column, a low one fewer views.
#include "ports/unix/panel/panel.h"

#include <stdio.h>

enum { BAR_H = 46, GAP = 10, HELP_H = 20 };

typedef void view_draw(struct panel *p, struct rect r);

static void column(struct panel *p, struct rect r, const int views[], const double weight[], int n) {
    static view_draw *const draw[] = {board_draw, logic_draw, heap_draw, console_draw};
    enum { LEAST = 150 }; // points; what would be lower is left out, the last ones first
    double all = 0;
    int shown = 0, most = (int)((r.h + GAP) / (LEAST + GAP));
    if (most < 1) most = 1;
    for (int i = 0; i < n; i++)
        if (p->visible[views[i]] && shown < most) all += weight[i], shown++;
    double room = r.h - GAP * (shown - 1), y = r.y;
    for (int i = 0; i < n && shown > 0; i++) {
        if (!p->visible[views[i]]) continue;
        double h = room * weight[i] / all;
        p->drawn[views[i]] = true;
        draw[views[i]](p, (struct rect){r.x, y, r.w, h});
        y += h + GAP;
        shown--;
    }
}

static void help_words(const struct panel *p, char *out, size_t room) {
    const struct widget *w = p->focus >= 0 && p->focus < p->n_widgets && p->widgets[p->focus].hint ? &p->widgets[p->focus] : NULL;
    for (int i = 0; i < p->n_widgets; i++) // the upper one is the last
        if (p->widgets[i].hint && inside(p->widgets[i].r, p->mouse_x, p->mouse_y)) w = &p->widgets[i];
    char pin[120] = "";
    if (w && w->kind == W_PIN) board_pin_words(p, w->index, pin, sizeof pin);
    if (p->typing)
        snprintf(out, room, "keys go to the program    esc: back to the short cuts    ctrl+v: paste    ctrl+shift+c: copy    "
                            "page up, page down: scroll back");
    else if (w)
        snprintf(out, room, "%s%s", pin, w->hint);
    else
        snprintf(out, room, "1 2 3 4: show or hide a view    tab: next thing    b: first button    space: pause    q: close");
}

void panel_draw(struct panel *p) {
    static const int left[] = {VIEW_BOARD, VIEW_LOGIC}, right[] = {VIEW_HEAP, VIEW_CONSOLE},
                     one[] = {VIEW_BOARD, VIEW_LOGIC, VIEW_HEAP, VIEW_CONSOLE};
    static const double left_weight[] = {0.6, 0.4}, right_weight[] = {0.66, 0.34}, one_weight[] = {0.36, 0.22, 0.26, 0.16};
    p->n_widgets = 0;
    for (int i = 0; i < VIEWS; i++) p->drawn[i] = false;
    cairo_save(p->cr);
    cairo_scale(p->cr, p->scale, p->scale);
    draw_colour(p, C_BACK, 1);
    cairo_paint(p->cr);
    bar_draw(p, (struct rect){0, 0, p->width, BAR_H});
    struct rect all = {GAP, BAR_H, p->width - 2 * GAP, p->height - BAR_H - HELP_H - 4};
    bool has_left = p->visible[VIEW_BOARD] || p->visible[VIEW_LOGIC], has_right = p->visible[VIEW_HEAP] || p->visible[VIEW_CONSOLE];
    if (p->width < 820 && p->height > p->width && has_left && has_right) {
        column(p, all, one, one_weight, 4);
    } else {
        double w = has_left && has_right ? all.w * 0.57 : all.w;
        if (has_left) column(p, (struct rect){all.x, all.y, w, all.h}, left, left_weight, 2);
        double x = has_left ? all.x + w + GAP : all.x;
        if (has_right) column(p, (struct rect){x, all.y, all.x + all.w - x, all.h}, right, right_weight, 2);
    }
    char help[300];
    help_words(p, help, sizeof help);
    double size = 11;
    while (size > 8 && draw_width(p, size, help) > p->width - 2 * GAP) size -= 0.5;
    draw_text(p, p->width / 2, p->height - 7, size, C_DIM, CENTRE, help);
    cairo_restore(p->cr);
}
