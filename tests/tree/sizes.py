# SPDX-License-Identifier: MIT
"""Functions have at most 60 lines (the dispatch loop is the exception), files at most 1000."""
import re

from _tree import files, read, report

LOOPS = {"engine_loop"}  # the dispatch loop
problems = []
for path in files(".c", ".h"):
    lines = read(path).splitlines()
    if len(lines) > 1000:
        problems.append("%s: %d lines: split it by concern" % (path, len(lines)))
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and re.match(r"[A-Za-z_].*\)\s*\{$", line) and not line.startswith(("enum", "struct", "union")):
            start, name = number, re.search(r"(\w+)\s*\(", line).group(1)
        elif start is not None and line == "}":
            if number - start + 1 > 60 and name not in LOOPS:
                problems.append("%s:%d: %s has %d lines: at most 60" % (path, start, name, number - start + 1))
            start = None
report(problems)
