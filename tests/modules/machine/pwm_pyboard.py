# machine.PWM on a pyboard: channels of timers, which share their period.
from machine import PWM, Pin, time_pulse_us

x1, x2 = Pin("X1"), Pin("X2")
a = PWM(x1, freq=50, duty_u16=8192)
b = PWM(x2, freq=50, duty_u16=32768)
print(a, x1)
print(time_pulse_us(x1, 0), time_pulse_us(x1, 1), time_pulse_us(x2, 1), time_pulse_us(x2, 0))
b.freq(100)
print(a.freq(), a.duty_u16(), a.duty_ns(), time_pulse_us(x1, 0), time_pulse_us(x1, 1))
y = PWM(Pin("Y1"), freq=300000, duty_u16=32768)  # 84 MHz / 280
print(y.freq(), y.duty_u16())
i = PWM(Pin("X3"), freq=1000, duty_u16=16384, invert=True)
print(time_pulse_us(Pin("X3"), 0), time_pulse_us(Pin("X3"), 1), time_pulse_us(Pin("X3"), 0))
a.deinit()
print(x1)
try:
    PWM(Pin("X17"), freq=1000)
    PWM(Pin("X11"), freq=1000)
except ValueError as e:
    print(e)
