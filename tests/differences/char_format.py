# %c and {:c} write the character, and refuse what is none; MicroPython 1.28 writes the lowest byte of the number, text or not.
print("%c|%c" % (0xE9, 0x65E5), "{:c}".format(0x1F600))
try:
    print("%c" % -1)
except OverflowError as e:
    print(e)
