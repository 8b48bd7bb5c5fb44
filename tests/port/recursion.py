# Recursion without end is an exception at any depth of native calls between.
def plain():
    plain()


class C:
    def __getattr__(self, name):
        return getattr(self, name + "")

    def __repr__(self):
        return repr(self)


nested = []
nested.append(nested)
deep = []
for _ in range(20000):
    deep = [deep]
for f in (plain, lambda: C().x, lambda: repr(C()), lambda: sorted([2, 1], key=lambda x: repr(C())), lambda: str(deep) == "", lambda: deep == [deep]):
    try:
        f()
        print("came back")
    except RuntimeError as e:
        print(e)
