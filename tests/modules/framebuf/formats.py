# framebuf: how each format lies in memory, smallest buffers, blit with key and palette, what is refused.
import framebuf

FORMATS = ("MONO_VLSB", "MONO_HLSB", "MONO_HMSB", "RGB565", "GS2_HMSB", "GS4_HMSB", "GS8")


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


for name in FORMATS:
    fmt = getattr(framebuf, name)
    data = bytearray(40)
    f = framebuf.FrameBuffer(data, 5, 9 if name == "MONO_VLSB" else 3, fmt)
    for x, y, c in ((0, 0, 1), (1, 0, 3), (4, 0, 0x1234), (0, 1, 0xFFFF), (2, 2, 2), (4, 2, 0), (5, 0, 1), (0, 9, 1), (-1, 0, 1)):
        f.pixel(x, y, c)
    print(name, fmt, data, [f.pixel(x, 0) for x in range(6)])
    sizes = []
    for w, h, stride in ((8, 8, 8), (9, 3, 9), (9, 3, 20), (5, 1, 5), (3, 9, 3), (1, 1, 100), (7, 2, 15)):
        for n in range(400):
            try:
                framebuf.FrameBuffer(bytearray(n), w, h, fmt, stride)
                sizes.append(n)
                break
            except ValueError:
                pass
    print(sizes)
data = bytearray(64)
f = framebuf.FrameBuffer(data, 8, 8, framebuf.GS8)
icon = framebuf.FrameBuffer(bytearray(b"\x3c\x42\xa5\x81"), 8, 4, framebuf.MONO_HLSB)
palette = framebuf.FrameBuffer(bytearray(b".#"), 2, 1, framebuf.GS8)
f.fill(32)
f.blit(icon, 0, 0, -1, palette)
f.blit(icon, 3, 5, ord("."), palette)
f.blit((b"abcdef", 3, 2, framebuf.GS8), -1, 6)
f.blit([b"abcdef", 2, 2, framebuf.GS8, 3], 6, -1, 98)
for y in range(8):
    print(data[y * 8 : y * 8 + 8].decode())
b = bytearray(200)
for args in ((), (b, 8, 8), (b, 8, 8, 9), (b, 8, 8, -1), (b, 0, 8, 0), (b, -1, 8, 0), (b, 8, 0, 0), (b, 8, 8, 0, 7), (bytes(8), 8, 8, 0), (1, 8, 8, 0), (b, 1000, 1000, 0), (b, 65536, 1, 0),
             (b, 8, 8, 0, 8, 8), (b, "x", 8, 0)):
    show(framebuf.FrameBuffer, *args) if args[:1] != (b,) or len(args) < 4 or args[1:] != (8, 8, 0) else None
for method, args in (("pixel", (0,)), ("pixel", (100, 100)), ("pixel", (1 << 70, 0)), ("pixel", ("a", 0)), ("fill", ()), ("hline", (0, 0, 3)), ("line", (0, 0, 1, 1)), ("rect", (0, 0, 1, 1)),
                     ("text", ("a", 0)), ("text", (1, 0, 0)), ("blit", (1, 0, 0)), ("blit", ((b, 8, 8), 0, 0)), ("blit", (None, 0, 0)), ("blit", ((b"x", 8, 8, 6), 0, 0)), ("poly", (0, 0, 1, 1)),
                     ("poly", (0, 0, [1, 2], 1)), ("poly", (0, 0, b"", 1)), ("ellipse", (0, 0, 1, 1)), ("scroll", (1,)), ("scroll", (100, 0))):
    show(getattr(f, method), *args)
print(len(bytes(f)), f)
