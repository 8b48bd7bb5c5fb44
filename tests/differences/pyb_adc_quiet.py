# Board: readings of one voltage scatter by a few counts. Here: a voltage is a number.
import bench
import pyb

bench.Net("X19").drive(1.0)
adc = pyb.ADC("X19")
print(len(set(adc.read() for _ in range(50))))
