# A property that raises AttributeError counts as missing, as in CPython; in MicroPython 1.28 hasattr() then says True, and getattr() gives
# the property object instead of the default.
class A:
    @property
    def x(self):
        raise AttributeError("x")


print(hasattr(A(), "x"), getattr(A(), "x", "default"))
