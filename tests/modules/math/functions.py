# math: values at points where they are exact or nearly so.
from math import *

print(e, pi, tau, inf, nan)
for f in (sqrt, exp, expm1, log, log2, log10, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, atanh, fabs, degrees, radians, erf, erfc):
    print("%.9g %.9g" % (f(0.5), f(0.25)))
print("%.9g %.9g %.9g" % (acosh(2), gamma(0.5), lgamma(10)), gamma(5), gamma(1))
print(floor(1.5), ceil(1.5), trunc(-1.5), floor(-1.5), ceil(-0.5), floor(1e20), floor(True), trunc(7))
print(fmod(5, 3), fmod(-5, 3), copysign(1, -0.0), pow(2, 3), atan2(0, -1), atan2(-0.0, -1), ldexp(1.5, 3), ldexp(1, -3000), ldexp(1.0, 3000))
print(frexp(8), frexp(0), frexp(-0.3), frexp(inf), modf(-1.5), modf(inf), log(8, 2))
print(isnan(nan), isnan(1), isinf(-inf), isinf(1e308), isfinite(1), isfinite(nan))
print(factorial(0), factorial(5), factorial(30), isclose(1, 1 + 1e-10), isclose(1, 1.1), isclose(1, 1.1, rel_tol=0.1), isclose(0, 1e-9, abs_tol=1e-8))
print(isclose(inf, inf), isclose(inf, -inf), isclose(nan, nan), isclose(1, inf))
