# SPDX-License-Identifier: MIT
# What StopIteration carries, and where it ends a loop.


class It:
    def __init__(self, *value):
        self.value = value

    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(*self.value)


for it in (It(), It(5), It(5, 6)):
    try:
        next(it)
    except StopIteration as e:
        print(e.args, e.value)
    print(next(it, "default"), list(it))


def gen():
    yield 1
    return 7


g = gen()
next(g)
try:
    next(g)
except StopIteration as e:
    print(e.value)


def outer():
    x = yield from gen()
    print("got", x)
    y = yield from It(8)
    print("got", y)


print(list(outer()))
for x in It():
    print("never")
else:
    print("else")
a = list(It())
print(a, any(It(1)), all(It(1)), sum(It(1)), 1 in It(1))
try:
    max(It())
except ValueError as e:
    print(e)


class Sub(StopIteration):
    pass


class It2(It):
    def __next__(self):
        raise Sub(9)


print(list(It2()), [x for x in It2()])
try:
    next(It2())
except StopIteration as e:
    print(type(e), e.value)
