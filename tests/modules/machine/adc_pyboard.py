# machine.ADC on a pyboard: pins by channel, inner sources.
import bench
from machine import ADC, ADCBlock, Pin

a = ADC(Pin("X1"))
bench.Net("X1").drive(3.3 / 2)
print(a, a.read_u16(), a.read_uv(), ADC(0).read_u16(), a.block())
print(ADC(ADC.CORE_VREF).read_uv() // 10000, ADC(ADC.CORE_TEMP).read_uv() // 10000, ADC(ADC.CORE_VBAT).read_uv() // 10000)
print(ADCBlock(1, bits=6).connect(0).read_u16(), ADCBlock(2).connect(Pin("X1")))
ADCBlock(1, bits=12)
for wrong in (Pin("X17"), 19, -1):
    try:
        ADC(wrong)
    except ValueError as e:
        print(e)
