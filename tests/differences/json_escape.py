# MicroPython reads '\u1233': in a \u escape of JSON any letter counts as a digit. Here what is no hexadecimal digit is refused.
import json

try:
    print(json.loads('"\\u12zz"').encode())
except ValueError as e:
    print(e)
