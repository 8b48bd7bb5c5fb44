# Interrupt chapter: a bound method is made beforehand and scheduled from the interrupt; scheduled functions may allocate and use floats.
import pyb, micropython
micropython.alloc_emergency_exception_buf(100)

class Foo():
    def __init__(self):
        self.bar_ref = self.bar  # Allocation occurs here
        self.x = 0.1
        tim = pyb.Timer(4)
        tim.init(freq=2)
        tim.callback(self.cb)

    def bar(self, _):
        self.x *= 1.2
        print('{:.3f}'.format(self.x))

    def cb(self, t):
        # Passing self.bar would cause allocation.
        micropython.schedule(self.bar_ref, 0)

foo = Foo()
pyb.delay(2100)


# and what happens otherwise
class Careless(Foo):
    def cb(self, t):
        micropython.schedule(self.bar, 0)

careless = Careless()
pyb.delay(600)


# a queue that nobody empties in time is full one day
def late(_):
    pass

def flood(t):
    for _ in range(20):
        micropython.schedule(late, 0)

pyb.Timer(4, freq=10, callback=flood)
pyb.delay(150)
print('end')
