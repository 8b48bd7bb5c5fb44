# Board: the accelerometer is read over I2C bus 1, so X9 and X10 are taken. Here: the object asks the part itself.
import pyb

accel = pyb.Accel()
pin = pyb.Pin("X9", pyb.Pin.OUT_PP)
for level in (0, 1):
    pin(level)
    print(pin(), accel.z())
