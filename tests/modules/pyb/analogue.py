# ADC reads what nets have, timed reading takes the timer's pace, DAC drives nets: values, waves, streams.
import array
import bench
import pyb
from pyb import ADC, ADCAll, DAC, Pin, Timer

x19 = bench.Net("X19")
x19.drive(1.65)
a = ADC(Pin("X19"))
print(a, a.read(), Pin("X19").mode() == Pin.ANALOG)
for v in (0.0, 3.3, 5.0, 0.825):
    x19.drive(v)
    print(a.read(), end=" ")
print(ADC("X20"), ADC(0), ADC(17).read())

# ten samples a second, each at an update of the timer
t = Timer(6, freq=10)
buf = bytearray(5)
start = bench.now_us()
print(a.read_timed(buf, t), buf == b"\x40" * 5, (bench.now_us() - start) // 10000)
half = array.array("H", [0] * 4)
start = bench.now_us()
a.read_timed(half, 100)
print(half, (bench.now_us() - start) // 1000)
word = array.array("i", [-1] * 3)
a.read_timed(word, Timer(8, freq=1000))
print(word)
b = ADC("X20")
bench.Net("X20").drive(2.2)
ha, hb = array.array("H", [0] * 3), array.array("H", [0] * 3)
print(ADC.read_timed_multi((a, b), (ha, hb), t), ha, hb)
fast = Timer(7, freq=1000000)
print(ADC.read_timed_multi((a, b), (ha, hb), fast))

d = DAC(1)
x5 = bench.Net("X5")
print(d, x5.volts())
d.write(128)
print(round(x5.volts(), 2))
d = DAC(Pin("X5"), bits=12)
d.write(4095)
print(d, round(x5.volts(), 2))
data = bytes((0, 64, 128, 255))
d.init(bits=8)
got = []
d.write_timed(data, 1000)
for _ in range(6):
    bench.advance_us(1000)
    got.append(round(x5.volts() / 3.3 * 4095) >> 4)
print(got)
d.write_timed(bytearray(data), Timer(7, freq=500), mode=DAC.CIRCULAR)
got = []
for _ in range(6):
    bench.advance_us(2000)
    got.append(round(x5.volts() / 3.3 * 4095) >> 4)
print(got)
d.triangle(4096)
bench.advance_ms(500)
high = x5.volts()
bench.advance_ms(500)
print(round(high, 1), round(x5.volts(), 1))
d.noise(1000)
values = set()
for _ in range(50):
    bench.advance_us(1000)
    values.add(round(x5.volts(), 3))
print(len(values) > 45)
d.deinit()
print(x5.floating())

bench.Net("X21").drive(1.1)
all = ADCAll(12, 0x70000 | 1 << 12)
print(all, all.read_channel(12), ADCAll(8, 0).read_channel(12), Pin("X22").mode() == Pin.ANALOG, Pin("X21").mode() == Pin.ANALOG)
print(round(all.read_core_temp()), round(all.read_core_vbat(), 1), round(all.read_core_vref(), 2), round(all.read_vref(), 1))
for bad in (
    lambda: ADC("Y1"),
    lambda: ADC(19),
    lambda: ADCAll(11),
    lambda: all.read_channel(19),
    lambda: a.read_timed(buf, 0),
    lambda: a.read_timed(b"x", t),
    lambda: a.read_timed(array.array("f", [0]), t),
    lambda: ADC.read_timed_multi((), (), t),
    lambda: ADC.read_timed_multi((a,), (buf, buf), t),
    lambda: ADC.read_timed_multi((a, b), (buf, half), t),
    lambda: DAC(3),
    lambda: DAC("X1"),
    lambda: DAC(1, bits=10),
    lambda: d.write_timed(data, Timer(3, freq=10)),
    lambda: d.write_timed(data, 10, mode=3),
):
    try:
        bad()
        print("no error")
    except (ValueError, TypeError) as e:
        print(repr(e))
