# A file system in Python: open, import of sources, packages and .mpy, and what goes wrong on the way.
import io
import os
import sys
import vfs


class File(io.IOBase):
    size = 16

    def __init__(self, data):
        self.data = data
        self.at = 0

    def readinto(self, buf):
        if self.data == b"broken":
            return -5
        n = min(len(buf), len(self.data) - self.at)
        buf[:n] = self.data[self.at : self.at + n]
        self.at += n
        return n

    def ioctl(self, request, arg):
        if request == 4:
            print("closed after", self.at)
            return 0
        if request == 11:
            return File.size
        return -22


class Fs:
    def __init__(self, files):
        self.files = files

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        if path == "/strange":
            raise ValueError("strange")
        if path == "/short":
            return (0x8000,)
        if path in self.files:
            return (0x8000,) + (0,) * 9
        if any(f.startswith(path + "/") for f in self.files):
            return (0x4000,) + (0,) * 9
        raise OSError(2)

    def open(self, path, mode):
        print("open", path, mode)
        if path not in self.files:
            raise OSError(2)
        return 5 if self.files[path] == b"number" else File(self.files[path])


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


files = {
    "/plain.py": b"print('plain', __name__, __file__)\nimport pack.inner",
    "/pack/__init__.py": b"print(__name__, __path__)",
    "/pack/inner.py": b"from . import more\nprint(__name__)",
    "/pack/more.py": b"x = 1",
    "/wrong.py": b"x = = 1",
    "/raises.py": b"1/0",
    "/old.mpy": b"no such thing",
    "/broken.py": b"broken",
    "/number.py": b"number",
    "/run.py": b"print('run', y)",
    "/empty.py": b"",
    "/large.py": b"#" + b"-" * 3000 + b"\nprint('large')",
}
vfs.mount(Fs(files), "/lib")
sys.path[:] = ["/lib"]
import plain

for name in ("wrong", "raises", "old", "broken", "number", "strange", "short", "none", "pack.none", "empty"):
    print("import", name)
    fails(__import__, name)
for File.size in (-22, 0, 1, 100000):
    sys.modules.pop("large", None)
    import large
y = 3
execfile("/lib/run.py")
fails(execfile, "/lib/none.py")
fails(execfile, "/")
print(open("/lib/plain.py").readinto(bytearray(99)))
fails(open, "/lib/none")
vfs.umount("/lib")
fails(__import__, "more")
