# A function made of a code object has no default values, whatever the code was made with: arguments that are left out are missing.
import marshal


def three(a, b=1, c=2):
    return a, b, c


def named(*, k=3):
    return k


def all_kinds(a=1, *rest, k=2, **more):
    return a, rest, k, sorted(more)


def numbers(n=5):
    yield n


def show(f, *args, **kw):
    try:
        result = f(*args, **kw)
        print(list(result) if f is new_numbers else result)
    except TypeError as e:
        print(e)


make = lambda f: type(f)(marshal.loads(marshal.dumps(f.__code__)), globals())
new_three, new_named, new_all, new_numbers = make(three), make(named), make(all_kinds), make(numbers)
for f in (new_three, type(three)(three.__code__, globals())):
    show(f)
    show(f, 7)
    show(f, 7, 8)
    show(f, 7, 8, 9)
    show(f, 7, c=9)
    show(f, b=8, a=7, c=9)
show(new_named)
show(new_named, k=1)
show(new_all)
show(new_all, 1)
show(new_all, 1, 5, k=6, z=0)
show(new_numbers)
show(new_numbers, 4)
