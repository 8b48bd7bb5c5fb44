# A count below -1 is a size that no board of 32 bits has; the message says it in the board's words.
import io

for n in (-2, -5):
    for stream in (io.BytesIO(b"abc"), io.StringIO("abc")):
        try:
            print(stream.read(n))
        except MemoryError as e:
            print(e)
