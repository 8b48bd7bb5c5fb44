# Operators of set and frozenset: kinds, results, refusals.
def show(text):
    s, f, e = {1, 2, 3}, frozenset((1, 2)), set()
    try:
        v = eval(text, {"s": s, "f": f, "e": e})
        print(text, "=", v, type(v).__name__)
    except Exception as x:
        print(text, type(x).__name__, x)


for op in ("|", "&", "-", "^", "<", "<=", ">", ">=", "==", "!="):
    for a in "sf":
        for b in "sfe":
            show(a + op + b)
for text in ("s|[1]", "s&5", "s-5", "s^5", "s<5", "s<=[1]", "s==[1]", "[1]|s", "s+s", "s*2", "-s", "~s", "s[0]", "s()", "hash(s)", "not s",
             "not e", "len(s)", "1 in s", "9 in s", "[] in s", "[] in e", "s in s", "f in {f}", "hash(f)==hash(frozenset((2,1)))", "f==frozenset((2,1))"):
    show(text)
s = {1, 2, 3}
t = s
s |= {9}
s -= {1}
s ^= {2, 5}
s &= {9, 5, 3}
print(sorted(t), s is t)
f = g = frozenset((1, 2))
f |= {3}
print(sorted(f), sorted(g))
print({1, 1.0, True}, {"a", b"a"} == {b"a", "a"}, set("hello") == {"l", "o", "h", "e"})
print(set(), frozenset(), {1}, frozenset({1}), {(1, 2)}, str({"a"}))
print(set("ab") == frozenset("ba"), frozenset("ab") == {"a", "b"}, set("ab") != frozenset("b"), [{1}] == [frozenset((1,))])
