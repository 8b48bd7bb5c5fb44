# random: what is refused; results without a seed stay in range.
import random

for f in (lambda: random.getrandbits(33), lambda: random.getrandbits(-1), lambda: random.randrange(0), lambda: random.randrange(5, 5),
          lambda: random.randrange(0, 10, 0), lambda: random.randrange(0, 10, -1), lambda: random.randint(2, 1), lambda: random.choice([]),
          lambda: random.choice(5), lambda: random.choice({1}), lambda: random.seed("a"), lambda: random.uniform("a", 1), lambda: random.randrange(1.5)):
    try:
        print(f())
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__, e)
random.seed()
random.seed(None)
assert all(0 <= random.random() < 1 for i in range(1000))
assert all(3 <= random.randint(3, 9) <= 9 for i in range(1000))
assert set(random.randrange(4) for i in range(200)) == {0, 1, 2, 3}
print("ok")
