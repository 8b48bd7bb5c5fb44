# the same loop over a list, a tuple and bytes
def show(items):
    for item in items:
        print(item, end=" ")
    print(type(items).__name__, len(items))


show([1, 2, 0xFE])
show((1, 2, 0xFE))
show(b"\1\2\xfe")
show(bytearray(b"\1\2\xfe"))
show(range(1, 4))
