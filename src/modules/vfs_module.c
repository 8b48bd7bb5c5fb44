// SPDX-License-Identifier: MIT
// Module vfs: mounting file systems. The table itself is src/vfs/vfs.c.
#include "modules/os.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "vfs/vfs.h"


static obj_t vfs_list(void) {
    obj_t mounts = list_new(0, NULL);
    for (struct vfs_mount *m = vfs_first(); m; m = m->next) {
        obj_t pair[2] = {m->fs, str_new(m->point, m->len)};
        list_append(mounts, tuple_new(2, pair));
    }
    return mounts;
}

// mount(fs, mount_point, *, readonly=False, mkfs=False); mount(): what is mounted
static obj_t vfs_mount_call(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {{Q_fsobj, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_mount_point, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                           {Q_readonly, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_FALSE}},
                                           {Q_mkfs, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_FALSE}}};
    union arg_value v[4];
    if (n == 0 && kw == 0) return vfs_list();
    args_parse(n, kw, args, 4, spec, v);
    vfs_mount(v[0].obj, v[1].obj, v[2].obj, v[3].obj);
    return OBJ_NONE;
}
const struct builtin vfs_mount_fn = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 255, 0, {.kw = vfs_mount_call}};

static obj_t vfs_umount_call(obj_t point_or_fs) {
    vfs_umount(point_or_fs);
    return OBJ_NONE;
}
const struct builtin vfs_umount_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = vfs_umount_call}};

static const struct map_slot vfs_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_vfs)),
    MEMBER(mount, &vfs_mount_fn),
    MEMBER(umount, &vfs_umount_fn),
    MEMBER(VfsPosix, &type_VfsPosix),
};
static FIXED_DICT(vfs_dict, vfs_members);
const struct module module_vfs = {&type_module, &vfs_dict, {0}};
MODULE(vfs, false, NULL, "");
