# pow(x, 0, m) is 1 brought into the range of m, as in CPython; MicroPython 1.28 gives 0 for x = 0, and 1 when m is negative.
print(pow(0, 0, 8), pow(2, 0, -7), pow(2, 0, 1))
