# array of objects: nothing but Python values gets into it
import array
import gc


def t(f):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, *x.args)


a = array.array("O", [1, "a", None, [1, 2]])
gc.collect()
print(a)
a.append({"k": 1})
a[0] = b"x"
gc.collect()
print(a, len(a))
t(lambda: array.array("O", b"12"))
t(lambda: a.extend(b"34"))
t(lambda: a + b"12345678")
t(lambda: a + array.array("O", [7]))


def store_bytes():
    a[0:1] = b"12345678"


def store_view():
    a[0:1] = memoryview(a)[2:4]


def through_view():
    memoryview(a)[0] = 5


t(store_bytes)
t(store_view)
t(through_view)
print(a[:4], memoryview(a)[2])
print(a == a[:], a == array.array("O", [1]))
b = array.array("O")
for i in range(100):
    b.append([i])
gc.collect()
print(b[99], len(b))
