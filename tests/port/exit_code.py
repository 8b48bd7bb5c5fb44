# sys.exit(n) gives the exit status, and sys.atexit still runs.
import sys

sys.atexit(lambda: print("last words"))
print("first")
try:
    sys.exit(42)
finally:
    print("second")
