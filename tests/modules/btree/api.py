# btree: the methods one by one, kinds of keys, changes while iterating, arguments, streams that fail, damaged files.
import btree
import io


def show(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e.args)


f = io.BytesIO()
db = btree.open(f, flags=0, pagesize=512, cachesize=8192, minkeypage=0)
db["b"] = "2"
db[bytearray(b"a")] = memoryview(b"1")
print(db.put(b"c", b""), db[b"c"], db["a"], db.get("x"), db.get("x", 7), "b" in db, b"x" in db)
show(lambda: db["x"])
try:
    del db["x"]
except KeyError as e:
    print("KeyError", e.args)
print(list(db), list(db.items("b")), list(db.keys(None, "c", btree.INCL)), list(db.values("c", "a", btree.DESC)))
print(db.seq(1, b"b"), db.seq(1, b"bb"), db.seq(1, b"d"), db.seq(3), db.seq(6))
show(db.seq, b"b")
show(db.seq, 1)
# changes while iterating
for k in db:
    db[k + b"!"] = b"new"
    if len(k) > 3:
        break
print(list(db))
for k in db:
    del db[k]
print(list(db), db.seq(3))
for bad in (1, None, [1]):
    show(db.put, bad, b"")
    show(db.put, b"k", bad)
show(db.keys, 1)
print(str(db)[:7])
db[b""] = b"empty key"
db[b"k" * 5000] = b"v" * 20000
print([(len(k), len(v)) for k, v in db.items()])
db.close()
db.close()
print(db)
for f2 in (lambda: db[b"a"], lambda: db.put(b"a", b""), lambda: list(db), lambda: db.flush(), lambda: b"a" in db, lambda: db.items()):
    show(f2)
for kw in ({"pagesize": 511}, {"pagesize": 65537}, {"pagesize": "x"}, {"cachesize": -1}, {"other": 1}):
    show(btree.open, io.BytesIO(), **kw)
show(btree.open)
show(btree.open, 1)
show(btree.open, io.BytesIO(), 1)
show(btree.open, io.BytesIO(b"something else that is no database"))


class Weak(io.IOBase):
    def __init__(self, calls):
        self.memory = io.BytesIO()
        self.calls = calls

    def count(self):
        self.calls -= 1
        if self.calls < 0:
            raise OSError(5)

    def readinto(self, b):
        self.count()
        return self.memory.readinto(b)

    def write(self, b):
        self.count()
        return self.memory.write(b)

    def ioctl(self, request, arg):
        self.count()
        if request != 2:
            return -22
        return self.memory.seek(arg)


ended = set()
for calls in (0, 1, 5, 20, 60, 100000):
    try:
        db = btree.open(Weak(calls), pagesize=512)
        for i in range(100):
            db[b"%d" % i] = b"x" * 100
        db.close()
        ended.add("all written")
    except OSError as e:
        ended.add(e.errno)
print(sorted(ended, key=str))
# every damaged byte: an error or a database, never more
f = io.BytesIO()
db = btree.open(f, pagesize=512)
for i in range(60):
    db[b"%d" % i] = b"x" * (i * 7 % 100)
db.close()
good = f.getvalue()
for i in range(0, len(good), 1 if len(good) < 9000 else 3):
    for v in (0, 255, good[i] ^ 1):
        if good[i] == v:
            continue
        damaged = bytearray(good)
        damaged[i] = v
        try:
            db = btree.open(io.BytesIO(damaged))
            list(db.items())
            db[b"30"] = b"y" * 200
            del db[b"17"]
        except (OSError, KeyError):
            pass
for n in range(0, len(good), 97):
    try:
        list(btree.open(io.BytesIO(good[:n])))
    except OSError:
        pass
print("done")
