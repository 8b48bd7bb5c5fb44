# Board: SoftSPI toggles pins in software: some hundred kHz at most, whatever was asked for. Here: as fast as it was asked to be.
import time
from machine import Pin, SoftSPI

spi = SoftSPI(baudrate=8000000, sck=Pin("X6"), mosi=Pin("X8"), miso=Pin("X7"))
start = time.ticks_us()
spi.write(bytes(1000))
print(time.ticks_diff(time.ticks_us(), start) // 100, "tenths of a millisecond for 8000 bits")
