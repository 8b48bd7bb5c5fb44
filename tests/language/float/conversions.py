# __int__, __float__, __complex__ of Python classes.
class A:
    def __int__(self):
        return 5

    def __float__(self):
        return 1.5


class B:
    def __int__(self):
        return 1.5

    def __float__(self):
        return 1

    def __complex__(self):
        return 1


class C:
    def __complex__(self):
        return 1 + 2j


print(int(A()), float(A()), complex(A()), complex(A(), 2), complex(C()))
for f in (lambda: int(B()), lambda: float(B()), lambda: complex(B()), lambda: int(C()), lambda: float(C()), lambda: complex(C(), 1)):
    try:
        print(f())
    except TypeError as e:
        print("TypeError", e.args)
