# dht: five bytes from a sensor that a stimulus plays; no sensor.
import time
import dht
from machine import Pin

d = dht.DHT22(Pin(4))
try:
    d.measure()
except OSError as e:
    print(e)
while time.ticks_us() < 100000:
    pass
d.measure()
print("%.1f %.1f" % (d.temperature(), d.humidity()), d.buf)
e = dht.DHT11(Pin(4))
e.buf[:] = b"\x28\x00\x17\x00\x3f"
print(e.temperature(), e.humidity())
d.buf[2] |= 0x80
print("%.1f" % d.temperature())
