# The folder above the root of a VfsPosix is the root itself; MicroPython prints [('jail', 16384), ('secret', 32768)].
import os
import vfs

os.mkdir("jail")
open("secret", "w").close()
print(sorted(entry[:2] for entry in vfs.VfsPosix("jail").ilistdir("/..")))
