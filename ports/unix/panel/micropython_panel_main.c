// SPDX-License-Identifier: MIT
// The program micropython-panel: shows the scene of a running micropython in a window, or draws pictures of it on command.
//
//   micropython-panel --scene FD [--size WxH] [--views LIST] [--light] [--scale S] --window | --pictures
//
// It is started by micropython. With --pictures it reads commands, a line each (frame, shot FILE, gif FILE, end), and answers "ok" or what
// is wrong. The window lives on when the program has ended, until it is closed.
#define _GNU_SOURCE
#include <SDL2/SDL.h>
#include <fcntl.h>
#include <math.h>
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
    panel.scale = (points > 0 ? (double)w / points : 1) * panel.points;
    panel.width = points / panel.points;
    panel.height = lines / panel.points;
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

static void paste(void) {
    char *text = SDL_GetClipboardText();
    if (text) console_paste(&panel, text);
    SDL_free(text);
}

static void copy(void) {
    const char *text = selection_text(&panel);
    if (text) SDL_SetClipboardText(text);
}

static bool key_do(const SDL_KeyboardEvent *e) { // false: close
    const char *name = SDL_GetKeyName(e->keysym.sym);
    bool down = e->type == SDL_KEYDOWN;
    unsigned modifiers = (e->keysym.mod & KMOD_SHIFT ? KEY_SHIFT : 0) | (e->keysym.mod & KMOD_CTRL ? KEY_CONTROL : 0);
    bool pastes = (modifiers & KEY_CONTROL && strcmp(name, "V") == 0) || (modifiers & KEY_SHIFT && strcmp(name, "Insert") == 0);
    bool copies = modifiers & KEY_CONTROL && (strcmp(name, "Insert") == 0 || (modifiers & KEY_SHIFT && strcmp(name, "C") == 0));
    if (copies && down) // never Ctrl-C
        copy();
    else if (pastes && down && panel.typing)
        paste();
    else if (!(e->repeat && !panel.typing && strcmp(name, "Space") == 0))
        return input_key(&panel, name, down, modifiers);
    return true;
}

static bool event_do(const SDL_Event *e) { // false: close
    switch (e->type) {
    case SDL_QUIT: return false;
    case SDL_MOUSEMOTION: input_motion(&panel, e->motion.x / panel.points, e->motion.y / panel.points); break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        input_button(&panel, e->type == SDL_MOUSEBUTTONDOWN, e->button.x / panel.points, e->button.y / panel.points,
                     e->button.button == SDL_BUTTON_RIGHT);
        break;
    case SDL_MOUSEWHEEL: input_wheel(&panel, e->wheel.y); break;
    case SDL_TEXTINPUT: console_text(&panel, e->text.text); break;
    case SDL_KEYDOWN:
    case SDL_KEYUP: return key_do(&e->key);
    default: break;
    }
    return true;
}

// Nobody can look at, or close, a window of these: it ends with its program.
static bool is_unseen(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && (strcmp(driver, "dummy") == 0 || strcmp(driver, "offscreen") == 0);
}

// X11: what the desktop says about its letters, as `Xft.dpi: 192`, in steps of a half. Other systems scale by themselves.
static double x11_scale(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    void *library = driver && strcmp(driver, "x11") == 0 ? SDL_LoadObject("libX11.so.6") : NULL;
    if (!library) return 1;
    void *(*open)(const char *) = (void *(*)(const char *))SDL_LoadFunction(library, "XOpenDisplay");
    char *(*resources)(void *) = (char *(*)(void *))SDL_LoadFunction(library, "XResourceManagerString");
    int (*shut)(void *) = (int (*)(void *))SDL_LoadFunction(library, "XCloseDisplay");
    void *display = open && resources && shut ? open(NULL) : NULL;
    double dpi = 0;
    const char *at = display ? resources(display) : NULL;
    if (at && (at = strstr(at, "Xft.dpi:"))) dpi = atof(at + strlen("Xft.dpi:"));
    if (display) shut(display);
    double scale = floor(dpi / 96 * 2 + 0.1) / 2;
    return scale < 1 ? 1 : scale > 4 ? 4 : scale;
}

static bool window_open(double scale) {
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
    if (!getenv("SDL_VIDEODRIVER") && is_unseen()) // those only when they were asked for
        return SDL_SetError("there is no display: --screenshot and --record make pictures without one") == 0;
    panel.points = scale > 0 ? scale : x11_scale();
    char title[160];
    snprintf(title, sizeof title, "%s", panel.scene->still.title);
    win.window = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, (int)(panel.width * panel.points),
                                  (int)(panel.height * panel.points),
                                  SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!win.window) return false;
    SDL_SetWindowMinimumSize(win.window, (int)(480 * panel.points), (int)(400 * panel.points));
    win.renderer = SDL_CreateRenderer(win.window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!win.renderer) win.renderer = SDL_CreateRenderer(win.window, -1, SDL_RENDERER_SOFTWARE);
    return win.renderer != NULL;
}

static bool program_look(void) { // true: it has gone since the last look
    if (panel.gone || panel.scene->program <= 0 || getppid() == panel.scene->program) return false;
    panel.now.typing = panel.typing = false;
    return panel.gone = true;
}

// Takes what happened and draws when there is something new to see. False: the window shall close.
static bool window_step(bool *drew) {
    SDL_Event e;
    bool open = true, seen = false;
    for (; open && SDL_PollEvent(&e); seen = true) open = event_do(&e);
    console_feed(&panel);
    model_sample(&panel);
    bool gone = program_look();
    static unsigned steps;
    enum { SELDOM = 6 };
    bool waits = model_quiet(&panel) && steps++ % SELDOM; // the time alone is not worth 60 pictures a second
    *drew = gone || seen || (!waits && model_changed(&panel));
    if (*drew && !(SDL_GetWindowFlags(win.window) & (SDL_WINDOW_HIDDEN | SDL_WINDOW_MINIMIZED))) window_paint();
    return open && !atomic_load(&panel.scene->over) && !(panel.gone && is_unseen() && !script_pending());
}

static int window_run(double scale) {
    enum { FRAME_MS = 15, IDLE_MS = 40, IDLE_AFTER = 60 }; // frames without a change
    if (!window_open(scale)) {
        model_input(&panel, INPUT_CLOSE, 0, 0);
        return fail(SDL_GetError());
    }
    const char *script = getenv("BREADBOARD_PANEL_SCRIPT");
    if (script && !script_open(script)) return fail("the script of BREADBOARD_PANEL_SCRIPT can't be read");
    if (!script) output_leave();
    panel.typing = panel.scene->still.prompt && panel.scene->now.typing;
    long frame = 0;
    unsigned idle = 0;
    uint32_t due = SDL_GetTicks();
    for (bool open = true, drew = true; open;) {
        open = window_step(&drew);
        idle = drew ? 0 : idle + 1;
        due += idle > IDLE_AFTER && !script ? IDLE_MS : FRAME_MS; // also where nothing waits for the screen
        uint32_t now = SDL_GetTicks();
        if (open && (int32_t)(due - now) > 0) SDL_Delay(due - now);
        else due = now; // too slow: what is lost is not made up for
        if (script) script_frame(&panel, frame++);
    }
    model_input(&panel, INPUT_CLOSE, 0, 0);
    SDL_Quit();
    return 0;
}

int main(int argc, char **argv) {
    bool window = false, light = false;
    const char *views = NULL;
    double span = 0, scale = 0;
    int fd = -1;
    panel.width = 1280, panel.height = 800, panel.scale = panel.points = 1;
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
        else if (strcmp(argv[i], "--scale") == 0 && i + 1 < argc) scale = atof(argv[++i]);
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
    panel.drawn[VIEW_LOGIC] = panel.logic_was = panel.visible[VIEW_LOGIC];
    if (scale > 0) panel.scale = scale;
    return window ? window_run(scale) : pictures_run();
}
