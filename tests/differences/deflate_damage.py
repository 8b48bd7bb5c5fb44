# MicroPython prints the text 13371818150|...: it takes code lengths that no code has. Here such data is an error.
import deflate
import io

data = b"x\x9c\x05\xc1\xff\x01\x000\x04\x04\xb1\x95\\\x1f\xcfn\x86o\x82d\x06Qq\xc8\x9d\xc5X}<e\xb5g\x83\x0f\x89X\x07\xab"
try:
    print(deflate.DeflateIO(io.BytesIO(data)).read())
except OSError as e:
    print(e)
