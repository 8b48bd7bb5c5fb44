# --until ends a loop that never would, at the same instruction on every run.
n = 0
while True:
    n += 1
    if n % 10000 == 0:
        print(n)
