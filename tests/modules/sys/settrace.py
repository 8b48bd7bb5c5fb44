# sys.settrace: calls, lines and returns of a program, with their arguments; frames that run already are not traced
import sys

log = []


def trace(frame, event, arg):
    code = frame.f_code
    log.append((event, code.co_name, frame.f_lineno - code.co_firstlineno, arg))
    return trace


def show(what):
    print(what)
    for event, name, line, arg in log:
        print("   %-9s %s+%d %s" % (event, name, line, "" if arg is None else arg))
    log.clear()


def add(a, b=2):
    return a + b


def branches(n):
    if n == 1:
        x = 10
    elif n == 2:
        x = 20
    else:
        x = 30
    while n:
        n -= 1
        x += 1
    for i in [1, 2]:
        x += i
    return x


class Box:
    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n


def objects():
    b = Box(3)
    m = b.get
    return list(map(lambda i: i + m(), [1, 2]))


def no_lines(frame, event, arg):
    log.append((event, frame.f_code.co_name, 0, arg))


def nested():
    def inner(*args, **kw):
        return len(args), sorted(kw)

    return inner(1, *[2, 3], k=4)


sys.settrace(trace)
log.append(("off?", "module", 0, sys.gettrace() is trace))
add(1)
sys.settrace(None)
show("one call")

sys.settrace(trace)
for n in (2, 3):
    branches(n)
sys.settrace(None)
show("branches")

sys.settrace(trace)
objects()
sys.settrace(None)
show("objects")

sys.settrace(trace)
nested()
sys.settrace(None)
show("nested")

sys.settrace(no_lines)
objects()
sys.settrace(None)
show("calls only")

add(1)
show("off")
print(sys.gettrace())
