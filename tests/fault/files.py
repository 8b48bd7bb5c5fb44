# Files and file systems: each allocation on these paths is refused once.
import io
import os
import sys
import vfs


class File(io.IOBase):
    def __init__(self, data):
        self.data = data

    def readinto(self, buf):
        n = min(len(buf), len(self.data))
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n

    def ioctl(self, request, arg):
        return 0


class Fs:
    def mount(self, readonly, mkfs):
        pass

    umount = lambda self: None

    def stat(self, path):
        if path != "/made_up.py":
            raise OSError(2)
        return (0x8000,) + (0,) * 9

    def open(self, path, mode):
        return File(b"x = [1, 2]\n")

    def ilistdir(self, path):
        return iter([("made_up.py", 0x8000, 0)])


try:
    os.mkdir("fault_dir")
except OSError:
    pass
with open("fault_dir/a", "w") as f:
    f.write("one\ntwo\nthree")
with open("fault_dir/a") as f:
    print(f.readline(), f.read(2), f.readlines(), f.seek(0), f.read())
with open("fault_dir/a", "rb") as f:
    print(f.read(), [line for line in f])
print(os.listdir("fault_dir"), list(os.ilistdir("fault_dir"))[0][:2], len(os.stat("fault_dir")), len(os.statvfs("/")))
os.chdir("fault_dir")
print(os.getcwd()[-9:])
os.chdir("..")
vfs.mount(Fs(), "/made")
sys.path.append("/made")
import made_up

print(made_up.x, os.listdir("/made"), len(vfs.mount()), open("/made/file").readinto(bytearray(4)))
vfs.umount("/made")
jail = vfs.VfsPosix("fault_dir")
print(jail.open("/a", "r").read(3), jail.stat("/a")[6], jail.getcwd())
b = io.BytesIO()
w = io.BufferedWriter(b, 4)
w.write(b"abcdefg")
w.flush()
print(b.getvalue(), io.StringIO("text").read(), os.getenv("NO_SUCH"), len(os.uname()), len(os.urandom(3)))
os.remove("fault_dir/a")
os.rmdir("fault_dir")
