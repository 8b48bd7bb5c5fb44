# PWM on pins: duty, frequency, polarity, centre alignment, percent, microseconds, complementary outputs with dead time.
import bench
import pyb
from pyb import Timer

x2 = bench.Net("X2")


def measure(net, ms=10):
    high, edges = net.high_us(), net.edges()
    bench.advance_ms(ms)
    return round((net.high_us() - high) / ms / 10), (net.edges() - edges) // 2 // ms


t = Timer(2, freq=1000)
ch = t.channel(2, Timer.PWM, pin=pyb.Pin.board.X2, pulse_width=21000)
print(ch, t.channel(2) is ch, t.channel(1))
print(ch.pulse_width(), ch.pulse_width_percent(), ch.pulse_width_us(), ch.pulse_width_ns())
print(measure(x2))
for p in (0, 10, 50.5, 100, 150, -3):
    ch.pulse_width_percent(p)
    bench.advance_ms(1)  # in force from the next period
    print(p, ch.pulse_width(), measure(x2))
ch.pulse_width_us(250)
bench.advance_ms(1)
print(ch.pulse_width(), measure(x2))
ch.pulse_width_ns(750000)
bench.advance_ms(1)
print(ch.pulse_width(), measure(x2))
t.freq(2000)
print(ch.pulse_width_percent(), ch.pulse_width())
inv = t.channel(2, Timer.PWM_INVERTED, pin=pyb.Pin.board.X2, pulse_width_percent=30)
print(inv, measure(x2))

c = Timer(4, prescaler=83, period=500, mode=Timer.CENTER)
cc = c.channel(1, Timer.PWM, pin=pyb.Pin.board.X9, pulse_width_percent=40)
print(cc.pulse_width(), measure(bench.Net("X9")))

m = Timer(8, freq=10000, deadtime=1008)
h = m.channel(1, Timer.PWM, pin=pyb.Pin.board.Y1, pulse_width_percent=50)
m.channel(1, Timer.PWM, pin=pyb.Pin.board.X8, pulse_width_percent=50)
y1, x8 = bench.Net("Y1"), bench.Net("X8")
print(measure(y1), measure(x8))  # 6 us of 100 are dead before each of them rises

# a pin that is used otherwise is left alone, and comes back
p = pyb.Pin("X2", pyb.Pin.OUT)
p.low()
print(measure(x2))
t.channel(2, Timer.PWM, pin=p, pulse_width_percent=50)
print(measure(x2))
t.deinit()
print(measure(x2)[1])
