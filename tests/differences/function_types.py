# MicroPython 1.28 has a type for each form of native function, and prints False False; here all native functions are of one type.
print(type(globals) is type(abs), type(abs) is type(hasattr))
