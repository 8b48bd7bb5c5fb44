# SPDX-License-Identifier: MIT
"""Names in the documents exist: `folder/file.c:function` is a function of that file, `folder/file` a file of the tree."""
import os
import re

from _tree import TOP, files, read, report

problems = []
documents = [f for f in ("README.md", "CONTRIBUTING.md") if os.path.exists(os.path.join(TOP, f))]
documents += files(".md", folders=("docs", "src", "emu", "ports", "tests", "tools", "examples"))
for document in documents:
    for number, line in enumerate(read(document).splitlines(), 1):
        for path, function in re.findall(r"`((?:src|emu|ports|tests)/[\w./-]+\.[ch])(?::(\w+))?`", line):
            where = "%s:%d: " % (document, number)
            if not os.path.exists(os.path.join(TOP, path)):
                problems.append(where + path + " is gone")
            elif function and not re.search(r"^[A-Za-z_].*\b%s\b\s*[(\[={;]|^#define\s+%s\b" % (function, function), read(path), re.M):
                problems.append(where + "%s has no %s" % (path, function))
report(problems)
