# On a pyboard MicroPython has no machine.Counter, Encoder, ADCBlock and no Pin.toggle(): each line is `False` there.
import machine

for name in ("Counter", "Encoder", "ADCBlock"):
    print(hasattr(machine, name))
print(hasattr(machine.Pin, "toggle"))
