# collector: trees built and dropped while a large structure stays alive
def tree(depth):
    if depth == 0:
        return (None, None)
    return (tree(depth - 1), tree(depth - 1))
def check(t):
    if t[0] is None:
        return 1
    return 1 + check(t[0]) + check(t[1])
def run():
    keep = tree(16)
    total = 0
    for d in range(4, 13, 2):
        for i in range(8 << (14 - d)):
            total += check(tree(d))
    return total, check(keep)
print(run())
