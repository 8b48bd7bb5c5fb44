# strip(chars) takes whole characters, as in CPython; in MicroPython 1.28 it takes bytes, and may raise UnicodeError for the half that is left.
print("éè".strip("é"), "éaß".lstrip("ß"), "日本".rstrip("本"))
