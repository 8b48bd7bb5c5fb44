# Shapes of all kinds in buffers of all formats, with numbers small and large. Each call takes its arguments from the bytes.
import array
import framebuf

FORMATS = (framebuf.MONO_VLSB, framebuf.MONO_HLSB, framebuf.MONO_HMSB, framebuf.RGB565, framebuf.GS2_HMSB, framebuf.GS4_HMSB, framebuf.GS8, 99)


class Bytes:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self):
        self.at += 1
        return self.data[self.at - 1] if self.at <= len(self.data) else 0

    def number(self):
        how = self.take()
        if how < 200:
            return how % 40 - 6
        if how < 230:
            return (self.take() << 8 | self.take()) - 32768
        return 1 << (how - 220) if how & 1 else -(1 << (how - 220))


def buffer(b):
    how = b.take()
    if how < 40:  # most likely refused
        return framebuf.FrameBuffer(bytearray(how), b.number(), b.number(), FORMATS[b.take() % 8], b.number())
    width, height, stride = b.take() % 40, b.take() % 40, how % 3 * 7
    args = [bytearray(2 * (width + stride + 8) * (height + 8)), width, height, FORMATS[b.take() % 7]]
    if stride:
        args.append(width + stride)
    return framebuf.FrameBuffer(*args)


def call(f, other, b):
    n = b.number
    which = b.take() % 12
    if which == 0:
        f.fill(n())
    elif which == 1:
        f.pixel(n(), n(), n())
        f.pixel(n(), n())
    elif which == 2:
        f.hline(n(), n(), n(), n())
    elif which == 3:
        f.vline(n(), n(), n(), n())
    elif which == 4:
        f.line(n(), n(), n(), n(), n())
    elif which == 5:
        f.rect(n(), n(), n(), n(), n(), b.take() & 1)
    elif which == 6:
        f.ellipse(n(), n(), n(), n(), n(), b.take() & 1, n())
    elif which == 7:
        f.poly(n(), n(), array.array("bhil"[b.take() % 4], [b.take() - 128 if b.take() else 127 for _ in range(b.take() % 12)]), n(), b.take() & 1)
    elif which == 8:
        f.text(str(b.data[b.at : b.at + 9], "ascii" if b.take() & 1 else "utf-8"), n(), n(), n())
    elif which == 9:
        f.scroll(n(), n())
    elif which == 10:
        f.blit(other, n(), n(), n())
        f.blit((bytearray(b.take()), n(), n(), FORMATS[b.take() % 8]), n(), n())
    else:
        f.blit(other, n(), n(), n(), buffer(b))


def case(data):
    b = Bytes(data)
    f = buffer(b)
    other = buffer(b)
    while b.at < len(data):
        try:
            call(f, other, b)
        except (ValueError, TypeError, OverflowError, UnicodeError):
            pass
