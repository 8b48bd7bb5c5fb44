# SPDX-License-Identifier: MIT
# all any iter len max min next sorted sum


def attempt(text):
    try:
        print(text, "=", repr(eval(text)))
    except BaseException as e:
        print(text, type(e).__name__, e)


for text in (
    "all([])", "all([1, 0])", "all('ab')", "all(1)", "any([])", "any([0, 2])", "any(1)",
    "sum([1, 2], 3)", "sum([1.5, 2])", "sum([[1], [2]], [])", "sum([True])", "sum(1)", "sum(['a'])", "sum(start=1)", "sum([1 << 30] * 3) == 3 << 30",
    "min(1, 2)", "min([3, 1, 2])", "min('bca')", "max('abc', key=lambda c: -ord(c))", "max([])", "max([], default=None)", "min([], key=len)",
    "max(1)", "max()", "max(key=len)", "max([1], [2])", "max(1, 2, foo=1)", "max(1, 2, key=None)", "min(1, '')", "max((1, 'a'), (1, 'b'))",
    "max([3, -5], key=abs)", "min(x for x in [2, 1])",
    "sorted([3, 1, 2])", "sorted('bca', reverse=True)", "sorted([3, -1, 2], key=abs)", "sorted('ba', key=None)", "sorted([], key=1)",
    "sorted([1], 2)", "sorted([1], foo=1)", "sorted([1, 'a'])", "sorted()", "sorted(1)", "sorted({2: 0, 1: 0})",
    "len('ab')", "len(b'abc')", "len(range(5))", "len({1: 2})", "len(1)", "len()", "len(1, 2)", "len(x=1)",
    "next(iter([1]))", "next(iter([]))", "next(iter([]), 5)", "next(1)", "next([])", "next(1, 2)",
    "iter(1)", "iter([1], 2)", "list(iter([1, 2]))", "iter([1]).__next__()", "[].__iter__",
    "list(map(lambda x: x + 1, [1, 2]))", "list(zip([1, 2], 'ab'))", "list(filter(None, [0, 1]))", "list(enumerate('a', 5))", "list(reversed([1, 2]))",
):
    attempt(text)


def stopping(x):
    if x > 2:
        raise StopIteration
    return x


# StopIteration out of a function ends a loop, but comes through list() and sum()
for x in map(stopping, [1, 3]):
    print(x)
attempt("list(map(stopping, [1, 2, 3, 4]))")
attempt("sum(map(stopping, [1, 2, 3]))")
attempt("next(map(stopping, [3]))")
attempt("[x for x in map(stopping, [1, 3, 4])]")
attempt("list(x for x in map(stopping, [1, 3, 4]))")
