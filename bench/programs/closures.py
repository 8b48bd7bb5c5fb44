# closures: cells, functions as values, map and filter
def make(n):
    total = 0
    def add(v):
        nonlocal total
        total += v * n
        return total
    return add
def compose(f, g):
    return lambda x: f(g(x))
def run():
    adders = [make(i) for i in range(10)]
    last = 0
    for i in range(400000):
        for a in adders:
            last = a(i)
    h = compose(lambda x: x + 1, lambda x: x * 2)
    s = 0
    for i in range(1000000):
        s += h(i)
    return last, s, len(list(filter(lambda v: v & 1, map(h, range(600000)))))
print(run())
