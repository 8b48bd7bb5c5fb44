// SPDX-License-Identifier: MIT
// The program micropython-panel: shows the scene of a running micropython in a window, or draws pictures of it on command.
//
//   micropython-panel --scene FD [--size WxH] [--views LIST] [--light] --window | --pictures
//
// It is started by micropython. With --pictures it reads commands, a line each (frame, shot FILE, gif FILE, end), and answers "ok" or what
// is wrong. The window lives on when the program has ended, until it is closed.
#define _GNU_SOURCE
#include <SDL2/SDL.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ports/unix/panel/panel.h"
#include "ports/unix/panel/pictures.h"
#include "ports/unix/panel/script.h"

static struct panel panel;

// What libraries keep until the process ends is not ours to give back.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig\nleak:libSDL2\nleak:libX11\nleak:libcairo\nleak:libpixman\n"; }

static int fail(const char *what) {
    fprintf(stderr, "micropython-panel: %s\n", what);
    return 2;
}

static struct scene *scene_map(int fd) {
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size != (off_t)sizeof(struct scene)) return NULL;
    struct scene *s = mmap(NULL, sizeof(struct scene), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (s == MAP_FAILED) return NULL;
    return s->magic == SCENE_MAGIC && s->bytes == sizeof(struct scene) ? s : NULL;
}

static bool views_set(struct panel *p, const char *list) { // "board,logic,heap,console"
    static const char *const names[VIEWS] = {"board", "logic", "heap", "console"};
    for (int i = 0; i < VIEWS; i++) p->visible[i] = false;
    while (*list) {
        size_t n = strcspn(list, ",");
        int i = 0;
        while (i < VIEWS && !(strlen(names[i]) == n && strncmp(names[i], list, n) == 0)) i++;
        if (i == VIEWS) return false;
        p->visible[i] = true;
        list += n + (list[n] == ',');
    }
    return true;
}

// ---- pictures on command ---------------------------------------------------------------------------------------------------------
static const char *command_do(char *line) {
    char *file = strchr(line, ' ');
    if (file) *file++ = 0;
    while (!model_sample(&panel)) {}
    if (strcmp(line, "shot") == 0) return picture_save(&panel, file);
    if (strcmp(line, "gif") == 0) return picture_gif(&panel, file);
    if (strcmp(line, "end") == 0) picture_end();
    return NULL;
}

static int pictures_run(void) {
    char line[5000];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        const char *wrong = command_do(line);
        printf("%s\n", wrong ? wrong : "ok");
        fflush(stdout);
    }
    return 0;
}

// A window that stays behind its program must not keep the pipes open into which the program wrote.
static void output_leave(void) {
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    close(nowhere);
}

// ---- the window ------------------------------------------------------------------------------------------------------------------
static struct {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    int w, h; // pixels of the texture
} win;

static bool texture_fit(void) {
    int w, h, points, lines;
    SDL_GetRendererOutputSize(win.renderer, &w, &h);
    SDL_GetWindowSize(win.window, &points, &lines);
    panel.scale = points > 0 ? (double)w / points : 1;
    panel.width = points;
    panel.height = lines;
    if (win.texture && w == win.w && h == win.h) return true;
    if (win.texture) SDL_DestroyTexture(win.texture);
    win.w = w;
    win.h = h;
    win.texture = SDL_CreateTexture(win.renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, w, h);
    return win.texture != NULL;
}

static void window_paint(void) {
    void *pixels;
    int pitch;
    if (!texture_fit() || SDL_LockTexture(win.texture, NULL, &pixels, &pitch) != 0) return;
    cairo_surface_t *s = cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, win.w, win.h, pitch);
    panel.cr = cairo_create(s);
    panel_draw(&panel);
    cairo_destroy(panel.cr);
    cairo_surface_destroy(s);
    SDL_UnlockTexture(win.texture);
    SDL_RenderCopy(win.renderer, win.texture, NULL, NULL);
    SDL_RenderPresent(win.renderer);
}

static bool event_do(const SDL_Event *e) { // false: close
    switch (e->type) {
    case SDL_QUIT: return false;
    case SDL_MOUSEMOTION: input_motion(&panel, e->motion.x, e->motion.y); break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        input_button(&panel, e->type == SDL_MOUSEBUTTONDOWN, e->button.x, e->button.y, e->button.button == SDL_BUTTON_RIGHT);
        break;
    case SDL_MOUSEWHEEL: input_wheel(&panel, e->wheel.y); break;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        if (e->type == SDL_KEYDOWN && e->key.repeat && e->key.keysym.sym == SDLK_SPACE) break;
        return input_key(&panel, SDL_GetKeyName(e->key.keysym.sym), e->type == SDL_KEYDOWN, e->key.keysym.mod & KMOD_SHIFT);
    default: break;
    }
    return true;
}

static bool window_open(void) {
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
    const char *driver = SDL_GetCurrentVideoDriver(); // the invisible ones only when they were asked for
    if (!getenv("SDL_VIDEODRIVER") && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0))
        return SDL_SetError("there is no display: --screenshot and --record make pictures without one") == 0;
    char title[160];
    snprintf(title, sizeof title, "%s", panel.scene->still.title);
    win.window = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, (int)panel.width, (int)panel.height,
                                  SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!win.window) return false;
    SDL_SetWindowMinimumSize(win.window, 480, 400);
    win.renderer = SDL_CreateRenderer(win.window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!win.renderer) win.renderer = SDL_CreateRenderer(win.window, -1, SDL_RENDERER_SOFTWARE);
    return win.renderer != NULL;
}

static bool program_gone(void) { return panel.scene->program > 0 && getppid() != panel.scene->program; }

static int window_run(void) {
    if (!window_open()) {
        model_input(&panel, INPUT_CLOSE, 0, 0);
        return fail(SDL_GetError());
    }
    const char *script = getenv("BREADBOARD_PANEL_SCRIPT");
    if (script && !script_open(script)) return fail("the script of BREADBOARD_PANEL_SCRIPT can't be read");
    output_leave();
    long frame = 0;
    bool open = true;
    while (open) {
        SDL_Event e;
        while (open && SDL_PollEvent(&e)) open = event_do(&e);
        uint32_t start = SDL_GetTicks();
        model_sample(&panel);
        if (program_gone() && !panel.now.ended) panel.now.ended = true;
        window_paint();
        uint32_t took = SDL_GetTicks() - start;
        if (took < 15) SDL_Delay(15 - took); // also where nothing waits for the screen
        if (script) script_frame(&panel, frame++);
    }
    model_input(&panel, INPUT_CLOSE, 0, 0);
    SDL_Quit();
    return 0;
}

int main(int argc, char **argv) {
    bool window = false, light = false;
    const char *views = NULL;
    double span = 0;
    int fd = -1;
    panel.width = 1280, panel.height = 800, panel.scale = 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--window") == 0)
            window = true;
        else if (strcmp(argv[i], "--light") == 0)
            light = true;
        else if (strcmp(argv[i], "--scene") == 0 && i + 1 < argc)
            fd = atoi(argv[++i]);
        else if (strcmp(argv[i], "--views") == 0 && i + 1 < argc)
            views = argv[++i];
        else if (strcmp(argv[i], "--span") == 0 && i + 1 < argc) span = atof(argv[++i]);
        else if (strcmp(argv[i], "--decode") == 0 && i + 1 < argc) panel.wishes = argv[++i];
        else if (strcmp(argv[i], "--size") == 0 && i + 1 < argc) {
            if (sscanf(argv[++i], "%lfx%lf", &panel.width, &panel.height) != 2) return fail("a size is WIDTHxHEIGHT");
        } else if (strcmp(argv[i], "--pictures") != 0 && strcmp(argv[i], "--dark") != 0) {
            return fail("it is started by micropython --panel; see its manual page");
        }
    }
    struct scene *scene = scene_map(fd);
    if (!scene) return fail("there is no program to show: start it by micropython --panel");
    theme_set(&panel, light);
    model_start(&panel, scene);
    if (span > 0) panel.span = span;
    if (views && !views_set(&panel, views)) return fail("views are board, logic, heap, console");
    return window ? window_run() : pictures_run();
}
