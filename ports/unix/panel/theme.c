// SPDX-License-Identifier: MIT
// Colours. Signals and kinds of objects use the palette of Okabe and Ito, which people with any kind of colour vision can tell apart;
// level is shown by shape too (filled, hollow).
#include "ports/unix/panel/panel.h"

#include <string.h>

static struct colour rgb(unsigned hex) { return (struct colour){(hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0}; }

void theme_set(struct panel *p, bool light) {
    static const unsigned dark_hex[C_COUNT] = {
        [C_BACK] = 0x0f131a,  [C_PANEL] = 0x181e28,  [C_PANEL_EDGE] = 0x2a3342, [C_TEXT] = 0xe3e9f2,   [C_DIM] = 0x93a1b5,
        [C_FAINT] = 0x3a4557, [C_ACCENT] = 0x56b4e9, [C_HIGH] = 0xf0a32a,       [C_LOW] = 0x5b6a80,    [C_WARN] = 0xf0e442,
        [C_BAD] = 0xe8663c,   [C_BOARD] = 0x17342f,  [C_BOARD_EDGE] = 0x2f6a5e, [C_METAL] = 0xb9a36a,  [C_CHIP] = 0x0b0e12,
        [C_TUPLE] = 0x56b4e9, [C_LIST] = 0xe69f00,   [C_DICT] = 0x12b886,       [C_STRING] = 0xf0e442, [C_ARRAY] = 0xcc79a7,
        [C_FLOAT] = 0x9a8cff, [C_CODE] = 0x3d8bd4,   [C_MODULE] = 0xd55e00,     [C_OTHER] = 0x8593a8,  [C_FREE] = 0x232b38};
    static const unsigned light_hex[C_COUNT] = {
        [C_BACK] = 0xe9edf3,  [C_PANEL] = 0xffffff,  [C_PANEL_EDGE] = 0xcfd7e3, [C_TEXT] = 0x18202c,   [C_DIM] = 0x586579,
        [C_FAINT] = 0xc3ccd9, [C_ACCENT] = 0x0072b2, [C_HIGH] = 0xc97800,       [C_LOW] = 0x9aa6b6,    [C_WARN] = 0x9a7d00,
        [C_BAD] = 0xc2410c,   [C_BOARD] = 0x2c6e62,  [C_BOARD_EDGE] = 0x1b4a42, [C_METAL] = 0xd9c27e,  [C_CHIP] = 0x1c2127,
        [C_TUPLE] = 0x56b4e9, [C_LIST] = 0xe69f00,   [C_DICT] = 0x009e73,       [C_STRING] = 0xd8c600, [C_ARRAY] = 0xcc79a7,
        [C_FLOAT] = 0x7a6be0, [C_CODE] = 0x0072b2,   [C_MODULE] = 0xd55e00,     [C_OTHER] = 0x77859a,  [C_FREE] = 0xe4e9f0};
    p->light = light;
    for (int i = 0; i < C_COUNT; i++) p->colours[i] = rgb(light ? light_hex[i] : dark_hex[i]);
}

struct colour part_colour(const struct panel *p, const char *name) {
    static const struct {
        const char *name;
        unsigned hex;
    } known[] = {{"red", 0xff4a3d},    {"green", 0x3ddc6f}, {"yellow", 0xffd23f},
                 {"orange", 0xff9a2e}, {"blue", 0x4f8dff},  {"white", 0xf4f8ff}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0) return rgb(known[i].hex);
    return p->colours[C_HIGH];
}
