# Interrupt chapter: count += 1 in the main program and in the interrupt loses counts; with interrupts off around it none is lost.
import pyb

count = 0
calls = 0
def cb(t): # An interrupt callback
    global count, calls
    count += 1
    calls += 1

def main(careful):
    global count, calls
    count = calls = done = 0
    tim.callback(cb)
    for _ in range(3000):
        if careful: state = pyb.disable_irq()
        count += 1
        if careful: pyb.enable_irq(state)
        done += 1
    tim.callback(None)
    return done + calls - count, calls > 20

tim = pyb.Timer(4, freq=7001)
lost, enough = main(False)
print(lost >= 0, enough)
print(main(True))
