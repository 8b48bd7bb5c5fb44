# Folders and files: listing, stat, renaming, errors.
import os


def fails(f, *args):
    try:
        f(*args)
        print("no error")
    except OSError as e:
        print(type(e).__name__, e.errno)


top = os.getcwd()
os.mkdir("d")
fails(os.mkdir, "d")
with open("d/a", "w") as f:
    f.write("hello")
os.mkdir("d/sub")
print(sorted(os.listdir("d")), sorted(os.listdir(b"d")))
print(sorted((name, kind) for name, kind, inode in os.ilistdir("d")))
print(os.stat("d/a")[0] & 0o170000 == 0x8000, os.stat("d/a")[6], len(os.stat("d")), type(os.stat("d")))
print(len(os.statvfs("/")))
os.rename("d/a", "d/b")
os.chdir("d")
print(os.getcwd() == top + "/d", sorted(os.listdir()), sorted(os.listdir(".")))
os.chdir(top)
fails(os.rmdir, "d")
fails(os.remove, "d/none")
fails(os.listdir, "none")
fails(os.ilistdir, "none")
fails(os.stat, "none")
fails(os.statvfs, "none")
fails(os.chdir, "none")
fails(os.rename, "none", "other")
fails(os.stat, "a\0b")
it = os.ilistdir("d")
print(len(list(it)), list(it))
os.unlink("d/b")
os.rmdir("d/sub")
os.rmdir("d")
print(os.listdir(), os.sep)
try:
    os.stat(1)
except TypeError as e:
    print(e)
