# Natives that call themselves use up the stack of a board: RuntimeError, before the heap is full; what is not deep does not.
import io
import json


def nested(kind):
    x = (1, 2)
    for _ in range(2500):
        x = kind(x)
    return x


endless = [1, None]
endless[1] = endless
for f in (
    lambda: print(endless, file=io.StringIO()),
    lambda: tuple(nested(enumerate)),
    lambda: tuple(nested(lambda x: filter(None, x))),
    lambda: json.dumps(endless),
):
    try:
        f()
        print("it came to an end")
    except RuntimeError as e:
        print(e)
print(json.loads("[" * 40 + "1" + "]" * 40))
print(eval("(" * 10 + "1" + ")" * 10))
print("".join(map(str, zip(enumerate("ab")))))
