// SPDX-License-Identifier: MIT
// needs: cjson
// Board files: from JSON to struct board, and from that to nets and pins.
//
// Invariants
//  - Everything a file can say is checked here: a board that was parsed builds. The first fault ends the reading; its text names the entry.
//  - A pin's net has the name of the board pin that came first; further names of the same chip pin share its gpio and net.
//  - Reading needs emu_open() only: board files can be listed without power.
#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/core/host.h"
#include "emu/core/net.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct board *board_current;

struct builtin_board {
    const char *name, *text;
    size_t len;
};
extern const struct builtin_board builtin_boards[]; // generated from emu/boards/*.json

const char *board_builtin_name(size_t i) { return builtin_boards[i].name; }

const char *board_builtin_text(const char *name, size_t *len) {
    for (const struct builtin_board *b = builtin_boards; b->name; b++)
        if (strcmp(b->name, name) == 0) {
            *len = b->len;
            return b->text;
        }
    return NULL;
}

// ---- reading -------------------------------------------------------------------------------------------------------------
struct reading {
    struct board *board;
    char *error;
    size_t room;
    bool bad;
};

static void fault(struct reading *r, const char *format, ...) {
    if (r->bad) return;
    r->bad = true;
    va_list list;
    va_start(list, format);
    vsnprintf(r->error, r->room, format, list);
    va_end(list);
}

// A text member. `needed`: its absence is a fault.
static void get_text(struct reading *r, const cJSON *from, const char *key, const char *where, char *out, size_t room, bool needed) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!v) {
        if (needed) fault(r, "%s: \"%s\" is missing", where, key);
    } else if (!cJSON_IsString(v)) {
        fault(r, "%s: \"%s\" must be a text", where, key);
    } else if (strlen(v->valuestring) >= room) {
        fault(r, "%s: \"%s\" is longer than %zu letters", where, key, room - 1);
    } else {
        strcpy(out, v->valuestring);
    }
}

static double get_number(struct reading *r, const cJSON *from, const char *key, const char *where, double missing, double least,
                         double most) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!v) return missing;
    if (!cJSON_IsNumber(v)) {
        fault(r, "%s: \"%s\" must be a number", where, key);
        return missing;
    }
    if (!(v->valuedouble >= least && v->valuedouble <= most)) {
        fault(r, "%s: \"%s\" must be from %g to %g", where, key, least, most);
        return missing;
    }
    return v->valuedouble;
}

// A list of objects: returns its length and, zeroed, room for that many entries.
static size_t get_list(struct reading *r, const char *key, const cJSON *from, size_t entry, void **out) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!v) return 0;
    if (!cJSON_IsArray(v)) {
        fault(r, "\"%s\" must be a list", key);
        return 0;
    }
    size_t n = (size_t)cJSON_GetArraySize(v);
    if (n > 500) {
        fault(r, "\"%s\" has more than 500 entries", key);
        return 0;
    }
    *out = emu_new((n + 1) * entry);
    return n;
}

static void read_pins(struct reading *r, const cJSON *root) {
    struct board *b = r->board;
    b->n_pins = get_list(r, "pins", root, sizeof *b->pins, (void **)&b->pins);
    for (size_t i = 0; i < b->n_pins && !r->bad; i++) {
        const cJSON *v = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "pins"), (int)i);
        char where[40];
        snprintf(where, sizeof where, "pins[%zu]", i);
        struct board_pin *p = &b->pins[i];
        get_text(r, v, "cpu", where, p->cpu, sizeof p->cpu, true);
        get_text(r, v, "name", where, p->name, sizeof p->name, false);
        p->cpu_only = !p->name[0];
        if (p->cpu_only) strcpy(p->name, p->cpu);
        p->x = get_number(r, v, "x", where, -1, 0, 1000);
        p->y = get_number(r, v, "y", where, -1, 0, 1000);
    }
}

static void read_parts(struct reading *r, const cJSON *root) {
    struct board *b = r->board;
    b->n_parts = get_list(r, "parts", root, sizeof *b->parts, (void **)&b->parts);
    for (size_t i = 0; i < b->n_parts && !r->bad; i++) {
        const cJSON *v = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "parts"), (int)i);
        char where[40];
        snprintf(where, sizeof where, "parts[%zu]", i);
        struct board_part *p = &b->parts[i];
        get_text(r, v, "kind", where, p->kind, sizeof p->kind, true);
        get_text(r, v, "name", where, p->name, sizeof p->name, true);
        get_text(r, v, "pin", where, p->pin, sizeof p->pin, false);
        get_text(r, v, "colour", where, p->colour, sizeof p->colour, false);
        p->active_low = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(v, "active_low"));
        p->x = get_number(r, v, "x", where, -1, 0, 1000);
        p->y = get_number(r, v, "y", where, -1, 0, 1000);
        if (!r->bad && p->pin[0] && !board_pin_find(b, p->pin)) fault(r, "%s: there is no pin \"%s\"", where, p->pin);
    }
}

static void read_buses(struct reading *r, const cJSON *root) {
    struct board *b = r->board;
    b->n_buses = get_list(r, "buses", root, sizeof *b->buses, (void **)&b->buses);
    for (size_t i = 0; i < b->n_buses && !r->bad; i++) {
        const cJSON *v = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "buses"), (int)i);
        char where[40];
        snprintf(where, sizeof where, "buses[%zu]", i);
        struct board_bus *bus = &b->buses[i];
        get_text(r, v, "kind", where, bus->kind, sizeof bus->kind, true);
        get_text(r, v, "name", where, bus->name, sizeof bus->name, true);
        bus->number = (int)get_number(r, v, "number", where, -1, -1, 99);
        const cJSON *pins = cJSON_GetObjectItemCaseSensitive(v, "pins");
        if (!cJSON_IsArray(pins) || cJSON_GetArraySize(pins) > 4) fault(r, "%s: \"pins\" must be a list of at most 4 names", where);
        for (int k = 0; !r->bad && k < cJSON_GetArraySize(pins); k++) {
            const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pins, k));
            if (!name || (name[0] && !board_pin_find(b, name))) fault(r, "%s: there is no pin \"%s\"", where, name ? name : "?");
            else snprintf(bus->pins[k], sizeof bus->pins[k], "%s", name);
        }
    }
}

static void read_flash(struct reading *r, const cJSON *root) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(root, "flash");
    struct board_flash *f = &r->board->flash;
    if (!v) return;
    f->base = (uint32_t)get_number(r, v, "base", "flash", 0, 0, 4294967295.0);
    f->fs_start = (uint32_t)get_number(r, v, "fs_start", "flash", 0, 0, 1 << 28);
    f->fs_bytes = (uint32_t)get_number(r, v, "fs_bytes", "flash", 0, 0, 1 << 28);
    f->page = (uint32_t)get_number(r, v, "page", "flash", 1, 1, 4096);
    f->erase_us = (uint32_t)get_number(r, v, "erase_us", "flash", 0, 0, 1e8);
    f->program_ns = (uint32_t)get_number(r, v, "program_ns", "flash", 0, 0, 1e9);
    const cJSON *regions = cJSON_GetObjectItemCaseSensitive(v, "regions"), *region;
    uint64_t total = 0;
    cJSON_ArrayForEach(region, regions) {
        if (f->n_regions == BOARD_REGIONS) {
            fault(r, "flash: more than %d regions", BOARD_REGIONS);
            return;
        }
        f->region[f->n_regions].block = (uint32_t)get_number(r, region, "block", "flash.regions", 4096, 16, 1 << 24);
        f->region[f->n_regions].count = (uint32_t)get_number(r, region, "count", "flash.regions", 1, 1, 65536);
        total += (uint64_t)f->region[f->n_regions].block * f->region[f->n_regions].count;
        f->n_regions++;
    }
    if (total > 1 << 28) fault(r, "flash: more than 256 MiB");
    if ((uint64_t)f->fs_start + f->fs_bytes > total) fault(r, "flash: the file system lies outside the regions");
}

static int hex_digit(char c) {
    static const char digits[] = "0123456789abcdef";
    const char *p = c ? strchr(digits, c) : NULL;
    return p ? (int)(p - digits) : -1;
}

static void read_uid(struct reading *r, const cJSON *root) {
    char text[40] = "";
    get_text(r, root, "uid", "board", text, sizeof text, false);
    size_t n = strlen(text) / 2;
    if (n > sizeof r->board->uid) n = sizeof r->board->uid;
    for (size_t i = 0; i < n; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            fault(r, "board: \"uid\" must be hexadecimal digits");
            return;
        }
        r->board->uid[i] = (uint8_t)(high << 4 | low);
    }
    r->board->uid_bytes = n;
}

static void read_board(struct reading *r, const cJSON *root) {
    struct board *b = r->board;
    get_text(r, root, "name", "board", b->name, sizeof b->name, true);
    get_text(r, root, "title", "board", b->title, sizeof b->title, false);
    get_text(r, root, "profile", "board", b->profile, sizeof b->profile, true);
    get_text(r, root, "mcu", "board", b->mcu, sizeof b->mcu, true);
    b->op_ns = (uint32_t)get_number(r, root, "op_ns", "board", 500, 1, 1e6);
    b->width = get_number(r, root, "width", "board", 50, 5, 1000);
    b->height = get_number(r, root, "height", "board", 30, 5, 1000);
    const cJSON *freq = cJSON_GetObjectItemCaseSensitive(root, "freq"), *f;
    int i = 0;
    cJSON_ArrayForEach(f, freq) {
        if (!cJSON_IsNumber(f) || !(f->valuedouble >= 1 && f->valuedouble <= 4e9) || i == 4) {
            fault(r, "board: \"freq\" must be up to 4 frequencies in Hz");
            return;
        }
        b->freq[i++] = (uint32_t)f->valuedouble;
    }
    read_uid(r, root);
    read_pins(r, root);
    read_parts(r, root);
    read_buses(r, root);
    read_flash(r, root);
}

static void *json_alloc(size_t bytes) { return emu_new(bytes ? bytes : 1); }

struct board *board_parse(const char *text, size_t len, char *error, size_t room) {
    cJSON_InitHooks(&(cJSON_Hooks){json_alloc, emu_free});
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(text, len, &end, false);
    if (!root) {
        int line = 1;
        for (const char *p = text; end && p < end; p++) line += *p == '\n';
        snprintf(error, room, "line %d: not valid JSON", line);
        return NULL;
    }
    struct board *b = emu_new(sizeof *b);
    struct reading r = {b, error, room, false};
    if (!cJSON_IsObject(root)) fault(&r, "a board is a JSON object");
    else read_board(&r, root);
    cJSON_Delete(root);
    if (!r.bad) return b;
    board_free(b);
    return NULL;
}

void board_free(struct board *b) {
    if (!b) return;
    emu_free(b->pins);
    emu_free(b->parts);
    emu_free(b->buses);
    emu_free(b);
}

// ---- finding and building ------------------------------------------------------------------------------------------------------
const struct board_pin *board_pin_find(const struct board *b, const char *name) {
    for (size_t i = 0; i < b->n_pins; i++)
        if (strcmp(b->pins[i].name, name) == 0) return &b->pins[i];
    for (size_t i = 0; i < b->n_pins; i++)
        if (strcmp(b->pins[i].cpu, name) == 0) return &b->pins[i];
    return NULL;
}

const struct board_bus *board_bus_find(const struct board *b, const char *kind, const char *name, int number) {
    for (size_t i = 0; i < b->n_buses; i++) {
        const struct board_bus *bus = &b->buses[i];
        if (strcmp(bus->kind, kind) == 0 && (name ? strcmp(bus->name, name) == 0 : bus->number == number)) return bus;
    }
    return NULL;
}

// "A13" is port 0, bit 13; "GPIO25" or "25" is port 0, bit 25.
static void chip_place(const char *cpu, int *port, int *bit) {
    const char *digits = cpu + strcspn(cpu, "0123456789");
    *port = digits - cpu == 1 && cpu[0] >= 'A' && cpu[0] <= 'K' ? cpu[0] - 'A' : 0;
    *bit = atoi(digits);
}

void board_build(const struct board *b) {
    for (size_t i = 0; i < b->n_pins; i++) {
        struct board_pin *p = &b->pins[i];
        p->gpio = gpio_find(p->cpu);
        if (p->gpio) continue;
        int port, bit;
        chip_place(p->cpu, &port, &bit);
        p->gpio = gpio_make(p->cpu, port, bit, net_make(p->name));
    }
}
