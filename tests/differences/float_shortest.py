# repr() of a float is the shortest text that reads back to it; MicroPython's arithmetic sometimes needs a digit more.
print(9.95, 5e-324, 0.1 + 0.2, 1e23)
