// SPDX-License-Identifier: MIT
// Module termios: how a terminal treats what is typed.
//
// Settings are a list as in CPython: input, output, control and local flags, input and output speed, and the list of special characters,
// each a bytes object of length 1 (VMIN and VTIME integers when input is not by lines).
#define _GNU_SOURCE
#include <errno.h>
#include <termios.h>

#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "run/call.h"
#include "run/raise.h"

enum { FIELDS = 7 };

static obj_t termios_tcgetattr(obj_t fd) {
    struct termios t;
    if (tcgetattr((int)obj_get_int(fd), &t) != 0) raise_os(errno);
    obj_t fields[FIELDS] = {int_from_u64(t.c_iflag), int_from_u64(t.c_oflag), int_from_u64(t.c_cflag), int_from_u64(t.c_lflag),
        int_from_u64(cfgetispeed(&t)), int_from_u64(cfgetospeed(&t)), list_new(0, NULL)};
    for (size_t i = 0; i < NCCS; i++) {
        bool number = !(t.c_lflag & ICANON) && (i == VMIN || i == VTIME);
        list_append(fields[6], number ? OBJ_INT(t.c_cc[i]) : bytes_new((const char *)&t.c_cc[i], 1));
    }
    return list_new(FIELDS, fields);
}
BUILTIN_1(termios_tcgetattr_fn, termios_tcgetattr);

static cc_t character_from(obj_t o) {
    struct buffer b;
    if (!obj_is_int(o) && obj_buffer_maybe(o, &b, BUFFER_READ) && b.len == 1) return *(const cc_t *)b.data;
    return (cc_t)obj_get_int(o);
}

static obj_t termios_tcsetattr(obj_t fd, obj_t when, obj_t settings) {
    int descriptor = (int)obj_get_int(fd), how = (int)obj_get_int(when);
    struct termios t;
    if (tcgetattr(descriptor, &t) != 0) raise_os(errno);
    size_t n, n_characters;
    obj_t *fields, *characters;
    seq_items(settings, &n, &fields);
    if (n != FIELDS) raise_message(&type_TypeError, "tcsetattr: settings are a list of 7");
    tcflag_t flags[4];
    speed_t speeds[2];
    for (size_t i = 0; i < 4; i++) flags[i] = (tcflag_t)obj_get_int(fields[i]);
    for (size_t i = 0; i < 2; i++) speeds[i] = (speed_t)obj_get_int(fields[4 + i]);
    seq_items(fields[6], &n_characters, &characters);
    if (n_characters > NCCS) raise_message(&type_TypeError, "tcsetattr: too many special characters");
    for (size_t i = 0; i < n_characters; i++) t.c_cc[i] = character_from(characters[i]);
    t.c_iflag = flags[0];
    t.c_oflag = flags[1];
    t.c_cflag = flags[2];
    t.c_lflag = flags[3];
    cfsetispeed(&t, speeds[0]);
    cfsetospeed(&t, speeds[1]);
    console_flush();
    if (tcsetattr(descriptor, how, &t) != 0) raise_os(errno);
    return OBJ_NONE;
}
BUILTIN_3(termios_tcsetattr_fn, termios_tcsetattr);

// Each byte as it is typed, without echo, signals or translation of input.
static obj_t termios_setraw(obj_t fd) {
    int descriptor = (int)obj_get_int(fd);
    struct termios t;
    if (tcgetattr(descriptor, &t) != 0) raise_os(errno);
    t.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    t.c_cflag = (t.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
    t.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    console_flush();
    if (tcsetattr(descriptor, TCSAFLUSH, &t) != 0) raise_os(errno);
    return OBJ_NONE;
}
BUILTIN_1(termios_setraw_fn, termios_setraw);

static const struct map_slot termios_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_termios)),
    MEMBER(tcgetattr, &termios_tcgetattr_fn),
    MEMBER(tcsetattr, &termios_tcsetattr_fn),
    MEMBER(setraw, &termios_setraw_fn),
    MEMBER(TCSANOW, OBJ_INT(TCSANOW)), MEMBER(TCSADRAIN, OBJ_INT(TCSADRAIN)), MEMBER(TCSAFLUSH, OBJ_INT(TCSAFLUSH)),
    MEMBER(B9600, OBJ_INT(B9600)), MEMBER(B19200, OBJ_INT(B19200)), MEMBER(B38400, OBJ_INT(B38400)), MEMBER(B57600, OBJ_INT(B57600)),
    MEMBER(B115200, OBJ_INT(B115200)), MEMBER(B230400, OBJ_INT(B230400)), MEMBER(BRKINT, OBJ_INT(BRKINT)), MEMBER(ICRNL, OBJ_INT(ICRNL)),
    MEMBER(INLCR, OBJ_INT(INLCR)), MEMBER(IGNCR, OBJ_INT(IGNCR)), MEMBER(INPCK, OBJ_INT(INPCK)), MEMBER(ISTRIP, OBJ_INT(ISTRIP)),
    MEMBER(IXON, OBJ_INT(IXON)), MEMBER(IXOFF, OBJ_INT(IXOFF)), MEMBER(OPOST, OBJ_INT(OPOST)), MEMBER(ONLCR, OBJ_INT(ONLCR)),
    MEMBER(CSIZE, OBJ_INT(CSIZE)), MEMBER(CS5, OBJ_INT(CS5)), MEMBER(CS6, OBJ_INT(CS6)), MEMBER(CS7, OBJ_INT(CS7)),
    MEMBER(CS8, OBJ_INT(CS8)), MEMBER(CSTOPB, OBJ_INT(CSTOPB)), MEMBER(CREAD, OBJ_INT(CREAD)), MEMBER(PARENB, OBJ_INT(PARENB)),
    MEMBER(PARODD, OBJ_INT(PARODD)), MEMBER(HUPCL, OBJ_INT(HUPCL)), MEMBER(CLOCAL, OBJ_INT(CLOCAL)), MEMBER(ECHO, OBJ_INT(ECHO)),
    MEMBER(ECHOE, OBJ_INT(ECHOE)), MEMBER(ECHOK, OBJ_INT(ECHOK)), MEMBER(ECHONL, OBJ_INT(ECHONL)), MEMBER(ICANON, OBJ_INT(ICANON)),
    MEMBER(IEXTEN, OBJ_INT(IEXTEN)), MEMBER(ISIG, OBJ_INT(ISIG)), MEMBER(NOFLSH, OBJ_INT(NOFLSH)), MEMBER(TOSTOP, OBJ_INT(TOSTOP)),
    MEMBER(VINTR, OBJ_INT(VINTR)), MEMBER(VQUIT, OBJ_INT(VQUIT)), MEMBER(VERASE, OBJ_INT(VERASE)), MEMBER(VKILL, OBJ_INT(VKILL)),
    MEMBER(VEOF, OBJ_INT(VEOF)), MEMBER(VEOL, OBJ_INT(VEOL)), MEMBER(VMIN, OBJ_INT(VMIN)), MEMBER(VTIME, OBJ_INT(VTIME)),
    MEMBER(VSTART, OBJ_INT(VSTART)), MEMBER(VSTOP, OBJ_INT(VSTOP)), MEMBER(VSUSP, OBJ_INT(VSUSP)),
};
static FIXED_DICT(termios_dict, termios_members);
const struct module module_termios = {&type_module, &termios_dict, {0}};
MODULE(termios, false, NULL, "linux");
