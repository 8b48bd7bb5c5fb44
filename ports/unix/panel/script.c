// SPDX-License-Identifier: MIT
// A scripted person, for tests and demonstrations: a file of lines "FRAME WHAT" whose actions go through SDL's event queue as those of real
// hands do (BREADBOARD_PANEL_SCRIPT names it).
//
//   30 down B            a key goes down (SDL's name of it), 32 up B: it comes up
//   40 press USR         the mouse goes down on the part of this name; 44 release
//   50 slide X19 0.5     the mouse moves the slider of this pin there
//   60 click X1          the mouse clicks the line of this pin; rclick: the right button
//   90 close             the window is closed
#include "ports/unix/panel/script.h"

#include <SDL2/SDL.h>
#include <stdio.h>
#include <string.h>

enum { STEPS = 200 };

static struct {
    struct { long frame; char verb[16], name[SCENE_NAME]; double value; } steps[STEPS];
    int n, next;
    double x, y; // where the mouse went down last
} s;

bool script_open(const char *file) {
    FILE *f = fopen(file, "r");
    if (!f) return false;
    char line[200];
    while (s.n < STEPS && fgets(line, sizeof line, f)) {
        s.steps[s.n].value = 0;
        s.steps[s.n].name[0] = 0;
        if (sscanf(line, "%ld %15s %23s %lf", &s.steps[s.n].frame, s.steps[s.n].verb, s.steps[s.n].name, &s.steps[s.n].value) >= 2) s.n++;
    }
    fclose(f);
    return true;
}

static const struct widget *widget_named(const struct panel *p, enum widget_kind kind, const char *name) {
    const struct scene_still *still = &p->scene->still;
    for (int i = p->n_widgets - 1; i >= 0; i--) {
        const struct widget *w = &p->widgets[i];
        if (w->kind != kind) continue;
        if (kind == W_PART && strcmp(still->parts[w->index].name, name) == 0) return w;
        for (uint32_t k = 0; kind != W_PART && k < still->n_pins && k < SCENE_PINS; k++)
            if (still->pins[k].gpio == w->index && strcmp(still->pins[k].name, name) == 0) return w;
    }
    return NULL;
}

static void mouse_push(bool down, double x, double y, int button) {
    SDL_Event e = {.button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP, .button = (Uint8)button, .x = (int)x, .y = (int)y}};
    SDL_PushEvent(&e);
    s.x = x;
    s.y = y;
}

static void key_push(bool down, const char *name) {
    SDL_Event e = {.key = {.type = down ? SDL_KEYDOWN : SDL_KEYUP, .keysym = {.sym = SDL_GetKeyFromName(name)}}};
    SDL_PushEvent(&e);
}

static void step_do(const struct panel *p, int i) {
    const char *verb = s.steps[i].verb, *name = s.steps[i].name;
    enum widget_kind kind = strcmp(verb, "press") == 0 ? W_PART : strcmp(verb, "slide") == 0 ? W_SLIDER : W_PIN;
    const struct widget *w = widget_named(p, kind, name);
    if (strcmp(verb, "down") == 0 || strcmp(verb, "up") == 0) {
        key_push(verb[0] == 'd', name);
    } else if (strcmp(verb, "release") == 0) {
        mouse_push(false, s.x, s.y, SDL_BUTTON_LEFT);
    } else if (strcmp(verb, "close") == 0) {
        SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
    } else if (!w) {
        fprintf(stderr, "micropython-panel: script: nothing is called %s\n", name);
    } else if (kind == W_SLIDER) {
        mouse_push(true, w->r.x + w->r.w * s.steps[i].value, w->r.y + w->r.h / 2, SDL_BUTTON_LEFT);
        mouse_push(false, s.x, s.y, SDL_BUTTON_LEFT);
    } else {
        int button = strcmp(verb, "rclick") == 0 ? SDL_BUTTON_RIGHT : SDL_BUTTON_LEFT;
        mouse_push(true, w->r.x + w->r.w / 2, w->r.y + w->r.h / 2, button);
        if (kind == W_PIN) mouse_push(false, s.x, s.y, button);
    }
}

void script_frame(const struct panel *p, long frame) {
    while (s.next < s.n && s.steps[s.next].frame <= frame) step_do(p, s.next++);
}
