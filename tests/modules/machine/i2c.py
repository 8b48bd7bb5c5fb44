# machine.I2C and SoftI2C against an I2CTarget on the other unit of a pyboard: all methods, errors, exact times
from machine import I2C, SoftI2C, I2CTarget, Pin
import time

i2c = I2C("X", freq=100000)
print(i2c)
print(i2c.scan())
mem = bytearray(16)
target = I2CTarget("Y", 0x42, mem=mem)
print(target)
soft = SoftI2C(scl="X9", sda="X10", freq=100000)
print(soft)

for bus in (I2C(1, freq=400000), SoftI2C("X9", "X10", freq=100000)):
    print(bus.scan())
    print(bus.writeto(0x42, b"\x02abcd"), mem)
    print(bus.writeto_mem(0x42, 8, b"XYZ"), mem)
    print(bus.readfrom_mem(0x42, 2, 4), bus.readfrom_mem(0x42, 8, 3, addrsize=8))
    buf = bytearray(3)
    print(bus.readfrom_mem_into(0x42, 3, buf), buf)
    print(bus.writeto(0x42, b"\x08", False), bus.readfrom(0x42, 3))
    print(bus.writeto(0x42, b"\x02"), bus.readfrom_into(0x42, buf, True), buf)
    print(bus.writevto(0x42, [b"\x00", b"", b"12", bytearray(b"3")]), mem)
    for f in (
        lambda: bus.writeto(0x43, b"x"),
        lambda: bus.readfrom(0x43, 1),
        lambda: bus.readfrom_mem(0x43, 0, 1),
        lambda: bus.writeto_mem(0x43, 0, b"x"),
        lambda: bus.writeto(128, b""),
        lambda: bus.readfrom_mem(0x42, 0, 1, addrsize=12),
    ):
        try:
            print(f())
        except (OSError, ValueError) as e:
            print(repr(e))

# primitive operations, by software only
soft.start()
print(soft.write(b"\x84\x02"), soft.stop())
soft.start()
print(soft.write(b"\x86\x02"), soft.stop())
soft.start()
buf = bytearray(2)
print(soft.write(b"\x84\x02"), soft.start(), soft.write(b"\x85"), soft.readinto(buf), soft.stop(), buf)
try:
    I2C("X").start()
except OSError as e:
    print(e)

# time: start, 9 clocks for each byte, stop
for freq in (100000, 400000):
    bus = I2C("X", freq=freq)
    start = time.ticks_us()
    bus.writeto(0x42, bytes(100))
    print(freq, abs(time.ticks_diff(time.ticks_us(), start) - 101 * 9 * 1000000 // freq) < 1000000 * 4 // freq + 20)

# lines that somebody holds
hold = Pin("Y9", Pin.OUT, value=0)
start = time.ticks_us()
try:
    I2C("X", timeout=2000).scan()
except OSError as e:
    print(e, time.ticks_diff(time.ticks_us(), start) // 1000)
hold.init(Pin.IN)
hold = Pin("Y10", Pin.OUT, value=0)
try:
    I2C("X").writeto(0x42, b"")
except OSError as e:
    print(e)
hold.init(Pin.IN)

# ten-bit addresses, wider places, no place
target = I2CTarget(2, addr=0x142, addrsize=10, mem=mem)
print(bus.writeto(0x79, b"\x42\x01ten"), mem, bus.writeto(0x79, b"\x43\x01"))
target = I2CTarget(2, addr=0x10, mem=mem, mem_addrsize=16)
print(bus.readfrom_mem(0x10, 0x0002, 3, addrsize=16), target.memaddr)
target = I2CTarget(2, addr=0x10, mem=mem, mem_addrsize=0)
print(bus.readfrom(0x10, 5), bus.readfrom(0x10, 5))
target.deinit()
print(target, bus.scan())
try:
    target.readinto(buf)
except OSError as e:
    print(e)
for bad in ({"addr": 128}, {"addr": 1, "addrsize": 8}, {"addr": 1, "mem_addrsize": 7}, {"addr": 1, "mem": b"x"}):
    try:
        I2CTarget(2, **bad)
    except (ValueError, TypeError) as e:
        print(bad, repr(e))
for f in (lambda: I2C(3), lambda: I2C("Z"), lambda: I2C("X", scl="X1"), lambda: I2C("X", freq=0)):
    try:
        f()
    except ValueError as e:
        print(e)
i2c.deinit()
print(i2c)
