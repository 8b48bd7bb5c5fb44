# Interrupt chapter: bound methods as callbacks. Two instances, two timers, two LEDs.
import pyb, micropython
micropython.alloc_emergency_exception_buf(100)
class Foo(object):
    def __init__(self, timer, led):
        self.led = led
        timer.callback(self.cb)
    def cb(self, tim):
        self.led.toggle()

red = Foo(pyb.Timer(4, freq=1), pyb.LED(1))
green = Foo(pyb.Timer(2, freq=0.8), pyb.LED(2))

import bench
nets = bench.Net('LED_RED'), bench.Net('LED_GREEN')
for _ in range(3):
    pyb.delay(5000)
    print([n.edges() for n in nets])  # 1 and 0.8 a second
