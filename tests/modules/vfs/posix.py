# VfsPosix below a root folder: nothing leads out of it, and relative paths start inside.
import os
import sys
import vfs


def fails(f, *args):
    try:
        print("no error:", f(*args))
    except Exception as e:
        print(repr(e))


top = os.getcwd()
os.mkdir("jail")
os.mkdir("jail/d")
os.mkdir("jailer")
with open("outside", "w") as f:
    f.write("secret")
fs = vfs.VfsPosix("jail")
print(fs, fs.getcwd())
with fs.open("/d/f", "w") as f:
    print(f.write("inside"))
print(sorted(os.listdir("jail/d")), sorted(e[0] for e in fs.ilistdir("/")), list(fs.ilistdir("d"))[0][:2])
print(fs.stat("/../../d/f")[6], fs.stat("d/./../d//f")[6])
fails(fs.stat, "/../outside")
fails(fs.stat, "../outside")
fails(fs.open, "/../outside", "r")
fails(fs.open, "/no", "r")
fails(fs.chdir, "/no")
fails(fs.rename, "/d", "/../moved/d")
fails(fs.mkdir, "/d")
fails(fs.rmdir, "/d")
fails(fs.remove, "/none")
fails(fs.stat, 5)
fails(fs.stat, "x" * 5000)
fails(fs.stat, "a\0b")
fails(fs.mount, False, True)
fails(vfs.VfsPosix, 5)
fails(vfs.VfsPosix.stat, fs, "/d/f/g")
print(fs.rename("/../d/f", "g"), os.listdir("jail/d"), fs.remove("g"))

# the folder of the process, inside and outside of the root
fs.chdir("/d")
print(fs.getcwd(), os.getcwd() == top + "/jail/d")
fs.mkdir("sub")
print(list(fs.ilistdir(""))[0][0], list(fs.ilistdir(".."))[0][0], len(fs.statvfs("")))
fs.chdir("../../..")
print(fs.getcwd(), os.getcwd() == top + "/jail")
os.chdir(top + "/jailer")
print(fs.getcwd(), os.getcwd() == top + "/jailer")
print([e[0] for e in fs.ilistdir(b"/")])
os.chdir(top)
fs.rmdir("d/sub")

# mounted: a module of it is imported, readonly refuses every change
vfs.mount(fs, "/here")
with open("/here/jailed.py", "w") as f:
    f.write("print('imported', __file__)")
sys.path.append("/here")
import jailed

os.chdir("/here/d")
print(os.getcwd(), os.listdir(), sorted(os.listdir("..")))
os.chdir("..")
print(os.getcwd())
os.chdir(top)
vfs.umount(fs)
vfs.mount(fs, "/here", readonly=True)
with open("/here/jailed.py") as f:
    print(f.read(5))
for mode in ("w", "a", "r+", "wb", "x+"):
    fails(open, "/here/jailed.py", mode)
fails(os.mkdir, "/here/e")
fails(os.rmdir, "/here/d")
fails(os.remove, "/here/jailed.py")
fails(os.rename, "/here/d", "/here/e")
vfs.umount("/here")

# symbolic links, and roots written in other ways
os.system("ln -s jailed.py jail/link")
print(os.stat("jail/link")[0] >> 12, os.stat("jail/link", False)[0] >> 12, os.stat("jail/link", follow_symlinks=True)[6])
for root in (top + "/jail/", "./jailer/../jail", b"jail"):
    print(vfs.VfsPosix(root).stat("/jailed.py")[6])
later = vfs.VfsPosix("made/later")
fails(later.stat, "/")
os.mkdir("made")
os.mkdir("made/later")
print(list(later.ilistdir("/")))
print(vfs.VfsPosix("/").stat(top + "/outside")[6], vfs.VfsPosix("").stat("outside")[6], vfs.VfsPosix().getcwd() == top)


class Sub(vfs.VfsPosix):
    def stat(self, path):
        print("asked for", path)
        return super().stat(path)


sub = Sub("jail")
vfs.mount(sub, "/sub")
print(os.stat("/sub/jailed.py")[6])
sys.path[:] = ["/sub"]
del sys.modules["jailed"]
import jailed
