# json: what values cost in the heap of a 32-bit board.
import gc
import json


def cost(f, value):
    f(value)
    gc.collect()
    before = gc.mem_alloc()
    kept = f(value)
    return gc.mem_alloc() - before


for value in (1, "abcdefgh", [1, 2, 3], {"a": [1, 2, "x" * 50]}):
    print("dumps", cost(json.dumps, value))
for text in ("1", "1.5", "null", "123456789012", '"abcdefghijk"', '"abcdefghijklmnopqrstuv"', "[]", "[1,2,3]", "[1,2,3,4,5]", "[[1],[2]]", "[[[1]]]", "[[[[[1]]]]]",
             "[[[[[[1]]]]]]", "{}", '{"a":1}', '{"gc":1,"json":2}', '{"gc":{"json":2}}'):
    print(text, cost(json.loads, text))
