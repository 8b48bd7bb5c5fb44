# Every method of list, with the arguments it refuses.
l = [3, 1, 2]
l.append(9)
l.extend((7, 8))
l.extend(range(2))
l.extend(l)
l.extend("ab")
print(l, len(l))
print(l.pop(), l.pop(0), l.pop(-2), l.pop(True), l)
l.insert(1, "x")
l.insert(100, "end")
l.insert(-100, "start")
l.insert(-1, "last but one")
print(l)
l.remove("x")
print(l.index(7), l.index(7, 6), l.count(7), l.count(99))
l.reverse()
print(l)
c = l.copy()
l.clear()
print(l, c, c is not l, len(c))


def refused(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)


l = [1, 2, 3]
refused(lambda: l.pop(10))
refused(lambda: [].pop())
refused(lambda: l.pop("a"))
refused(lambda: l.pop(1, 2))
refused(lambda: l.remove(99))
refused(lambda: l.index(99))
refused(lambda: l.index(2, 2))
refused(lambda: l.index(2, 0, 1))
refused(lambda: l.index(2, "a"))
refused(lambda: l.index())
refused(lambda: l.append())
refused(lambda: l.append(1, 2))
refused(lambda: l.extend(5))
refused(lambda: l.clear(1))
refused(lambda: list.append(5, 1))
refused(lambda: l.x)
refused(lambda: list(5))
refused(lambda: list(1, 2))
refused(lambda: list(a=1))
print(list(), list("abc"), list((1, 2)), list({5: 6}), list(range(3)), list(x for x in "xy"))
