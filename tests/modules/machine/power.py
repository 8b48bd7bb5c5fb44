# freq, unique_id, reset_cause, idle, lightsleep, the interrupt mask.
import machine
import time
from machine import Pin, Timer

print(machine.freq(), machine.unique_id(), machine.reset_cause() == machine.PWRON_RESET, machine.wake_reason())
machine.freq(48000000)
print(machine.freq())
start = time.ticks_ms()
machine.lightsleep(50)
print(time.ticks_diff(time.ticks_ms(), start), machine.wake_reason() == machine.RTC_WAKE)
p = Pin(3, Pin.OUT, value=0)
p.irq(lambda pin: print("pin"), Pin.IRQ_RISING, wake=machine.SLEEP)
t = Timer(-1, mode=Timer.ONE_SHOT, period=20, callback=lambda t: p(1))
start = time.ticks_ms()
machine.lightsleep(1000)
print(time.ticks_diff(time.ticks_ms(), start), machine.wake_reason() == machine.PIN_WAKE)
start = time.ticks_us()
machine.idle()
print(time.ticks_diff(time.ticks_us(), start) <= 1000)

count = bytearray(1)


def tick(t):
    count[0] += 1


t.init(period=1, callback=tick, hard=True)
state = machine.disable_irq()
inner = machine.disable_irq()
time.sleep_ms(10)
print(state, inner, count)
machine.enable_irq(inner)
print(count)
machine.enable_irq(state)
print(count)  # all those ticks are one interrupt
time.sleep_ms(5)
print(count)
t.deinit()
for f, arg in ((machine.freq, 3), (machine.lightsleep, -1)):
    try:
        f(arg)
    except ValueError as e:
        print(e)
