# heapq: the order inside the list, what is refused, comparisons that run Python code.
import heapq


def show(f, *args):
    try:
        print(f(*args), args)
    except Exception as e:
        print(args, type(e).__name__, e)


class C:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v < other.v

    def __repr__(self):
        return "C%d" % self.v


class L(list):
    pass


h = [5, 3, 8, 1, 9, 2]
heapq.heapify(h)
print(h)
for i in (4, 0, 7):
    heapq.heappush(h, i)
    print(h)
while h:
    print(heapq.heappop(h), h)
for f, args in ((heapq.heappush, ([], 1)), (heapq.heappush, ([1, 2], "x")), (heapq.heappush, ((1,), 2)), (heapq.heappush, ([],)), (heapq.heappop, ([],)), (heapq.heappop, ((1,),)),
        (heapq.heappop, ([1, "a", 2],)), (heapq.heapify, ([],)), (heapq.heapify, ([3, 1, "a"],)), (heapq.heapify, (1,)), (heapq.heapify, (L([1]),)), (heapq.heapify, ())):
    show(f, *args)
h = []
for i in (3, 1, 2, 5, 4, 0):
    heapq.heappush(h, C(i))
print(h, [heapq.heappop(h) for i in range(6)])
x = 1
values = []
for i in range(200):
    x = x * 1103515245 + 12345 & 0x7FFFFFFF
    values.append(x >> 16 & 255)
h = values[:]
heapq.heapify(h)
print(all(h[(i - 1) // 2] <= h[i] for i in range(1, 200)), [heapq.heappop(h) for i in range(200)] == sorted(values))
