# sys.settrace: code that a board has as machine code has no events, what it calls has
import sys

names = []


def trace(frame, event, arg):
    names.append((event, frame.f_code.co_name))
    return trace


def plain():
    return 1


@micropython.native
def native():
    x = plain()
    return x


@micropython.viper
def viper(n: int) -> int:
    return n + int(plain())


def call():
    native()
    viper(2)


try:
    sys.settrace(trace)
    call()
finally:
    sys.settrace(None)
print(names)
