// SPDX-License-Identifier: MIT
// What the panel sees and what it can do: one block of memory shared by the program (writer) and the panel (reader), plain data only.
//
// Invariants
//  - `still` is written before the panel starts. `now` is a snapshot under a sequence lock: `sequence` is odd while one is written; a
//    reader copies it and takes the copy only when it was even and the same before and after (scene_read()).
//  - Rings have one writer. Their `head` counts items ever written; item i is in slot i % room; a reader that is more than `room` behind
//    has lost the older ones.
//  - Neither side waits for the other, ever. All numbers that come from the other side are checked before they are used as an index.
#ifndef PORTS_UNIX_PANEL_SCENE_H
#define PORTS_UNIX_PANEL_SCENE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SCENE_MAGIC = 0x42423031,
    SCENE_NAME = 24,
    SCENE_PINS = 96,
    SCENE_PARTS = 32,
    SCENE_LINES = 32,
    SCENE_BLOCKS = 65536,  // of the heap; a larger heap is shown up to here
    SCENE_CHANGES = 65536, // ring of edges and interrupts
    SCENE_CONSOLE = 65536, // ring of output bytes
    SCENE_INPUTS = 256,    // ring of what the person does
    SCENE_TYPED = 4096,    // ring of bytes typed into the console
    SCENE_TEXT = 160
};

struct scene_pin_still {
    char name[SCENE_NAME], cpu[SCENE_NAME];
    float x, y;    // mm; x < 0: not on the board's edge
    uint8_t gpio;  // pins of one gpio share its state: index into now.pins
};
struct scene_part_still {
    char kind[SCENE_NAME], name[SCENE_NAME], colour[SCENE_NAME];
    float x, y;
    int16_t gpio;  // index into now.pins, -1: none
    bool active_low;
};
struct scene_still {
    char board[SCENE_NAME], title[64], script[SCENE_TEXT];
    float width, height; // mm
    uint32_t n_pins, n_parts, n_gpios;
    struct scene_pin_still pins[SCENE_PINS];
    struct scene_part_still parts[SCENE_PARTS];
    bool is_virtual;
    bool sites;    // allocations are traced to their source line
    bool prompt;   // no script: what is typed is what the program is about
};

struct scene_pin { // of one gpio
    uint8_t mode, pull, af; // as enum gpio_mode, gpio_pull
    bool level, floating, shorted, misread; // misread: it was read while nothing drove it
    float volts;
    uint64_t edges, high_ns;
};
struct scene_part {
    float value; // button: 1 pressed; potentiometer: 0 to 1; accel: see xyz
    float x, y, z;
};
struct scene_line { // interrupt line
    char name[SCENE_NAME];
    uint64_t taken, lost;
    uint64_t latency_max;
};
struct scene_now {
    uint64_t time;       // ns of the board
    uint64_t heard;      // edges are known until then: under the real clock a little less
    bool paused, ended;
    bool typing;         // what is typed into the console is read by somebody
    int32_t status;      // of the program, once it has ended
    float speed;         // board seconds per second
    uint32_t n_lines;
    struct scene_pin pins[SCENE_PINS];
    struct scene_part parts[SCENE_PARTS];
    struct scene_line lines[SCENE_LINES];
    // heap, in bytes and blocks of the board
    uint32_t block_bytes, n_blocks, all_blocks;
    uint64_t total, used, largest_free, collections;
    uint64_t queue_depth;
    char answer[SCENE_TEXT]; // to the last HOVER
    uint32_t answer_block;
    uint8_t map[SCENE_BLOCKS]; // letters of micropython.mem_info(1)
};

enum scene_change_kind { CHANGE_NET, CHANGE_IRQ, CHANGE_COLLECTION };
struct scene_change {
    uint64_t at;
    uint8_t kind, value;
    uint16_t source; // gpio index or line index
};

enum scene_input_kind {
    INPUT_PRESS,    // index: part; value 1 down, 0 up
    INPUT_TURN,     // index: part; value 0 to 1
    INPUT_DRIVE,    // index: gpio; value 0, 1, -1 lets go
    INPUT_VOLTS,    // index: gpio; value in volts
    INPUT_ACCEL,    // index: part; value, y, z: in g
    INPUT_PAUSE,    // value 1 pause, 0 go on
    INPUT_STEP,     // value: ns of board time
    INPUT_STEP_COLLECTION, // go on to the next collection
    INPUT_SPEED,    // value
    INPUT_RESET,
    INPUT_CHANNELS, // mask of gpios (low 64) in `bits`: their edges are wanted
    INPUT_HOVER,    // index: block
    INPUT_CLOSE     // the window was closed
};
struct scene_input {
    uint8_t kind;
    uint32_t index;
    float value, y, z;
    uint64_t bits;
};

struct scene {
    uint32_t magic, bytes;    // sizeof(struct scene): both sides are of one build
    int32_t program;          // process id
    _Atomic int32_t signal;   // that ends the program; 0: none
    _Atomic bool over;        // the window shall close: nobody waits for it any more
    _Atomic uint32_t sequence;
    struct scene_still still;
    struct scene_now now;
    _Atomic uint64_t change_head, console_head, input_head, input_tail;
    struct scene_change changes[SCENE_CHANGES];
    char console[SCENE_CONSOLE];
    struct scene_input inputs[SCENE_INPUTS];
    _Atomic uint64_t typed_head, typed_tail;
    char typed[SCENE_TYPED];
};

// Reader's side: a consistent copy; false: the writer was in between, keep the last one.
bool scene_read(struct scene *scene, struct scene_now *out);
// Panel's side; a full ring drops the input (the program does not take them any more).
void scene_input_put(struct scene *scene, const struct scene_input *input);
bool scene_input_take(struct scene *scene, struct scene_input *out); // program's side
size_t scene_typed_put(struct scene *scene, const char *bytes, size_t n); // panel's side; how many found room
// Program's side: hands pieces to take(), which says how many bytes it takes; what it leaves stays.
void scene_typed_take(struct scene *scene, size_t (*take)(const char *bytes, size_t n));

#endif
