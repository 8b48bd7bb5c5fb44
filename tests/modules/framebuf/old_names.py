# framebuf: FrameBuffer1(buffer, width, height, stride) and MVLSB, names of old programs for MONO_VLSB.
import framebuf

print(framebuf.MVLSB == framebuf.MONO_VLSB)
for make in (lambda b: framebuf.FrameBuffer1(b, 8, 16), lambda b: framebuf.FrameBuffer1(b, 8, 16, 8), lambda b: framebuf.FrameBuffer(b, 8, 16, framebuf.MVLSB)):
    data = bytearray(16)
    f = make(data)
    f.pixel(1, 3, 1)
    f.vline(7, 0, 16, 1)
    print(data, type(f).__name__)
