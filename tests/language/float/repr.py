# repr of floats: the shortest digits that read back, plain from 1e-04 to 1e+16.
for x in (0.1, 1.0, -0.0, 100.0, 123456.789, 1e15, 1e16, 1e22, 1e23, 1e100, 1e-4, 1e-5, 1.5e-10, 123456789012345678.0, 0.1 + 0.2, 1 / 3, 2 / 3,
          1e300 * 10, 2.0**70, 2.0**-44, 9.95, 526.089, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324):
    print(x, -x)
for x in (float("inf"), float("-inf"), float("nan")):
    print(x, str(x), repr(x), [x])
x = 1.0
for i in range(300):
    x = x * 1.37 + 0.1
    assert float(repr(x)) == x
    assert float(repr(1 / x)) == 1 / x
