# sys.implementation of a board whose two cores share objects without a lock
import sys

print(sys.implementation, sys.implementation[5])
