# The version of .mpy files under its older name, as Pycopy's documentation asks for it; no other tuple has it.
import os
import sys

v = sys.implementation.mpy
print(v == sys.implementation._mpy, "mpy version:", v & 0xFF, hasattr(sys.implementation, "_mp"), len(sys.implementation))
print(hasattr(os.uname(), "mpy"), hasattr(os.uname(), "_mpy"))
