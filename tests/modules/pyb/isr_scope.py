# Interrupt chapter: a callback goes on after the object that registered it has gone out of scope.
import gc
import pyb

def bar():
    foo = pyb.Timer(2, freq=4, callback=lambda t: print('.', end=''))

bar()

for _ in range(4):
    gc.collect()
    pyb.delay(500)
print()
