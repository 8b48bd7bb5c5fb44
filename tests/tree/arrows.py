# SPDX-License-Identifier: MIT
"""Includes follow the arrows of the architecture: ports -> emu/modules -> src, ports -> emu; src and emu do not know each other.

src and emu include no header of an operating system: only those of the C standard, GMP for big integers, those of the library that
the file says it needs (`// needs: mbedtls`), and their own.
"""
import os
import re

from _tree import TOP, files, read, report

STANDARD = set("assert complex ctype errno fenv float inttypes limits locale math setjmp signal stdalign stdarg stdatomic stdbool "
               "stddef stdint stdio stdlib stdnoreturn string tgmath time wchar wctype".split())

LIBRARIES = {"cjson": r"cjson/cJSON\.h$", "mbedtls": r"mbedtls/"}


def library_allows(text, header):
    needs = re.search(r"^// needs: (\w+)$", text, re.M)
    return needs and needs.group(1) in LIBRARIES and re.match(LIBRARIES[needs.group(1)], header)


def room(path):
    if path.startswith("emu/modules/"):
        return "emu/modules"
    return path.split("/")[0]


ALLOWED = {"src": {"src"}, "emu": {"emu"}, "emu/modules": {"emu/modules", "emu", "src"}, "ports": {"ports", "emu/modules", "emu", "src"}}
problems = []
for path in files(".c", ".h", ".def"):
    for number, line in enumerate(read(path).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        where = "%s:%d: " % (path, number)
        kind, name = match.groups()
        if kind == "<":
            if room(path) == "ports" or name[:-2] in STANDARD or (name == "gmp.h" and re.match(r"src/objects/\w+\.[ch]$", path)):
                continue
            if library_allows(read(path), name):
                continue
            problems.append(where + "<%s> is no header of the C standard" % name)
            continue
        if name in ("names.gen.h", "modules.gen.h", "config.h"):  # made in the build folder
            continue
        candidates = [os.path.normpath(os.path.join(os.path.dirname(path), name)), "src/" + name, name]
        found = next((c for c in candidates if os.path.exists(os.path.join(TOP, c))), None)
        if not found:
            problems.append(where + '"%s" is not in the tree' % name)
        elif room(found) not in ALLOWED[room(path)]:
            problems.append(where + "%s may not include %s" % (room(path), found))
report(problems)
