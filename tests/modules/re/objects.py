# re: functions and methods: positions, split, sub, matches, arguments.
import re


def show(f, *args):
    try:
        r = f(*args)
        print(r if r is None or isinstance(r, (str, bytes, list)) else (r.span(), r.groups()))
    except Exception as e:
        print(type(e).__name__, e.args)


r = re.compile("o")
for args in (("dog",), ("dog", 1), ("dog", -2), ("dog", 5), ("dog", 0, 1), ("dog", 1, 1), ("dog", 2, 1), ("dog", "x"), (1,), ()):
    show(r.match, *args)
    show(r.search, *args)
show(re.compile("^o").match, "dog", 1)
show(re.compile("").match, "dog", 2, 1)
show(re.compile("o").search, "\u00e9o\u00e9o", 2)
for args in (("foobo",), ("foobo", 1), ("foobo", 0), ("foobo", -1), (b"foobo",), ("",), (1,)):
    show(r.split, *args)
for pattern in ("(o)", "", "x*", "^ab", "^ab|cab"):
    show(re.compile(pattern).split, "ababcabxab")
for args in (("a", "b", "aXa"), ("a", "b", "aaa", 2), ("a", "b", "aaa", 0), ("a", "b", "aaa", -1), ("a", "b", "aaa", 1, 0), ("a", b"b", "aaa"), (b"a", "b", b"aaa"),
        ("(a)", r"<\1>", "xax"), ("(a)", r"<\g<1>>", "xax"), ("(a)", r"<\g<0>>", "xax"), ("(a)", r"\2", "a"), ("(a)", r"\g<2>", "a"), ("(a)", r"\g<x>", "a"), ("(a)", r"\g", "a"),
        ("(a)", r"\g<1", "a"), ("(a)", r"\x\n", "a"), ("(a)", "\\", "a"), ("(a)", "\\\\", "a"), ("a", r"\12", "a"), ("a*", "-", "baac"), ("", "-", "abc"), ("^", "-", "abc"),
        ("^a", "b", "aa"), ("(a)(b)?", r"[\2\1]", "aab"), ("a", 1, "a"), ("a", 1, "b"), ("a", "b", "x"), ("a", "b"), ("a", "b", "a", 1, 2, 3)):
    show(re.sub, *args)
show(re.sub, "a", lambda m: "<" + m.group(0) + ">", "aba")
show(re.sub, "a", lambda m: 1, "aba")
show(re.sub, "a", lambda m: b"x", "aba")
kept = []
re.sub(r"\d", lambda m: kept.append(m) or "", "1a2")
print([m.group(0) for m in kept])
m = re.match("(a)(b)?", "ac")
for i in (0, 1, 2, 3, -1, "x", None):
    for f in (m.group, m.start, m.end, m.span):
        try:
            print(f(i), end=" ")
        except Exception as e:
            print(type(e).__name__, e.args, end=" ")
    print()
print(m, m.start(), m.end(), m.span(), m.groups(), str(r)[:4])
show(m.group)
show(re.match, r, "o")
show(re.sub, r, "0", "foo")
show(re.compile, r)
try:
    type(r)("a")
except TypeError as e:
    print(e)
re.compile("^a|b[0-9^]\\w$|[^\\d\u20ac]*?(x)+", re.DEBUG)
