# Pin toggles: a plain loop over pin.value().
from machine import Pin

p = Pin(2, Pin.OUT) if not hasattr(Pin, "board") else Pin("X1", Pin.OUT)
for i in range(200000):
    p.value(1)
    p.value(0)
print(400000)
