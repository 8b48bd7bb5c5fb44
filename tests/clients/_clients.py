# SPDX-License-Identifier: MIT
"""What the tests with real client programs share. usage of each: with_NAME.py TOP BUILD

A client is looked for on PATH, then in the folder that $UPSTREAM_TOOLS names (MicroPython's `tools`). Exit status 77: it is not there.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP, BUILD = (os.path.abspath(a) for a in sys.argv[1:3])
PATIENCE = 60  # seconds; nothing takes that long
problems = []


def skip(reason):
    print(reason)
    sys.exit(77)


def python_with(module):
    """A CPython that can import it: this one, or that of the distribution."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", "import " + module], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def this_with(module, package):
    """Goes on under a CPython that can import it."""
    python = python_with(module)
    if not python:
        skip("module %s is not there (Debian: %s)" % (module, package))
    if python != sys.executable:
        os.execv(python, [python] + sys.argv)


def tool(name, path):
    """The command that runs a client."""
    found, tools = shutil.which(name), os.environ.get("UPSTREAM_TOOLS")
    if found:
        return [found]
    if not tools or not os.path.exists(os.path.join(tools, path)):
        skip("%s is neither on PATH nor in the folder that UPSTREAM_TOOLS names" % name)
    python = python_with("serial")
    if not python:
        skip("%s needs module serial (Debian: python3-serial)" % name)
    return [python, os.path.join(tools, path)]


class Device:
    """A board as a device, with an empty folder as its flash."""

    def __init__(self, *words):
        self.folder = tempfile.mkdtemp(prefix="breadboard-")
        self.files, self.path = os.path.join(self.folder, "flash"), os.path.join(self.folder, "line")
        self.here = os.path.join(self.folder, "here")  # for the clients
        os.mkdir(self.here)
        command = [os.path.join(BUILD, "micropython"), "--device", "--fs", self.files, "--link", self.path] + list(words)
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        check("the device is still there", self.process.poll(), None)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name, text, where=None):
        path = os.path.join(where or self.here, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name, where=None):
        try:
            with open(os.path.join(where or self.files, name), "rb") as f:
                return f.read().decode()
        except OSError as error:
            return str(error)

    def run(self, command, environment=(), stdin=subprocess.DEVNULL):
        """Standard output of a client, in lines that end with \\n; behind it what it said on standard error, and its exit status if not 0."""
        try:
            p = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.here, timeout=PATIENCE,
                               env=dict(os.environ, HOME=self.folder, **dict(environment)))
        except subprocess.TimeoutExpired as late:
            return "it did not end: %r" % late.stdout
        text = (p.stdout + p.stderr).decode("utf-8", "replace").replace("\r\n", "\n")
        return text + ("[exit status %d]\n" % p.returncode if p.returncode else "")


def check(what, got, expected):
    if got != expected:
        problems.append("%s:\n    expected %r\n    got      %r" % (what, expected, got))


def check_like(what, got, pattern):
    if not re.fullmatch(pattern, got, re.S):
        problems.append("%s:\n    expected to match %r\n    got %r" % (what, pattern, got))


def done():
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
