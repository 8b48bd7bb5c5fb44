# lists: sieve, append, slices, sort with a key, comprehension
def sieve(n):
    flags = [True] * (n + 1)
    primes = []
    for i in range(2, n + 1):
        if flags[i]:
            primes.append(i)
            for j in range(i * i, n + 1, i):
                flags[j] = False
    return primes
def run():
    p = sieve(2000000)
    q = sorted(p, key=lambda v: v % 1009)
    r = [a * b for a, b in zip(p, q) if a & 1]
    s = r[10:5000]
    s.reverse()
    return len(p), q[100], r[-1], s[7], sum(r[::3])
print(run())
