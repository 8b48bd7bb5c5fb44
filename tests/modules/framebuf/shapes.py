# framebuf: shapes as pictures, and many random ones in every format as checksums.
import array
import framebuf

W, H = 24, 14


def picture(title, draw):
    data = bytearray(W * H)
    draw(framebuf.FrameBuffer(data, W, H, framebuf.GS8))
    print(title)
    for y in range(H):
        print(bytes(c or 46 for c in data[y * W : y * W + W]).decode())


picture("lines", lambda f: [f.line(0, 0, 23, y, 35) for y in range(0, 20, 4)])
picture("rect", lambda f: (f.rect(-2, -2, 8, 6, 35), f.rect(8, 2, 6, 5, 35, True), f.fill_rect(20, 10, 9, 9, 43), f.rect(3, 9, 1, 1, 42)))
picture("hline, vline", lambda f: (f.hline(-3, 2, 9, 45), f.vline(10, 5, 99, 124), f.hline(20, 20, 5, 45), f.hline(3, 3, 0, 45)))
picture("ellipse", lambda f: (f.ellipse(6, 6, 6, 5, 35), f.ellipse(17, 6, 4, 6, 43, True), f.ellipse(23, 13, 0, 0, 42)))
picture("quadrants", lambda f: (f.ellipse(6, 6, 6, 5, 35, False, 5), f.ellipse(17, 6, 5, 6, 43, True, 10)))
picture("poly", lambda f: f.poly(1, 1, array.array("h", [0, 0, 3, 11, 9, 4, 14, 11, 20, 2, 10, 6]), 35))
picture("filled poly", lambda f: f.poly(1, 1, array.array("h", [0, 0, 3, 11, 9, 4, 14, 11, 20, 2, 10, 6]), 35, True))
picture("poly of bytes, of two corners, of one", lambda f: (f.poly(0, 0, b"\x01\x01\x0a\x03\x05\x09", 35), f.poly(12, 2, bytearray((0, 0, 9, 7)), 43, 1), f.poly(20, 2, b"\x01\x01", 42)))

seed = 7


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 8) % n


def co():
    return rnd(44) - 10


def sum_of(data):
    c = 0
    for x in data:
        c = (c * 31 + x) & 0xFFFFFF
    return c


for kind in ("line", "rect", "ellipse", "poly", "scroll", "blit"):
    total = 0
    for i in range(60):
        fmt = rnd(7)
        data = bytearray((W + 4) * (H + 8) * 2)
        f = framebuf.FrameBuffer(data, W, H, fmt, W + rnd(3))
        if kind == "line":
            f.line(co(), co(), co(), co(), 3)
        elif kind == "rect":
            f.rect(co(), co(), co(), co(), 3, rnd(2))
        elif kind == "ellipse":
            f.ellipse(co(), co(), rnd(15), rnd(15), 3, rnd(2), rnd(16))
        elif kind == "poly":
            f.poly(co() // 2, co() // 2, array.array("h", [co() // 2 for k in range(2 * rnd(6) + 2)]), 3, rnd(2))
        elif kind == "scroll":
            for k in range(60):
                f.pixel(rnd(W), rnd(H), rnd(4))
            f.scroll(co(), co())
        else:
            s = framebuf.FrameBuffer(bytearray(800), rnd(12) + 1, rnd(10) + 1, rnd(7))
            for k in range(60):
                s.pixel(rnd(12), rnd(10), rnd(65536))
            f.blit(s, co(), co(), rnd(4) - 1)
        total = (total * 31 + sum_of(data)) & 0xFFFFFF
    print(kind, total)
