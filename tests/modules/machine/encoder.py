# machine.Encoder: 1, 2 and 4 counts for each cycle, both ways, range.
from machine import Encoder, Pin

a, b = Pin(0, Pin.OUT, value=1), Pin(1, Pin.OUT, value=1)
units = [Encoder(i, a, b, phases=p) for i, p in enumerate((1, 2, 4))]
place = 0


def turn(n):
    global place
    for i in range(abs(n)):
        place += 1 if n > 0 else -1
        # going up, A falls first
        (a if place % 2 == (n > 0) else b).toggle()


def show():
    print([u.value() for u in units])


print(units[2])
for n in (1, 1, 1, 1, 8, -3, -9, -4, 0):
    turn(n)
    show()
e = Encoder(3, a, b, phases=4, min=0, max=3)
for n in (1, 1, 1, 1, 1, -3):
    turn(n)
    print(e.value(), e.cycles())
e.deinit()
try:
    Encoder(0, a, b, phases=3)
except ValueError as e:
    print(e)
