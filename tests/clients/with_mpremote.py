# SPDX-License-Identifier: MIT
"""mpremote does on a device what it does on a board: each of its commands."""
import functools
import hashlib
import http.server
import os
import pty
import select
import subprocess
import sys
import termios
import threading
import time

from _clients import PATIENCE, Device, check, check_like, done, tool

MPREMOTE = tool("mpremote", "mpremote/mpremote.py")
# Not Debian 13's 1.24: that has no fs tree, no rm -r, no packages beside their JSON. One that runs from its folder has no number.
RECENT = not subprocess.run(MPREMOTE + ["version"], stdout=subprocess.PIPE, text=True).stdout.startswith("mpremote 1.24.")


def programs(d, mpremote):
    check("exec, eval, sleep", mpremote("exec", "x = 6", "sleep", "0.01", "eval", "x * 7"), "42\n")
    check("a traceback ends it", mpremote("exec", "print('so far'); 1/0"),
          'so far\nTraceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: divide by zero\n[exit status 1]\n')
    d.write("script.py", "import time\nfor i in range(3):\n    print('step', i)\n    time.sleep_ms(20)\n")
    check("run", mpremote("run", "script.py"), "step 0\nstep 1\nstep 2\n")
    check("run --no-follow", mpremote("run", "--no-follow", "script.py", "sleep", "0.3", "resume", "exec", "print('behind')"), "behind\n")
    mpremote("exec", "kept = 'kept'")
    check("resume goes on, a plain connection resets", mpremote("resume", "eval", "kept") + mpremote("eval", "'kept' in globals()"), "kept\nFalse\n")
    mpremote("exec", "kept = 1")
    check("soft-reset", mpremote("resume", "soft-reset", "eval", "'kept' in globals()"), "False\n")
    mpremote("resume", "exec", "--no-follow", "while True: pass")
    check("a program that runs is interrupted", mpremote("eval", "'interrupted'"), "interrupted\n")


def files(d, mpremote):
    data = bytes(range(256)) * 300
    d.write("data.bin", data)
    d.write("tree/one.txt", "one\n")
    d.write("tree/sub/two.txt", "two\n")
    check("cp and ls", mpremote("fs", "mkdir", ":box", "+", "fs", "cp", "data.bin", ":box/data.bin", "+", "fs", "ls", ":box"),
          "mkdir :box\ncp data.bin :box/data.bin\nls :box\n       76800 data.bin\n")
    with open(os.path.join(d.files, "box", "data.bin"), "rb") as f:
        check("what arrived", f.read() == data, True)
    check("sha256sum", mpremote("fs", "sha256sum", ":box/data.bin"), "sha256sum :box/data.bin\n%s\n" % hashlib.sha256(data).hexdigest())
    mpremote("fs", "cp", ":box/data.bin", "back.bin")
    with open(os.path.join(d.here, "back.bin"), "rb") as f:
        check("what came back", f.read() == data, True)
    mpremote("fs", "cp", "-r", "tree", ":")
    check("cp -r, cat", mpremote("fs", "cat", ":tree/sub/two.txt"), "two\n")
    if RECENT:
        recent_files(mpremote)
    check("rm, rmdir, touch", mpremote("fs", "rm", ":box/data.bin", "+", "fs", "rmdir", ":box", "+", "fs", "touch", ":empty"),
          "rm :box/data.bin\nrmdir :box\ntouch :empty\n")
    check("what is left", [name for name in os.listdir(d.files) if name != "tree"], ["empty"])
    check_like("what is not there", mpremote("fs", "cat", ":nothing"), r"mpremote: cat: nothing: No such file or directory\.?\n\[exit status 1\]\n")
    check_like("df", mpremote("df"), r"filesystem +size +used +avail use% mounted on\n<VfsPosix>[ \d]+ /flash\n" if RECENT else
               r"mount *\tsize *\tused *\tavail *\tuse%\n\t[\t\d]+\nflash\t[\t\d]+\n")
    editor = d.write("editor.py", "import sys\nopen(sys.argv[1], 'a').write('edited\\n')\n")
    mpremote("edit", ":empty", environment={"EDITOR": "%s %s" % (sys.executable, editor)})
    check("edit", d.read("empty"), "edited\n")


def recent_files(mpremote):
    check("tree", mpremote("fs", "tree"), "tree :\n:/flash\n├── box\n│   └── data.bin\n└── tree\n    ├── one.txt\n    └── sub\n        └── two.txt\n")
    check("rm -r", mpremote("fs", "rm", "-r", ":tree", "+", "fs", "ls"), "rm :tree\nls :\n           0 box/\n")


def mounted(d, mpremote):
    d.write("local/helper.py", "def answer():\n    return 42\n")
    d.write("local/text.txt", "a line\n")
    said = "Local directory local is mounted at /remote\n"  # older ones say it late
    check("mount", mpremote("mount", "local", "exec", "import os, helper; print(os.getcwd(), helper.answer(), sorted(os.listdir('/remote')))").replace(said, ""),
          "/remote 42 ['helper.py', 'text.txt']\n")
    check("a file of the mounted folder", mpremote("mount", "local", "exec", "f = open('text.txt', 'a'); f.write('more\\n'); f.close(); print(open('text.txt').read())").replace(said, ""),
          "a line\nmore\n\n")
    check("and on the host", d.read("local/text.txt", d.here), "a line\nmore\n")


def packages(d, mpremote):
    d.write("web/single.py", "name = 'single'\n")
    d.write("web/lib.json", '{"urls": [["pack/__init__.py", "pack.py"]], "version": "1"}')
    d.write("web/pack.py", "name = 'pack'\n")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=os.path.join(d.here, "web"))
    handler.func.log_message = lambda *unused: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    where = "http://127.0.0.1:%d/" % server.server_port
    mpremote("mip", "install", where + "single.py", *([where + "lib.json"] if RECENT else []))
    server.shutdown()
    check("mip install", mpremote("exec", "import single; print(single.name, single.__file__)"), "single /flash/lib/single.py\n")
    if RECENT:
        check("mip install by JSON", mpremote("exec", "import pack; print(pack.name, pack.__file__)"), "pack /flash/lib/pack/__init__.py\n")


def clock(d, mpremote):
    mpremote("rtc", "--set")
    check_like("rtc", mpremote("rtc"), r"\(%d, \d+, \d+, \d+, \d+, \d+, \d+, \d+\)\n" % time.localtime().tm_year)


def typed(line, text, until):
    os.write(line, text)
    got, deadline = b"", time.monotonic() + PATIENCE
    while until not in got and select.select([line], [], [], max(0, deadline - time.monotonic()))[0]:
        try:
            got += os.read(line, 4096)
        except OSError:
            break
    return got


def prompt(d):
    line, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 80)) if hasattr(termios, "tcsetwinsize") else None
    command = MPREMOTE + ["connect", d.path, "resume", "repl", "--capture", "kept.txt", "--inject-code", r"print('in' + 'jected')\n"]
    p = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, cwd=d.here, start_new_session=True)
    os.close(end)
    first = typed(line, b"", b"to exit this shell\r\n") + typed(line, b"\r", b">>> ")
    check("repl", b"Connected to MicroPython" in first, True)
    check("repl: a statement", typed(line, b"print('ty' + 'ped')\r", b"typed\r\n>>> ")[-11:], b"typed\r\n>>> ")
    typed(line, b"while True: pass\r\r\r", b"...")
    check("repl: Ctrl-C", b"KeyboardInterrupt: \r\n>>> " in typed(line, b"\x03", b"KeyboardInterrupt: \r\n>>> "), True)
    check("repl: injected", b"injected\r\n" in typed(line, b"\x0a", b"injected\r\n>>> "), True)
    check("repl: Ctrl-D", b"soft reboot" in typed(line, b"\x04", b"information.\r\n>>> "), True)
    typed(line, b"\x1d", b"\0")
    check("repl ends", p.wait(PATIENCE), 0)
    check("repl: captured", "typed" in d.read("kept.txt", d.here), True)


with Device("--board=pybv11") as device:
    def mpremote(*words, environment=()):
        return device.run(MPREMOTE + ["connect", device.path] + list(words), environment)

    for part in (programs, files, mounted, packages, clock):
        part(device, mpremote)
    prompt(device)
done()
