# The dictionaries of builtin types cannot be changed.
d = list.__dict__
print("append" in d, 5 in d, d.get("nothing"))


def refused(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e.args)


def store():
    d["x"] = 1


def delete():
    del d["append"]


refused(store)
refused(delete)
refused(lambda: d.clear())
refused(lambda: d.pop("append"))
refused(lambda: d.popitem())
refused(lambda: d.update(a=1))
refused(lambda: d.setdefault("append"))
refused(lambda: d[5])
c = d.copy()
c["x"] = 5
print(c["x"], len(c) == len(d) + 1)
