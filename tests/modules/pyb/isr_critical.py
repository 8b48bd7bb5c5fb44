# Interrupt chapter: the critical section. The main program takes the data while interrupts are off, so none is lost or seen twice.
import pyb, micropython, array
micropython.alloc_emergency_exception_buf(100)

class BoundsException(Exception):
    pass

ARRAYSIZE = const(20)
index = 0
data = array.array('i', 0 for x in range(ARRAYSIZE))

def callback1(t):
    global data, index
    for x in range(5):
        data[index] = pyb.rng() # simulate input
        index += 1
        if index >= ARRAYSIZE:
            raise BoundsException('Array bounds exceeded')

tim4 = pyb.Timer(4, freq=100, callback=callback1)

taken = 0
def print_data(x): # counted in place of print(data[x])
    global taken
    taken += 1

for loop in range(1000):
    if index > 0:
        irq_state = pyb.disable_irq() # Start of critical section
        for x in range(index):
            print_data(data[x])
        index = 0
        pyb.enable_irq(irq_state) # End of critical section
        if loop < 30: print('loop {}'.format(loop))
    pyb.delay(1)

tim4.callback(None)
print(490 <= taken <= 530, taken % 5)

# the same without anybody who takes the data: the exception is shown, the interrupt is off, the program goes on
tim4.callback(callback1)
pyb.delay(100)
print(index)
