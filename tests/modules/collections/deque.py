# collections.deque: bounds, both ends, flags, indices.
from collections import deque


def show(f):
    q, full, none = deque((1, 2, 3), 5), deque((1, 2, 3), 3, 1), deque((), 3)
    try:
        print(f(q, full, none), list(q), list(full), list(none))
    except Exception as e:
        print(type(e).__name__, e, list(q), list(full), list(none))


def store(i):
    def f(q, full, none):
        q[i] = 9

    return f


def delete(q, full, none):
    del q[0]


for f in (
    lambda q, full, none: (q.append(4), q.appendleft(0), none.append(1)),
    lambda q, full, none: (q.pop(), q.popleft()),
    lambda q, full, none: none.pop(),
    lambda q, full, none: none.popleft(),
    lambda q, full, none: full.append(4),
    lambda q, full, none: full.appendleft(4),
    lambda q, full, none: full.extend([4]),
    lambda q, full, none: q.extend(range(4, 9)),
    lambda q, full, none: q.extend(5),
    lambda q, full, none: [q.appendleft(i) for i in range(10, 14)],
    lambda q, full, none: (q[0], q[-1], len(q), bool(q), bool(none), 3 in q, 9 in q),
    lambda q, full, none: q[3],
    lambda q, full, none: q[-4],
    lambda q, full, none: q["a"],
    lambda q, full, none: q[0:1],
    store(0),
    store(5),
    delete,
    lambda q, full, none: (list(reversed(q)), sorted(q), q == q, q == deque((1, 2, 3), 5), q),
    lambda q, full, none: hash(q),
    lambda q, full, none: next(q),
    lambda q, full, none: q + q,
    lambda q, full, none: q.clear(),
    lambda q, full, none: deque(),
    lambda q, full, none: deque(5),
    lambda q, full, none: deque([], -1),
    lambda q, full, none: deque((), "a"),
    lambda q, full, none: deque((), 3, 0, 0),
    lambda q, full, none: deque((), maxlen=3),
    lambda q, full, none: deque([1, 2, 3, 4], 3, 1),
    lambda q, full, none: list(deque([1, 2, 3, 4], 3)),
    lambda q, full, none: (deque([1], 0).append(2), list(deque([1, 2], 0)), len(deque((), 0))),
    lambda q, full, none: deque.append(5, 1),
):
    show(f)
q = deque((), 4)
for i in range(11):
    q.append(i)
    if i % 3 == 0:
        q.popleft()
    print(list(q), len(q))
