# os: the functions of file systems under their names in os; sync(); dupterm() gives the stream before.
import io
import os
import vfs

print(os.VfsPosix is vfs.VfsPosix, os.mount is vfs.mount, os.umount is vfs.umount, os.sep)
os.mkdir("inside")
with open("inside/file", "w") as f:
    f.write("x")
os.mount(os.VfsPosix("inside"), "/mnt_os", readonly=True)
print(os.listdir("/mnt_os"), [e[0] for e in os.ilistdir("/mnt_os")], os.stat("/mnt_os/file")[6])
for use in (lambda: open("/mnt_os/other", "w"), lambda: os.mkdir("/mnt_os/d"), lambda: os.remove("/mnt_os/file"), lambda: os.mount(os.VfsPosix("inside"), "/mnt_os")):
    try:
        print(use())
    except OSError as e:
        print(e.errno)
print(os.umount("/mnt_os"))
try:
    os.umount("/mnt_os")
except OSError as e:
    print(e)
print(os.sync())


class Screen(io.IOBase):
    def __init__(self):
        self.text = b""

    def write(self, data):
        self.text += bytes(data)
        return len(data)

    def readinto(self, buffer):
        return None


screen = Screen()
print(os.dupterm(screen))
print("twice")
print(os.dupterm(None) is screen)
print(screen.text.replace(b"\r", b""), os.dupterm(None), os.dupterm(None, 1))
for args in ((None, 2), (None, -1), (1,), ()):
    try:
        print(os.dupterm(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(os.dupterm_notify(None))
