# Indices, slices that are read, and what they refuse.
l = [1, 2, 3, 4, 5, 6]
print(l[0], l[-1], l[True], l[5], l[-6])
print(l[1:4:2], l[::-1], l[4:1:-1], l[-2:], l[:-2], l[10:], l[3:1], l[None:None], l[::100], l[-100:100])
for bad in (6, -7, "a", 1.0, None, (1,)):
    try:
        l[bad]
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
for bad in (lambda: l[::0], lambda: l["a":], lambda: l[1.5:], lambda: l[: 10**30]):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
