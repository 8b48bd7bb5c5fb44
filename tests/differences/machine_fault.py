# A load from an address where nothing is: on a board the processor stops with a fault, or gives what is on its bus.
from machine import mem32

try:
    mem32[0x60000000]
except ValueError as e:
    print(e)
