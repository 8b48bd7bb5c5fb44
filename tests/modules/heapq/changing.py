# heapq: a comparison that empties the list is found out.
import heapq


class Evil:
    def __lt__(self, other):
        h.clear()
        return True


for f in (lambda: heapq.heapify(h), lambda: heapq.heappop(h), lambda: heapq.heappush(h, Evil())):
    h = [Evil() for i in range(20)]
    try:
        print(f(), len(h))
    except RuntimeError as e:
        print(e)
