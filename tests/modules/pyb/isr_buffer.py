# Interrupt chapter: objects that are there before the interrupt comes: a default argument as a buffer, allocated when the function is.
import micropython
import pyb
micropython.alloc_emergency_exception_buf(100)

def set_volume(t, buf=bytearray(3)):
    buf[0] = 0xa5
    buf[1] = t >> 4
    buf[2] = 0x5a
    return buf

last = None
def cb(t):
    global last
    last = set_volume(0x123 & 0xff)

pyb.Timer(4, freq=100, callback=cb)
pyb.delay(15)
print(last)
