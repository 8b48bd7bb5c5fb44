# Storing to and deleting slices. Steps are refused; the right side must be a tuple or a list, and may be the list itself.
def show(f):
    l = [0, 1, 2, 3, 4, 5]
    try:
        f(l)
        print(l)
    except Exception as e:
        print(type(e).__name__, e)


def store(a, b, v):
    def f(l):
        l[a:b] = l if v is None else v

    show(f)


def delete(a, b):
    def f(l):
        del l[a:b]

    show(f)


for v in ((), [9], (9, 8, 7, 6, 5, 4, 3, 2, 1), None):
    for a, b in ((0, 0), (1, 3), (3, 1), (6, 6), (10, 20), (-2, None), (None, None)):
        store(a, b, v)
for a, b in ((0, 0), (1, 3), (3, 1), (-2, None), (None, None), (0, 6)):
    delete(a, b)
for v in (5, "ab", range(3), {1: 2}, None.__class__):
    store(0, 1, v)


def stepped(l):
    l[::2] = [1, 2, 3]


def stepped_delete(l):
    del l[::2]


show(stepped)
show(stepped_delete)
l = [1, 2, 3]
l[-1] = 7
print(l)
del l[0]
print(l)
try:
    l[2] = 1
except IndexError as e:
    print(e)
try:
    del l[5]
except IndexError as e:
    print(e)
