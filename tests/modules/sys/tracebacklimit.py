# sys.tracebacklimit: absent until it is set; how many lines of a traceback are printed, outermost first; it can be deleted again.
import io
import sys


def fall(depth):
    if depth:
        fall(depth - 1)
    raise ValueError("down")


def lines():
    s = io.StringIO()
    try:
        fall(3)
    except ValueError as e:
        sys.print_exception(e, s)
    return [line.strip().split(", ", 1)[-1] for line in s.getvalue().splitlines()]


print(hasattr(sys, "tracebacklimit"), len(lines()))
for limit in (1000, 3, 2, 1, 0, -1):
    sys.tracebacklimit = limit
    print(sys.tracebacklimit, lines())
del sys.tracebacklimit
print(hasattr(sys, "tracebacklimit"), len(lines()))
sys.tracebacklimit = None
print(len(lines()))
