# An exception that nobody catches is shown on standard error, status 1.
def f():
    return 1 // 0


print("before")
f()
