# Module stm: memory by address; registers and objects of pyb show the same state.
import bench
import pyb
import stm
from pyb import Pin, Timer
from stm import mem8, mem16, mem32

# GPIO
led = pyb.LED(3)  # A15
mem32[stm.GPIOA + stm.GPIO_BSRR] = 1 << 15
print(led.intensity(), mem32[stm.GPIOA + stm.GPIO_ODR] >> 15 & 1, mem32[stm.GPIOA + stm.GPIO_IDR] >> 15 & 1)
mem16[stm.GPIOA + stm.GPIO_BSRRH] = 1 << 15
print(led.intensity(), mem8[stm.GPIOA + stm.GPIO_ODR + 1])
p = Pin("X1", Pin.OUT)
print(mem32[stm.GPIOA + stm.GPIO_MODER] & 3)
mem32[stm.GPIOA + stm.GPIO_MODER] &= ~3
mem32[stm.GPIOA + stm.GPIO_PUPDR] |= 1
print(p, p.value())
p.init(Pin.ALT, alt=Pin.AF1_TIM2)
print(mem32[stm.GPIOA + stm.GPIO_AFR0] & 15, mem32[stm.GPIOA + stm.GPIO_MODER] & 3)

# a timer made by registers is the timer that pyb shows
mem32[stm.RCC + stm.RCC_APB1ENR] |= 1 << 2
mem32[stm.TIM4 + stm.TIM_PSC] = 83
mem32[stm.TIM4 + stm.TIM_ARR] = 9999
mem32[stm.TIM4 + stm.TIM_EGR] = 1
mem32[stm.TIM4 + stm.TIM_CR1] = 1
t = Timer(4)
print(t.freq(), t.prescaler(), t.period())
t.counter(0)
bench.advance_us(500)
print(500 <= mem16[stm.TIM4 + stm.TIM_CNT] < 520, mem32[stm.TIM4 + stm.TIM_SR] & 1)
bench.advance_ms(10)
print(mem32[stm.TIM4 + stm.TIM_SR] & 1)
mem32[stm.TIM4 + stm.TIM_SR] = 0
print(mem32[stm.TIM4 + stm.TIM_SR] & 1)

# ADC by registers
bench.Net("X19").drive(1.1)
Pin("X19", Pin.ANALOG)
mem32[stm.RCC + stm.RCC_APB2ENR] |= 1 << 8
mem32[stm.ADC1 + stm.ADC_SQR3] = 10
mem32[stm.ADC1 + stm.ADC_CR2] = 1
mem32[stm.ADC1 + stm.ADC_CR2] = 1 | 1 << 30
print(mem32[stm.ADC1 + stm.ADC_SR] & 2, mem32[stm.ADC1 + stm.ADC_DR])

# DAC, RNG, RTC, EXTI, clocks
dac = pyb.DAC(1, bits=12)
mem32[stm.DAC + stm.DAC_DHR12R1] = 2048
print(round(bench.Net("X5").volts(), 2))
mem32[stm.RCC + stm.RCC_AHB2ENR] |= 1 << 6
print(mem32[stm.RNG + stm.RNG_DR] != mem32[stm.RNG + stm.RNG_DR])
pyb.RTC().datetime((2024, 5, 6, 1, 7, 8, 9, 0))
print(hex(mem32[stm.RTC + stm.RTC_DR]), hex(mem32[stm.RTC + stm.RTC_TR]))
mem32[stm.RTC + stm.RTC_BKP3R] = 0x1234
print(hex(mem32[stm.RTC + stm.RTC_BKP3R]))
e = pyb.ExtInt("X2", pyb.ExtInt.IRQ_RISING, Pin.PULL_NONE, lambda line: print("line", line))
print(hex(mem32[stm.EXTI + stm.EXTI_IMR]))
mem32[stm.EXTI + stm.EXTI_SWIER] = 2
print(mem32[stm.RCC + stm.RCC_CFGR] >> 2 & 3, hex(mem32[stm.DBGMCU + stm.DBGMCU_IDCODE] & 0xFFF))
print(mem16[0x1FFF7A22], mem32[0x1FFF7A10] == int.from_bytes(pyb.unique_id()[:4], "little"))

# the whole range of a word is signed
mem32[stm.TIM2 + stm.TIM_ARR] = 0
mem32[stm.RCC + stm.RCC_APB1ENR] |= 1
print(mem32[stm.TIM2 + stm.TIM_ARR])
for bad in (lambda: mem32[0x12345678], lambda: mem32[stm.GPIOA + 1], lambda: stm.mem16["x"]):
    try:
        bad()
        print("no error")
    except (ValueError, TypeError) as x:
        print(type(x).__name__)
