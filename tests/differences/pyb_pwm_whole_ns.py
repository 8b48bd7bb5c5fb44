# Board: 84 MHz / 3 are 28 000 000 periods a second. Here: a period on a pin is a whole number of ns (36), the counter itself is exact.
import bench
import pyb

t = pyb.Timer(2, prescaler=0, period=2)
t.channel(2, pyb.Timer.PWM, pin=pyb.Pin("X2"), pulse_width=1)
net = bench.Net("X2")
edges = net.edges()
bench.advance_ms(36)
print((net.edges() - edges + 1) // 2 // 1000)
