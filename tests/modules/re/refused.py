# re: what is no expression, and what is too large for one.
import re


def show(pattern, name=None):
    try:
        re.compile(pattern)
        print(name or repr(pattern), "ok")
    except (ValueError, TypeError) as e:
        print(name or repr(pattern), type(e).__name__, e)


for pattern in ("?", "*", "+", "??", ")", "(", "()", "(?:", "(?:)", "(?", "(?a", "(?=a)", "[", "[]", "[a", "[a-]", "[^", "[^]", r"[a\]", r"[\]]", "[\\", "\\", "a\\", "a**", "a*+",
        "a+?+", "a|", "|", "a||b", "(a|)", "^*", "$*", r"\b", "a]", "(?P<n>a)", "(?i)a", ")a", "a)b", "(a", "(a))", "*a", "(*a)", "|*", "x*?", "x???", "a{2,3}", b"a",
        bytearray(b"a"), 1, None):
    show(pattern)
for n in (63, 64):
    show("(a)" * n, "groups %d" % n)
    show("(?:" + "a" * n + ")?", "optional %d" % n)
    show("(?:" + "a" * (n - 1) + ")*", "repeated %d" % n)
    show("(?:" + "a" * n + ")+", "once or more %d" % n)
    show("a|" + "b" * n, "alternative %d" % n)
for n in (127, 128):
    show("[" + "a" * n + "]", "class %d" % n)
show("(?:a)" * 300, "groups that do not capture")
