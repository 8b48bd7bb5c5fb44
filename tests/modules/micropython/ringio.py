# micropython.RingIO: a queue of bytes that never waits; sizes, wrap-around, lines, memory of the caller, poll, errors.
import micropython
import select

ring = micropython.RingIO(8)
print(ring, ring.any(), ring.read(), ring.read(3))
print(ring.write(b"abc\nde"), ring.any(), ring.readline(), ring.readline(1), ring.any())
print(ring.write(b"0123456789"), ring.any(), ring.read())
for i in range(30):
    ring.write(bytes([i, i + 1, i + 2]))
    if ring.read() != bytes([i, i + 1, i + 2]):
        print("wrong at", i)
memory = bytearray(5)
ring = micropython.RingIO(memory)
print(ring.write(b"123456"), memory)
into = bytearray(3)
print(ring.readinto(into), into)
print(ring.readinto(into, 1), into)
poller = select.poll()
poller.register(ring)
print([flags for _, flags in poller.poll(0)])
ring.write(b"x")
print([flags for _, flags in poller.poll(0)])
ring.write(b"xyz")
print([flags for _, flags in poller.poll(0)])
print(ring.close(), ring.read())
for wrong in (0, -1, 65535, bytearray(0), bytearray(1), None, "text"):
    try:
        micropython.RingIO(wrong)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
