# random: a seed gives the sequence it gives on every MicroPython.
import random

for seed in (0, 1, 12345, -1, 1 << 70):
    random.seed(seed)
    print([random.getrandbits(32) for i in range(4)], [random.getrandbits(k) for k in (0, 1, 8, 31)])
    print([random.randrange(10) for i in range(10)], [random.randint(1, 6) for i in range(6)], [random.randrange(0, 100, 7) for i in range(6)])
    print([random.randrange(100, 0, -7) for i in range(6)], [random.choice("abcdefgh") for i in range(5)], random.choice([1, 2, 3]))
    print([random.random() for i in range(3)], random.uniform(1, 5))
