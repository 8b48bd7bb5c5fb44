# math: domain errors, overflow, wrong arguments.
import math

inf, nan = math.inf, math.nan
for name in ("acos acosh asin asinh atan atanh cos cosh exp expm1 gamma lgamma log log10 log2 sin sinh sqrt tan tanh floor ceil trunc").split():
    line = [name]
    for x in (0.0, -1.0, 2.0, -2.0, 1e300, inf, -inf, nan):
        try:
            getattr(math, name)(x)
            line.append("ok")
        except (ValueError, OverflowError) as e:
            line.append(str(e))
    print(line)
for f in (lambda: math.pow(0, -1), lambda: math.pow(-8, 1 / 3), lambda: math.fmod(5, 0), lambda: math.fmod(inf, 1), lambda: math.log(8, 1),
          lambda: math.log(8, 0), lambda: math.log(8, -1), lambda: math.isclose(1, 1, rel_tol=-1), lambda: math.factorial(-1),
          lambda: math.factorial(2.0), lambda: math.sqrt("a"), lambda: math.sqrt(1j), lambda: math.ldexp(1, 1.5), lambda: math.isclose(1, 1, 1)):
    try:
        print(f())
    except (ValueError, TypeError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
