# MicroPython prints 100: its letters have other shapes. Here they are drawn for this program.
import framebuf

data = bytearray(5 * 8 * 8)
framebuf.FrameBuffer(data, 40, 8, framebuf.GS8).text("hello", 0, 0)
print(sum(data))
