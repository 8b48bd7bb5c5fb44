# pyb.bootloader(): the boot loader of the chip would take over: the run ends, and standard error says why.
import pyb

print("before")
try:
    pyb.bootloader()
finally:
    print("never")
