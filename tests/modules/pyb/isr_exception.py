# Interrupt chapter: an exception in a handler does not reach the main loop; the interrupt is off unless the handler catches it itself.
# Without an emergency buffer there is no report of where; with one there is.
import micropython
import pyb

calls = 0
def bad(t):
    global calls
    calls += 1
    return t.nothing

pyb.Timer(4, freq=100, callback=bad)
pyb.delay(35)
print(calls)
micropython.alloc_emergency_exception_buf(100)
pyb.Timer(4, freq=100, callback=bad)
pyb.delay(35)
print(calls)

def caught(t):
    global calls
    calls += 1
    try:
        return [calls]
    except MemoryError:
        pass

pyb.Timer(4, freq=100, callback=caught)
pyb.delay(35)
print(calls)

# several sources, one is at fault
ext = pyb.ExtInt(pyb.Pin('X1'), pyb.ExtInt.IRQ_FALLING, pyb.Pin.PULL_UP, lambda line: 1 // 0)
ext.swint()
ext.swint()
pyb.delay(20)
print(calls)
