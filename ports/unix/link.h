// SPDX-License-Identifier: MIT
// The line behind the terminal. The desktop's is descriptor 0; a device has a serial line: a pseudo-terminal, a TCP port, or the standard
// streams as they are. host_typed() and its kin of src/host.h are implemented here for all of them.
#ifndef PORTS_UNIX_LINK_H
#define PORTS_UNIX_LINK_H

#include <stdbool.h>
#include <stddef.h>

// Opens the line of a device. serial: NULL or `pty`, `tcp:PORT`, `tcp:HOST:PORT`, `stdio`; path: a symbolic link to make to the
// pseudo-terminal, or NULL. What cannot be done is answered as an error of the command line. Bytes arrive by signal from now on.
void link_open(const char *serial, const char *path);
bool link_is_open(void);
const char *link_name(void); // /dev/pts/3, tcp:127.0.0.1:4000, stdio
size_t link_typed(const char *data, size_t len); // as if it came through the line: typed into the panel; how much found room
void link_write(const char *data, size_t len);
extern void (*link_before_end)(int number); // what a board has to write when this signal ends the device, at a poll; NULL: nothing
void link_end_look(void); // a boot begins: ends the device when a signal wants that
bool port_number_fits(const char *text); // of TCP: a name, or a number up to 65535 (getaddrinfo() takes others for something else)
void link_close(void); // waits until what was written is gone, removes the symbolic link

#endif
