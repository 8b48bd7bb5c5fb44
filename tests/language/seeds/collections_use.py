# named tuples, ordered dictionaries, bounded queues, also under the old name with a u in front
from ucollections import OrderedDict, deque, namedtuple
import collections

print(collections.namedtuple is namedtuple)
Pin = namedtuple("Pin", ("number", "name"))
led = Pin(25, "LED")
key = Pin(name="KEY", number=3)
print(led, key.name, key[0], led.name == led[1])
print(namedtuple("Point", "x y")(1, 2))
try:
    led.number = 4
except AttributeError as e:
    print("AttributeError:", e)

d = OrderedDict([("z", 1), ("a", 2)])
d["w"] = 5
d["b"] = 3
d["z"] = 9
for k, v in d.items():
    print(k, v, end="; ")
print()

q = deque((), 3)
for i in range(5):
    q.append(i)
print(len(q), q.popleft(), list(q))
strict = deque((), 2, 1)
strict.append(1)
strict.append(2)
try:
    strict.append(3)
except IndexError as e:
    print("IndexError:", e)
try:
    deque((), 1).popleft()
except IndexError as e:
    print("IndexError:", e)
