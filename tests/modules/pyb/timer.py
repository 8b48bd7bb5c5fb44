# pyb.Timer: text, prescaler and period for a frequency, registers, errors.
from pyb import Timer

t = Timer(4)
print(t)
t.init(freq=10)
print(t, t.source_freq(), t.freq())
print(Timer(4) is t)
print(Timer(1, freq=10, deadtime=300, brk=Timer.BRK_LOW))  # steps of 8 between 256 and 512
print(Timer(2, prescaler=83, period=0x3FFFFFFF, mode=Timer.DOWN, div=4))
print(Timer(3, prescaler=0, period=999, mode=Timer.CENTER))
for f in (1, 20, 100, 440, 1000, 44100, 0.8, 0.05, 84000000):
    t.init(freq=f)
    # the product is the source divided by the frequency, as near below as whole periods come
    print(f, t.prescaler() <= 0xFFFF and t.period() <= 0xFFFF, (t.prescaler() + 1) * (t.period() + 1), t.freq())
t.init(prescaler=83, period=999)
print(t.prescaler(), t.period(), t.freq())
t.prescaler(41)
t.period(499)
print(t.prescaler(), t.period(), t.freq())
t.freq(50)
print(t)
for bad in (
    lambda: t.init(freq=0),
    lambda: t.init(freq=-1.5),
    lambda: t.init(freq=0.001),
    lambda: t.init(freq=200000000),
    lambda: t.init(),
    lambda: t.init(prescaler=1),
    lambda: t.init(freq=1, mode=3),
    lambda: t.init(freq=1, div=3),
    lambda: t.init(freq=1, deadtime=1009),
    lambda: t.init(freq=1, brk=3),
    lambda: t.init(1),
    lambda: Timer(0),
    lambda: Timer(15),
    lambda: t.callback(3),
    lambda: t.channel(5, Timer.PWM),
    lambda: t.channel(1, 12),
    lambda: t.channel(1, Timer.OC_TOGGLE, polarity=1),
    lambda: t.channel(1, Timer.PWM, pin="X1"),
    lambda: Timer(6, freq=1).channel(1),
):
    try:
        bad()
        print("no error")
    except (ValueError, TypeError) as e:
        print(repr(e))
t.deinit()
print(t)
