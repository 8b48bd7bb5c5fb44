#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One program, three forms, one output: as source, compiled here, compiled by another mpy-cross.

usage: tests/mpy/compare.py [--build FOLDER] [--oracle COMMAND] [--jobs N] [--report FILE] [--keep FOLDER] FILE|FOLDER ...

Every form is imported as module `it` from a folder of its own, so names and line numbers in tracebacks are the same. Compared are standard
output, exit status and standard error, without addresses. With --oracle (a command that knows `run main.py` and `cross in.py out.mpy`)
these are also compared: the .mpy files byte for byte, the other compiler's file run here, and our .mpy file run there.
Exit status 1 when a form differs from the source run here; a difference between here and there is only counted (`elsewhere`), since
the other program has its own modules and limits.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 30


def run(command, cwd, path=None):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MICROPY")}
    if path:
        environment["MICROPYPATH"] = ":.frozen:" + path
    try:
        p = subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT)
        return p.returncode, tidy(p.stdout), tidy(p.stderr)
    except subprocess.TimeoutExpired:
        return "late", b"", b""


def tidy(text):
    text = re.sub(rb"\b(0x)?[0-9a-f]{8,16}\b", b"ADDRESS", text)
    return text.replace(b"\r\n", b"\n")


def last_line(text):
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


class Comparison:
    def __init__(self, options):
        self.micropython = os.path.join(os.path.abspath(options.build), "micropython")
        self.cross = os.path.join(os.path.abspath(options.build), "mpy-cross")
        self.oracle = options.oracle.split() if options.oracle else None
        self.keep = options.keep

    def here(self, folder, source):
        return run([self.micropython, "-X", "heapsize=16M", "-c", "import it"], folder, os.path.dirname(source))

    def there(self, folder):
        with open(os.path.join(folder, "main.py"), "w") as f:
            f.write("import it\n")
        return run(self.oracle + ["run", "-X", "heapsize=8M", "main.py"], folder)

    def compare(self, source):
        """What was found, a list of words; `same` when nothing differs."""
        top = tempfile.mkdtemp(prefix="forms-")
        try:
            found, notes = self.compare_in(top, os.path.abspath(source))
        finally:
            if not (self.keep and found != ["same"]):
                shutil.rmtree(top)
        if os.path.isdir(top):
            shutil.move(top, os.path.join(self.keep, re.sub(r"\W", "_", source)))
        return source, found, notes

    def compare_in(self, top, source):
        folders = {name: os.path.join(top, name) for name in ("source", "ours", "other", "there")}
        for folder in folders.values():
            os.mkdir(folder)
        shutil.copy(source, os.path.join(folders["source"], "it.py"))
        found, notes = [], []
        made = run([self.cross, "-s", "it.py", "-o", os.path.join(folders["ours"], "it.mpy"), "it.py"], folders["source"])
        asked = None
        if self.oracle:
            asked = run(self.oracle + ["cross", "it.py", os.path.join(folders["other"], "it.mpy")], folders["source"])
        plain = self.here(folders["source"], source)
        if made[0] != 0:
            if last_line(made[2]) != last_line(plain[2]):
                found.append("refused-by-cross-only")
                notes.append(last_line(made[2]) + " | " + last_line(plain[2]))
            if asked and asked[0] == 0:
                found.append("refused-only-here")
                notes.append(last_line(made[2]))
            elif asked and last_line(asked[2] + asked[1]) != last_line(made[2]):
                found.append("refused-otherwise")
                notes.append(last_line(made[2]) + " | " + last_line(asked[2] + asked[1]))
            return found or ["same-refused"], notes
        self.differs(plain, self.here(folders["ours"], source), "ours", found, notes)
        if asked:
            self.compare_other(folders, source, plain, asked, found, notes)
        return found or ["same"], notes

    def compare_other(self, folders, source, plain, asked, found, notes):
        ours, other = (os.path.join(folders[name], "it.mpy") for name in ("ours", "other"))
        if asked[0] != 0:
            found.append("refused-only-there")
            notes.append(last_line(asked[2] + asked[1]))
        else:
            if open(ours, "rb").read() != open(other, "rb").read():
                found.append("bytes")
            self.differs(plain, self.here(folders["other"], source), "other", found, notes)
        shutil.copy(ours, folders["there"])
        compiled = self.there(folders["there"])
        if compiled[1] == plain[1]:
            return
        os.remove(os.path.join(folders["there"], "it.mpy"))
        shutil.copy(source, os.path.join(folders["there"], "it.py"))
        as_source = self.there(folders["there"])
        if as_source[1] == compiled[1]:
            found.append("elsewhere")
            notes.append("there: %s | here: %s" % (last_line(compiled[2]) or "output", last_line(plain[2]) or "output"))
        else:
            found.append("ours-there")
            notes.append("source there: %s | ours there: %s" % (last_line(as_source[2]), last_line(compiled[2])))

    @staticmethod
    def differs(a, b, name, found, notes):
        for part, word in enumerate(("status", "output", "errors")):
            if a[part] != b[part]:
                found.append(name + "-" + word)
                notes.append("%s | %s" % (last_line(a[2]), last_line(b[2])) if part != 0 else "%s | %s" % (a[0], b[0]))
                return


def sources(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for where, folders, files in os.walk(place):
            folders.sort()
            yield from (os.path.join(where, f) for f in sorted(files) if f.endswith(".py"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(TOP, "build", "normal"))
    parser.add_argument("--oracle")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--report")
    parser.add_argument("--keep")
    parser.add_argument("places", nargs="+")
    options = parser.parse_args()
    comparison = Comparison(options)
    counts = collections.Counter()
    report = open(options.report, "w") if options.report else sys.stdout
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for source, found, notes in pool.map(comparison.compare, list(sources(options.places))):
            counts["files"] += 1
            counts.update(found)
            if not found[0].startswith("same"):
                print("%s: %s\n    %s" % (source, " ".join(found), "\n    ".join(notes)), file=report, flush=True)
    print(", ".join("%s %d" % pair for pair in sorted(counts.items())))
    harmless = {"files", "same", "same-refused", "elsewhere", "refused-only-there", "refused-otherwise"}
    sys.exit(1 if set(counts) - harmless else 0)


if __name__ == "__main__":
    main()
