# A power that no heap can hold is refused at once.
for f in (lambda: 10 ** 10**18, lambda: 3 ** (1 << 80), lambda: (1 << 100) ** (1 << 60)):
    try:
        f()
        print("no error")
    except MemoryError:
        print("MemoryError")
