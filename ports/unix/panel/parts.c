// SPDX-License-Identifier: MIT
// Pictures of parts by kind. A new part's picture is a file part_KIND.c with a struct part_picture, entered here.
#include "ports/unix/panel/panel.h"

#include <string.h>

const struct part_picture *part_picture(const char *kind) {
    static const struct part_picture *const known[] = {&picture_led,   &picture_button,        &picture_switch,
                                                       &picture_reset, &picture_potentiometer, &picture_accel};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i]->kind, kind) == 0) return known[i];
    return &picture_box;
}
