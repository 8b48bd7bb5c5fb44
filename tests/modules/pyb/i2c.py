# pyb.I2C: the accelerometer, all methods and errors; a peripheral that a timer's callback sends to
from pyb import I2C, Timer, Accel

i2c = I2C(1)
print(i2c)
i2c.init(I2C.CONTROLLER, baudrate=100000)
print(i2c, i2c.scan())
Accel()
print(i2c.scan(), i2c.is_ready(76), i2c.is_ready(75))
print(i2c.mem_read(1, 76, 7), i2c.mem_write(1, 76, 7), i2c.mem_read(bytearray(2), 76, 6))
i2c.send(7, 76)
print(i2c.recv(1, 76), i2c.send(b"\x08\x02", addr=76), i2c.mem_read(1, 76, 8))
for f in (
    lambda: i2c.send(1, 75), lambda: i2c.recv(1, 75), lambda: i2c.mem_read(1, 75, 0), lambda: i2c.mem_write(1, 75, 0), lambda: i2c.send(1),
    lambda: i2c.recv(1, 200), lambda: I2C(3), lambda: I2C(2).scan(), lambda: I2C(2).send(1), lambda: I2C(1, 5),
):
    try:
        print(f())
    except (OSError, TypeError, ValueError) as e:
        print(repr(e))

other = I2C("Y", I2C.PERIPHERAL, addr=0x42)
print(other, i2c.is_ready(0x42))


def callback(timer):
    timer.deinit()
    i2c.send(0x61, 0x42)


Timer(4, freq=100, callback=callback)
print(other.recv(1))
try:
    other.recv(1, timeout=20)
except OSError as e:
    print(e)
try:
    i2c.send(b"more than one byte", 0x42, timeout=10)  # nobody fetches them: the clock is held
except OSError as e:
    print(e)
other.deinit()
print(other, i2c.scan())
