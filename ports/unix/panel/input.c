// SPDX-License-Identifier: MIT
// What a person does, with the mouse or with the keyboard alone, and what it does to the program.
//
// Invariants
//  - Widgets are those of the last drawing, the top one last; the keyboard's focus is an index into them.
//  - A button that went down by the mouse or a key comes up with the same.
#include "ports/unix/panel/panel.h"

#include <math.h>
#include <string.h>

static const struct widget *widget_at(const struct panel *p, double x, double y) {
    for (int i = p->n_widgets - 1; i >= 0; i--)
        if (inside(p->widgets[i].r, x, y)) return &p->widgets[i];
    return NULL;
}

static const struct part_picture *picture_of(const struct panel *p, int part) { return part_picture(p->scene->still.parts[part].kind); }

static void slider_set(struct panel *p, double x) {
    for (int i = 0; i < p->n_widgets; i++) {
        const struct widget *w = &p->widgets[i];
        if (w->kind != W_SLIDER || w->index != p->slider) continue;
        double v = (x - w->r.x) / w->r.w;
        v = v < 0 ? 0 : v > 1 ? 1 : v;
        p->volts[p->slider] = (float)(v * 3.3);
        model_input(p, INPUT_VOLTS, (uint32_t)p->slider, v * 3.3);
    }
}

static void tilt(struct panel *p, int part, double x, double y) {
    x = x < -1 ? -1 : x > 1 ? 1 : x;
    y = y < -1 ? -1 : y > 1 ? 1 : y;
    double rest = 1 - x * x - y * y;
    scene_input_put(
        p->scene,
        &(struct scene_input){
            .kind = INPUT_ACCEL, .index = (uint32_t)part, .value = (float)x, .y = (float)y, .z = (float)sqrt(rest > 0 ? rest : 0)});
}

static void turn(struct panel *p, int part, double by) {
    double v = (double)(p->asked[part] >= 0 ? p->asked[part] : p->now.parts[part].value) + by;
    v = v < 0 ? 0 : v > 1 ? 1 : v;
    p->asked[part] = (float)v;
    model_input(p, INPUT_TURN, (uint32_t)part, v);
}

void input_motion(struct panel *p, double x, double y) {
    double dx = x - p->mouse_x, dy = y - p->mouse_y;
    p->mouse_x = x;
    p->mouse_y = y;
    heap_hover(p, x, y);
    if (p->slider >= 0) slider_set(p, x);
    selection_extend(p, x, y);
    if (p->pressed_part < 0) return;
    const struct part_picture *picture = picture_of(p, p->pressed_part);
    if (picture->turns) turn(p, p->pressed_part, (dx - dy) / 150);
    if (picture->tilts) tilt(p, p->pressed_part, (p->accel_x += dx / 60), (p->accel_y -= dy / 60));
}

static void pin_click(struct panel *p, int gpio, bool right) {
    if (right) {
        model_channel_toggle(p, gpio);
        return;
    }
    static const int8_t then[] = {1, -1, 0}; // let go, low, high: what comes next is high, let go, low
    p->driven[gpio] = then[p->driven[gpio] + 1];
    model_input(p, INPUT_DRIVE, (uint32_t)gpio, p->driven[gpio]);
}

static void cursor_set(struct panel *p, const struct widget *w, double x, int which) {
    double right = p->follow ? (double)p->now.heard : (double)p->right, at = right - p->span + (x - w->r.x) / w->r.w * p->span;
    p->cursor[which] = at > 0 ? (uint64_t)at : 0;
}

static void press(struct panel *p, int part, bool down) {
    const struct part_picture *picture = picture_of(p, part);
    if (!picture->presses || (picture->stays && !down)) return;
    bool on = picture->stays ? p->now.parts[part].value < 0.5f : down;
    model_input(p, INPUT_PRESS, (uint32_t)part, on);
}

static void part_press(struct panel *p, int part) {
    p->pressed_part = part;
    press(p, part, true);
    p->accel_x = (double)p->now.parts[part].x;
    p->accel_y = (double)p->now.parts[part].y;
}

static void part_release(struct panel *p) {
    press(p, p->pressed_part, false);
    p->pressed_part = -1;
}

static void widget_press(struct panel *p, const struct widget *w, double x, bool right) {
    switch (w->kind) {
    case W_BAR: bar_press(p, w->index); break;
    case W_PART: part_press(p, w->index); break;
    case W_PIN: pin_click(p, w->index, right); break;
    case W_SLIDER:
        p->slider = w->index;
        slider_set(p, x);
        break;
    case W_LOGIC: cursor_set(p, w, x, right); break;
    default: break;
    }
}

void input_button(struct panel *p, bool down, double x, double y, bool right) {
    input_motion(p, x, y);
    if (!down) {
        if (p->pressed_part >= 0) part_release(p);
        p->slider = -1;
        selection_end(p);
        return;
    }
    const struct widget *w = widget_at(p, x, y);
    p->focus = -1;
    p->typing = w && w->kind == W_CONSOLE && p->now.typing;
    if (w && w->kind == W_CONSOLE) selection_begin(p, x, y);
    if (w) widget_press(p, w, x, right);
}

void input_wheel(struct panel *p, double amount) {
    const struct widget *w = widget_at(p, p->mouse_x, p->mouse_y);
    if (!w) return;
    if (w->kind == W_LOGIC)
        logic_zoom(p, pow(1.25, -amount), p->mouse_x);
    else if (w->kind == W_CONSOLE)
        console_scroll(p, (int)lround(amount * 3));
    else if (w->kind == W_PART && picture_of(p, w->index)->turns)
        turn(p, w->index, amount * 0.04);
}

// ---- keyboard --------------------------------------------------------------------------------------------------------------------
static bool reachable(const struct widget *w) {
    return w->kind == W_BAR || w->kind == W_PART || w->kind == W_PIN || w->kind == W_SLIDER || w->kind == W_CHANNEL ||
           w->kind == W_HEAP || w->kind == W_CONSOLE;
}

static void focus_move(struct panel *p, int step) {
    for (int tries = 0; tries < p->n_widgets; tries++) {
        p->focus = p->focus < 0 ? (step > 0 ? 0 : p->n_widgets - 1) : (p->focus + step + p->n_widgets) % p->n_widgets;
        if (!reachable(&p->widgets[p->focus])) continue;
        p->typing = p->widgets[p->focus].kind == W_CONSOLE && p->now.typing;
        return;
    }
    p->focus = -1;
}

static const struct widget *focused(const struct panel *p) {
    return p->focus >= 0 && p->focus < p->n_widgets ? &p->widgets[p->focus] : NULL;
}

static int first_button(const struct panel *p) {
    for (uint32_t i = 0; i < p->scene->still.n_parts; i++)
        if (strcmp(p->scene->still.parts[i].kind, "button") == 0) return (int)i;
    return -1;
}

static void key_part(struct panel *p, int part, bool down) {
    if (part < 0 || !picture_of(p, part)->presses || down == (p->key_part == part)) return;
    p->key_part = down ? part : -1;
    press(p, part, down);
}

static void enter_press(struct panel *p, bool down) {
    const struct widget *w = focused(p);
    if (!w) return;
    if (w->kind == W_PART)
        key_part(p, w->index, down);
    else if (down && w->kind == W_BAR)
        bar_press(p, w->index);
    else if (down && w->kind == W_PIN)
        pin_click(p, w->index, false);
}

static void arrow(struct panel *p, double right, double up) {
    const struct widget *w = focused(p);
    double by = right + up;
    if (w && w->kind == W_PART && picture_of(p, w->index)->turns)
        turn(p, w->index, by * 0.05);
    else if (w && w->kind == W_PART && picture_of(p, w->index)->tilts)
        tilt(p, w->index, (double)p->now.parts[w->index].x + right * 0.1, (double)p->now.parts[w->index].y + up * 0.1);
    else if (w && w->kind == W_SLIDER) {
        double v = slider_volts(p, w->index) + by * 0.1;
        p->volts[w->index] = (float)(v < 0 ? 0 : v > 3.3 ? 3.3 : v);
        model_input(p, INPUT_VOLTS, (uint32_t)w->index, (double)p->volts[w->index]);
    } else if (w && w->kind == W_HEAP) {
        heap_step(p, (int)right, -(int)up);
    } else if (!p->follow) { // scroll the logic view
        double edge = (double)p->right + by * p->span / 8;
        p->right = edge > 0 ? (uint64_t)edge : 0;
    }
}

static void cursor_middle(struct panel *p, int which) { // of what the logic view shows
    double at = (p->follow ? (double)p->now.heard : (double)p->right) - p->span / 2;
    p->cursor[which] = at > 0 ? (uint64_t)at : 0;
}

static void hold(struct panel *p) {
    p->follow = !p->follow;
    p->right = p->now.heard;
}

static void decode_set(struct panel *p, int decode) {
    const struct widget *w = focused(p);
    if (!w || w->kind != W_CHANNEL) w = widget_at(p, p->mouse_x, p->mouse_y);
    int i = w && w->kind == W_CHANNEL ? w->index : 0;
    if (i < p->n_channels) p->channels[i].decode = p->channels[i].decode == decode ? DECODE_NONE : decode;
}

static void watch(struct panel *p) { // the pin that has the keyboard
    const struct widget *w = focused(p);
    if (w && w->kind == W_PIN) model_channel_toggle(p, w->index);
}

static void letter(struct panel *p, char c) {
    switch (c) {
    case ' ': bar_press(p, 0); break;
    case 'n': bar_press(p, 1); break;
    case 'c': bar_press(p, 2); break;
    case 'r': bar_press(p, 3); break;
    case '-': bar_press(p, 4); break;
    case '+':
    case '=': bar_press(p, 5); break;
    case 't': bar_press(p, 6); break;
    case 'h': hold(p); break;
    case 'w': watch(p); break;
    case 'z': logic_zoom(p, 0.8, p->width / 3); break;
    case 'x': logic_zoom(p, 1.25, p->width / 3); break;
    case 'u': decode_set(p, DECODE_UART); break;
    case 'i': decode_set(p, DECODE_I2C); break;
    case 's': decode_set(p, DECODE_SPI); break;
    case '1':
    case '2':
    case '3':
    case '4': p->visible[c - '1'] = !p->visible[c - '1']; break;
    default: break;
    }
}

bool input_key(struct panel *p, const char *name, bool down, unsigned modifiers) {
    if (p->typing && down) {
        console_key(p, name, modifiers);
        if (!p->typing && strcmp(name, "Tab") == 0) focus_move(p, -1);
        else if (!p->typing) p->focus = -1;
        return true;
    }
    if (strcmp(name, "Return") == 0)
        enter_press(p, down);
    else if (strcmp(name, "B") == 0)
        key_part(p, first_button(p), down);
    else if (!down)
        return true;
    else if (strcmp(name, "Tab") == 0)
        focus_move(p, modifiers & KEY_SHIFT ? -1 : 1);
    else if (strcmp(name, "Left") == 0 || strcmp(name, "Right") == 0)
        arrow(p, name[0] == 'L' ? -1 : 1, 0);
    else if (strcmp(name, "Down") == 0 || strcmp(name, "Up") == 0)
        arrow(p, 0, name[0] == 'D' ? -1 : 1);
    else if (strcmp(name, "A") == 0)
        cursor_middle(p, modifiers & KEY_SHIFT ? 1 : 0);
    else if (strcmp(name, "Q") == 0)
        return false;
    else if (strcmp(name, "Space") == 0)
        letter(p, ' ');
    else if (name[0] && !name[1])
        letter(p, (char)(name[0] >= 'A' && name[0] <= 'Z' ? name[0] + 32 : name[0]));
    return true;
}
