# small integers: nested counting loops
def run():
    total = 0
    for i in range(4000):
        for j in range(1000):
            total += (i ^ j) & 7
    n = 0
    while n < 3000000:
        n += 1
        if n % 3 == 0:
            total -= 1
    return total
print(run())
