# Two timers at different rates, each with an LED and a count of its own: a bound method is the handler.
#   micropython --panel --board=pybv11 examples/two_timers.py
import time
import micropython
import pyb

micropython.alloc_emergency_exception_buf(100)


class Blinker:
    def __init__(self, timer, led):
        self.led = led
        self.count = 0
        timer.callback(self.tick)

    def tick(self, timer):  # in an interrupt: nothing here needs memory
        self.count += 1
        self.led.toggle()


red = Blinker(pyb.Timer(4, freq=2), pyb.LED(1))
green = Blinker(pyb.Timer(2, freq=5), pyb.LED(2))
for second in range(4):
    time.sleep(1)
    print("red", red.count, "green", green.count)
