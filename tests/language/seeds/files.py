# writing a file and reading it back; the folder's entries through ilistdir
import os

with open("note.txt", "w") as f:
    print(f.write("Hello, board\nsecond line\n"))
print(open("note.txt").read())
with open("note.txt") as f:
    for line in f:
        print(repr(line))
os.mkdir("inner")


def names(folder):
    return sorted(entry[0] for entry in os.ilistdir(folder))


print(names("."), [e[1] for e in sorted(os.ilistdir("."))] == [0x4000, 0x8000])
try:
    os.mkdir("inner")
except OSError as e:
    import errno

    print(e.errno == errno.EEXIST, e.args[0] == errno.EEXIST, errno.errorcode[errno.EEXIST])
try:
    open("missing.txt")
except OSError as e:
    print(repr(e), errno.errorcode[e.errno])
os.remove("note.txt")
os.rmdir("inner")
print(names("."))
