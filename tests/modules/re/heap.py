# re: what expressions, matches and results cost in the heap of a 32-bit board.
import gc
import re


def cost(f, *args):
    f(*args)
    gc.collect()
    before = gc.mem_alloc()
    kept = f(*args)
    return gc.mem_alloc() - before


for pattern in ("", "a", "aaa", "aaaa", "." * 6, "." * 7, "[a-c]", "[^a-cx-z]", "a?b*c+", "a??b*?c+?", "(a)", "(?:a)", "^$", r"\d\D", r"[\d\w]", "a|b|c"):
    print(repr(pattern), cost(re.compile, pattern))
for n in range(8):
    r = re.compile("(a)" * n)
    print(n, cost(r.match, "a" * n))
m = re.match("(a)(gc)(zzz)(q*)", "agczzz")
print([cost(m.group, i) for i in range(5)])
r = re.compile("x")
print(cost(r.split, "aaxbb"), cost(r.split, "aaxbbxccxddxee"), cost(r.split, "gcxgc"), cost(r.split, b"aaxbb"))
print(cost(r.sub, "-", "aaxbb"), cost(r.sub, "-", "x" * 40), cost(r.sub, "-" * 40, "x"), cost(re.match, "abc", "abc"), cost(re.match, "abc", "abd"), cost(r.search, "a"))
