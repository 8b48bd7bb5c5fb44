# The text of a generator: its name and its address, without 0x in front (functions have it).
def numbers():
    yield 1


async def task():
    pass


for what, name in ((numbers(), "numbers"), (task(), "task"), ((x for x in ()), "<genexpr>")):
    text = repr(what)
    start = "<generator object '" + name + "' at "
    print(text.startswith(start), text[-1], int(text[len(start) : -1], 16) > 0, "0x" in text)
print("0x" in repr(lambda: 0))
