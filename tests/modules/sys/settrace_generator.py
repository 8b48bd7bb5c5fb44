# sys.settrace: each part of a generator is a call; throw, close, yield from, async functions
import sys

log = []


def trace(frame, event, arg):
    code = frame.f_code
    if event == "exception":
        arg = arg[0].__name__
    log.append((event, code.co_name, frame.f_lineno - code.co_firstlineno, arg))
    return trace


def run(what, f):
    sys.settrace(trace)
    f()
    sys.settrace(None)
    print(what)
    for event, name, line, arg in log:
        print("   %-9s %s+%d %s" % (event, name, line, "" if arg is None else arg))
    log.clear()


def numbers():
    try:
        x = yield 1
        yield x
    except ValueError:
        yield 3


def sends():
    g = numbers()
    next(g)
    g.send(2)


def throws():
    g = numbers()
    next(g)
    g.throw(ValueError)
    g.close()


def delegates():
    def all():
        yield from numbers()

    return list(all())


async def half():
    return 5


async def whole():
    return await half() + 1


def awaits():
    try:
        whole().send(None)
    except StopIteration:
        pass


run("send", sends)
run("throw", throws)
run("yield from", delegates)
run("await", awaits)
