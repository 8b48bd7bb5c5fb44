# pyb.Servo: pulses on X1 to X4, angles, speeds, moves that take time, calibration.
import bench
import pyb
from pyb import Servo

nets = [bench.Net("X%d" % i) for i in range(1, 5)]


def pulse(net):
    high, edges = net.high_us(), net.edges()
    bench.advance_ms(20)
    return (net.high_us() - high) // 10 * 10, (net.edges() - edges) // 2  # the last few us are those of this function


s = [Servo(i) for i in range(1, 5)]
print(s, [pulse(n) for n in nets])
s[0].angle(45)
s[1].angle(-60)
s[2].speed(100)
s[3].pulse_width(1234)
bench.advance_ms(20)
print([x.pulse_width() for x in s], [pulse(n)[0] for n in nets], s[0].angle(), s[1].angle(), s[2].speed())
s[0].angle(300)
s[1].pulse_width(0)
print(s[0].pulse_width(), s[1].pulse_width())
s[0].angle(0)
s[0].angle(60, 1000)
places = []
for _ in range(5):
    bench.advance_ms(250)
    places.append(s[0].angle())
print(places)
print(s[0].calibration())
s[0].calibration(700, 2400, 1510)
s[1].calibration(700, 2400, 1500, 2500, 2000)
print(s[0].calibration(), s[1].calibration())
s[1].angle(45)
print(s[1].pulse_width())
for bad in (lambda: Servo(0), lambda: Servo(5), lambda: s[0].calibration(1), lambda: s[0].calibration(1, 2, -3), lambda: s[0].angle(1e9)):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(repr(e))
