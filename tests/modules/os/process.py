# Environment, commands, randomness.
import os

os.putenv("BREADBOARD_TEST", "value")
print(os.getenv("BREADBOARD_TEST"), os.getenv("BREADBOARD_TEST", "default"))
os.unsetenv("BREADBOARD_TEST")
print(os.getenv("BREADBOARD_TEST"), os.getenv("BREADBOARD_TEST", "default"))
print("before", end=" ")
print(os.system("echo inside; exit 3"))
r = os.urandom(20)
print(type(r), len(r), r != os.urandom(20), os.urandom(0))
os.errno(2)
print(os.errno())
print(len(os.uname()), os.uname().release)
