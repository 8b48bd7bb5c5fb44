# sys.settrace: exceptions in traced code, and in the trace function
import sys

log = []


def trace(frame, event, arg):
    if event == "exception":
        arg = (arg[0].__name__, str(arg[1]), arg[2] is None or "traceback")
        arg = arg[:2]
    elif event == "return" and arg is not None:
        arg = type(arg).__name__
    code = frame.f_code
    log.append((event, code.co_name, frame.f_lineno - code.co_firstlineno, arg))
    return trace


def show(what):
    print(what)
    for event, name, line, arg in log:
        print("   %-9s %s+%d %s" % (event, name, line, "" if arg is None else arg))
    log.clear()


def fails():
    raise ValueError("wrong")


def catches():
    try:
        fails()
    except KeyError:
        pass
    except ValueError:
        return 1


def passes_on():
    try:
        [][1]
    finally:
        log.append(("finally", "", 0, None))


class Source:
    def __init__(self):
        self.left = 1

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return 7


def iterates():
    for item in Source():
        pass


def outermost():
    try:
        passes_on()
    except IndexError as e:
        pass


for f in (catches, iterates, outermost):
    sys.settrace(trace)
    f()
    sys.settrace(None)
    show(f.__name__)


# An exception of the trace function comes out of the traced code, and ends the tracing.
def breaks(frame, event, arg):
    log.append((event, frame.f_code.co_name, 0, arg))
    if event == wanted:
        raise KeyError(event)
    return breaks


def victim():
    try:
        return fails()
    except ValueError:
        return 5


for wanted in ("call", "line", "exception", "return"):
    sys.settrace(breaks)
    try:
        print(wanted, victim())
    except KeyError as e:
        print(wanted, "raised", e, sys.gettrace())
    sys.settrace(None)
    print(len(log))
    log.clear()

sys.settrace(5)
try:
    victim()
except TypeError as e:
    print("TypeError", sys.gettrace())
