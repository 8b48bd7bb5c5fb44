# SPDX-License-Identifier: MIT
"""What the checks of the tree share: the list of sources, and one way to report."""
import os
import sys

TOP = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = sys.argv[2] if len(sys.argv) > 2 else os.path.join(TOP, "build", "normal")
CODE = ("src", "emu", "ports")


def files(*ends, folders=CODE):
    """Paths relative to the top, sorted."""
    found = []
    for folder in folders:
        for where, inner, names in os.walk(os.path.join(TOP, folder)):
            inner.sort()
            found += [os.path.relpath(os.path.join(where, n), TOP) for n in names if n.endswith(ends)]
    return sorted(found)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as f:
        return f.read()


def report(problems):
    """Ends the check: prints the problems, status 1 when there are any."""
    for p in problems:
        print("    " + p)
    sys.exit(1 if problems else 0)
