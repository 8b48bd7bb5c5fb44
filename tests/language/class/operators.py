# SPDX-License-Identifier: MIT
# Special methods of operators: which exist, in which order operands are asked, what results are passed on.


def attempt(text, **names):
    try:
        print(text, "=", eval(text, names))
    except Exception as e:
        print(text, type(e).__name__, e)


def method(name):
    return lambda self, *args: (name,) + args


binary = (
    "or xor and lshift rshift add sub mul matmul floordiv truediv mod pow"
).split()
symbols = "| ^ & << >> + - * @ // / % **".split()
A = type("A", (), {"__%s__" % n: method(n) for n in binary})
R = type("R", (), {"__r%s__" % n: method("r" + n) for n in binary})
for s in symbols:
    attempt("a %s 1" % s, a=A())
    attempt("1 %s r" % s, r=R())
    attempt("r %s 1" % s, r=R())

C = type("C", (), {"__%s__" % n: method(n) for n in "lt gt le ge eq ne".split()})
for s in "< > <= >= == !=".split():
    attempt("c %s 1" % s, c=C())
# comparisons are not reflected, equality is
attempt("1 < c", c=C())
attempt("1 == c", c=C())
attempt("1 != c", c=C())

U = type("U", (), {"__%s__" % n: method(n) for n in "pos neg invert abs".split()})
for s in ("+u", "-u", "~u", "abs(u)", "not u"):
    attempt(s, u=U())
    attempt(s, u=object())


# in-place: only += and -= have methods of their own
class I:
    def __iadd__(self, o):
        print("iadd", o)
        return self

    def __isub__(self, o):
        return NotImplemented

    def __sub__(self, o):
        return "sub"

    def __imul__(self, o):
        return "imul"


i = I()
i += 1
print(type(i))
i -= 1
print(i)
i = I()
try:
    i *= 1
except TypeError as e:
    print("TypeError", e)


# NotImplemented: not answered
class N:
    def __add__(self, o):
        return NotImplemented

    def __eq__(self, o):
        return NotImplemented

    def __lt__(self, o):
        return NotImplemented


attempt("n + 1", n=N())
attempt("n == 1", n=N())
attempt("n != 1", n=N())
attempt("n < 1", n=N())


class E:
    def __eq__(self, o):
        return True


e = E()
print(e == 1, e != 1, 1 == e, [e] == [5], 3 in [e], e in [3], (1,) == e)
try:
    hash(e)
except TypeError as x:
    print(x)


# the result of a comparison is any object; != turns it into a bool
class Odd:
    def __eq__(self, o):
        return 7

    def __contains__(self, o):
        return "yes"


print(Odd() == 1, Odd() != 1, 1 in Odd(), 1 not in Odd())

for text in ("1 + ''", "1 < ''", "[] + 1", "None + 1", "-''", "~1.5", "1 @ 1", "divmod(1, '')", "1 in 5", "1 in 1.5", "{} < {}", "1 ** ''"):
    attempt(text)
for text in ("x += ''", "x -= None", "x **= ''", "x |= 1.5"):
    try:
        exec(text, {"x": 1})
    except TypeError as x:
        print(text, x)
