# Interrupts: a pin wakes a soft handler through the scheduler, which is waited for.
import machine
import bench

n = 0


def handler(pin):
    global n
    n += 1


name = "X1" if hasattr(machine.Pin, "board") else "P2"
machine.Pin(name, machine.Pin.IN).irq(handler, machine.Pin.IRQ_RISING)
net = bench.Net(name)
for i in range(50000):
    net.drive(1)
    net.drive(0)
print(n)
