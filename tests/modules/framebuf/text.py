# framebuf: every letter, cut at the edges; a buffer that has become too small.
import framebuf

W = 8 * 16
data = bytearray(W * 8)
f = framebuf.FrameBuffer(data, W, 8, framebuf.GS8)
for first in range(32, 128, 16):
    f.fill(32)
    f.text("".join(chr(c) for c in range(first, first + 16)), 0, 0, 35)
    for y in range(8):
        print(data[y * W : y * W + W].decode().rstrip())
f.fill(46)
f.text("cut", -3, -2, 35)
f.text("right", W - 10, 3, 35)
f.text("default", 60, 0)
print([data[y * W : y * W + 30].decode() for y in range(8)], sum(c == 1 for c in data))
for x, y in ((1 << 40, 0), (-(1 << 40), 0), (0, 1 << 40)):
    f.text("far", x, y, 35)
    f.line(x, y, 3, 3, 46) if x < 0 else f.rect(x, y, 5, 5, 35)
small = bytearray(64)
f = framebuf.FrameBuffer(small, 8, 8, framebuf.GS8)
small[:] = b""
for method, args in (("fill", (1,)), ("pixel", (0, 0)), ("text", ("a", 0, 0)), ("blit", (f, 0, 0))):
    try:
        print(getattr(f, method)(*args))
    except ValueError:
        print("ValueError")
