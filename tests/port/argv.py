# Everything behind the script belongs to the program.
import sys

print(len(sys.argv), sys.argv[1:], __name__, __file__ == sys.argv[0])
