# SPDX-License-Identifier: MIT
"""Every module that some board can import has a page in docs/library/ with an example that is run; the page names each function, class and
method (constants may be told of together); a test in tests/ names each of them, too. Names that begin with _ are a module's own business."""
import glob
import os
import re
import subprocess

import _tree

BOARDS = ("desktop", "pybv11", "pico", "esp32", "esp8266", "microbit", "generic32")
PAGES = {  # where the page has another name
    "_asyncio": "asyncio", "uasyncio": "asyncio", "tls": "ssl", "ussl": "ssl", "webrepl": "websocket", "_webrepl": "websocket",
    "webrepl_setup": "websocket", "_onewire": "onewire", "ds18x20": "onewire", "string.templatelib": "string",
}
MORE = {"bench": ["docs/bench.md"], "pyb": ["docs/library/machine.Pin.md", "docs/library/machine.UART.md"]}
OWN = {  # the inside of asyncio
    "asyncio": "IOQueue TaskQueue claim resume unclaimed wake watch delay park peek pop push remove wake_all poll queue_read queue_write ioctl",
    "_asyncio": "Task TaskQueue claim resume unclaimed wake watch delay park peek pop push remove wake_all begin current idle",
    "dht": "DHTBase dht_readinto", "machine": "dht_readinto", "stm": "I2S2ext I2S3ext",
}
LIST = """
import sys
def names(m, o, deep):
    for n in dir(o):
        v = getattr(o, n, None)
        if n[0] != "_" and type(v) is not type(sys) and n.upper() != n: print(m, n)
        if n[0] != "_" and type(v) is type and deep: names(m, v, False)
for m in MODULES:
    o = __import__(m)
    for part in m.split(".")[1:]: o = getattr(o, part)
    print(m)
    names(m, o, True)
"""


def micropython(board, text):
    board = [] if board == "desktop" else ["--board=" + board]
    return subprocess.run([os.path.join(_tree.BUILD, "micropython")] + board + ["-X", "heapsize=4M", "-c", text], check=True, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout


def offered():
    """{module: set of names} of all boards."""
    found = {}
    for board in BOARDS:
        modules = micropython(board, "help('modules')").split("Plus")[0].split()
        modules = {m.replace("/__init__", "").replace("/", ".") for m in modules} - {"__main__"}
        modules = sorted(m for m in modules if "." not in m or m.startswith("string.") if m != "webrepl_setup")  # that one asks for a password
        for line in micropython(board, "MODULES = %r\n%s" % (modules, LIST)).splitlines():
            module, _, name = line.partition(" ")
            found.setdefault(module, set()).update([name] if name else [])
    return found


def main():
    problems = []
    everything = (os.path.relpath(p, _tree.TOP) for p in glob.glob(os.path.join(_tree.TOP, "tests/*/**/*"), recursive=True))
    tests = "\n".join(_tree.read(p) for p in everything
                      if p.endswith((".py", ".session", ".bench")) and "/tools/" not in p and "/tree/" not in p)
    tests = set(re.findall(r"\w+", tests))
    for module, names in sorted(offered().items()):
        page = "docs/library/%s.md" % PAGES.get(module, module)
        if not os.path.exists(os.path.join(_tree.TOP, page)):
            problems.append("%s: there is no %s" % (module, page))
            continue
        text = _tree.read(page)
        if "```console" not in text:
            problems.append("%s: no example" % page)
        if len(text.splitlines()) > 80:
            problems.append("%s: more than a screen" % page)
        for part in glob.glob(os.path.join(_tree.TOP, "docs/library/%s.*.md" % module)) + MORE.get(module, []):
            text += _tree.read(part)
        own = OWN.get("asyncio" if module == "uasyncio" else module, "").split()
        told, own = set(re.findall(r"\w+", text)), set(own)
        problems += ["%s: does not name %s of %s" % (page, n, module) for n in sorted(names - told - own)]
        problems += ["no test names %s of %s" % (n, module) for n in sorted(names - tests - own)]
    _tree.report(problems)


main()
