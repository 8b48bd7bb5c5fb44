# Entries stand in the order of the hash table.
d = {}
for i in range(20):
    d[i * 7 % 20] = i
    if i in (0, 1, 3, 5, 9, 19):
        print(d)
print({3: 0, 2: 0, 1: 0}, {1: 2, 3: 4}, {5: 0, 11: 0, 17: 0}, {0: 0, 8: 0, 4: 0, 12: 0})
d = {i: i for i in range(12)}
for k in (3, 4, 0, 11):
    del d[k]
print(d)
d[100] = 1
d[24] = 2
d[3] = 3
print(d)
d[25] = 4
d[26] = 5
print(d)
print({"one": 1, "two": 2, "three": 3}, dict(a=1, b=2, c=3, d=4))
print({"alpha": 1, "beta": 2, "gamma": 3, "delta": 4, "epsilon": 5, "zeta": 6})
