# cmath: every function.
from cmath import *


def show(c):
    print("%.9g %.9g" % (c.real, c.imag))


print(e, pi, phase(1j), phase(-1), polar(3), "%.9g %.9g" % polar(1 + 2j))
for z in (1 + 2j, 0.5, -1j, 3 + 4j):
    for f in (exp, log, log10, sqrt, sin, cos):
        show(f(z))
show(rect(1, 2))
print(log(0), exp(0), sqrt(0))
for f in (lambda: cos("a"), lambda: sqrt(None), lambda: rect(1, 2j), lambda: log(1, 2)):
    try:
        f()
    except TypeError as err:
        print(err)
