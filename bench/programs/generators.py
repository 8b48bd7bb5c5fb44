# generators: pipelines, yield from, generator expressions
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
def evens(it):
    for v in it:
        if v % 2 == 0:
            yield v
def chain(*its):
    for it in its:
        yield from it
def run():
    total = 0
    for v in evens(count(2500000)):
        total += v
    total += sum(x * 2 for x in count(1200000))
    for v in chain(count(700000), range(700000)):
        total += v
    return total
print(run())
