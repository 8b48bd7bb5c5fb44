# Interrupts nest by priority: a timer's handler interrupts that of an external line, and not the other way round.
import bench
import pyb

order = bytearray(20)
n = 0
def note(c):
    global n
    order[n] = ord(c)
    n += 1

def slow(line):
    note('(')
    for _ in range(200):
        pass
    note(')')

def tick(t):
    note('[')
    if n < 10:
        ext.swint()
    for _ in range(20):
        pass
    note(']')
    if n > 8:
        t.deinit()

ext = pyb.ExtInt(pyb.Pin('X1'), pyb.ExtInt.IRQ_FALLING, pyb.Pin.PULL_UP, slow)
t = pyb.Timer(4, freq=2000, callback=tick)
pyb.udelay(450)
ext.swint()
pyb.delay(5)
print(order[:n].decode())
