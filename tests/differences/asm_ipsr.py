# Board: inside of a handler IPSR is the number of the exception (46 for timer 4), and an address without memory is a hard fault.
# Here: IPSR is always 0, and such an address is an exception.
import pyb


@micropython.asm_thumb
def exception_number():
    mrs(r0, IPSR)


@micropython.asm_thumb
def peek(r0):
    ldr(r0, [r0, 0])


seen = bytearray(b"?")


def tick(t):
    seen[0] = exception_number()


timer = pyb.Timer(4, freq=1000, callback=tick)
pyb.delay(2)
timer.deinit()
print(seen[0])
try:
    peek(0x60000000)
except ValueError as e:
    print(e)
