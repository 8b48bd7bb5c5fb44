# Pin on a pyboard: names, one object per pin, modes and pulls as they print, levels.
from machine import Pin

p = Pin("X1", Pin.OUT)
print(p, p is Pin.board.X1, p is Pin.cpu.A0, p is Pin("A0"))
print(p.value(), p.value(1), p(), p(0), p.value(), p.on(), p(), p.off(), p(), p.high(), p(), p.low(), p())
print(Pin.board, Pin.cpu, isinstance(Pin.board.SW, Pin))
print(p.name(), p.names(), p.port(), p.pin(), hex(p.gpio()), p.af())
for mode, pull in ((Pin.IN, Pin.PULL_UP), (Pin.IN, Pin.PULL_DOWN), (Pin.IN, None), (Pin.OPEN_DRAIN, Pin.PULL_UP), (Pin.ANALOG, None)):
    p.init(mode, pull)
    print(p, p.mode() == mode, p.pull(), p.value())
p.init(Pin.IN, Pin.PULL_NONE, value=1)
p.init(Pin.OPEN_DRAIN)
p.init(Pin.OUT)
print(p())  # the value waited in the latch
x3 = Pin("X3")
print(x3.af_list(), [(a.index(), a.name(), hex(a.reg())) for a in x3.af_list()][:2])
for alt in (1, Pin.AF1_TIM2, "AF2_TIM5", x3.af_list()[3]):
    x3.init(mode=Pin.ALT, alt=alt)
    print(x3, x3.af())
x3.init(Pin.AF_OD, af=1)
print(x3, Pin.board.X4.af_list() == Pin.board.X3.af_list())
Pin.dict({"motor": Pin.cpu.C12})
Pin.mapper(lambda name: Pin.cpu.C3 if name == "valve" else None)
print(Pin("motor").name(), Pin("valve").name(), Pin("X2").name())
Pin.mapper(None)


def fails(*args, **kw):
    try:
        print(Pin(*args, **kw))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


fails("nowhere")
fails(5)
fails("valve")
fails("X1", 99)
fails("X1", Pin.IN, 7)
fails("X1", Pin.ALT)
fails("X1", Pin.ALT, alt=16)
fails("X1", Pin.OUT, drive=1)
fails()
