# SPDX-License-Identifier: MIT
"""The makefile fragments list every source, and no two objects of an archive have the same name."""
import collections
import os
import subprocess
import sys

from _tree import TOP, files, report

result = subprocess.run([sys.executable, os.path.join(TOP, "tools", "list-sources"), "--check"], stdout=subprocess.PIPE, text=True)
problems = [result.stdout.strip()] if result.returncode else []
for folder in ("src", "emu", "ports"):
    names = collections.Counter(os.path.basename(f) for f in files(".c", folders=(folder,)))
    problems += ["%s: %d files are called %s" % (folder, n, name) for name, n in names.items() if n > 1]
report(problems)
