# Signal over a Pin, over pin arguments, over a Python pin, over another Signal.
from machine import Pin, PinBase, Signal

c0 = Signal(Pin(0, Pin.OUT, value=0), invert=True)
c1 = Signal(1, Pin.OUT, value=0, invert=True)
print(c0(), c1(), Pin(1).value())
c0.off(), c1.off()
print(c0(), c1.value())
c0.on(), c1.value(1)
print(c0(), c1(), Pin(0)(), Pin(1)())


class Wire(PinBase):
    level = 0

    def value(self, v=None):
        if v is None:
            return self.level
        print("set", v)
        self.level = v


w = Wire()
s = Signal(w, True)
s.on()
twice = Signal(s, invert=True)
print(s(), w.level, twice(), twice(1), w.level)
w.level = 42  # whatever value() gives
print(s(), Signal(w)(), Signal(w).value())
for wrong in ((), (3.5,), ("nowhere",)):
    try:
        Signal(*wrong)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
