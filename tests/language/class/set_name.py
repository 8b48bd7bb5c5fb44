# SPDX-License-Identifier: MIT
# __set_name__ may change the class that is being made.


class Note:
    def __init__(self, do):
        self.do = do

    def __set_name__(self, owner, name):
        self.do(owner, name)


class Reads:
    d = Note(lambda o, n: print(n, o.__name__, o.other))
    other = 1


class Adds:
    d = Note(lambda o, n: [setattr(o, "x%d" % i, i) for i in range(20)])


print(Adds.x0, Adds().x19)


class Removes:
    a = Note(lambda o, n: delattr(o, "b"))
    b = Note(lambda o, n: delattr(o, "a"))


print(hasattr(Removes, "a"), hasattr(Removes, "b"))


class RemovesItself:
    a = Note(lambda o, n: delattr(o, n))


print(hasattr(RemovesItself, "a"))


def fail(o, n):
    raise ValueError("in set_name")


try:

    class Fails:
        a = Note(fail)
except ValueError as e:
    print(e)
print("Fails" in globals())
