# Board: the firmware's first start has made a FAT file system in the window, with boot.py and main.py, and mounts it at /flash.
# Here: the flash of a script is erased until it writes to it (of a device it is a folder).
import pyb

flash, block = pyb.Flash(start=0), bytearray(512)
flash.readblocks(0, block)
print(block == b"\xff" * 512)
