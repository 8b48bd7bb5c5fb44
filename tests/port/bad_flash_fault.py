# a flash fault that cannot be understood is told before the program begins
print("not reached")
