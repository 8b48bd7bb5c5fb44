# Board: an analogue output needs a few us to settle, a contact bounces. Here: levels change at once; bounce only where it is asked for.
import bench
import pyb

pyb.DAC(1).write(255)
print(round(bench.Net("X5").volts(), 1))
pyb.Switch()
net = bench.Net("SW")
edges = net.edges()
bench.press("USR")
pyb.delay(50)
print(net.edges() - edges)
