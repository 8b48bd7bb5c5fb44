# What a file system written in Python may answer: wrong types, wrong numbers, changes of the mount table in the middle.
import io
import os
import sys
import vfs


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


class Fs:
    answer = None

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def _give(self, *args):
        if isinstance(Fs.answer, type):
            raise Fs.answer
        return Fs.answer

    open = stat = ilistdir = getcwd = chdir = statvfs = _give


class Unmounts(io.IOBase):
    def readinto(self, buf):
        vfs.umount("/f")
        return 0

    def ioctl(self, request, arg):
        return 0


fs = Fs()
vfs.mount(fs, "/f")
sys.path[:] = ["/f"]
for Fs.answer in (None, 5, "text", (), (1, 2), ("x",) * 10, (0x8000,) * 10, (0x4000,) * 10, ValueError, OSError, KeyboardInterrupt):
    print(Fs.answer)
    try:
        fails(__import__, "anything")
    except KeyboardInterrupt:
        print("KeyboardInterrupt")
    sys.modules.pop("anything", None)
for Fs.answer in (None, 5, "ab", [1], [()], [("n",)], [["m", 1]], OSError):
    fails(os.listdir, "/f")
Fs.answer = None
os.chdir("/f")
for Fs.answer in ("", "/", "/deep", "deep", b"/bytes", 5, None, OSError):
    fails(os.getcwd)
fails(os.remove, "/f/x")
Fs.answer = (0x8000,) * 10
Fs.open = lambda self, path, mode: Unmounts()
fails(__import__, "x1")
fails(__import__, "x2")
print(len(vfs.mount()), os.getcwd())


class Selfish(Fs):
    def umount(self):
        vfs.mount(self, "/g")
        raise OSError(16)


vfs.mount(Selfish(), "/f")
fails(vfs.umount, "/f")
print([m[1] for m in vfs.mount()])
it = os.ilistdir("/")
print(next(it))
fails(vfs.umount, "/g")
for _ in range(100):
    vfs.mount(Fs(), "/m%d" % _)
print(len(vfs.mount()), len([e for e in os.ilistdir("/") if e[0][0] == "m" and e[0][1:].isdigit()]))
for _ in range(100):
    vfs.umount("/m%d" % _)
