# zlib: compressing and decompressing a text
import zlib
text = "".join("line %d: value=%d; " % (i, i * i % 977) for i in range(20000)).encode()
def run():
    total = 0
    for i in range(3):
        small = zlib.compress(text)
        for k in range(20):
            total += len(zlib.decompress(small))
    return total
print(run())
