# machine.PWM: frequency and duty as waves on a net, measured by pulses and by another pin.
import time
from machine import PWM, Pin, time_pulse_us

out = Pin(2)
p = PWM(out, freq=1000, duty_u16=16384)
print(p, p.freq(), p.duty_u16(), p.duty_ns())
print([time_pulse_us(out, level) for level in (0, 1, 0, 1)])
p.freq(500)
print(p.freq(), p.duty_u16(), p.duty_ns(), [time_pulse_us(out, level) for level in (0, 1, 0, 1)])
p.duty_ns(300000)
print(p.duty_u16(), p.duty_ns(), [time_pulse_us(out, level) for level in (0, 1, 0, 1)])
p.init(freq=5000, duty_ns=5000)
print([time_pulse_us(out, level) for level in (0, 1, 0, 1)])
for duty in (0, 65535):
    p.duty_u16(duty)
    print(duty, out(), time_pulse_us(out, 1, 1000), time_pulse_us(out, 0, 1000))
q = PWM(out, invert=True, duty_u16=16384, freq=1000)
print(q, [time_pulse_us(out, level) for level in (0, 1, 0, 1)])
edges = []
out.irq(lambda pin: edges.append(pin()), hard=False)
q.freq(100)
edges.clear()
time.sleep_ms(25)
print(edges)
out.irq(None)
q.deinit()
print(out())
for kw in ({"freq": 0}, {"freq": 10**9}, {"duty_u16": 65536}, {"duty_u16": -3}, {"duty_ns": -2}, {"duty_u16": 1, "duty_ns": 1}):
    try:
        PWM(out, **kw)
        print("no error", kw)
    except ValueError as e:
        print(e)
