# keys(), values(), items().
d = {1: 2, 3: 4}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), bool(k))
d[5] = 6
print(list(k), list(v), list(i), len(k))
print(1 in k, 2 in k, 2 in v, 1 in v, (1, 2) in i, (1, 3) in i)
print({}.keys(), {}.values(), {}.items(), bool({}.keys()))
print([a + b for a, b in {10: 1, 20: 2}.items()])
print({"a": "b"}.items(), type(k) is type(i), k == d.keys())


def refused(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


refused(lambda: k & {1})
refused(lambda: k[0])
refused(lambda: hash(k))
refused(lambda: k.x)
refused(lambda: type(k)())
