# pyb.hard_reset() in a script: the run ends at once, and standard error says why
import pyb

try:
    pyb.delay(20)
    print("before")
    pyb.hard_reset()
    print("not reached")
finally:
    print("neither is this")
