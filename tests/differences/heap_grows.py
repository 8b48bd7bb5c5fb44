# The desktop's heap grows to a quarter of the memory; MicroPython's Unix build has two megabytes unless -X heapsize= says more.
blocks = [bytearray(1 << 20) for i in range(32)]
print(len(blocks), "MB")
