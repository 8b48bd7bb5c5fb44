# sys.implementation of a board without threads
import sys

print(sys.implementation, hasattr(sys.implementation, "_thread"))
