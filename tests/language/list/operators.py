# + += * *= comparisons and `in`.
def refused(f):
    try:
        print(f())
    except TypeError as e:
        print(e)


l = [1, 2, 3]
m = l
m += (4,)
m += [5]
m += range(2)
m += m
print(l, l is m)
m = l
m *= 2
print(l is m, len(l), len(m))
print([1] + [2], [] + [], [0] * 5, 3 * [1, 2], [1] * 0, [1] * -1, [] * 100, [None] * True)
for op in ("<", "<=", ">", ">=", "==", "!="):
    print(op, [eval("a" + op + "b", {"a": a, "b": b}) for a in ([], [1], [1, 2], [2]) for b in ([], [1], [1, 3], [0, 9])])
print(2 in l, 99 in l, "a" in ["b", "a"], None in [], [] in [[]])
print([1] == (1,), [1] != (1,), [[1], 2] == [[1], 2], [1.0] == [1], ["a"] == ["b"])
refused(lambda: l + (1,))
refused(lambda: l * "a")
refused(lambda: l * 1.0)
refused(lambda: l < 5)
refused(lambda: l < (1,))
refused(lambda: [1] < ["a"])
refused(lambda: [1] >= ["a"])
refused(lambda: -l)
refused(lambda: hash(l))
refused(lambda: l())
print(bool([]), bool([0]), not [], len([[]]))
print(repr([None, True, 1.5, "a", b"b", (), [], {}]), str(["x"]))
