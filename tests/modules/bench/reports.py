# bench: counts of interrupts by line; shorts and floating reads since power-on.
import bench
import machine

button, other = machine.Pin("X1", machine.Pin.IN), machine.Pin("X2", machine.Pin.IN)
print(bench.troubles(), [r for r in bench.irqs() if r[1]])
button.irq(lambda p: None, machine.Pin.IRQ_FALLING)
finger = bench.Net("X1")
for i in range(3):
    finger.drive(1)
    bench.advance_ms(1)
    finger.drive(0)
    bench.advance_ms(1)
for name, taken, lost, mean, longest in bench.irqs():
    if taken:
        print(name, taken, lost, 0 <= mean <= longest)
print(bench.troubles())
other.value()
print(bench.troubles())
button.init(machine.Pin.OUT, value=1)
bench.advance_ms(1)
print(bench.troubles(), finger.shorted())
