// SPDX-License-Identifier: MIT
// The first size of the buffer of a formatted message: see message_room.c.
#ifndef SRC_RUN_MESSAGE_ROOM_H
#define SRC_RUN_MESSAGE_ROOM_H

#include <stddef.h>

size_t message_room(const char *format); // bytes, the closing NUL included

#endif
