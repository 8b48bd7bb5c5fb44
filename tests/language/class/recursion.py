# SPDX-License-Identifier: MIT
# Special methods that call themselves end in RuntimeError, never in a crash.


class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, o):
        return self == o

    def __len__(self):
        return len(self)

    def __bool__(self):
        return bool(self)

    def __getattr__(self, n):
        return getattr(self, n)

    def __hash__(self):
        return hash(self)

    def __call__(self):
        return self()

    def __getitem__(self, i):
        return self[i]

    def __iter__(self):
        return iter(self)

    def __next__(self):
        return next(self)

    def __add__(self, o):
        return self + o

    def __contains__(self, o):
        return o in self

    def __int__(self):
        return int(self)

    def __setattr__(self, n, v):
        setattr(self, n, v)

    @property
    def p(self):
        return self.p


r = R()
for f in (
    lambda: repr(r), lambda: r == 1, lambda: len(r), lambda: bool(r), lambda: r.q, lambda: hash(r), lambda: r(), lambda: r[0],
    lambda: iter(r), lambda: next(r), lambda: r + 1, lambda: 1 in r, lambda: int(r), lambda: setattr(r, "a", 1), lambda: r.p,
    lambda: "%s" % r, lambda: [r] == [1], lambda: {r: 1}, lambda: list(r),
):
    try:
        f()
        print("no error")
    except RuntimeError as e:
        print(e)

# long chains of bases
C = object
for i in range(1500):
    C = type("C", (C,), {})
print(hasattr(C, "nothing"), hasattr(C(), "nothing"), isinstance(C(), int))
