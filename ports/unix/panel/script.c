// SPDX-License-Identifier: MIT
// A scripted person, for tests and demonstrations: a file of lines "FRAME WHAT" whose actions go through SDL's event queue as those of real
// hands do (BREADBOARD_PANEL_SCRIPT names it).
//
//   30 down B            a key goes down (SDL's name of it; ctrl+C, shift+Tab), 32 up B: it comes up
//   35 type print(1)     text is typed, as far as the end of the line; 36 paste TEXT: by way of the clipboard; \n in it ends a line
//   40 press USR         the mouse goes down on the part of this name; 44 release
//   45 drag ACCEL 30 -9  the mouse goes down on the part (or on console), moves so many points right and down, and comes up
//   47 wheel POT 3       the wheel turns over the part, or over console, logic, heap
//   50 slide X19 0.5     the mouse moves the slider of this pin there
//   60 click X1          the mouse clicks the line of this pin; rclick: the right button
//   70 shot FILE.png     what the window shows is saved
//   75 hover heap 0.1 0.5 the mouse moves there over the heap's map; 80 tell: prints what the program says of that block
//   90 close             the window is closed
#include "ports/unix/panel/script.h"
#include "ports/unix/panel/pictures.h"

#include <SDL2/SDL.h>
#include <stdio.h>
#include <string.h>

enum { STEPS = 200 };

static struct {
    struct step {
        long frame;
        char verb[16], name[SCENE_NAME], text[120];
        double value, more;
    } steps[STEPS];
    int n, next;
    double x, y;   // where the mouse went down last
    double points; // of the windowing system to one of the panel's
} s;

static void text_take(char *to, const char *from) {
    for (; *from && *from != '\n'; from++) {
        bool end = from[0] == '\\' && from[1] == 'n';
        *to++ = end ? '\n' : *from;
        from += end;
    }
    *to = 0;
}

bool script_open(const char *file) {
    FILE *f = fopen(file, "r");
    if (!f) return false;
    char line[120];
    while (s.n < STEPS && fgets(line, sizeof line, f)) {
        int text = 0;
        struct step step = {0};
        int n = sscanf(line, "%ld %15s %n%23s %lf %lf", &step.frame, step.verb, &text, step.name, &step.value, &step.more);
        if (n < 2) continue;
        if (n > 2) text_take(step.text, line + text);
        s.steps[s.n++] = step;
    }
    fclose(f);
    return true;
}

bool script_pending(void) { return s.next < s.n; }

static const struct widget *widget_named(const struct panel *p, enum widget_kind kind, const char *name) {
    const struct scene_still *still = &p->scene->still;
    for (int i = p->n_widgets - 1; i >= 0; i--) {
        const struct widget *w = &p->widgets[i];
        if (w->kind != kind) continue;
        if (kind == W_CONSOLE || kind == W_HEAP || kind == W_LOGIC) return w;
        if (kind == W_PART && strcmp(still->parts[w->index].name, name) == 0) return w;
        for (uint32_t k = 0; kind != W_PART && k < still->n_pins && k < SCENE_PINS; k++)
            if (still->pins[k].gpio == w->index && strcmp(still->pins[k].name, name) == 0) return w;
    }
    return NULL;
}

static void mouse_push(bool down, double x, double y, int button) {
    SDL_Event e = {.button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                              .button = (Uint8)button,
                              .x = (int)(x * s.points),
                              .y = (int)(y * s.points)}};
    SDL_PushEvent(&e);
    s.x = x;
    s.y = y;
}

static void motion_push(double x, double y) {
    SDL_PushEvent(&(SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .x = (int)(x * s.points), .y = (int)(y * s.points)}});
}

static void key_push(bool down, const char *name) {
    SDL_Event e = {.key = {.type = down ? SDL_KEYDOWN : SDL_KEYUP}};
    if (strncmp(name, "ctrl+", 5) == 0) e.key.keysym.mod |= KMOD_LCTRL, name += 5;
    if (strncmp(name, "shift+", 6) == 0) e.key.keysym.mod |= KMOD_LSHIFT, name += 6;
    e.key.keysym.sym = SDL_GetKeyFromName(name);
    SDL_PushEvent(&e);
}

static void text_push(const char *text) { // as a keyboard would: the return key is no text
    for (; *text; text++) {
        if (*text == '\n') {
            key_push(true, "Return");
            key_push(false, "Return");
            continue;
        }
        SDL_Event e = {.text = {.type = SDL_TEXTINPUT, .text = {*text}}};
        for (int i = 1; (text[1] & 0xc0) == 0x80; i++) e.text.text[i] = *++text;
        SDL_PushEvent(&e);
    }
}

static bool key_step(int i) { // what needs no place
    const char *verb = s.steps[i].verb;
    if (strcmp(verb, "down") == 0 || strcmp(verb, "up") == 0) {
        key_push(verb[0] == 'd', s.steps[i].name);
    } else if (strcmp(verb, "type") == 0) {
        text_push(s.steps[i].text);
    } else if (strcmp(verb, "paste") == 0) {
        SDL_SetClipboardText(s.steps[i].text);
        key_push(true, "ctrl+V");
    } else if (strcmp(verb, "release") == 0) {
        mouse_push(false, s.x, s.y, SDL_BUTTON_LEFT);
    } else if (strcmp(verb, "close") == 0) {
        SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
    } else {
        return false;
    }
    return true;
}

static enum widget_kind kind_meant(const char *verb, const char *name) {
    if (strcmp(name, "console") == 0) return W_CONSOLE;
    if (strcmp(name, "heap") == 0) return W_HEAP;
    if (strcmp(name, "logic") == 0) return W_LOGIC;
    if (strcmp(verb, "slide") == 0) return W_SLIDER;
    return strcmp(verb, "press") == 0 || strcmp(verb, "drag") == 0 || strcmp(verb, "wheel") == 0 ? W_PART : W_PIN;
}

static void step_do(struct panel *p, int i) {
    s.points = p->points;
    const char *verb = s.steps[i].verb, *name = s.steps[i].name;
    if (key_step(i)) return;
    if (strcmp(verb, "tell") == 0) {
        fprintf(stderr, "%s\n", p->now.answer);
        return;
    }
    if (strcmp(verb, "shot") == 0) {
        const char *wrong = picture_save(p, s.steps[i].text);
        if (wrong) fprintf(stderr, "micropython-panel: script: %s: %s\n", s.steps[i].text, wrong);
        return;
    }
    enum widget_kind kind = kind_meant(verb, name);
    const struct widget *w = widget_named(p, kind, name);
    if (!w) {
        fprintf(stderr, "micropython-panel: script: nothing is called %s\n", name);
        return;
    }
    double x = w->r.x + w->r.w * (kind == W_SLIDER ? s.steps[i].value : 0.5), y = w->r.y + w->r.h / 2;
    if (strcmp(verb, "hover") == 0) {
        motion_push(w->r.x + w->r.w * s.steps[i].value, w->r.y + w->r.h * s.steps[i].more);
        return;
    }
    if (strcmp(verb, "wheel") == 0) {
        motion_push(x, y);
        SDL_PushEvent(&(SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = (int)s.steps[i].value}});
        return;
    }
    int button = strcmp(verb, "rclick") == 0 ? SDL_BUTTON_RIGHT : SDL_BUTTON_LEFT;
    mouse_push(true, x, y, button);
    if (strcmp(verb, "drag") == 0) {
        motion_push(x + s.steps[i].value, y + s.steps[i].more);
        mouse_push(false, x + s.steps[i].value, y + s.steps[i].more, button);
    } else if (strcmp(verb, "press") != 0) {
        mouse_push(false, x, y, button);
    }
}

void script_frame(struct panel *p, long frame) {
    while (s.next < s.n && s.steps[s.next].frame <= frame) step_do(p, s.next++);
}
