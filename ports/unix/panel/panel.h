// SPDX-License-Identifier: MIT
// The panel program: what its files share. One window, five views, drawn with cairo from one state.
//
// Invariants
//  - struct panel is the whole state. Views draw from it and change it only in their event function; the program is reached through
//    scene_input_put() alone.
//  - Lengths are in points; cairo is scaled by panel->scale once, so high-DPI needs no care anywhere else.
//  - Everything that comes out of the scene is checked in model.c: views may trust panel->now.
#ifndef PORTS_UNIX_PANEL_PANEL_H
#define PORTS_UNIX_PANEL_PANEL_H

#include "ports/unix/panel/scene.h"
#include "ports/unix/panel/screen.h"

#include <cairo/cairo.h>

#define PI 3.14159265358979323846

struct rect {
    double x, y, w, h;
};
struct colour {
    double r, g, b;
};

enum colour_name {
    C_BACK, C_PANEL, C_PANEL_EDGE, C_TEXT, C_DIM, C_FAINT, C_ACCENT, C_HIGH, C_LOW, C_WARN, C_BAD, C_BOARD, C_BOARD_EDGE, C_METAL, C_CHIP,
    C_TUPLE, C_LIST, C_DICT, C_STRING, C_ARRAY, C_FLOAT, C_CODE, C_MODULE, C_OTHER, C_FREE, C_COUNT
};

enum { HISTORY = 900, EDGES = 8192, CHANNELS = 12, PENDING = 1 << 18, WIDGETS = 256 };
enum { KEY_SHIFT = 1, KEY_CONTROL = 2 };

struct heap_sample {
    uint64_t time, used, total, largest;
};

struct channel { // of the logic view
    int gpio;
    int decode;            // enum decode
    uint64_t head;         // edges ever kept
    struct { uint64_t at; bool level; } edges[EDGES];
};
enum decode { DECODE_NONE, DECODE_UART, DECODE_I2C, DECODE_SPI };

struct track { // spans in time: an interrupt line, collections
    uint64_t head;
    struct { uint64_t at; bool on; } edges[EDGES];
};

enum widget_kind { W_NONE, W_BAR, W_PART, W_PIN, W_SLIDER, W_CHANNEL, W_HEAP, W_LOGIC, W_CONSOLE };
struct place { // in the console's screen
    uint64_t line;
    int column;
};

struct widget { // what a mouse or the keyboard can reach; made anew with each drawing
    struct rect r;
    enum widget_kind kind;
    int index;
    const char *hint;
};

enum view { VIEW_BOARD, VIEW_LOGIC, VIEW_HEAP, VIEW_CONSOLE, VIEWS };

struct panel {
    cairo_t *cr;
    struct scene *scene;
    struct scene_now now, before; // before: the last sample at another time
    double width, height, scale; // points, and pixels to a point
    double points;               // of the windowing system to one of ours: X11 knows pixels only, so there it is the scale
    bool light, visible[VIEWS], drawn[VIEWS]; // drawn: there was room for it
    struct colour colours[C_COUNT];
    // smoothed
    double duty[SCENE_PINS], hertz[SCENE_PINS];
    uint64_t sampled_at;          // board time of the last rates
    uint64_t edges_then[SCENE_PINS], high_then[SCENE_PINS];
    uint64_t counted_at, edges_counted[SCENE_PINS]; // of a longer span, for frequencies
    // history
    struct heap_sample history[HISTORY];
    uint64_t history_n, change_seen;
    struct channel channels[CHANNELS];
    int n_channels;
    struct track irqs[SCENE_LINES], collections;
    // logic view
    double span;                  // ns shown
    bool follow;
    uint64_t right;               // time at the right edge when not following
    uint64_t cursor[2];           // 0: not set
    bool chosen;                  // the person chose channels
    bool logic_was;               // the logic view was drawn, and its edges were wanted
    const char *wishes;           // --decode: "X1:uart,X9:i2c", or NULL
    // console
    struct screen screen;
    uint64_t console_seen, scroll; // bytes; rows back from the end
    int rows, columns;             // of the view, at the last drawing
    struct rect text_at;           // where its text was
    uint64_t skipped;              // rows above it
    struct place mark[2];          // selection.c
    bool selecting;
    bool typing;                   // the keyboard is the program's
    char pending[PENDING];         // typed, and not in the scene yet
    size_t n_pending;
    bool gone;                     // the program's process is no more
    bool changed;                  // since model_changed() was asked
    uint64_t stirred;              // board time at which something but the time changed last
    // input
    double mouse_x, mouse_y;
    int focus, pressed_part, slider, key_part;
    double accel_x, accel_y;
    float asked[SCENE_PARTS];     // of parts that turn: what the program has not heard of yet; -1: nothing
    double asked_speed;           // the same; 0: nothing
    struct widget widgets[WIDGETS];
    int n_widgets;
    int hover_block;
    double hover_x, hover_y;      // where its name is drawn
    float volts[SCENE_PINS];      // of sliders
    int8_t driven[SCENE_PINS];    // -1 let go, 0, 1
};

// theme.c
void theme_set(struct panel *p, bool light);
struct colour part_colour(const struct panel *p, const char *name);

// draw.c
enum align { LEFT, CENTRE, RIGHT };
void draw_colour(struct panel *p, enum colour_name name, double alpha);
void draw_rgb(struct panel *p, struct colour c, double alpha);
void draw_rounded(struct panel *p, struct rect r, double radius); // path only
void draw_panel(struct panel *p, struct rect r, const char *title); // frame of a view
void draw_text(struct panel *p, double x, double y, double size, enum colour_name colour, enum align align, const char *text);
void draw_bold(struct panel *p, double x, double y, double size, enum colour_name colour, enum align align, const char *text);
void draw_mono(struct panel *p, double x, double y, double size, enum colour_name colour, const char *text);
double draw_width(struct panel *p, double size, const char *text);
void text_time(char *out, size_t room, double ns);    // "12.5 ms"
void text_hertz(char *out, size_t room, double hertz);
void text_bytes(char *out, size_t room, double bytes);
bool inside(struct rect r, double x, double y);
int widget_add(struct panel *p, struct rect r, enum widget_kind kind, int index, const char *hint);
void draw_focus(struct panel *p, struct rect r); // when this widget has the keyboard

// model.c
void model_start(struct panel *p, struct scene *scene);
bool model_sample(struct panel *p);          // takes the newest scene; false: the writer was in between
bool model_changed(struct panel *p);         // something to draw came with the samples since the last call
bool model_quiet(const struct panel *p);     // nothing but the time changes, and waveforms show nothing else
void model_channel_toggle(struct panel *p, int gpio);
void model_channels_tell(struct panel *p);
int model_decode(const char *word, size_t len); // enum decode, -1: not known
void model_input(struct panel *p, enum scene_input_kind kind, uint32_t index, double value);

// views
void panel_draw(struct panel *p);             // all of it
void bar_draw(struct panel *p, struct rect r);
void bar_press(struct panel *p, int index);
double slider_volts(const struct panel *p, int gpio);
void board_draw(struct panel *p, struct rect r);
void board_pin_words(const struct panel *p, int gpio, char *out, size_t room); // "X1 (A0)  out  1"
void logic_draw(struct panel *p, struct rect r);
void logic_zoom(struct panel *p, double factor, double at);
void heap_draw(struct panel *p, struct rect r);
void heap_hover(struct panel *p, double x, double y);
void heap_step(struct panel *p, int right, int down); // what the keyboard points at
void console_draw(struct panel *p, struct rect r);
void console_take(struct panel *p);
void console_feed(struct panel *p);                    // hands on what waits
void console_text(struct panel *p, const char *text); // typed; UTF-8
void console_paste(struct panel *p, const char *text);
void console_key(struct panel *p, const char *name, unsigned modifiers);
void console_scroll(struct panel *p, int rows);       // back
struct place console_place(const struct panel *p, double x, double y); // what is nearest to this point
int utf8_put(char *to, uint32_t c);                    // how many bytes

// selection.c
void selection_begin(struct panel *p, double x, double y);
void selection_extend(struct panel *p, double x, double y);
void selection_end(struct panel *p);
bool selection_in_line(const struct panel *p, uint64_t line, int *from, int *to); // columns from..to-1
const char *selection_text(const struct panel *p);     // NULL: nothing; until the next call

// decode.c: writes what a channel says, above its wire, between two times
void decode_draw(struct panel *p, int channel, struct rect r, double from, double span);

// input.c: what SDL reports, in our words
void input_motion(struct panel *p, double x, double y);
void input_button(struct panel *p, bool down, double x, double y, bool right);
void input_wheel(struct panel *p, double amount);
bool input_key(struct panel *p, const char *name, bool down, unsigned modifiers); // KEY_SHIFT ...; false: the window shall close

// A part's picture: one file each (part_*.c), found by kind.
struct part_picture {
    const char *kind;
    double w, h; // mm around its place
    void (*draw)(struct panel *p, int part, struct rect r);
    bool presses, turns, tilts;
    bool stays;   // pressed once it is on, pressed again it is off
};
const struct part_picture *part_picture(const char *kind); // a box with its name when unknown
extern const struct part_picture picture_led, picture_button, picture_switch, picture_reset, picture_potentiometer, picture_accel,
    picture_box;

#endif
