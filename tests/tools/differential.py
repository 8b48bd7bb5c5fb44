#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random small programs, run here and elsewhere; what differs is printed.

usage: tests/tools/differential.py [--build FOLDER] [--oracle COMMAND] [--seed N] [--rounds N] [--cases N] [--kind NAME ...] [--keep FOLDER]

A round is one script of many cases. Each case prints one line: the value of an expression, what a few statements printed, or the
exception. Run by python3 and by `micropython`; with --oracle (a command that knows `run script.py`) also there, and then only cases
that differ from the oracle's answer count: where MicroPython itself is not CPython, MicroPython decides. Without an oracle only the kind
of an exception is compared, not its words. Floating-point results are shown to ten digits.
"""
import argparse
import collections
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# What a machine with 32-bit words answers where one with 64-bit words can do better; nothing: it died in an earlier case.
SMALLER = re.compile("^\\(nothing|out of bounds|overflow converting long int to machine word|small int overflow|memory allocation failed")

PRELUDE = r'''
def show(x):
    t = type(x)
    if t is float:
        s = "%.10g" % x
        return "0" if s == "-0" else s
    if t is complex:
        return "complex(%s, %s)" % (show(x.real), show(x.imag))
    if t is list:
        return "[" + ", ".join([show(i) for i in x]) + "]"
    if t is tuple:
        return "(" + ", ".join([show(i) for i in x]) + ",)"
    if t is dict:
        return "{" + ", ".join(sorted([show(k) + ": " + show(v) for k, v in x.items()])) + "}"
    if t is set or t is frozenset:
        return t.__name__ + "(" + ", ".join(sorted([show(i) for i in x])) + ")"
    s = repr(x)
    if " object " in s:
        return "<" + t.__name__ + ">"
    for c in "é日ßÉ":  # may be shown as they are or escaped
        s = s.replace(c, "\\u%04x" % ord(c) if ord(c) > 255 else "\\x%02x" % ord(c))
    return s


def out(n, text):
    log = []
    try:
        names = {"Guard": Guard, "gen": gen}
        exec(text, names)
        r = names["case"](log)
        s = show(r)
    except Exception as e:
        s = "!" + type(e).__name__ + " " + repr(e.args)
    if len(s) > 400:
        s = s[:200] + "..." + s[-190:]
    print("%d: %s %s" % (n, s, show(log) if log else ""))
'''


class Maker:
    """Makes expressions of a wanted type, sometimes of a wrong one."""

    def __init__(self, rng):
        self.r = rng
        self.names = {}

    def pick(self, *choices):
        c = self.r.choice(choices)
        return c() if callable(c) else c

    def any(self, d=0):
        kind = self.r.choice(["int", "int", "str", "str", "float", "bytes", "list", "tuple", "dict", "set", "bool", "none", "big", "range"])
        return getattr(self, "e_" + kind)(d)

    def fit(self, kind, d):
        """An expression of this kind; one time in thirty anything."""
        return self.any(d) if self.r.random() < 0.03 else getattr(self, "e_" + kind)(d)

    def e_none(self, d):
        return "None"

    def e_bool(self, d):
        if d > 3:
            return self.pick("True", "False")
        a = self.r.choice(["int", "str", "float", "list", "tuple", "bytes", "set", "any"])
        b = a if self.r.random() < 0.9 else "any"
        x, y = (self.any(d + 1) if k == "any" else self.fit(k, d + 1) for k in (a, b))
        op = self.r.choice(["<", ">", "<=", ">=", "==", "!=", "==", "in", "not in"])
        return self.pick("(%s %s %s)" % (x, op, y), "(not %s)" % x, "bool(%s)" % x, "isinstance(%s, %s)" % (x, self.r.choice(
            ["int", "str", "(int, str)", "list", "object", "float"])), "(%s %s %s %s %s)" % (x, op, y, self.r.choice(["<", "==", ">"]), x),
            "any(%s)" % self.e_list(d + 1), "all(%s)" % self.e_list(d + 1))

    def e_int(self, d):
        r = self.r
        if d > 3 or r.random() < 0.25:
            return str(r.choice([0, 1, -1, 2, 3, 5, 7, 8, 10, 16, 31, 32, 63, 64, 100, 255, 256, 1000, -2, -7, -128, r.randrange(-50, 50)]))
        a, b = self.fit("int", d + 1), self.fit("int", d + 1)
        return self.pick(
            "(%s %s %s)" % (a, r.choice("+-*&|^"), b), "(%s %s %s)" % (a, r.choice(["//", "%"]), b), "(-%s)" % a, "(~%s)" % a,
            "(%s << (%s & 31))" % (a, b), "(%s >> (%s & 31))" % (a, b), "abs(%s)" % a, "min(%s, %s)" % (a, b), "max(%s, %s)" % (a, b),
            "len(%s)" % self.fit(r.choice(["str", "list", "bytes", "tuple", "dict", "set"]), d + 1), "int(%s)" % self.any(d + 1),
            "(%s if %s else %s)" % (a, self.fit("bool", d + 1), b), "sum(%s)" % self.e_list(d + 1), "ord(%s)" % self.e_str(d + 1),
            "%s.%s(%s)" % (self.fit("str", d + 1), r.choice(["find", "rfind", "count", "index", "rindex"]), self.fit("str", d + 1)),
            "divmod(%s, %s)[%d]" % (a, b, r.randrange(2)), "round(%s)" % self.fit("float", d + 1), "int(%r)" % self.digits(),
            "int(%r, %d)" % (self.digits(), r.choice([0, 2, 8, 10, 16, 36])), "pow(%s, %s & 7)" % (a, b), "(%s ** (%s & 7))" % (a, b),
            "pow(%s, %s & 15, %s)" % (a, b, self.fit("int", d + 1)), "int.from_bytes(%s, %r)" % (self.e_bytes(d + 1), r.choice(["little", "big"])),
            "%s[%s]" % (self.e_list(d + 1), a), "%s.count(%s)" % (self.e_list(d + 1), self.any(d + 1)), "(%s and %s)" % (a, b),
            "(%s or %s)" % (a, b), "(lambda x, y=%s: x - y)(%s)" % (b, a), "%s.index(%s)" % (self.e_tuple(d + 1), self.any(d + 1)))

    def digits(self):
        r = self.r
        text = "".join(r.choice("0123456789") for _ in range(r.randrange(1, 6)))
        return r.choice(["", "", "", "-", "+", " ", "0x", "0b", "0o", "-0x"]) + text + r.choice(["", "", "", " ", "_1", "a", "."])

    def e_big(self, d):
        r = self.r
        a = str(r.choice([1 << 30, 1 << 31, 1 << 32, 1 << 62, 1 << 63, 1 << 64, 10**20, 3**60]) + r.randrange(-2, 3))
        a = r.choice(["", "-"]) + a
        if d > 2 or r.random() < 0.3:
            return a
        b = self.pick(lambda: self.e_big(d + 1), lambda: self.e_int(d + 1))
        return "(%s %s %s)" % (a, r.choice(["+", "-", "*", "//", "%", "&", "|", "^"]), b)

    def e_float(self, d):
        r = self.r
        if d > 3 or r.random() < 0.3:
            return r.choice(["0.0", "1.0", "-1.5", "0.1", "2.5", "3.75", "1e10", "1e-5", "-0.25", "123.456", "1e100", "float('inf')", "0.5"])
        a, b = self.fit("float", d + 1), self.pick(lambda: self.fit("float", d + 1), lambda: self.fit("int", d + 1))
        return self.pick("(%s %s %s)" % (a, r.choice(["+", "-", "*", "/", "//", "%"]), b), "(%s / %s)" % (self.e_int(d + 1), b),
                         "float(%s)" % self.any(d + 1), "abs(%s)" % a, "round(%s, %s & 3)" % (a, self.e_int(d + 1)), "(-%s)" % a,
                         "float(%r)" % r.choice(["1.5", " 2 ", "1e3", "-.5", "5.", ".", "1e", "nan", "-inf", "1_0", "", "0x1"]))

    def e_slice(self, d):
        r = self.r
        part = lambda: r.choice(["", "", str(r.randrange(-8, 9)), str(r.randrange(-3, 4)), self.e_int(d + 2)])
        return "%s:%s" % (part(), part()) if r.random() < 0.7 else "%s:%s:%s" % (part(), part(), r.choice(["1", "-1", "2", "-2", "3", "", "-7"]))

    def text(self):
        r = self.r
        pieces = ["a", "b", "ab", "x", " ", "  ", "Z", "é", "日", "\\n", "0", "12", ",", "-", "abc", "%", "{", "}", "A", "_", "\\t", "q'", "ß"]
        return "".join(r.choice(pieces) for _ in range(r.randrange(0, 5)))

    def e_str(self, d):
        r = self.r
        if d > 3 or r.random() < 0.3:
            return '"%s"' % self.text()
        a, b = self.fit("str", d + 1), self.fit("str", d + 1)
        return self.pick(
            "(%s + %s)" % (a, b), "(%s * %s)" % (a, r.randrange(-1, 4)), "%s[%s]" % (a, self.e_slice(d)), "%s[%s]" % (a, self.e_int(d + 1)),
            "%s.%s()" % (a, r.choice(["upper", "lower", "strip", "lstrip", "rstrip"])), "%s.%s(%s)" % (a, r.choice(["strip", "lstrip", "rstrip"]), b),
            "%s.replace(%s, %s)" % (a, b, self.fit("str", d + 1)), "%s.replace(%s, %s, %d)" % (a, b, self.fit("str", d + 1), r.randrange(-1, 3)),
            "%s.join(%s)" % (a, self.e_strs(d + 1)), "str(%s)" % self.any(d + 1), "repr(%s)" % self.any(d + 1),
            "%s.center(%d)" % (a, r.randrange(0, 12)), "chr(%s)" % self.e_int(d + 1), lambda: self.fmt(d), lambda: self.percent(d), lambda: self.fstring(d),
            "%s(%s)" % (r.choice(["hex", "oct", "bin"]), self.fit("int", d + 1)), "%s.decode()" % self.e_bytes(d + 1),
            "(%s or %s)" % (a, b), "max(%s, %s)" % (a, b), "''.join(sorted(%s))" % a, "''.join(reversed(%s))" % a)

    def e_strs(self, d):
        r = self.r
        a, b = self.fit("str", d + 1), self.fit("str", d + 1)
        return self.pick("[%s, %s]" % (a, b), "(%s, %s, %s)" % (a, b, a), "%s.split()" % a, "%s.split(%s)" % (a, b), "%s.rsplit(%s, 1)" % (a, b),
                         "%s.split(None, %d)" % (a, r.randrange(-1, 3)), "%s.splitlines()" % a, "%s.partition(%s)" % (a, b),
                         "%s.rpartition(%s)" % (a, b), "[str(i) for i in %s]" % self.e_list(d + 1), "list(%s)" % a, "{%s: 1}" % a)

    def spec(self, kinds):
        r = self.r
        s = r.choice(["", "", "", "<", ">", "^", "=", "*<", "0>", "_^", "x="]) + r.choice(["", "", "+", "-", " "]) + r.choice(["", "", "#"])
        s += r.choice(["", "", "0"]) + r.choice(["", "", "1", "5", "10", "12"]) + r.choice(["", "", "", ",", "_"])
        return s + r.choice(["", "", "", ".0", ".2", ".5"]) + r.choice(kinds)

    def fmt(self, d):
        r = self.r
        kind, types = r.choice([("int", ["d", "x", "X", "o", "b", "c", "", "n", "f", "e"]), ("float", ["f", "e", "g", "", "%", "F", "G", "E"]),
                                ("str", ["s", ""]), ("big", ["d", "x", "", "o", "b"]), ("bool", ["d", "", "x"]), ("none", ["", "s"])])
        value = self.fit(kind, d + 1)
        return self.pick("'{:%s}'.format(%s)" % (self.spec(types), value), "format(%s, '%s')" % (value, self.spec(types)),
                         "'{0:%s}|{0}'.format(%s)" % (self.spec(types), value), "'{1}{0!r}{a}'.format(%s, %s, a=%s)" % (value, value, value),
                         "'{:>{}}'.format(%s, %d)" % (value, r.randrange(0, 12)), "'{0[1]}'.format(%s)" % self.e_list(d + 1),
                         "'%s'.format(%s)" % (r.choice(["{", "}", "{{}}", "{}{}", "{!s}", "{:", "{a}", "{0}{}", "{!x}", "{1}", "{}}"]), value))

    def percent(self, d):
        r = self.r
        conversion = r.choice(["d", "i", "x", "X", "o", "s", "r", "c", "f", "e", "g", "%", "u", "z", "G", "F"])
        value = self.fit({"s": "str", "r": "any", "c": "int", "f": "float", "e": "float", "g": "float", "G": "float", "F": "float"}
                         .get(conversion, "int") if conversion != "r" else "list", d + 1)
        directive = "%" + r.choice(["", "", "-", "0", "+", " ", "#", "-0", "+0"]) + r.choice(["", "", "3", "8", "*"]) + r.choice(
            ["", "", ".0", ".2", ".5", ".*"]) + conversion
        values = ["5"] * directive.count("*") + ([] if conversion == "%" else [value])
        return self.pick("(%r %% (%s))" % ("<" + directive + ">", "".join(v + ", " for v in values)), "(%r %% %s)" % (directive, value),
                         "('%%(a)s %%(b)%s' %% {'a': %s, 'b': %s})" % (conversion, value, value))

    def fstring(self, d):
        value = self.fit(self.r.choice(["int", "float", "str"]), 3)
        if '"' in value or "'" in value or "{" in value or "\\" in value:
            value = "x0"
        spec = self.r.choice(["", "", ":5", ":>8", "!r", ":x", "!s:^7", "=", ":.3", ":{5}", ":0{1+3}", "!a"])
        return "(lambda x0: f'<{%s%s}>')(%s)" % (value, spec, self.fit(self.r.choice(["int", "str", "float"]), d + 1))

    def e_bytes(self, d):
        r = self.r
        if d > 3 or r.random() < 0.3:
            return "b'%s'" % "".join(r.choice(["a", "b", "\\x00", "\\xff", " ", "Z", "12", "\\n", ","]) for _ in range(r.randrange(0, 5)))
        a, b = self.fit("bytes", d + 1), self.fit("bytes", d + 1)
        return self.pick("(%s + %s)" % (a, b), "(%s * %d)" % (a, r.randrange(-1, 4)), "%s[%s]" % (a, self.e_slice(d)), "bytes(%s)" % self.e_list(d + 1),
                         "%s.encode()" % self.e_str(d + 1), "bytes(%s & 15)" % self.e_int(d + 1), "%s.replace(%s, %s)" % (a, b, a), "bytearray(%s)" % a,
                         "%s.join([%s, %s])" % (a, b, a), "(%s & 65535).to_bytes(2, 'big')" % self.e_int(d + 1), "%s.strip(%s)" % (a, b),
                         "%s.upper()" % a, "bytes(memoryview(%s)[%s])" % (a, self.e_slice(d)), "bytes(reversed(%s))" % a)

    def items(self, d):
        return ", ".join(self.any(d + 1) for _ in range(self.r.randrange(0, 4)))

    def ints(self, d):
        return "[%s]" % ", ".join(self.e_int(d + 2) for _ in range(self.r.randrange(0, 6)))

    def e_list(self, d):
        r = self.r
        if d > 3 or r.random() < 0.25:
            return "[%s]" % ", ".join(str(r.randrange(-9, 20)) for _ in range(r.randrange(0, 6)))
        a, b = self.fit("list", d + 1), self.fit("list", d + 1)
        iterable = self.pick(lambda: a, lambda: self.e_tuple(d + 1), lambda: self.e_range(d + 1), lambda: self.e_bytes(d + 1), lambda: self.e_str(d + 1))
        return self.pick(
            "[%s]" % self.items(d), lambda: self.ints(d), "(%s + %s)" % (a, b), "(%s * %d)" % (a, r.randrange(-1, 4)), "%s[%s]" % (a, self.e_slice(d)),
            "list(%s)" % iterable, "sorted(%s)" % iterable, "sorted(%s, reverse=True)" % self.ints(d), "sorted(%s, key=lambda x: -x)" % self.ints(d),
            "[x for x in %s]" % iterable, "[x * 2 for x in %s if x]" % iterable, "[(x, y) for x in %s for y in %s]" % (self.ints(d), self.ints(d)),
            "list(map(lambda x: %s, %s))" % (self.r.choice(["x", "-x", "x + 1", "str(x)", "[x]"]), iterable), "list(filter(None, %s))" % iterable,
            "list(enumerate(%s, %s))" % (iterable, self.e_int(d + 1)), "list(zip(%s, %s))" % (iterable, a), "list(reversed(%s))" % a,
            "[*%s, *%s]" % (iterable, a), "list(%s.items())" % "{%s: %s}" % (self.e_int(d + 1), self.any(d + 1)), "%s.copy()" % a, "[*range(%d)]" % r.randrange(6))

    def e_tuple(self, d):
        r = self.r
        if d > 3 or r.random() < 0.3:
            return "(%s)" % "".join("%d, " % r.randrange(-9, 20) for _ in range(r.randrange(0, 5)))
        a, b = self.fit("tuple", d + 1), self.fit("tuple", d + 1)
        return self.pick("(%s + %s)" % (a, b), "(%s * %d)" % (a, r.randrange(-1, 4)), "%s[%s]" % (a, self.e_slice(d)), "tuple(%s)" % self.e_list(d + 1),
                         "(%s,)" % self.any(d + 1), "divmod(%s, %s)" % (self.e_int(d + 1), self.e_int(d + 1)), "(*%s, *%s)" % (a, self.e_str(d + 1)),
                         "%s.partition(%s)" % (self.e_str(d + 1), self.e_str(d + 1)))

    def e_range(self, d):
        r = self.r
        a = "range(%s)" % ", ".join(str(r.randrange(-6, 12)) for _ in range(r.randrange(1, 4)))
        return a if r.random() < 0.7 else "%s[%s]" % (a, self.e_slice(d))

    def key(self, d):
        return self.pick(lambda: self.e_int(d + 2), lambda: self.e_str(3), lambda: self.e_tuple(3), "None", "True", "2.0", "1.5", "b'a'")

    def e_dict(self, d):
        r = self.r
        base = "{%s}" % ", ".join("%s: %s" % (self.key(d), self.any(d + 2)) for _ in range(r.randrange(0, 4)))
        if d > 3 or r.random() < 0.4:
            return base
        a = self.fit("dict", d + 1)
        return self.pick("{k: v for k, v in %s.items()}" % a, "{x: x * 2 for x in %s}" % self.e_list(d + 1), "dict(%s)" % a, "dict(a=%s, b=%s)" % (
            self.any(d + 1), self.any(d + 1)), "dict([(%s, %s)])" % (self.key(d), self.any(d + 1)), "{**%s, **%s}" % (a, base), "(%s | %s)" % (a, base),
            "dict.fromkeys(%s, %s)" % (self.e_list(d + 1), self.e_int(d + 1)), "dict(zip(%s, %s))" % (self.e_str(d + 1), self.e_list(d + 1)))

    def e_set(self, d):
        r = self.r
        base = "{%s}" % ", ".join(self.key(d) for _ in range(r.randrange(1, 5)))
        if d > 3 or r.random() < 0.3:
            return base
        a = self.fit("set", d + 1)
        return self.pick("(%s %s %s)" % (a, r.choice("|&-^"), base), "set(%s)" % self.e_list(d + 1), "frozenset(%s)" % self.e_list(d + 1),
                         "%s.%s(%s)" % (a, r.choice(["union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset",
                                                       "isdisjoint"]), self.pick(lambda: base, lambda: self.e_list(d + 1))), "{x for x in %s}" % self.e_list(d + 1))

    # ---- statements -------------------------------------------------------------------------------------------------
    def block(self, depth, names, loop, indent):
        """Lines of statements over the integer variables `names`; every loop ends."""
        r, lines = self.r, []
        pad = "    " * indent
        for _ in range(r.randrange(1, 4)):
            v = r.choice(names)
            e = lambda: r.choice([r.choice(names), str(r.randrange(-3, 9)), "%s %s %s" % (r.choice(names), r.choice("+-*&|^"), r.randrange(1, 7)),
                                  "%s %s %s" % (r.choice(names), r.choice(["//", "%"]), r.choice(names))])
            c = lambda: "%s %s %s" % (r.choice(names), r.choice(["<", ">", "==", "!=", "<=", "in"]), r.choice(names + ["0", "2", "(1, 2, 3)"]))
            kind = r.randrange(18) if depth < 4 else r.randrange(5)
            if kind < 2:
                lines.append(pad + "%s = %s" % (v, e()))
            elif kind == 2:
                lines.append(pad + "log.append(%s)" % e())
            elif kind == 3:
                lines.append(pad + "%s %s= %s" % (v, r.choice(["+", "-", "*", "&", "|", "^", ">>", "//"]), e()))
                lines.append(pad + "%s = %s %% 97 if isinstance(%s, int) else 1" % (v, v, v))
            elif kind == 4:
                lines.append(pad + r.choice(["pass", "%s, %s = %s, %s" % (v, r.choice(names), e(), e()), "raise %s(%s)" % (
                    r.choice(["ValueError", "KeyError", "TypeError"]), v), "return %s" % e(), "break" if loop else "pass", "continue" if loop else "pass",
                    "assert %s, %s" % (c(), v), "del %s" % v, "%s = [%s for %s in range(3) if %s]; %s = len(%s)" % (v, e(), v, c(), v, v)]))
            elif kind in (5, 6):
                lines.append(pad + "if %s:" % c())
                lines += self.block(depth + 1, names, loop, indent + 1)
                if r.random() < 0.4:
                    lines.append(pad + "elif %s:" % c())
                    lines += self.block(depth + 1, names, loop, indent + 1)
                if r.random() < 0.5:
                    lines.append(pad + "else:")
                    lines += self.block(depth + 1, names, loop, indent + 1)
            elif kind in (7, 8):
                lines.append(pad + "for %s in %s:" % (v, r.choice(["range(%d)" % r.randrange(5), "range(%s & 3)" % v, "(3, 1, 2)", "range(5, 0, -2)", "'12'",
                                                                     "gen(%s)" % r.choice(names)])))
                lines += self.block(depth + 1, names, True, indent + 1)
                if r.random() < 0.3:
                    lines.append(pad + "else:")
                    lines += self.block(depth + 1, names, loop, indent + 1)
            elif kind == 9:
                counter = "n%d" % depth
                lines.append(pad + "%s = 0" % counter)
                lines.append(pad + "while %s < %d:" % (counter, r.randrange(1, 5)))
                lines.append(pad + "    %s += 1" % counter)
                lines += self.block(depth + 1, names, True, indent + 1)
                if r.random() < 0.3:
                    lines.append(pad + "else:")
                    lines += self.block(depth + 1, names, loop, indent + 1)
            elif kind in (10, 11, 12):
                lines.append(pad + "try:")
                lines += self.block(depth + 1, names, loop, indent + 1)
                handlers = r.random() < 0.75
                if handlers:
                    lines.append(pad + r.choice(["except ValueError as err:", "except (KeyError, TypeError):", "except Exception as err:", "except NameError:"]))
                    lines += self.block(depth + 1, names, loop, indent + 1)
                    if r.random() < 0.3:
                        lines.append(pad + "except:")
                        lines += self.block(depth + 1, names, loop, indent + 1) + ([pad + "    raise"] if r.random() < 0.3 else [])
                    if r.random() < 0.3:
                        lines.append(pad + "else:")
                        lines += self.block(depth + 1, names, loop, indent + 1)
                if not handlers or r.random() < 0.5:
                    lines.append(pad + "finally:")
                    lines += self.block(depth + 1, names, False if r.random() < 0.5 else loop, indent + 1)
            elif kind == 13:
                lines.append(pad + "with Guard(log, %s)%s:" % (e(), r.choice(["", " as g"])))
                lines += self.block(depth + 1, names, loop, indent + 1)
            elif kind == 14 and depth < 3:
                inner = "f%d%d" % (depth, r.randrange(100))
                lines.append(pad + "def %s(p=%s, *q, **k):" % (inner, r.choice(names)))
                own = r.random() < 0.4
                if own:
                    lines.append(pad + "    nonlocal %s" % v)
                lines.append(pad + "    if p == 77: yield p" if r.random() < 0.3 else pad + "    pass")
                lines += self.block(depth + 2, ["p"] + ([v] if own else []), False, indent + 1)
                lines.append(pad + r.choice(["log.append(%s(%s))", "log.append(list(%s(%s) or ()))", "%s(1, *(2, 3), z=%s)"]) % (inner, v))
                if "yield" in "".join(lines[-12:]):
                    lines[-1] = pad + "log.append(list(%s(%s)))" % (inner, v)
            elif kind == 15:
                lines.append(pad + "log.append([%s for %s in %s])" % (e(), v, r.choice(["(1, 2)", "gen(%s)" % v, "range(4)"])))
            elif kind == 16:
                lines.append(pad + "log.append((lambda z, y=%s: z - y if z > y else %s)(%s))" % (e(), e(), e()))
            else:
                lines.append(pad + "match = {%s: %s}.get(%s, %s); log.append(match)" % (e(), e(), e(), e()))
        return lines

    # ---- classes and generators -------------------------------------------------------------------------------------
    SPECIAL = ["__add__(self, o)", "__radd__(self, o)", "__iadd__(self, o)", "__sub__(self, o)", "__rsub__(self, o)", "__mul__(self, o)", "__lt__(self, o)",
               "__gt__(self, o)", "__eq__(self, o)", "__ne__(self, o)", "__contains__(self, o)", "__getitem__(self, o)", "__setitem__(self, o, v)",
               "__delitem__(self, o)", "__len__(self)", "__bool__(self)", "__str__(self)", "__repr__(self)", "__call__(self, *a, **k)", "__hash__(self)",
               "__getattr__(self, n)", "__iter__(self)", "__next__(self)", "__neg__(self)", "__abs__(self)", "__int__(self)", "__enter__(self)",
               "__exit__(self, *a)", "m(self, p=1)", "n(self)", "__invert__(self)", "__and__(self, o)", "__rand__(self, o)", "__divmod__(self, o)"]

    def method(self, head, base):
        r = self.r
        name = head.split("(")[0]
        lines = ["        log.append((%r, type(self).__name__))" % name]
        value = {"__len__": "3", "__bool__": "self.v > 2", "__str__": "'S%d' % self.v", "__repr__": "'R%d' % self.v", "__hash__": "self.v", "__int__": "self.v", "__getitem__": "[self.v, 1, 2][o]",
                 "__iter__": r.choice(["iter([self.v, 1])", "self"]), "__exit__": r.choice(["True", "None"])}.get(name)
        if name == "__next__":
            return lines + ["        self.v += 1", "        if self.v > 6: raise StopIteration", "        return self.v"]
        if name == "__getattr__":
            return lines + ["        if n == 'w': return self.v", "        raise AttributeError(n)"]
        if value is None or (r.random() < 0.1 and name != "__getitem__"):  # iteration by items must end
            arguments = head[head.index("(") + 1 : -1].replace("self, ", "").replace("self", "").replace("=1", "")
            value = r.choice(["self", "NotImplemented", "self.v", "'t'", "None", "(self.v, 2)", "True", "o" if "o" in arguments.split(", ") else "5"] + (
                ["super().%s(%s)" % (name, arguments)] * 3 if base else []))
        if r.random() < 0.08:
            value = "[][1]"
        return lines + ["        return " + value]

    def classes(self):
        r, lines = self.r, []
        names = ["A", "B", "C"][: r.randrange(1, 4)]
        for i, name in enumerate(names):
            base = r.choice(names[:i] + [""]) if i else ""
            lines.append("    class %s%s:" % (name, "(%s)" % base if base else ""))
            lines += ["        k = %d" % r.randrange(9)] if r.random() < 0.5 else []
            if not base or r.random() < 0.3:
                lines += ["        def __init__(self, v=%d):" % r.randrange(6)] + (["            super().__init__(v)"] if base else ["            self.v = v"])
            for head in r.sample(self.SPECIAL, r.randrange(1, 8)):
                lines.append("        def %s:" % head)
                lines += ["    " + line for line in self.method(head, base)]
            if r.random() < 0.4:
                lines += ["        @property", "        def x(self): return self.v", "        @x.setter", "        def x(self, v): self.v = v"]
            if r.random() < 0.3:
                lines += ["        @classmethod", "        def c(cls, q=2): return cls.__name__, q", "        @staticmethod", "        def s(q=2): return q"]
        lines.append("    o = [%s]" % ", ".join("%s(%d)" % (r.choice(names), r.randrange(6)) for _ in range(3)))
        for _ in range(r.randrange(3, 9)):
            a, b = ("o[%d]" % r.randrange(3) for _ in range(2))
            b = r.choice([b, b, "3", "'q'", "None"])
            e = r.choice(["%s %s %s" % (a, r.choice(["+", "-", "*", "<", ">", "==", "!=", "<=", ">=", "&", "is"]), b), "%s + %s" % (b, a), "%s in %s" % (b, a),
                          "%s[%s]" % (a, b), "len(%s)" % a, "bool(%s)" % a, "str(%s)" % a if 0 else "not %s" % a, "%s()" % a, "%s(1, z=2)" % a, "%s.x" % a, "%s.w" % a,
                          "%s.k" % a, "%s.m()" % a, "%s.m(p=2)" % a, "%s.n()" % a, "%s.c()" % a, "%s.s(q=1)" % a, "list(%s)" % a, "-%s" % a, "abs(%s)" % a, "~%s" % a,
                          "isinstance(%s, %s)" % (a, r.choice(names)), "hasattr(%s, %r)" % (a, r.choice(["v", "k", "m", "x", "w", "c"])), "getattr(%s, 'y', 4)" % a,
                          "sum(%s)" % a, "int(%s)" % a, "divmod(%s, %s)" % (a, b), "[*%s][:9]" % a, "{%s: 1}[%s]" % (a, b), "sorted([%s, %s]) and 1" % (a, a),
                          "%s.m.__name__" % a, "issubclass(%s, %s)" % (r.choice(names), r.choice(names)), "max(%s, 3)" % a, "%s.v" % a, "dict(v=%s.v)" % a])
            statement = r.choice(["log.append(%s)" % e] * 6 + ["%s.x = 8; log.append(%s.v)" % (a, a), "%s[1] = 2" % a, "del %s[1]" % a, "t = %s; t += %s; log.append(t)" % (a, b),
                                                               "del %s.v" % a, "%s.new = 5; log.append(%s.new)" % (a, a), "with %s: [][5]" % a, "i, j = %s; log.append(i)" % a])
            lines += ["    try: " + statement, "    except Exception as e: log.append(type(e).__name__)"]
        return lines + ["    return len(log)"]

    def generators(self):
        r, lines = self.r, []
        names = ["g0", "g1", "g2"]
        for i, name in enumerate(names):
            lines.append("    def %s(x):" % name)
            body = ["log.append(x)"]
            for _ in range(r.randrange(1, 5)):
                body += r.choice([["y = yield x", "log.append(y)"], ["yield from %s" % r.choice(["(1, 2)"] + ["%s(x + 1)" % n for n in names[:i]])], ["return x"] if r.random() < 0.3
                                  else ["x += 1"], ["try:", "    z = yield 5", "    log.append(z)", "except %s as e:" % r.choice(["ValueError", "GeneratorExit", "Exception"]),
                                                    "    log.append(type(e).__name__)", "    " + r.choice(["pass", "raise", "yield 6", "return 7"])],
                                  ["try:", "    yield 8", "finally:", "    log.append('f')"], ["for i in range(2):", "    yield i"],
                                  ["w = yield from %s" % (names[i - 1] + "(9)" if i else "()"), "log.append(w)"]])
            lines += ["        " + line for line in body + ["yield 0"]]
        lines += ["    k = [%s]" % ", ".join("%s(%d)" % (r.choice(names), r.randrange(4)) for _ in range(2))]
        for _ in range(r.randrange(4, 12)):
            k = "k[%d]" % r.randrange(2)
            e = r.choice(["next(%s)", "next(%s)", "next(%s, 'end')", "%s.send(None)", "%s.send(3)", "%s.throw(ValueError)", "%s.throw(KeyError('k'))", "%s.close()", "list(%s)",
                          "[i for i in %s if i]", "sum(%s)", "3 in %s", "%s.throw(GeneratorExit)", "%s.throw(ValueError, ValueError(1))"]) % k
            lines += ["    try: log.append(%s)" % e, "    except StopIteration as e: log.append(('stop', e.value))", "    except Exception as e: log.append((type(e).__name__, e.args))",
                      "    except GeneratorExit: log.append('exit')"]
        return lines + ["    return len(log)"]

    def program(self):
        body = self.block(0, ["a", "b", "c"], False, 1)
        return ["    a, b, c = %d, %d, %d" % tuple(self.r.randrange(-2, 9) for _ in range(3))] + body + ["    return (a, b, c)"]


STATEMENTS = '''
def gen(n):
    try:
        for i in range((n if isinstance(n, int) else 1) & 3):
            yield i
    finally:
        pass


class Guard:
    def __init__(self, log, n):
        self.log, self.n = log, n

    def __enter__(self):
        self.log.append("in")
        return self

    def __exit__(self, kind, value, trace):
        self.log.append(kind.__name__ if kind else "out")
        return self.n == 2
'''


def script_make(rng, count, kinds):
    cases, source = [], [PRELUDE, STATEMENTS]
    for n in range(count):
        maker = Maker(rng)
        kind = rng.choice(kinds)
        if kind == "stmt":
            lines = ["def case(log):"] + rng.choice([maker.program, maker.classes, maker.generators])()
        else:
            expression = maker.any() if kind == "any" else getattr(maker, "e_" + kind)(0)
            lines = ["def case(log):", "    return " + expression]
        text = "\n".join(lines)
        try:
            compile(text, "case", "exec")
        except (SyntaxError, ValueError, RecursionError, OverflowError):
            text = "def case(log):\n    pass"
        cases.append(text)
        source.append("out(%d, %r)" % (n, text))
    return cases, "\n".join(source)


def answers(command, cwd, count):
    try:
        p = subprocess.run(command, cwd=cwd, capture_output=True, timeout=120)
        text, status = p.stdout.decode("utf-8", "replace") + p.stderr.decode("utf-8", "replace"), p.returncode
    except subprocess.TimeoutExpired:
        text, status = "", "late"
    found = ["(nothing: %s)" % status] * count
    last = None
    for line in text.split("\n"):
        number, colon, rest = line.partition(": ")
        if colon and number.isdigit() and int(number) < count:
            last = int(number)
            found[last] = rest.strip()
        elif last is not None and line.strip():
            found[last] += " / " + line.strip()[:200]
    return found, status


def words_off(answer):
    return answer.split(" ")[0] if answer.startswith("!") else answer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(TOP, "build", "normal"))
    parser.add_argument("--oracle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--kind", nargs="+", default=["any", "any", "any", "str", "int", "list", "stmt", "stmt"])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    counts = collections.Counter()
    micropython = os.path.join(os.path.abspath(options.build), "micropython")
    for seed in range(options.seed, options.seed + options.rounds):
        cases, source = script_make(random.Random(seed), options.cases, options.kind)
        with tempfile.TemporaryDirectory(prefix="differential-") as folder:
            with open(os.path.join(folder, "x.py"), "w", encoding="utf-8") as f:
                f.write(source)
            there, _ = answers([sys.executable, "-W", "ignore", "x.py"], folder, options.cases)
            here, status = answers([micropython, "x.py"], folder, options.cases)
            decided = answers(options.oracle.split() + ["run", "x.py"], folder, options.cases)[0] if options.oracle else None
        if status != 0:
            print("seed %d: exit status %s\n%s" % (seed, status, here[-1]))
            counts["died"] += 1
        for n in range(options.cases):
            counts["cases"] += 1
            if decided:
                wrong = here[n] != decided[n] and not SMALLER.search(decided[n])
                counts["not as CPython, as the oracle"] += not wrong and words_off(here[n]) != words_off(there[n])
            else:
                wrong = words_off(here[n]) != words_off(there[n])
            if wrong:
                counts["wrong"] += 1
                print("seed %d case %d\n%s\n  here:    %s\n  oracle:  %s\n  CPython: %s" % (
                    seed, n, cases[n], here[n], decided[n] if decided else "-", there[n]), flush=True)
    print(", ".join("%s %d" % pair for pair in sorted(counts.items())))
    sys.exit(1 if counts["wrong"] or counts["died"] else 0)


if __name__ == "__main__":
    main()
