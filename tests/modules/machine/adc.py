# machine.ADC and ADCBlock on the generic board, and DAC: what a pin's net carries.
import bench
from machine import ADC, DAC, ADCBlock, Pin

a = ADC(Pin(3))
knob = bench.Net("P3")
for volts in (0.0, 1.65, 3.3, 5.0, -1.0):
    knob.drive(volts)
    print(volts, a.read_u16(), a.read_uv())
print(a, a.block(), Pin(3))
knob.drive(1.0)
low = ADCBlock(0, bits=8).connect(3, Pin(3), sample_ns=1000)
print(low.read_u16(), low.block())
ADCBlock(0).init(bits=16)
print(ADC(3).read_u16(), ADC("P3").read_uv())
ADCBlock(0, bits=12)
print(ADC(ADC.CORE_TEMP).read_uv() // 10000)
knob.release()
d = DAC(Pin(3))
for value in (0, 128, 255):
    d.write(value)
    print(value, ADCBlock(0).connect(3).read_uv() if value < 0 else round(knob.volts() * 1000))
print(d)


def fails(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


fails(ADC, 99)
fails(ADC, "nowhere")
fails(ADCBlock, 5)
fails(ADCBlock, 0, bits=99)
fails(ADCBlock(0).connect, 99)
fails(ADCBlock(0).connect, 3, Pin(4))
fails(d.write, 256)
