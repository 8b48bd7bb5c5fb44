// SPDX-License-Identifier: MIT
// The program's end of the panel: fills struct scene, carries out what the person does, and keeps a picture-making child at hand.
//
// Invariants
//  - The panel is a program of its own (micropython-panel beside this one); what they share is one memfd. Nothing here waits for it, but
//    for pictures (--screenshot, --record): those are made before the program goes on, so they show exactly that moment.
//  - publish() runs from an event of the board's queue, so it never interrupts an operation on the heap. Reading the heap's map changes
//    nothing in it.
//  - With a window and the virtual clock, emulated time is held back to `speed` times the host's. Pausing holds both clocks.
//  - Closing the window raises SystemExit in a script; whoever does not obey is ended by force.
//  - A panel that dies, or is never there, changes nothing: inputs end, the ring of output runs over itself.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/core/clock.h"
#include "emu/core/irq.h"
#include "emu/core/net.h"
#include "emu/core/trace.h"
#include "emu/modules/bridge.h"
#include "emu/parts/accel.h"
#include "emu/parts/part.h"
#include "emu/parts/stimulus.h"
#include "heap/heap.h"
#include "host.h"
#include "ports/unix/board.h"
#include "ports/unix/keys.h"
#include "ports/unix/panel/scene.h"
#include "ports/unix/panel_link.h"
#include "ports/unix/port.h"
#include "rt.h"

enum { FRAME_NS = 16666667, SAMPLE_NS = 50000000, NETS = 512 };

struct shot {
    struct event event;
    const char *file; // of the command line, NULL: no more shots
    int len;
    uint64_t at;  // board time, that of earlier lives included; NEVER: at the end
    bool taken;
};

static struct {
    const struct panel_options *options;
    struct scene *scene;
    int fd;
    char **argv;
    const char *script;
    bool window, closed;
    pid_t owner;
    // pictures
    FILE *to, *from; // of the child that makes them
    pid_t painter;
    struct shot shots[SHOTS_MAX];
    uint32_t recorded;
    uint64_t past;        // board time before the last hard reset
    // time
    struct event frame;
    bool is_virtual, paused, stop_at_collection;
    uint64_t end_by;      // host's time at which the program is over in any case; 0: not yet
    uint64_t step_until, held_at, held_host; // NEVER: no step; emulated and host time that belong together
    double speed;
    // trace
    struct trace_sink sink;
    uint64_t channels;
    struct gpio *gpios[SCENE_PINS];
    uint64_t pins_of[NETS];
    uint32_t n_gpios;
    uint32_t hover;
    uint64_t cost; // ns of processor time that the last publish() took
} pl = {.step_until = NEVER};

bool panel_is_open(void) { return pl.window; }
bool panel_wanted(const struct panel_options *o) { return o->window || o->n_shots || o->record; }

static uint64_t own_ns(void) { // processor time
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

// ---- the scene ----------------------------------------------------------------------------------------------------------------
static int gpio_index(const struct gpio *g) {
    for (uint32_t i = 0; i < pl.n_gpios; i++)
        if (pl.gpios[i] == g) return (int)i;
    return -1;
}

static void name_copy(char to[SCENE_NAME], const char *from) { snprintf(to, SCENE_NAME, "%.*s", SCENE_NAME - 1, from); }

static void still_fill(struct scene_still *still, const char *script) {
    const struct board *b = board_current;
    name_copy(still->board, b->name);
    snprintf(still->title, sizeof still->title, "%s", b->title);
    snprintf(still->script, sizeof still->script, "%s", script ? script : "");
    still->width = (float)b->width;
    still->height = (float)b->height;
    still->is_virtual = pl.is_virtual;
    still->sites = pl.options->sites;
    still->prompt = pl.options->prompt;
    for (struct gpio *g = gpio_first(); g && pl.n_gpios < SCENE_PINS; g = g->next) pl.gpios[pl.n_gpios++] = g;
    still->n_gpios = pl.n_gpios;
    for (size_t i = 0; i < b->n_pins && still->n_pins < SCENE_PINS; i++) {
        int gpio = gpio_index(b->pins[i].gpio);
        if (gpio < 0) continue;
        struct scene_pin_still *p = &still->pins[still->n_pins++];
        name_copy(p->name, b->pins[i].name);
        name_copy(p->cpu, b->pins[i].cpu);
        p->x = (float)b->pins[i].x;
        p->y = (float)b->pins[i].y;
        p->gpio = (uint8_t)gpio;
    }
    for (size_t i = 0; i < b->n_parts && still->n_parts < SCENE_PARTS; i++) {
        struct scene_part_still *p = &still->parts[still->n_parts++];
        const struct board_pin *pin = b->parts[i].pin[0] ? board_pin_find(b, b->parts[i].pin) : NULL;
        name_copy(p->kind, b->parts[i].kind);
        name_copy(p->name, b->parts[i].name);
        name_copy(p->colour, b->parts[i].colour);
        p->x = (float)b->parts[i].x;
        p->y = (float)b->parts[i].y;
        p->gpio = (int16_t)(pin ? gpio_index(pin->gpio) : -1);
        p->active_low = b->parts[i].active_low;
    }
}

static void pins_fill(struct scene_now *now) {
    for (uint32_t i = 0; i < pl.n_gpios; i++) {
        struct gpio *g = pl.gpios[i];
        struct net *net = net_root(g->net);
        now->pins[i] = (struct scene_pin){.mode = g->mode,
                                          .pull = g->pull,
                                          .af = g->af,
                                          .level = net_level(net),
                                          .floating = net->floating,
                                          .shorted = net->shorted,
                                        .misread = net->float_reads > 0 && net->floating,
                                          .volts = (float)net_volts(net),
                                          .edges = net_edges(net),
                                          .high_ns = net_high_ns(net)};
    }
}

static void lines_fill(struct scene_now *now) {
    now->n_lines = 0;
    for (struct irq_line *l = irq_lines(); l && now->n_lines < SCENE_LINES; l = l->next) {
        struct scene_line *line = &now->lines[now->n_lines++];
        name_copy(line->name, l->name);
        line->taken = l->taken;
        line->lost = l->merged;
        line->latency_max = l->latency_max;
    }
}

static void heap_fill(struct scene_now *now) {
    struct heap_stats stats;
    heap_stats(&stats);
    now->block_bytes = 1u << rt.profile.block_shift;
    now->total = stats.total;
    now->used = stats.used;
    now->largest_free = (uint64_t)stats.max_free_run << rt.profile.block_shift;
    now->collections = stats.collections;
    now->all_blocks = (uint32_t)(stats.total >> rt.profile.block_shift);
    now->n_blocks = (uint32_t)heap_map((char *)now->map, SCENE_BLOCKS);
    if (pl.hover != UINT32_MAX) heap_describe(pl.hover, now->answer, sizeof now->answer);
    now->answer_block = pl.hover;
}

static void parts_fill(struct scene_now *now) {
    for (uint32_t i = 0; i < pl.scene->still.n_parts; i++) {
        const struct scene_part_still *still = &pl.scene->still.parts[i];
        const struct part *part = part_find(still->name);
        if (strcmp(still->kind, "accel") == 0) {
            now->parts[i].x = (float)accel_axis(0) / ACCEL_ONE_G;
            now->parts[i].y = (float)accel_axis(1) / ACCEL_ONE_G;
            now->parts[i].z = (float)accel_axis(2) / ACCEL_ONE_G;
        } else if (part) {
            now->parts[i].value = part->kind == PART_POTENTIOMETER ? (float)part->value : part->down;
        }
    }
}

// The pins (first 64) of each net, by its number: looked up at every edge, made anew with every snapshot since nets may be joined.
static void nets_note(void) {
    memset(pl.pins_of, 0, sizeof pl.pins_of);
    for (uint32_t i = 0; i < pl.n_gpios && i < 64; i++) {
        uint32_t number = net_root(pl.gpios[i]->net)->number;
        if (number < NETS) pl.pins_of[number] |= (uint64_t)1 << i;
    }
}

static void publish(void) {
    struct scene *s = pl.scene;
    uint64_t start = own_ns();
    atomic_fetch_add(&s->sequence, 1);
    struct scene_now *now = &s->now;
    now->time = clock_now();
    now->heard = clock_due();
    now->paused = pl.paused;
    now->speed = (float)pl.speed;
    now->queue_depth = rt.schedule_count;
    nets_note();
    pins_fill(now);
    lines_fill(now);
    heap_fill(now);
    parts_fill(now);
    atomic_fetch_add(&s->sequence, 1);
    pl.cost = own_ns() - start;
}

void panel_say(int fd, const char *data, uint64_t len) {
    (void)fd;
    if (!pl.scene) return;
    uint64_t head = atomic_load(&pl.scene->console_head);
    if (len > SCENE_CONSOLE) data += len - SCENE_CONSOLE, head += len - SCENE_CONSOLE, len = SCENE_CONSOLE;
    for (uint64_t i = 0; i < len; i++) pl.scene->console[(head + i) % SCENE_CONSOLE] = data[i];
    atomic_store(&pl.scene->console_head, head + len);
}

// ---- changes, for the logic view ----------------------------------------------------------------------------------------------
static void change_put(uint64_t at, enum scene_change_kind kind, int source, int value) {
    uint64_t head = atomic_load_explicit(&pl.scene->change_head, memory_order_relaxed); // nobody else writes it
    pl.scene->changes[head % SCENE_CHANGES] = (struct scene_change){at, (uint8_t)kind, (uint8_t)value, (uint16_t)source};
    atomic_store_explicit(&pl.scene->change_head, head + 1, memory_order_release);
}

static uint64_t net_pins(const struct net *net) { return net->number < NETS ? pl.pins_of[net->number] : 0; }

static void pause_loop(bool inside_collection);

static void traced(void *data, enum trace_kind kind, const void *source, uint64_t at, int64_t value) {
    (void)data;
    if (kind == TRACE_NET) {
        for (uint64_t pins = net_pins(source); pins; pins &= pins - 1) change_put(at, CHANGE_NET, __builtin_ctzll(pins), (int)value);
    } else if (kind == TRACE_IRQ) {
        int i = 0;
        for (struct irq_line *l = irq_lines(); l && l != source; l = l->next) i++;
        change_put(at, CHANGE_IRQ, i, (int)value);
    } else if (kind == TRACE_COLLECTION) {
        change_put(at, CHANGE_COLLECTION, 0, (int)value);
        if (value == 0 && pl.stop_at_collection) {
            pl.stop_at_collection = false;
            pl.paused = true;
            pause_loop(true);
        }
    }
}

static bool traced_net(void *data, const struct net *net) {
    (void)data;
    return (net_pins(net) & pl.channels) != 0;
}

// ---- what the person does --------------------------------------------------------------------------------------------------------
static const char *part_name(uint32_t index) { return index < pl.scene->still.n_parts ? pl.scene->still.parts[index].name : ""; }

static void drive_input(const struct scene_input *in) {
    if (in->index >= pl.n_gpios) return;
    char volts[32];
    snprintf(volts, sizeof volts, "%.4fV", (double)in->value);
    stimulus_drive(pl.gpios[in->index]->net, in->kind == INPUT_VOLTS ? volts : in->value < 0 ? "Z" : in->value > 0 ? "1" : "0");
}

// The same program from the beginning, in the same window, with the same maker of pictures. A device resets its board and keeps its line.
static void program_restart(void) {
    if (pl.options->device && !pl.scene->now.ended) {
        bridge_reset_soon(RESET_HARD);
        return;
    }
    char text[120];
    int to = pl.to ? fileno(pl.to) : -1, from = pl.to ? fileno(pl.from) : -1;
    snprintf(text, sizeof text, "%d %d %d %d %u %llu", pl.fd, to, from, (int)pl.painter, (unsigned)pl.recorded,
             (unsigned long long)(pl.past + clock_now()));
    console_flush();
    keys_close();
    fcntl(pl.fd, F_SETFD, 0);
    if (to >= 0) fcntl(to, F_SETFD, 0), fcntl(from, F_SETFD, 0);
    setenv("BREADBOARD_SCENE", text, 1);
    execv("/proc/self/exe", pl.argv);
}

static void time_hold(void) { // from now on, this emulated time belongs to this host time
    pl.held_at = clock_now();
    pl.held_host = host_ns();
}

static void input_do(const struct scene_input *in, bool inside_collection) {
    switch (in->kind) {
    case INPUT_PAUSE: pl.paused = in->value > 0; break;
    case INPUT_STEP:
        pl.step_until = clock_now() + (uint64_t)(in->value > 0 ? in->value : 0);
        pl.paused = false;
        break;
    case INPUT_STEP_COLLECTION:
        pl.stop_at_collection = true;
        pl.paused = false;
        break;
    case INPUT_SPEED:
        if (in->value > 0) pl.speed = in->value;
        time_hold();
        break;
    case INPUT_CHANNELS: pl.channels = in->bits; break;
    case INPUT_HOVER: pl.hover = in->index; break;
    case INPUT_CLOSE: pl.closed = true; break;
    default: break;
    }
    if (inside_collection) return; // the rest acts on the board
    switch (in->kind) {
    case INPUT_PRESS:
        if (strcmp(pl.scene->still.parts[in->index % SCENE_PARTS].kind, "reset") == 0) {
            if (in->value > 0) program_restart();
        } else if (stimulus_actions.press)
            stimulus_actions.press(part_name(in->index), in->value > 0);
        break;
    case INPUT_TURN:
        if (stimulus_actions.turn) stimulus_actions.turn(part_name(in->index), in->value);
        break;
    case INPUT_DRIVE:
    case INPUT_VOLTS: drive_input(in); break;
    case INPUT_ACCEL:
        accel_set((int)lroundf(in->value * ACCEL_ONE_G), (int)lroundf(in->y * ACCEL_ONE_G), (int)lroundf(in->z * ACCEL_ONE_G));
        break;
    case INPUT_RESET: program_restart(); break;
    default: break;
    }
}

// The window was closed. A script ends by SystemExit, so it can put its things in order; one that will not is ended a second later.
static void program_end(void) {
    if (pl.options->prompt) bridge_port->end(NULL);
    pl.end_by = host_ns() + NS_PER_S;
    board_exit_soon();
}

static bool inputs_take(bool inside_collection) { // true: there were some
    struct scene_input in;
    bool some = false;
    if (pl.scene->now.typing) scene_typed_take(pl.scene, keys_put);
    for (; scene_input_take(pl.scene, &in); some = true) input_do(&in, inside_collection);
    if (pl.closed) {
        pl.closed = false;
        pl.window = false;
        keys_close();
        if (!pl.options->detach && !pl.scene->now.ended) program_end();
    }
    return some;
}

static void nap(uint64_t ns) {
    struct timespec t = {(time_t)(ns / NS_PER_S), (long)(ns % NS_PER_S)};
    nanosleep(&t, NULL);
}

static void pause_loop(bool inside_collection) {
    if (!pl.paused || !pl.window) return;
    publish();
    for (uint64_t since = host_ns(), now; pl.paused && pl.window && !(rt.poll & POLL_KEYBOARD); since = now) {
        nap(10 * NS_PER_MS);
        bool some = inputs_take(inside_collection);
        now = host_ns();
        board_clock_hold(now - since); // the real clock stands still
        if (some && !inside_collection) publish();
    }
    time_hold();
}

// ---- frames ------------------------------------------------------------------------------------------------------------------------
static void picture_command(const char *word, const char *file) {
    if (!pl.to) return;
    fprintf(pl.to, "%s %s\n", word, file);
    fflush(pl.to);
    char answer[300];
    char *got;
    while (!(got = fgets(answer, sizeof answer, pl.from)) && errno == EINTR && !feof(pl.from)) clearerr(pl.from);
    if (!got) {
        fprintf(stderr, "micropython: warning: no picture: the panel program has ended\n");
        fclose(pl.to);
        pl.to = NULL;
    } else if (strncmp(answer, "ok", 2) != 0) {
        fprintf(stderr, "micropython: warning: no picture: %s", answer);
    }
}

static void record_frame(void) {
    char file[PATH_MAX];
    size_t n = strlen(pl.options->record);
    if (n > 4 && strcmp(pl.options->record + n - 4, ".gif") == 0) {
        picture_command("gif", pl.options->record);
    } else {
        snprintf(file, sizeof file, "%s/%05u.png", pl.options->record, (unsigned)pl.recorded++);
        picture_command("shot", file);
    }
}

// Virtual clock: holds emulated time back to the pace of the host's.
static void pace(void) {
    uint64_t due = pl.held_host + (uint64_t)((double)(clock_now() - pl.held_at) / pl.speed);
    uint64_t now = host_ns();
    while (now < due && pl.window && !(rt.poll & POLL_KEYBOARD)) {
        nap(due - now > 20 * NS_PER_MS ? 20 * NS_PER_MS : due - now);
        inputs_take(false);
        if (pl.paused) return;
        now = host_ns();
    }
    if (now > due + NS_PER_S) time_hold(); // it can't be as fast as asked: don't hurry later
}

static void frame(void *data) {
    (void)data;
    if (pl.window) {
        inputs_take(false);
        publish();
        if (clock_now() >= pl.step_until) {
            pl.step_until = NEVER;
            pl.paused = true;
        }
        pause_loop(false);
        if (pl.is_virtual) pace();
    } else if (pl.to) {
        publish();
        if (pl.options->record)
            record_frame();
        else
            picture_command("frame", "");
    }
    enum { SHARE = 100 }; // at most a hundredth of the time goes into showing it: a huge heap is shown less often
    uint64_t next = pl.window ? (pl.is_virtual ? (uint64_t)(FRAME_NS * pl.speed) : FRAME_NS) : SAMPLE_NS;
    if (pl.window && !pl.is_virtual && next < pl.cost * SHARE) next = pl.cost * SHARE;
    clock_break(); // Ctrl-C in a wait that nothing else ends
    uint64_t at = clock_now() + (next ? next : 1);
    if (pl.end_by && host_ns() > pl.end_by) bridge_port->end(NULL);
    if (pl.window || pl.to || pl.end_by) event_arm(&pl.frame, at < pl.step_until ? at : pl.step_until);
}

static void shot_make(struct shot *shot) {
    char file[PATH_MAX];
    snprintf(file, sizeof file, "%.*s", shot->len, shot->file);
    shot->taken = true;
    picture_command("shot", file);
}

static void shot_take(void *data) {
    struct shot *shot = data;
    publish();
    shot_make(shot);
}

static void shot_plan(const char *text) { // FILE[@TIME]
    const char *at = strrchr(text, '@');
    uint64_t time = NEVER;
    bool timed = at && duration_read(at + 1, &time);
    if (at && !timed && !strpbrk(at, "./")) usage_fail("not a time", at + 1, "write --screenshot=FILE.png@500ms");
    struct shot *shot = pl.shots;
    while (shot->file) shot++;
    shot->file = text;
    shot->len = timed ? (int)(at - text) : (int)strlen(text);
    shot->event.fire = shot_take;
    shot->event.data = shot;
    shot->at = timed ? time : NEVER;
    shot->taken = timed && time < pl.past; // before a reset
}

static void shots_arm(void) {
    for (struct shot *s = pl.shots; s < pl.shots + SHOTS_MAX && s->file; s++)
        if (!s->taken && s->at != NEVER) event_arm(&s->event, s->at > pl.past ? s->at - pl.past : 0);
}

// ---- starting and ending -------------------------------------------------------------------------------------------------------
static void panel_program(char path[PATH_MAX]) {
    const char *chosen = getenv("BREADBOARD_PANEL");
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 20);
    if (chosen) {
        snprintf(path, PATH_MAX, "%s", chosen);
        return;
    }
    path[n > 0 ? n : 0] = 0;
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash + 1 : path, "micropython-panel");
    if (access(path, X_OK) != 0)
        usage_fail("this build has no panel", path, "install libsdl2-dev, libcairo2-dev and libgif-dev, then configure and build again");
}

// Starts the panel program: a window, or (pipes) a maker of pictures.
static pid_t panel_spawn(bool pictures) {
    char path[PATH_MAX], fd[16], size[32];
    panel_program(path);
    int down[2] = {-1, -1}, up[2] = {-1, -1};
    if (pictures && (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0)) host_fatal("no pipes for the panel");
    snprintf(fd, sizeof fd, "%d", pl.fd);
    snprintf(size, sizeof size, "%dx%d", pl.options->width ? pl.options->width : 1280, pl.options->height ? pl.options->height : 800);
    const char *words[20] = {path, "--scene", fd, "--size", size, pictures ? "--pictures" : "--window",
                             pl.options->light ? "--light" : "--dark"};
    size_t n = 7;
    if (pl.options->views) words[n++] = "--views", words[n++] = pl.options->views;
    char span[32];
    snprintf(span, sizeof span, "%llu", (unsigned long long)pl.options->span);
    if (pl.options->span) words[n++] = "--span", words[n++] = span;
    char scale[32];
    snprintf(scale, sizeof scale, "%g", pl.options->scale);
    if (pl.options->scale > 0) words[n++] = "--scale", words[n++] = scale;
    if (pl.options->decode) words[n++] = "--decode", words[n++] = pl.options->decode;
    pid_t child = fork();
    if (child == 0) {
        if (pictures) {
            dup2(down[0], 0);
            dup2(up[1], 1);
        } else {
            setsid(); // Ctrl-C in the terminal is for the program
        }
        fcntl(pl.fd, F_SETFD, 0);
        execv(path, (char *const *)words);
        _exit(127);
    }
    if (child < 0) host_fatal("the panel can't be started");
    if (pictures) {
        close(down[0]);
        close(up[1]);
        pl.to = fdopen(down[1], "w");
        pl.from = fdopen(up[0], "r");
    }
    return child;
}

static void painter_inherit(int to, int from, int painter) {
    if (to < 0 || !(pl.to = fdopen(to, "w")) || !(pl.from = fdopen(from, "r"))) return;
    fcntl(to, F_SETFD, FD_CLOEXEC);
    fcntl(from, F_SETFD, FD_CLOEXEC);
    pl.painter = painter;
}

static bool scene_inherit(void) { // after a reset: the window is there already
    const char *text = getenv("BREADBOARD_SCENE");
    struct stat st;
    int fd, to, from, painter;
    unsigned recorded;
    unsigned long long past;
    if (!text || sscanf(text, "%d %d %d %d %u %llu", &fd, &to, &from, &painter, &recorded, &past) != 6) return false;
    unsetenv("BREADBOARD_SCENE");
    if (fstat(fd, &st) != 0 || st.st_size != (off_t)sizeof(struct scene)) return false;
    painter_inherit(to, from, painter);
    pl.recorded = recorded;
    pl.past = past;
    pl.fd = fd;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    pl.scene = mmap(NULL, sizeof(struct scene), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (pl.scene == MAP_FAILED) pl.scene = NULL;
    return pl.scene != NULL;
}

static void scene_make(void) {
    pl.fd = memfd_create("breadboard", MFD_CLOEXEC);
    if (pl.fd < 0 || ftruncate(pl.fd, sizeof(struct scene)) != 0) host_fatal("no memory to share with the panel");
    pl.scene = mmap(NULL, sizeof(struct scene), PROT_READ | PROT_WRITE, MAP_SHARED, pl.fd, 0);
    if (pl.scene == MAP_FAILED) host_fatal("no memory to share with the panel");
}

static void board_look(void) {
    memset(&pl.scene->still, 0, sizeof pl.scene->still);
    pl.n_gpios = 0;
    still_fill(&pl.scene->still, pl.script);
    if (pl.options->sites) heap_sites(true);
    pl.sink = (struct trace_sink){.change = traced, .wants = traced_net, .own_times = true};
    trace_add(&pl.sink);
    publish();
}

static void shots_cancel(void) {
    for (size_t i = 0; i < SHOTS_MAX; i++) event_cancel(&pl.shots[i].event);
}

// A forked child is another computer: what the panel shows is its parent.
void panel_leave(void) {
    if (!pl.scene) return;
    trace_remove(&pl.sink);
    event_cancel(&pl.frame);
    shots_cancel();
    host_console_tap = NULL;
    pl.scene = NULL;
    pl.to = NULL;
    pl.window = false;
}

void panel_pause(void) {
    if (!pl.scene) return;
    trace_remove(&pl.sink);
    event_cancel(&pl.frame);
    shots_cancel();
    pl.past += clock_now();
    pl.step_until = NEVER;
}

void panel_resume(void) {
    if (!pl.scene) return;
    board_look();
    time_hold();
    shots_arm();
    event_arm(&pl.frame, clock_now() + 1);
}

// What ends the program at once is noted for the window, which outlives it.
void panel_note_signal(int number) {
    if (pl.scene) atomic_store(&pl.scene->signal, number);
}

static void fatal(int number) {
    panel_note_signal(number);
    raise(number); // the handler was for once
}

static void fatal_listen(void) {
    static const int numbers[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGXCPU};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction now, action = {.sa_handler = fatal, .sa_flags = SA_RESETHAND | SA_ONSTACK};
        sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(numbers[i], &action, NULL);
    }
}

void panel_open(const struct panel_options *o, bool is_virtual, const char *script, char **argv) {
    pl.options = o;
    pl.argv = argv;
    pl.is_virtual = is_virtual;
    pl.hover = UINT32_MAX;
    pl.speed = 1;
    pl.owner = getpid();
    bool inherited = o->window && scene_inherit();
    if (!inherited) scene_make();
    pl.script = script;
    pl.scene->magic = SCENE_MAGIC;
    pl.scene->bytes = sizeof(struct scene);
    pl.scene->program = getpid();
    pl.scene->now.ended = false;
    pl.scene->now.typing = o->window && keys_open(o->device);
    pl.scene->signal = 0;
    pl.scene->over = false;
    pl.channels = ~(uint64_t)0;
    board_look();
    if (o->record && !strstr(o->record, ".gif")) mkdir(o->record, 0777);
    if ((o->n_shots || o->record) && !pl.to) pl.painter = panel_spawn(true);
    for (int i = 0; i < o->n_shots; i++) shot_plan(o->shots[i]);
    shots_arm();
    if (o->window && !inherited) panel_spawn(false);
    pl.window = o->window;
    if (pl.window) fatal_listen();
    signal(SIGCHLD, SIG_DFL);
    host_console_tap = panel_say;
    time_hold();
    pl.frame.fire = frame;
    event_arm(&pl.frame, clock_now() + 1);
}

static void pictures_finish(void) {
    if (!pl.to) return;
    publish();
    if (pl.options->record) record_frame();
    for (struct shot *shot = pl.shots; shot < pl.shots + SHOTS_MAX && shot->file; shot++) {
        if (shot->at == NEVER) shot_make(shot);
        else if (!shot->taken)
            fprintf(stderr, "micropython: warning: no picture %.*s: the run ended at %.6f s, before its time\n", shot->len, shot->file,
                    (double)(pl.past + clock_now()) / 1e9);
    }
    picture_command("end", "");
    if (pl.to) fclose(pl.to);
    fclose(pl.from);
    pl.to = NULL;
    waitpid(pl.painter, NULL, 0);
}

void panel_close(int status) {
    if (!pl.scene || getpid() != pl.owner) return;
    pictures_finish();
    trace_remove(&pl.sink);
    event_cancel(&pl.frame);
    pl.paused = false;
    pl.scene->now.status = status;
    publish();
    atomic_fetch_add(&pl.scene->sequence, 1);
    pl.scene->now.ended = true;
    pl.scene->now.typing = false;
    atomic_fetch_add(&pl.scene->sequence, 1);
    host_console_tap = NULL;
    keys_close();
    // The window shows how it ended until it is closed; only a reset is still obeyed.
    while (pl.window && !pl.options->detach && !(rt.poll & POLL_KEYBOARD)) {
        struct scene_input in;
        while (scene_input_take(pl.scene, &in)) {
            if (in.kind == INPUT_CLOSE) pl.window = false;
            if (in.kind == INPUT_RESET) program_restart();
        }
        if (waitpid(-1, NULL, WNOHANG) > 0) pl.window = false; // the panel is gone
        if (pl.window) nap(20 * NS_PER_MS);
    }
    // Ctrl-C in the terminal: nobody looks any more. A signal that ends the program leaves the window, to say so.
    if (pl.window && !pl.options->detach && pl.scene->signal == 0) atomic_store(&pl.scene->over, true);
    munmap(pl.scene, sizeof(struct scene));
    pl.scene = NULL;
}
