# big integers: digits of pi by a spigot, factorials, modular powers
def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(str(m))
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(out)
def run():
    f = 1
    for i in range(1, 6000):
        f *= i
    return pi_digits(3000)[-10:], f % 1000000007, pow(3, 10**40 + 7, 10**50 + 9)
print(run())
