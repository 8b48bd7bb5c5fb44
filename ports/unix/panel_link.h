// SPDX-License-Identifier: MIT
// The program's end of the panel: a window in a process of its own, pictures without a display.
#ifndef PORTS_UNIX_PANEL_LINK_H
#define PORTS_UNIX_PANEL_LINK_H

#include <stdbool.h>
#include <stdint.h>

enum { SHOTS_MAX = 1000 };

struct panel_options {
    bool window, detach;       // --panel, --panel=detach
    const char *shots[SHOTS_MAX]; // --screenshot FILE[@TIME]
    int n_shots;
    const char *record;        // --record FILE.gif or a folder
    const char *views;         // --panel-views: which views pictures show; NULL: all
    uint64_t span;             // --panel-span: ns that the logic view shows; 0: 100 ms
    const char *decode;        // --panel-decode: pins that the logic view reads, "X1:uart,X9:i2c"; NULL: none
    int width, height;         // --panel-size WxH; 0: 1280 x 800
    double scale;              // --panel-scale: pixels to a point; 0: as the desktop has it, pictures 1
    bool light;                // --panel-theme=light
    bool sites;                // --trace-heap: remember the source line of each allocation
    bool device, prompt;       // --device; there is no script: the person types
};

bool panel_is_open(void); // a window is there and was not closed
bool panel_wanted(const struct panel_options *o);
void panel_open(const struct panel_options *o, bool is_virtual, const char *script, char **argv); // the board is powered
// A hard reset takes the board away and makes it anew. Times of pictures go on from there: the clock of the board starts again, they don't.
void panel_leave(void); // in a forked child
void panel_pause(void);
void panel_resume(void);
void panel_note_signal(int number); // it ends the program; async-signal-safe
void panel_close(int status);  // the program is over: last pictures; stays while the window is open (unless detached)
void panel_say(int fd, const char *data, uint64_t len); // console output, for host_write()

#endif
