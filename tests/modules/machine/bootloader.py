# machine.bootloader(): the boot loader of the chip would take over: the run ends, and standard error says why.
import machine

print("before")
try:
    machine.bootloader()
finally:
    print("never")
