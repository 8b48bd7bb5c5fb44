# machine.I2S: waiting and not waiting, rates, both directions, edges on the wires, shifting, what is refused
from machine import I2S, Pin
import time
import bench

pins = {"sck": "Y6", "ws": "Y5", "sd": "Y8"}


def took(f):
    start = time.ticks_us()
    f()
    return time.ticks_diff(time.ticks_us(), start) // 1000


out = I2S(2, mode=I2S.TX, bits=16, format=I2S.MONO, rate=10000, ibuf=200, **pins)
print(out)
print(out.write(bytes(100)), took(lambda: out.write(bytes(2000))), "ms for 1000 frames, some of which stay in the ring")
ws, sck = bench.Net("Y5"), bench.Net("Y6")
edges = ws.edges(), sck.edges()
time.sleep_ms(10)
print(ws.edges() - edges[0], sck.edges() - edges[1])
done = []
out.irq(lambda unit: done.append(time.ticks_us()))
start = time.ticks_us()
print(out.write(bytes(600)), took(lambda: None), done)
time.sleep_ms(50)
print("handed over after", time.ticks_diff(done[0], start) // 1000, "ms")
out.irq(None)
out.init(mode=I2S.TX, bits=32, format=I2S.STEREO, rate=10000, ibuf=200, **pins)
print(took(lambda: out.write(bytes(8000))), "ms")
out.deinit()
print(out)

level = Pin("Y7", Pin.OUT, value=1)
bench.wire("Y7", "Y8")
mic = I2S(2, mode=I2S.RX, bits=16, format=I2S.STEREO, rate=10000, ibuf=400, **pins)
buf = bytearray(8)
print(took(lambda: mic.readinto(buf)), buf)
level.off()
time.sleep_ms(20)
big = bytearray(4000)
print(took(lambda: mic.readinto(big)), big[-4:])
mic.deinit()

samples = bytearray(b"\x01\x00\xff\xff\x00\x40")
I2S.shift(buf=samples, bits=16, shift=1)
print(samples)
I2S.shift(buf=samples, bits=16, shift=-2)
print(samples)
samples = bytearray(b"\x00\x00\x00\x80")
I2S.shift(buf=samples, bits=32, shift=-31)
print(samples)
good = {"mode": I2S.TX, "bits": 16, "format": I2S.MONO, "rate": 10000, "ibuf": 200}
good.update(pins)
for bad in ({"bits": 24}, {"mode": 5}, {"format": 3}, {"rate": 0}, {"ibuf": 0}, {"sd": "Q1"}):
    settings = dict(good)
    settings.update(bad)
    try:
        I2S(2, **settings)
    except ValueError as e:
        print(bad, e)
for f in (lambda: I2S(3, **good), lambda: mic.write(b"1234"), lambda: I2S.shift(buf=samples, bits=8, shift=1), lambda: I2S(2, mode=1)):
    try:
        f()
    except (ValueError, OSError, TypeError) as e:
        print(repr(e))
