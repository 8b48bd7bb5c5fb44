# termios on a pseudo-terminal: settings are read and written back, raw input, errors.
try:
    import ffi
except ImportError:
    print("SKIP: no libffi to make a terminal with")
    raise SystemExit
import os
import termios

libc = ffi.open("libc.so.6")
O_RDWR, O_NOCTTY = 2, 256
master = libc.func("i", "posix_openpt", "i")(O_RDWR | O_NOCTTY)
libc.func("i", "grantpt", "i")(master)
libc.func("i", "unlockpt", "i")(master)
name = libc.func("s", "ptsname", "i")(master)
fd = libc.func("i", "open", "si")(name, O_RDWR | O_NOCTTY)
before = termios.tcgetattr(fd)
print(len(before), len(before[6]), before[6][termios.VINTR], bool(before[3] & termios.ICANON), bool(before[3] & termios.ECHO))
termios.setraw(fd)
raw = termios.tcgetattr(fd)
print(bool(raw[3] & (termios.ICANON | termios.ECHO | termios.ISIG)), raw[6][termios.VMIN], raw[6][termios.VTIME])
raw[6][termios.VTIME] = 5
termios.tcsetattr(fd, termios.TCSANOW, raw)
print(termios.tcgetattr(fd)[6][termios.VTIME])
termios.tcsetattr(fd, termios.TCSADRAIN, before)
print(termios.tcgetattr(fd) == before)
before[4] = before[5] = termios.B9600
termios.tcsetattr(fd, termios.TCSAFLUSH, before)
print(termios.tcgetattr(fd)[4:6] == [termios.B9600] * 2)
for bad in (
    lambda: termios.tcgetattr(-1),
    lambda: termios.setraw(-1),
    lambda: termios.tcsetattr(-1, 0, before),
    lambda: termios.tcsetattr(fd, 99, before),
    lambda: termios.tcsetattr(fd, 0, before[:6]),
    lambda: termios.tcsetattr(fd, 0, before[:6] + [[0] * 99]),
    lambda: termios.tcsetattr(fd, 0, before[:6] + [["long"]]),
    lambda: termios.tcsetattr(fd, 0, 5),
):
    try:
        bad()
        print("accepted")
    except (OSError, TypeError) as e:
        print(type(e).__name__)
