# list.sort() and sorted() keep equal items in their order, and call key once for each item; MicroPython's quicksort does neither.
pairs = [(2, "a"), (1, "b"), (2, "c"), (1, "d"), (2, "e"), (1, "f")] * 3
calls = []


def key(p):
    calls.append(p)
    return p[0]


ordered = sorted(pairs, key=key)
print([p[1] for p in ordered])
print(len(calls))
