# which .mpy files this interpreter takes, decoded from sys.implementation
import sys

mpy = sys.implementation._mpy
print("version", mpy & 0xFF, "sub-version", mpy >> 8 & 3)
print(type(mpy >> 10), sys.implementation.name, len(sys.implementation.version))
