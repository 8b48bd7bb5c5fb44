# time_pulse_us(): waits for the pulse, times it, two kinds of timeout; anything with value() on PinBase; bitstream() and its timing.
import time
from machine import Pin, PinBase, Signal, Timer, time_pulse_us, bitstream

p = Pin(5, Pin.OUT, value=0)
print(time_pulse_us(p, 1, 100), time_pulse_us(p, 0, 100), time_pulse_us(p, 1, 0))
steps = [0]


def toggle(t):
    p.toggle()
    steps[0] += 1


t = Timer(-1, period=3, callback=toggle, hard=True)
print([time_pulse_us(p, level) // 1000 for level in (1, 0, 1)], steps)
t.deinit()


class Slow(PinBase):
    n = 0

    def value(self, x=None):
        self.n += 1
        return self.n % 100 > 50


s = Slow()
print(time_pulse_us(s, 1) > 0, s.n, time_pulse_us(Signal(s, True), 1) > 0, s.n)

q = Pin(6, Pin.OUT, value=0)
ticks = []


def rise(pin):
    n[0] += 1


# high time of the ones and zeros, counted by the time between the calls; interrupts are masked meanwhile
for data in (b"\xf0", b"\x01\x80"):
    n = bytearray(1)
    q.irq(rise, Pin.IRQ_RISING, hard=True)
    t0 = time.ticks_us()
    bitstream(q, 0, (400000, 850000, 800000, 450000), data)
    print(time.ticks_diff(time.ticks_us(), t0) // 100, n, q())
    q.irq(None)
for args in ((q, 1, (1, 1, 1, 1), b""), (q, 0, (1, 1, 1), b""), (q, 0, (1, 1, 1, -1), b""), (q, 0, (1, 1, 1, 1), 3), (9.5, 0, (1, 1, 1, 1), b"")):
    try:
        bitstream(*args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
for args in ((3.5, 1), (q, 1, -5)):
    try:
        time_pulse_us(*args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
