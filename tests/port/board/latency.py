# --report=latency: for each line the powers of two of its latencies; one tick here waits for 40 us, the others are taken at once
import machine
import pyb

ticks = 0
def tick(timer):
    global ticks
    ticks += 1

timer = pyb.Timer(4, freq=1000, callback=tick)
while ticks < 20:
    pass
state = machine.disable_irq()
pyb.udelay(1040)
machine.enable_irq(state)
timer.deinit()
print(ticks)
