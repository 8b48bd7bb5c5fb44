# pyb.LCD: the bytes that a part on the skin's wires takes (select low, A0 says what it is), the two pictures, text that scrolls, errors
import bench
import pyb

A0, SELECT, CLOCK, SDA = bench.Net("X5"), bench.Net("X3"), bench.Net("X6"), bench.Net("X8")
lcd = pyb.LCD("X")
print(lcd, bench.Net("X4").level(), SELECT.level(), bench.Net("X12").level())


def edges(f, *args):
    "clock edges, and how often it was selected, while f runs"
    before = CLOCK.edges(), SELECT.edges()
    f(*args)
    return CLOCK.edges() - before[0], SELECT.edges() - before[1]


print(edges(lcd.command, 0, 0xA5), A0.level(), edges(lcd.command, 1, b"\xff\x00\xff"), A0.level(), edges(lcd.contrast, 40), A0.level())
print(edges(lcd.show), edges(lcd.fill, 1), edges(lcd.pixel, 0, 0, 1), edges(lcd.text, "a", 0, 0, 1), edges(lcd.write, "x"))
print(edges(lcd.light, True), bench.Net("X12").level())
lcd.light(0)
print(bench.Net("X12").level())

# drawn into the hidden picture, read from the visible one
lcd.fill(0)
lcd.show()
lcd.pixel(5, 9, 1)
print(lcd.get(5, 9), end=" ")
lcd.show()
print(lcd.get(5, 9), lcd.get(5, 8), lcd.get(-1, 0), lcd.get(0, 32), lcd.get(128, 0))
for x, y in ((-1, 0), (128, 0), (0, -1), (0, 32)):
    lcd.pixel(x, y, 1)
lcd.fill(1)
lcd.pixel(127, 31, 0)
lcd.show()
print(sum(lcd.get(x, y) for x in range(128) for y in range(32)))


def rows(x, y, w, h):
    for j in range(y, y + h):
        print("".join(".#"[lcd.get(i, j)] for i in range(x, x + w)))


lcd.fill(0)
lcd.text("Hi", 3, 10, 1)
lcd.text("outside", 0, -100, 1)
lcd.text("outside", 0, 1 << 29, 1)
lcd.text("outside", -(1 << 29), 0, 1)
lcd.text("cut", -20, 0, 1)
lcd.show()
rows(0, 0, 18, 18)

# write(): 16 letters to a line, 4 lines; a newline takes effect with the next letter, then lines move up
lcd = pyb.LCD("X")
lcd.write("T" * 17 + "\n\n-\n")
rows(0, 0, 16, 8)
print([any(lcd.get(x, y) for y in range(8 * line, 8 * line + 8) for x in range(128)) for line in range(4)])
lcd.write("-")
print([any(lcd.get(x, y) for y in range(8 * line, 8 * line + 8) for x in range(128)) for line in range(4)])

other = pyb.LCD("y")
print(other, bench.Net("Y4").level(), bench.Net("Y3").edges() > 0, bench.Net("Y6").edges() % 16)
for bad in (lambda: pyb.LCD("Z"), lambda: pyb.LCD(""), lambda: pyb.LCD(1), lambda: lcd.fill("1"), lambda: lcd.write(5)):
    try:
        print(bad())
    except (ValueError, TypeError) as e:
        print(repr(e))
