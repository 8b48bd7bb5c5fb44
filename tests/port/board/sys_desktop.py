# What boards do not have: sys.atexit() and sys.exc_info(), since their programs do not end and they forget an exception at once.
import sys

print(hasattr(sys, "atexit"), hasattr(sys, "exc_info"))
