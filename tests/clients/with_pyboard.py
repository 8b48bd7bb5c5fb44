# SPDX-License-Identifier: MIT
"""pyboard.py does on a device what it does on a board; it can also start the device itself, behind a pseudo-terminal or a pipe."""
import os

from _clients import BUILD, Device, check, done, tool

PYBOARD = tool("pyboard.py", "pyboard.py")

with Device("--board=pybv11") as d:
    def pyboard(*words):
        return d.run(PYBOARD + ["--device", d.path] + list(words))

    d.write("one.py", "print('one')\n")
    d.write("two.py", "print('two')\n")
    check("scripts", pyboard("one.py", "two.py"), "one\ntwo\n")
    check("-c", pyboard("-c", "print(6 * 7)"), "42\n")
    check("a traceback", pyboard("-c", "1/0"),
          'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: divide by zero\n[exit status 1]\n')
    check("no soft reset, kept names", pyboard("-c", "kept = 5") + pyboard("--no-soft-reset", "-c", "print(kept)"), "5\n")
    pyboard("--no-follow", "-c", "import time\nwhile True: time.sleep_ms(10)")
    check("a program that runs is interrupted", pyboard("-c", "print('there')"), "there\n")
    data = bytes(range(256)) * 50
    d.write("data.bin", data)
    check("-f mkdir, cp, ls", pyboard("-f", "mkdir", ":box") + pyboard("-f", "cp", "data.bin", ":box/") + pyboard("-f", "ls", ":box"),
          "mkdir :box\ncp data.bin :box/\nls :box\n       12800 data.bin\n")
    with open(os.path.join(d.files, "box", "data.bin"), "rb") as f:
        check("what arrived", f.read() == data, True)
    pyboard("-f", "cp", ":box/data.bin", "back.bin")
    with open(os.path.join(d.here, "back.bin"), "rb") as f:
        check("what came back", f.read() == data, True)
    pyboard("-f", "cp", "one.py", ":")
    check("-f cat", pyboard("-f", "cat", ":one.py"), "cat :one.py\nprint('one')\n")
    check("-f rm, rmdir", pyboard("-f", "rm", ":box/data.bin", ":one.py") + pyboard("-f", "rmdir", ":box"), "rm :box/data.bin\nrm :one.py\nrmdir :box\n")
    check("nothing is left", os.listdir(d.files), [])

    own = "%s --device --board=pico --fs %s" % (os.path.join(BUILD, "micropython"), os.path.join(d.folder, "own"))
    check("execpty:", d.run(PYBOARD + ["--device", "execpty:" + own, "-c", "import sys; print(sys.platform)"]), "rp2\n")
    check("exec:", d.run(PYBOARD + ["--device", "exec:" + own + " --serial=stdio", "-c", "import sys; print(sys.platform)"]), "rp2\n")
done()
