// SPDX-License-Identifier: MIT
// Module errno: names and numbers of the errors that OSError carries. The numbers are those of Linux on every profile.
#include "modules/errno.h"
#include "objects/map.h"
#include "objects/types.h"


#define NUMBERS(X) \
    X(EPERM, 1) X(ENOENT, 2) X(EIO, 5) X(EBADF, 9) X(EAGAIN, 11) X(ENOMEM, 12) X(EACCES, 13) X(EEXIST, 17) X(ENODEV, 19) X(EISDIR, 21) \
    X(EINVAL, 22) X(EOPNOTSUPP, 95) X(EADDRINUSE, 98) X(ECONNABORTED, 103) X(ECONNRESET, 104) X(ENOBUFS, 105) X(ENOTCONN, 107) \
    X(ETIMEDOUT, 110) X(ECONNREFUSED, 111) X(EHOSTUNREACH, 113) X(EALREADY, 114) X(EINPROGRESS, 115)
// Names for the table of names: Q_EPERM Q_ENOENT Q_EIO Q_EBADF Q_EAGAIN Q_ENOMEM Q_EACCES Q_EEXIST Q_ENODEV Q_EISDIR Q_EINVAL
// Q_EOPNOTSUPP Q_EADDRINUSE Q_ECONNABORTED Q_ECONNRESET Q_ENOBUFS Q_ENOTCONN Q_ETIMEDOUT Q_ECONNREFUSED Q_EHOSTUNREACH Q_EALREADY
// Q_EINPROGRESS
#define BY_NUMBER(name, number) {OBJ_INT(number), OBJ_QSTR(Q_##name)},
#define BY_NAME(name, number) {OBJ_QSTR(Q_##name), OBJ_INT(number)},

static const struct map_slot by_number[] = {NUMBERS(BY_NUMBER)};
enum { COUNT = sizeof by_number / sizeof by_number[0] };
// keys are numbers: a linear map that cannot be changed
static struct dict errorcode = {
    &type_dict, {COUNT, MAP_ORDERED | MAP_OTHER_KEYS | MAP_READ_ONLY, 0, COUNT, (struct map_slot *)(uintptr_t)by_number}};

static const struct map_slot errno_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_errno)),
    MEMBER(errorcode, &errorcode),
    NUMBERS(BY_NAME)
};
static FIXED_DICT(errno_dict, errno_members);
const struct module module_errno = {&type_module, &errno_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(errno, true, NULL, "");

qstr_t errno_name(intptr_t number) {
    for (size_t i = 0; i < COUNT; i++)
        if (obj_int(by_number[i].key) == number) return obj_qstr(by_number[i].value);
    return 0;
}
