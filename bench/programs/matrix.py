# nested lists: matrix product and transposition
def mul(a, b):
    bt = list(zip(*b))
    return [[sum(x * y for x, y in zip(r, c)) for c in bt] for r in a]
def run():
    n = 120
    a = [[(i * j) % 7 for j in range(n)] for i in range(n)]
    for k in range(3):
        a = [[v % 11 for v in row] for row in mul(a, a)]
    return sum(sum(r) for r in a)
print(run())
