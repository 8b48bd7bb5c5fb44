# Viper chapter: a pointer to the output register toggles pin X1.
import bench
import pyb
import stm
import micropython

BIT0 = const(1)
@micropython.viper
def toggle_n(n: int):
    odr = ptr16(stm.GPIOA + stm.GPIO_ODR)
    for _ in range(n):
        odr[0] ^= BIT0

pyb.Pin('X1', pyb.Pin.OUT_PP)
net = bench.Net('X1')
edges = net.edges()
toggle_n(10)
print(net.edges() - edges)
