# The desktop profile lets Python recurse some thousand levels deep; MicroPython's Unix build stops at some hundred.
def depth(n):
    try:
        return depth(n + 1)
    except RuntimeError:
        return n


print(depth(0) > 2000)
