# Pin on the desktop's board: numbers, names, settings that stay when they are not given, drive, toggle.
from machine import Pin

p = Pin(2, Pin.OUT, value=1, drive=Pin.DRIVE_2)
print(p, p(), p.drive(), p is Pin("P2"), p is Pin.board.P2, p is Pin((0, 2)))
p.toggle()
print(p())
p.init(pull=Pin.PULL_UP)
print(p, p.mode() == Pin.OUT, p.pull())
p.init(Pin.IN)
print(p, p())
p.init(pull=None)
print(p, p.pull())
p.mode(Pin.OPEN_DRAIN)
p.pull(Pin.PULL_UP)
print(p, p(), p(1), p(), p.off(), p())
p.drive(0)
print(p.drive())


class Lamp(Pin):
    pass


print(Lamp(3, Pin.OUT).value())


def fails(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


fails(Pin, 32)
fails(Pin, -1)
fails(Pin, "nowhere")
fails(Pin, None)
fails(Pin, (1, 2, 3))
fails(Pin, 1, 99)
fails(Pin, 1, Pin.IN, 7)
fails(Pin, 1, drive=9)
fails(Pin, 1, wrong=9)
fails(p, 1, 2)
