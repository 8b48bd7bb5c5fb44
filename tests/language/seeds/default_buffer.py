# a default argument is made once, when the function is: a buffer that needs no class and no global
def volume(level, buffer=bytearray(3)):
    buffer[0] = 0xB1
    buffer[1] = level >> 4
    buffer[2] = level & 15
    return buffer


a = volume(0x5A)
print(a)
b = volume(0xC3)
print(b, a is b)
print(volume(1, bytearray(4)), b)
