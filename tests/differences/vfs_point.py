# A mount point starts with "/"; MicroPython mounts this and prints "mounted".
import vfs

try:
    vfs.mount(vfs.VfsPosix(), "card")
    print("mounted")
except OSError as e:
    print(e)
