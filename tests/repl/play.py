#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays a session: types into a device or into the prompt on a terminal, and prints what came back.

usage: play.py PROGRAM NAME.session

A session is made of lines; # begins a comment. Texts have the escapes of Python (\\r \\x03 \\x1b).
  device ARGS...        a device with these arguments (its folder is empty); what is printed is every byte it sent
  terminal TERM ARGS... the prompt on a terminal of 100 rows and 80 columns; what is printed is its screen at the end
  editor ARGS...        the prompt on a terminal that cannot do anything (TERM=dumb); every byte
  env NAME=VALUE        before the first: an environment variable (HOME is an empty folder)
  file NAME TEXT        a file in the folder of the device, or of HOME
  type TEXT             types
  wait TEXT             reads until this came
  line TEXT             of a terminal: reads until TEXT is all there is on its line before the cursor
  hangup / connect      the client of a device leaves, another one comes
  cycles N              clients of a device come and go, N in all
  show NAME             prints a file of that folder
  pipe NAME             a named pipe in that folder
  size ROWS COLUMNS     of the window of a terminal, before it starts or later
  pause SECONDS         neither types nor reads
  garbage N             types N bytes at random, always the same ones
  prompt                leaves whatever mode that led to; what came meanwhile is not shown
  interrupts N CODE     types CODE, and Ctrl-C a little later each time
  probe NAME            runs tests/NAME over the raw prompt of a freshly started board and compares with its .exp
  end                   waits until the program has ended, prints its exit status
"""
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
import tty

LATE = 30  # seconds; nothing takes that long


class Screen:
    """As much of a terminal as readline uses."""

    def __init__(self, columns):
        self.columns, self.rows, self.x, self.y = columns, {0: {}}, 0, 0

    def put(self, c):
        if self.x >= self.columns:
            self.x, self.y = 0, self.y + 1
        self.rows.setdefault(self.y, {})[self.x] = c
        self.x += 1

    def control(self, letter, numbers):
        n = numbers[0] if numbers and numbers[0] else 1
        if letter == "A":
            self.y = max(0, self.y - n)
        elif letter == "B":
            self.y += n
        elif letter == "C":
            self.x = min(self.columns - 1, self.x + n)
        elif letter == "D":
            self.x = max(0, self.x - n)
        elif letter == "G":
            self.x = n - 1
        elif letter == "K":
            row = self.rows.setdefault(self.y, {})
            for x in [x for x in row if x >= self.x]:
                del row[x]
        elif letter == "P":
            row = self.rows.setdefault(self.y, {})
            self.rows[self.y] = {(x if x < self.x else x - n): c for x, c in row.items() if not self.x <= x < self.x + n}
        elif letter == "@":
            row = self.rows.setdefault(self.y, {})
            self.rows[self.y] = {(x if x < self.x else x + n): c for x, c in row.items()}
        elif letter == "H" and not numbers:
            self.x = self.y = 0
        elif letter == "J" and numbers in ([2], [3]):
            self.rows = {self.y: {}}
        elif letter == "J":
            self.control("K", [])
            for y in [y for y in self.rows if y > self.y]:
                del self.rows[y]
        elif letter == "m":
            for number in numbers or [0]:
                self.put_mark(number)

    def put_mark(self, number):
        row = self.rows.setdefault(self.y, {})
        row[self.x] = row.get(self.x, "")  # colours are shown as marks between the characters
        row[self.x - 0.5] = row.get(self.x - 0.5, "") + "<%d>" % number

    def feed(self, text):
        pattern = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z@~])|\x1b\][^\x07]*\x07|\x1b[=>]|(.)", re.S)
        for match in pattern.finditer(text):
            parameters, letter, c = match.groups()
            if letter and not parameters.startswith("?"):
                self.control(letter, [int(p) if p else 0 for p in parameters.split(";")] if parameters else [])
            elif c == "\r":
                self.x = 0
            elif c == "\n":
                self.y += 1
            elif c == "\b":
                self.x = max(0, self.x - 1)
            elif c and c >= " ":
                self.put(c)

    def before_cursor(self):
        row = self.rows.get(self.y, {})
        return "".join(row.get(x, " ") or " " for x in range(self.x))

    def text(self):
        lines = []
        for y in range(max(self.rows) + 1):
            row = self.rows.get(y, {})
            line, at = "", 0
            for x in sorted(row):
                if x == int(x):
                    line += " " * (int(x) - at) + row[x]
                    at = int(x) + (1 if row[x] else 0)
                else:
                    line += " " * (int(x + 0.5) - at) + row[x]
                    at = int(x + 0.5)
            lines.append(line.rstrip())
        return "\n".join(lines).rstrip("\n") + "\n"


def visible(data):
    """Bytes as lines of text: \\r\\n ends a line, other control characters are ^X, what is no UTF-8 is \\xNN."""
    text = data.decode("utf-8", "backslashreplace").replace("\r\n", "\ue000")
    text = "".join("\n" if c == "\ue000" else "^" + chr(ord(c) ^ 64) if c < " " or c == "\x7f" else c for c in text)
    return text if text.endswith("\n") else text + "\n"


def unescape(text):
    codes = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
    return re.sub(rb"\\(x[0-9a-f]{2}|[rnt\\])", lambda m: codes.get(m.group(1).decode()) or bytes([int(m.group(1)[1:], 16)]), text.encode())


class Session:
    def __init__(self, program):
        self.program, self.folder = program, tempfile.mkdtemp(prefix="breadboard-")
        self.files = os.path.join(self.folder, "files")
        os.mkdir(self.files)
        with open(os.path.join(self.folder, "inputrc"), "w") as f:
            f.write("set enable-active-region off\n")  # pasted text is shown like any other
        self.environment = {k: v for k, v in os.environ.items() if k not in ("TERM", "NO_COLOR", "MICROPYTHON_EDITOR")}
        self.environment.update(HOME=self.files, INPUTRC=os.path.join(self.folder, "inputrc"), LC_ALL="C.UTF-8")
        self.process = self.line = None
        self.kept, self.everything, self.screen, self.size = b"", b"", None, (100, 80)

    def start_device(self, words):
        self.process = subprocess.Popen([self.program, "--device", "--fs", self.files] + words, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, env=self.environment)
        first = self.process.stdout.readline().decode()
        self.where = re.search(r" on (\S+?)(,|$)", first.strip()).group(1)
        self.connect()

    def connect(self):
        if self.where.startswith("tcp:"):
            _, host, port = self.where.split(":")
            self.line = socket.create_connection((host, int(port))).detach()
            return
        self.line = os.open(self.where, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.line, termios.TCSANOW)

    def hangup(self):
        os.close(self.line)
        self.line = None

    def start_terminal(self, name, words):
        self.line, end = pty.openpty()
        if name != "dumb":
            self.screen = Screen(80)
            self.resize(*self.size)
        self.environment["TERM"] = name

        def own_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen([self.program] + words, stdin=end, stdout=end, stderr=end, env=self.environment,
                                        preexec_fn=own_terminal, cwd=self.files)
        os.close(end)

    def resize(self, rows, columns):
        self.size = rows, columns
        if self.line is not None:
            fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        if not select.select([self.line], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.line, 65536)
        except OSError:  # the other side has gone
            data = b""
        self.kept += data
        return bool(data)

    def type(self, data):
        while data:
            ready = select.select([self.line], [self.line], [], LATE)
            if ready[0]:
                self.read(0)
            if ready[1]:
                data = data[os.write(self.line, data[:512]):]

    def wait(self, text):
        deadline = time.monotonic() + LATE
        while text not in self.kept:
            if not self.read(max(0, deadline - time.monotonic())):
                raise SystemExit("%sthis did not come: %r\nbut: %r" % (self.result(), text, self.kept[-500:]))
        at = self.kept.index(text) + len(text)
        self.everything += self.kept[:at]
        self.kept = self.kept[at:]

    def wait_line(self, text):
        deadline = time.monotonic() + LATE
        while True:
            screen = Screen(80)
            screen.feed((self.everything + self.kept).decode("utf-8", "replace"))
            if screen.before_cursor() == text:
                break
            if not self.read(max(0, deadline - time.monotonic())):
                raise SystemExit("%sthis line did not come: %r\nbut: %r" % (self.result(), text, screen.before_cursor()))
        self.everything += self.kept
        self.kept = b""

    def drain(self, seconds):
        while self.read(seconds):
            self.kept = b""

    def prompt(self):
        """Back to the prompt from wherever it is, whatever came meanwhile."""
        for keys in b"\x03", b"\x03", b"\x02", b"\x03\r":  # one of them may only interrupt a program
            self.type(keys)
            self.drain(0.05)
        self.kept = b""
        self.type(b"'mark' + 'er'\r")
        deadline = time.monotonic() + LATE
        while b"marker'\r\n>>> " not in self.kept and self.read(max(0, deadline - time.monotonic())):
            self.kept = self.kept[-1000:]
        if b"marker'" not in self.kept:
            raise SystemExit("there is no prompt: %r" % self.kept)
        self.kept = b""
        self.everything += b"[the prompt is there]\r\n>>> "

    def garbage(self, n):
        source = random.Random(n)
        while n > 0:
            self.type(bytes(source.randrange(256) for _ in range(min(n, 2000))))
            self.drain(0)
            n -= 2000

    def interrupts(self, n, code):
        for k in range(n):
            self.type(code.encode() + b"\r")
            start = time.monotonic()
            self.wait(code.encode() + b"\r\n")
            while time.monotonic() - start < k * 0.0007:
                pass
            self.type(b"\x03")
            self.wait(b"KeyboardInterrupt: \r\n>>> ")
        at = self.everything.index(code.encode() + b"\r\n")
        self.everything = self.everything[:at] + b"[interrupted %d times]\r\n>>> " % n

    def probe(self, name):
        """A program of tests/ over the raw prompt of a board that has just started; its output is that of NAME.exp."""
        base = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), name)[:-3]
        self.type(b"\x02\x01\x04")
        self.wait(b"soft reboot\r\nraw REPL; CTRL-B to exit\r\n>")
        with open(base + ".py", "rb") as f:
            self.type(f.read() + b"\x04")
        self.wait(b"OK")
        self.everything = b""
        self.wait(b"\x04\x04>")
        got = re.sub(rb"layout; from [0-9a-f]+:", b"layout; from @:", self.everything[:-3].replace(b"\r\n", b"\n"))
        with open(base + ".exp", "rb") as f:
            expected = f.read()
        self.everything = b""
        return "%s: %s\n" % (name, "the same" if got == expected else "differs:\n" + got.decode("latin-1"))

    def end(self):
        deadline = time.monotonic() + LATE
        while self.line is not None and time.monotonic() < deadline and self.read(0.05 if self.process.poll() is None else 0) | (self.process.poll() is None):
            pass
        self.everything += self.kept
        self.kept = b""
        status = self.process.wait(LATE)
        return "exit status %d\n" % status

    def result(self):
        text = self.everything.replace(self.where.encode(), b"TTY") if self.line and hasattr(self, "where") else self.everything
        if self.screen:
            self.screen.feed(text.decode("utf-8", "replace"))
            return self.screen.text()
        return visible(text)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def play(session, path):
    behind = ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        word, _, rest = line.partition(" ")
        if not line or line.startswith("#"):
            continue
        if word == "device":
            session.start_device(rest.split())
        elif word == "editor":
            session.start_terminal("dumb", rest.split())
        elif word == "terminal":
            session.start_terminal(rest.split()[0], rest.split()[1:])
        elif word == "env":
            name, _, value = rest.partition("=")
            session.environment[name] = value
        elif word == "file":
            name, _, text = rest.partition(" ")
            with open(os.path.join(session.files, name), "wb") as f:
                f.write(unescape(text))
        elif word == "show":
            with open(os.path.join(session.files, rest), encoding="utf-8") as f:
                behind += "%s:\n%s" % (rest, f.read())
        elif word == "type":
            session.type(unescape(rest))
        elif word == "wait":
            session.wait(unescape(rest))
        elif word == "line":
            session.wait_line(unescape(rest).decode())
        elif word == "hangup":
            session.hangup()
        elif word == "connect":
            session.connect()
        elif word == "cycles":
            session.hangup()
            deadline = time.monotonic() + LATE
            for n in range(int(rest)):
                session.connect()
                session.hangup()
                if time.monotonic() > deadline:
                    raise SystemExit("%s: late after %d cycles" % (path, n))
            session.connect()
        elif word == "prompt":
            session.prompt()
        elif word == "garbage":
            session.garbage(int(rest))
        elif word == "pipe":
            os.mkfifo(os.path.join(session.files, rest))
        elif word == "size":
            session.resize(*(int(n) for n in rest.split()))
        elif word == "pause":
            time.sleep(float(rest))
        elif word == "interrupts":
            number, _, code = rest.partition(" ")
            session.interrupts(int(number), code)
        elif word == "probe":
            behind += session.probe(rest)
        elif word == "end":
            behind += session.end()
        else:
            raise SystemExit("%s: unknown line: %s" % (path, line))
    if "exit status" not in behind and session.process.poll() is not None:
        behind += "the program has ended: %d\n" % session.process.returncode
    sys.stdout.write(session.result() + behind)


def main():
    program, path = sys.argv[1:]
    session = Session(program)
    try:
        play(session, path)
    finally:
        session.stop()


if __name__ == "__main__":
    main()
