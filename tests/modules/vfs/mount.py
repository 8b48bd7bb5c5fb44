# The mount table: which file system a path belongs to, what it sees, and the order of the mounts.
import os
import vfs


class Shelf:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def note(self, *words):
        print("  ", self.name, *words)

    def mount(self, readonly, mkfs):
        self.note("mount", readonly, mkfs)

    def umount(self):
        self.note("umount")

    def chdir(self, path):
        self.note("chdir", path)
        if "bad" in path:
            raise OSError(2)

    def getcwd(self):
        return "/"

    def stat(self, path):
        self.note("stat", path)
        return (0x8000,) + (0,) * 9

    def ilistdir(self, path):
        self.note("ilistdir", path)
        return iter([(b"x" if isinstance(path, bytes) else "x", 0x8000, 0)])

    def __getattr__(self, method):
        if method[0] == "_":
            raise AttributeError(method)
        return lambda *args: self.note(method, *args)


def show(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(repr(e))


print([point for fs, point in vfs.mount()])
vfs.umount("/")
show(os.stat, "a")
show(os.listdir, "/a")
show(os.mkdir, "/")
show(os.statvfs, "/")
show(open, "a")
show(open, "/")
show(os.rename, "a", "b")

a, b, root = Shelf("A"), Shelf("B"), Shelf("ROOT")
show(vfs.mount, b, "/bar/baz", readonly=True)
show(vfs.mount, a, "/bar")
show(vfs.mount, a, "/bar")
show(vfs.mount, a, "/bar/sub")
show(vfs.mount, a, "bar")
show(vfs.mount, a, "/bar/")
show(vfs.mount, a, "/a\0b")
show(vfs.mount, a, 7)
show(vfs.mount, 7, "/seven")
show(vfs.mount, a)
print(vfs.mount())
for path in ("/bar", "/bar/", "/bar/x", "bar/x", "/bar/baz/x", "/bar/bazaar", "/barx", "//bar"):
    print(path)
    show(os.stat, path)
print(os.listdir(), os.listdir(b"/"), list(os.ilistdir("/")))
show(os.mkdir, "/bar")
show(os.mkdir, "/bar/new")
show(os.remove, "/bar/old")
show(os.unlink, "/bar/old")
show(os.rmdir, "/bar/old")
show(os.statvfs, "/bar")
show(os.stat, "/bar/x", False)
show(os.rename, "/bar/a", "/bar/b")
show(os.rename, "/bar/a", "/bar/baz/b")
show(open, "/bar/f")
show(open, "/bar/f", "wb")
show(open, mode="a", file=b"/bar/f")
show(open, 1.5)

# the current folder
show(os.chdir, "/bar/here")
show(os.getcwd)
show(os.stat, "x")
show(os.listdir)
show(os.listdir, "/bar/baz")
show(os.chdir, "/bar/bad")
show(os.getcwd)
show(os.chdir, "/nothing")
show(vfs.umount, "/bar")
show(os.getcwd)
show(vfs.umount, a)
show(vfs.umount, "/bar")

# a root file system, seen behind the mount points
show(vfs.mount, root, "/", mkfs=True)
print(vfs.mount())
show(os.stat, "/")
show(os.stat, "plain")
show(os.stat, "bar/baz/x")
show(os.statvfs, "/")
print(os.listdir("/"))
show(os.chdir, "/deep")
show(os.stat, "bar/baz/x")
show(os.chdir, "/")
show(os.getcwd)
show(vfs.umount, b)
show(vfs.umount, root)
print(vfs.mount())
