# dicts: integer and text keys, growth, iteration
def run():
    d = {}
    for i in range(700000):
        d[i * 7 % 600011] = i
    total = 0
    for i in range(700000):
        total += d.get(i, 1)
    names = {}
    for i in range(400000):
        k = "key" + str(i % 5000)
        names[k] = names.get(k, 0) + i
    for k, v in names.items():
        total += v & 15
    return len(d), total, len(names)
print(run())
