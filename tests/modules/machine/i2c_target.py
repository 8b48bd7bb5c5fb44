# machine.I2CTarget with handlers: events in order, bytes by software, a slow handler holds the clock, what is refused
from machine import SoftI2C, I2CTarget
import time

ADDR = 67
i2c = SoftI2C("X1", "X2", freq=100000)
names = ("match-read", "match-write", "read-req", "write-req", "end-read", "end-write")
log = [0] * 40
count = 0
delay = 0
buf = bytearray(1)


def on_event(t):
    global count
    flags = t.irq().flags()
    if flags & I2CTarget.IRQ_READ_REQ:
        buf[0] = 65 + count
        t.write(buf)
    log[count] = flags
    count += 1
    if flags & I2CTarget.IRQ_WRITE_REQ:
        t.readinto(buf)
        log[count] = -buf[0]
        count += 1
    if delay:
        time.sleep_us(delay)


def show(result):
    global count
    words = []
    for flags in log[:count]:
        words.append(str(-flags) if flags <= 0 else "+".join(n for i, n in enumerate(names) if flags >> i & 1))
    print(result, " ".join(words))
    count = 0


target = I2CTarget("X", ADDR)
everything = 63
irq = target.irq(on_event, trigger=everything, hard=True)
print(irq.trigger() == everything, irq is target.irq())
show(i2c.scan())
show(i2c.writeto(ADDR, b"\x01\x02"))
show(i2c.readfrom(ADDR, 3))
show((i2c.writeto(ADDR, b"\x07", False), i2c.readfrom(ADDR, 1)))


def took(f):
    start = time.ticks_us()
    f()
    return time.ticks_diff(time.ticks_us(), start)


quick = took(lambda: i2c.writeto(ADDR, b"\x01\x02"))
count = 0
delay = 200  # each of match, two write requests and their end holds the clock, or comes before the next can begin
slow = took(lambda: i2c.writeto(ADDR, b"\x01\x02"))
count = 0
print("held:", 500 < slow - quick < 900)
i2c.init("X1", "X2", freq=100000, timeout=100)
target.irq(None)
print(i2c.writeto(ADDR, b"\x05"), target.readinto(buf), buf)
try:
    i2c.writeto(ADDR, b"\x05\x06\x07")  # nobody fetches: one byte in the unit, the next holds the clock
except OSError as e:
    print(e)
for bad in ((on_event, everything), (on_event, 64, True), (5, 16)):
    try:
        target.irq(*bad)
    except ValueError as e:
        print(e)

# as a memory: soft handlers are told of ends
mem = bytearray(4)
target = I2CTarget("X", ADDR, mem=mem)
target.irq(lambda t: print("end of", "reading" if t.irq().flags() & I2CTarget.IRQ_END_READ else "writing", "at", t.memaddr))
i2c.writeto_mem(ADDR, 1, b"ab")
print(mem, i2c.readfrom_mem(ADDR, 2, 3))
i2c.writeto(ADDR, b"\x03")
i2c.scan()
target.deinit()
print(i2c.scan())
