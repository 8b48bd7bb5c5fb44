# SPDX-License-Identifier: MIT
"""--flash FILE and --flash-fault: a second process is refused, a killed one leaves what it programmed, an image keeps its contents, and a
fault that is told can be had again, bit for bit."""
import os
import re
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(sys.argv[2], "micropython")
SIZE = 1024 * 1024
WINDOW = 16384 # where the file-system window begins
failures = 0


def check(what, got, wanted):
    global failures
    if got != wanted:
        failures += 1
        print("%s: %r instead of %r" % (what, got, wanted))


def words(path, source, *more):
    return [PROGRAM, "--board=pybv11", "--clock=virtual", "--flash", path, *more, "-c", source]


def run(path, source, *more):
    done = subprocess.run(words(path, source, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def contents(path):
    with open(path, "rb") as f:
        return f.read()


WRITE = """
import pyb
f = pyb.Flash(start=0)
for n in range(8):
    f.writeblocks(n, bytes([n + 65]) * 512)
print(f.ioctl(3, 0))
"""
READ = """
import pyb
f, buf = pyb.Flash(start=0), bytearray(512)
for n in range(9):
    f.readblocks(n, buf)
    print(chr(buf[0]) if buf[0] < 128 else '-', end='')
print()
"""


def keeps(folder):
    path = os.path.join(folder, "kept")
    check("write", run(path, WRITE), (0, "0\n", ""))
    image = contents(path)
    check("size", len(image), SIZE)
    check("bytes in the image", image[WINDOW:WINDOW + 8 * 512], b"".join(bytes([n + 65]) * 512 for n in range(8)))
    check("the rest is erased", set(image[:WINDOW] + image[WINDOW + 8 * 512:]), {255})
    check("read by another run", run(path, READ), (0, "ABCDEFGH-\n", ""))


def lock(folder):
    path = os.path.join(folder, "locked")
    wait = "import pyb, sys\npyb.Flash(start=0)\nprint('ready')\nsys.stdin.readline()\n"
    first = subprocess.Popen(words(path, wait), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    check("the first", first.stdout.readline(), b"ready\n")
    status, out, err = run(path, READ)
    check("a second process", (status, out, "flash image" in err, path in err, "another process runs with it" in err),
          (2, "", True, True, True))
    first.communicate(b"\n", timeout=30)
    check("the first ends", first.returncode, 0)
    check("afterwards", run(path, READ), (0, "---------\n", ""))


def killed(folder):
    path = os.path.join(folder, "killed")
    source = WRITE.replace("print(f.ioctl(3, 0))", "f.ioctl(3, 0)\nf.writeblocks(8, b'I' * 512)\nprint('ready')\nwhile True: pass\n")
    child = subprocess.Popen(words(path, source), stdout=subprocess.PIPE)
    check("before the kill", child.stdout.readline(), b"ready\n")
    os.kill(child.pid, signal.SIGKILL)
    child.communicate(timeout=30)
    check("killed", child.returncode, -signal.SIGKILL)
    check("what was programmed is there, what was in memory is not; no lock is left", run(path, READ), (0, "ABCDEFGH-\n", ""))


def other_size(folder):
    path = os.path.join(folder, "small")
    with open(path, "wb") as f:
        f.write(b"not an image")
    status, out, err = run(path, READ)
    check("another size", (status, out, "the board's flash has %d bytes, this file has 12" % SIZE in err), (2, "", True))
    check("it is left alone", contents(path), b"not an image")


def replays(folder):
    """A torn cut tells what to write to have it again; the image is the same then, and another with another seed."""
    images = []
    for name, fault in (("a", "cut:40:torn:7"), ("b", None), ("c", "cut:40:torn:8"), ("d", "cut:40")):
        path = os.path.join(folder, name)
        status, out, err = run(path, WRITE, "--flash-fault=" + (fault or replay))
        check(name + " ends with the cut", (status, out), (3, ""))
        if name == "a":
            found = re.search(r"--flash-fault=(\S+) does it again", err)
            replay = found.group(1) if found else "nothing told"
            check("what to write", replay, fault)
        images.append(contents(path))
    a, b, c, d = images
    check("the same again", a == b, True)
    check("another seed, other bits", a != c, True)
    first = [next((i for i, (x, y) in enumerate(zip(image, d)) if x != y), None) for image in (a, c)]
    check("torn and whole differ in one page alone", all(n is not None and all(x == y for i, (x, y) in enumerate(zip(image, d))
                                                     if i // 4 != n // 4) for n, image in zip(first, (a, c))), True)


def worn(folder):
    path = os.path.join(folder, "worn")
    source = """
import pyb
f = pyb.Flash(start=0)
for n in range(4):
    f.writeblocks(0, bytes([n * 85]) * 512)
    print(f.ioctl(3, 0), end=' ')
"""
    outs = [run(path + str(i), source, "--flash-fault=wear:1:2") for i in range(2)]
    check("a worn block fails, and does so again", (outs[0][0], outs[0][1].split()[0], outs[0] == outs[1]), (0, "0", True))
    check("it failed", any(int(word) < 0 for word in outs[0][1].split()), True)
    check("the same bits stay", contents(path + "0") == contents(path + "1"), True)


def flips(folder):
    source = WRITE + READ
    outs = [run(os.path.join(folder, "flip%d" % i), source, "--flash-fault=flip:%d" % seed) for i, seed in enumerate((5, 5, 6))]
    images = [contents(os.path.join(folder, "flip%d" % i)) for i in range(3)]
    check("a flip is told and comes again", ("has flipped" in outs[0][2], outs[0] == outs[1], images[0] == images[1]), (True, True, True))
    check("another seed, another bit", images[0] != images[2], True)
    plain = os.path.join(folder, "plain")
    run(plain, source)
    bits = sum(bin(x ^ y).count("1") for x, y in zip(images[0], contents(plain)))
    check("one bit", bits, 1)


with tempfile.TemporaryDirectory() as place:
    for test in (keeps, lock, killed, other_size, replays, worn, flips):
        test(place)
sys.exit(failures != 0)
