# framebuf: an object takes 32 bytes of a board's heap; drawing takes none.
import array
import framebuf
import gc
import micropython


def cost(buffer):
    f = None
    gc.collect()
    before = gc.mem_alloc()
    f = framebuf.FrameBuffer(buffer, 16, 16, framebuf.GS8)
    return gc.mem_alloc() - before


print(cost(bytearray(256)))
f = framebuf.FrameBuffer(bytearray(256), 16, 16, framebuf.GS8)
corners = array.array("h", [0, 0, 9, 3, 4, 12])
micropython.heap_lock()
f.fill(0)
f.pixel(1, 1, 1)
f.line(0, 0, 9, 5, 1)
f.rect(0, 0, 5, 5, 1)
f.ellipse(8, 8, 5, 3, 1)
f.poly(0, 0, corners, 1, True)
f.text("a", 0, 0)
f.scroll(1, 1)
f.blit(f, 1, 1)
micropython.heap_unlock()
print("ok")
