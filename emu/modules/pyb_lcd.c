// SPDX-License-Identifier: MIT
// pyb.LCD: the screen of 128 by 32 dots on the LCD32MKv1 skin (NHD-C12832A1Z, an ST7565R).
//
// Invariants
//  - Every byte for the screen goes out on the skin's SPI: SCK and MOSI of the position, chip select (3) low around it, A0 (5) low for
//    instructions and high for data. Reset is pin 4, the light pin 12, on from a high level.
//  - Two pictures, each four pages of 128 columns, the lowest bit on top: `shown` is what the screen has, `hidden` is drawn into; show()
//    copies. write() puts its letters, 16 to a line, into `shown` and sends it.
//  - A newline takes effect with the next letter, so that a last line stays; then lines move up.
//
// Known differences: the letters are those of FrameBuffer.text(); which way up the screen is follows from the data sheet's wiring.
#include "emu/modules/pin.h"
#include "emu/modules/pyb.h"
#include "emu/modules/spi_unit.h"
#include "heap/heap.h"
#include "modules/framebuf.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <string.h>

enum { WIDTH = 128, HEIGHT = 32, PAGES = HEIGHT / 8, SCREEN = WIDTH * PAGES, CELL = 8, COLUMNS = WIDTH / CELL, ROWS = PAGES };
enum { INSTRUCTION = 0, DATA = 1, CONTRAST_MOST = 47, CONTRAST_FIRST = 28, BAUDRATE = 10000000, RESET_MS = 1 };
// The controller's instructions
enum { DISPLAY_OFF = 0xae, DISPLAY_ON = 0xaf, COLUMNS_NORMAL = 0xa0, ROWS_NORMAL = 0xc0, BIAS_9TH = 0xa2, POWER_ALL = 0x2f, RATIO = 0x21,
    VOLUME = 0x81, PAGE = 0xb0, COLUMN_HIGH = 0x10, COLUMN_LOW = 0x00, START_LINE = 0x40 };

struct lcd { // 6 words and the pictures
    const struct type *type;
    struct spi_unit *spi;
    struct gpio *select, *reset, *a0, *light;
    uint8_t shown[SCREEN], hidden[SCREEN];
    uint8_t column, row; // of the next letter of write()
    bool line_is_due;
    char position;
};

static struct picture picture_of(uint8_t *dots) { return (struct picture){dots, WIDTH, HEIGHT, WIDTH, MONO_VLSB}; }

// ---- wires -----------------------------------------------------------------------------------------------------------------------
static struct gpio *output_on(char position, const char *number, bool level) {
    char name[4] = {position, number[0], number[1], 0};
    const struct board_pin *p = board_pin_find(board_current, name);
    if (!p || !p->gpio) raise_format(&type_ValueError, "LCD(%c) doesn't exist", position);
    gpio_write(p->gpio, level);
    gpio_setup(p->gpio, GPIO_OUTPUT, GPIO_PULL_NONE, GPIO_AF_NONE);
    return p->gpio;
}

static void lcd_send(struct lcd *lcd, int kind, const uint8_t *bytes, size_t n) {
    gpio_write(lcd->a0, kind == DATA);
    gpio_write(lcd->select, false);
    spi_transfer(&lcd->spi->controller, bytes, 0, NULL, n);
    gpio_write(lcd->select, true);
    bridge_fault_check();
}

static void screen_send(struct lcd *lcd) {
    for (int page = 0; page < PAGES; page++) {
        uint8_t place[] = {(uint8_t)(PAGE | page), COLUMN_HIGH, COLUMN_LOW};
        lcd_send(lcd, INSTRUCTION, place, sizeof place);
        lcd_send(lcd, DATA, lcd->shown + page * WIDTH, WIDTH);
    }
}

static void screen_start(struct lcd *lcd) {
    static const uint8_t first[] = {COLUMNS_NORMAL, ROWS_NORMAL, BIAS_9TH, POWER_ALL, RATIO, VOLUME, CONTRAST_FIRST, START_LINE};
    static const uint8_t on[] = {DISPLAY_ON};
    bridge_wait(RESET_MS * NS_PER_MS);
    gpio_write(lcd->reset, true);
    bridge_wait(RESET_MS * NS_PER_MS);
    lcd_send(lcd, INSTRUCTION, first, sizeof first);
    screen_send(lcd);
    lcd_send(lcd, INSTRUCTION, on, sizeof on);
}

static obj_t lcd_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 1, false);
    size_t len;
    const char *text = str_data(args[0], &len);
    char position = len == 1 ? (char)(text[0] & ~0x20) : 0;
    if (position != 'X' && position != 'Y') raise_format(&type_ValueError, "LCD(%s) doesn't exist", text);
    struct gpio *pins[3] = {NULL, NULL, NULL};
    struct spi_setting setting = spi_setting_check(BAUDRATE, 1, 1, 8, SPI_MSB);
    struct lcd *lcd = heap_new(6, sizeof *lcd - offsetof(struct lcd, shown), HEAP_REFS);
    lcd->type = type;
    lcd->position = position;
    lcd->spi = spi_unit_of(bus_of("SPI", OBJ_QSTR(position == 'X' ? Q_X : Q_Y)));
    spi_unit_setup(lcd->spi, pins, &setting, true);
    lcd->select = output_on(position, "3", true);
    lcd->reset = output_on(position, "4", false);
    lcd->a0 = output_on(position, "5", true);
    lcd->light = output_on(position, "12", false);
    screen_start(lcd);
    return OBJ_PTR(lcd);
}

static void lcd_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "LCD('%c')", ((struct lcd *)self)->position);
}

// ---- methods ---------------------------------------------------------------------------------------------------------------------
static obj_t lcd_command(obj_t self, obj_t kind, obj_t data) {
    uint8_t byte;
    int to = obj_get_int(kind) == 0 ? INSTRUCTION : DATA;
    struct buffer bytes = bus_data(data, &byte);
    lcd_send((struct lcd *)self, to, bytes.data, bytes.len);
    return OBJ_NONE;
}

static obj_t lcd_contrast(obj_t self, obj_t value) {
    intptr_t v = obj_get_int(value);
    uint8_t bytes[] = {VOLUME, (uint8_t)(v < 0 ? 0 : v > CONTRAST_MOST ? CONTRAST_MOST : v)};
    lcd_send((struct lcd *)self, INSTRUCTION, bytes, sizeof bytes);
    return OBJ_NONE;
}

static obj_t lcd_light(obj_t self, obj_t on) {
    gpio_write(((struct lcd *)self)->light, obj_true(on));
    bridge_acted();
    return OBJ_NONE;
}

static obj_t lcd_fill(obj_t self, obj_t colour) {
    memset(((struct lcd *)self)->hidden, obj_get_int(colour) ? 0xff : 0, SCREEN);
    return OBJ_NONE;
}

static bool on_screen(intptr_t x, intptr_t y) { return x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT; }

static obj_t lcd_get(obj_t self, obj_t column, obj_t row) {
    intptr_t x = obj_get_int(column), y = obj_get_int(row);
    struct picture p = picture_of(((struct lcd *)self)->shown);
    return OBJ_INT(on_screen(x, y) && picture_get(&p, x, y) ? 1 : 0);
}

static obj_t lcd_pixel(size_t n, const obj_t *args) {
    (void)n;
    intptr_t x = obj_get_int(args[1]), y = obj_get_int(args[2]), colour = obj_get_int(args[3]);
    struct picture p = picture_of(((struct lcd *)args[0])->hidden);
    picture_put(&p, x, y, colour != 0);
    return OBJ_NONE;
}

static obj_t lcd_show(obj_t self) {
    struct lcd *lcd = (struct lcd *)self;
    memcpy(lcd->shown, lcd->hidden, SCREEN);
    screen_send(lcd);
    return OBJ_NONE;
}

static obj_t lcd_text(size_t n, const obj_t *args) {
    (void)n;
    size_t len;
    const char *text = str_data(args[1], &len);
    intptr_t x = obj_get_int(args[2]), y = obj_get_int(args[3]), colour = obj_get_int(args[4]);
    struct picture p = picture_of(((struct lcd *)args[0])->hidden);
    if (x > WIDTH || y > HEIGHT || y < -CELL) return OBJ_NONE; // so that no sum below leaves the integers
    if (x < -CELL) {
        size_t skipped = (size_t)(-(x + CELL)) / CELL;
        if (skipped >= len) return OBJ_NONE;
        text += skipped;
        len -= skipped;
        x += (intptr_t)skipped * CELL;
    }
    picture_text(&p, text, len, x, y, colour != 0);
    return OBJ_NONE;
}

static void letter_write(struct lcd *lcd, char c) {
    struct picture p = picture_of(lcd->shown);
    if (lcd->line_is_due || lcd->column >= COLUMNS) {
        lcd->line_is_due = false;
        lcd->column = 0;
        if (lcd->row < ROWS - 1) {
            lcd->row++;
        } else {
            memmove(lcd->shown, lcd->shown + WIDTH, SCREEN - WIDTH);
            memset(lcd->shown + SCREEN - WIDTH, 0, WIDTH);
        }
    }
    if (c == '\n') {
        lcd->line_is_due = true;
        return;
    }
    picture_fill(&p, lcd->column * CELL, lcd->row * CELL, CELL, CELL, 0);
    picture_text(&p, &c, 1, lcd->column * CELL, lcd->row * CELL, 1);
    lcd->column++;
}

static obj_t lcd_write(obj_t self, obj_t o) {
    struct lcd *lcd = (struct lcd *)self;
    size_t len;
    const char *text = str_data(o, &len);
    for (size_t i = 0; i < len; i++) letter_write(lcd, text[i]);
    screen_send(lcd);
    return OBJ_NONE;
}

BUILTIN_3(lcd_command_fn, lcd_command);
BUILTIN_2(lcd_contrast_fn, lcd_contrast);
BUILTIN_2(lcd_light_fn, lcd_light);
BUILTIN_2(lcd_fill_fn, lcd_fill);
BUILTIN_3(lcd_get_fn, lcd_get);
BUILTIN_VAR(lcd_pixel_fn, 4, 4, lcd_pixel);
BUILTIN_1(lcd_show_fn, lcd_show);
BUILTIN_VAR(lcd_text_fn, 5, 5, lcd_text);
BUILTIN_2(lcd_write_fn, lcd_write);
static const struct map_slot lcd_members[] = {
    MEMBER(command, &lcd_command_fn),
    MEMBER(contrast, &lcd_contrast_fn),
    MEMBER(light, &lcd_light_fn),
    MEMBER(fill, &lcd_fill_fn),
    MEMBER(get, &lcd_get_fn),
    MEMBER(pixel, &lcd_pixel_fn),
    MEMBER(show, &lcd_show_fn),
    MEMBER(text, &lcd_text_fn),
    MEMBER(write, &lcd_write_fn),
};
static FIXED_DICT(lcd_dict, lcd_members);
static const struct type_ops lcd_ops = {.print = lcd_print, .construct = lcd_construct};
const struct type type_pyb_lcd = {.type = &type_type, .name = Q_LCD, .flags = TYPE_TRUE, .ops = &lcd_ops, .members = &lcd_dict};
