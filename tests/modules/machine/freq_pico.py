# A Pico's freq() takes the frequency of its UART and SPI too: 48 MHz or the processor's.
import machine

print(machine.freq())
machine.freq(240000000)
print(machine.freq())
machine.freq(125000000, 125000000)
print(machine.freq())
machine.freq(100000000, 48000000)
print(machine.freq())
for args in ((125000000, 60000000), (125000000, 48000000, 1)):
    try:
        machine.freq(*args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
print(machine.freq())
