// SPDX-License-Identifier: MIT
// Pictures of the panel in memory and in files. Errors are texts; NULL: good.
#ifndef PORTS_UNIX_PANEL_PICTURES_H
#define PORTS_UNIX_PANEL_PICTURES_H

#include "ports/unix/panel/panel.h"

cairo_surface_t *picture_draw(struct panel *p);              // RGB, to be destroyed by the caller
const char *picture_save(struct panel *p, const char *file); // PNG
const char *picture_gif(struct panel *p, const char *file);  // one more frame; the first call opens the file
void picture_end(void);                                      // closes the animation

#endif
