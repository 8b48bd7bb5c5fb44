// SPDX-License-Identifier: MIT
// A board: what is soldered to which pin of the chip. Read from a data file (JSON, described in docs/boards.md); some are built in.
#ifndef EMU_BOARDS_BOARD_H
#define EMU_BOARDS_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gpio;

enum { BOARD_NAME_ROOM = 16, BOARD_TEXT_ROOM = 64, BOARD_REGIONS = 8 };

struct board_pin {           // in the order of the file; one chip pin may have several names
    char name[BOARD_NAME_ROOM]; // "X1"
    char cpu[BOARD_NAME_ROOM];  // "A0"
    double x, y;             // mm from the board's upper left corner; x < 0: no place on the board's edge
    bool cpu_only;           // not on a connector: known by its chip name only
    struct gpio *gpio;       // set by board_build()
};

struct board_part {          // soldered on: led, button, switch, accelerometer …
    char kind[BOARD_NAME_ROOM]; // "led", "button", "accel"
    char name[BOARD_NAME_ROOM]; // "LED(1)", "USR", "RST"
    char pin[BOARD_NAME_ROOM];  // board or chip name; "" none
    char colour[BOARD_NAME_ROOM];
    bool active_low;
    double x, y;
    void *state;             // of emu/parts/, once it is made
};

struct board_bus {           // which pins a bus takes by default: I2C "X" is scl X9, sda X10
    char kind[BOARD_NAME_ROOM], name[BOARD_NAME_ROOM];
    int number;              // of the unit on the chip, -1: none (software)
    char pins[4][BOARD_NAME_ROOM]; // I2C: scl sda. SPI: sck mosi miso nss. UART: tx rx rts cts. CAN: tx rx
};

struct board {
    char name[32], title[BOARD_TEXT_ROOM];
    char profile[32];        // memory profile of src/profile.c
    char mcu[32];            // "stm32f405", "rp2040", "generic": chooses the units in emu/chip/
    uint32_t op_ns;          // virtual clock: time of one bytecode
    uint32_t freq[4];        // Hz: stm32 sysclk hclk pclk1 pclk2; others: cpu in [0]
    uint8_t uid[16];
    size_t uid_bytes;
    double width, height;    // mm
    struct board_pin *pins;
    size_t n_pins;
    struct board_part *parts;
    size_t n_parts;
    struct board_bus *buses;
    size_t n_buses;
    struct board_flash {
        struct { uint32_t block, count; } region[BOARD_REGIONS]; // erase blocks of `block` bytes, `count` of them, in address order
        size_t n_regions;
        uint32_t base;       // address of the first byte
        uint32_t fs_start, fs_bytes; // window that is the file system, from base
        uint32_t page;       // smallest unit to program, bytes
        uint32_t erase_us, program_ns; // per 16 KiB; per page
    } flash;
};
extern const struct board *board_current; // the powered one; valid after board_power_on()

// A built-in board, or a file when the name has a '/' or ends in .json (its text is given by the caller: see board_parse). NULL: no such.
const char *board_builtin_text(const char *name, size_t *len);
const char *board_builtin_name(size_t i); // NULL behind the last
// NULL: error holds what is wrong, with the place in the file. board_free() gives it back.
struct board *board_parse(const char *text, size_t len, char *error, size_t error_room);
void board_free(struct board *board);
// Makes nets and pins (after emu_start()); parts are made by emu/parts/.
void board_build(const struct board *board);
const struct board_pin *board_pin_find(const struct board *board, const char *name); // by board name, then chip name; NULL
const struct board_bus *board_bus_find(const struct board *board, const char *kind, const char *name, int number); // name NULL: by number

#endif
