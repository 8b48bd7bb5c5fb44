# btree: an operation that fails in the middle leaves the database as it was before it; in memory, and in the file afterwards.
import btree
import io


class Failing(io.IOBase):
    """A stream whose n-th call from now fails."""

    def __init__(self):
        self.memory = io.BytesIO()
        self.left = -1

    def count(self):
        self.left -= 1
        if self.left == -1:
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


def model_of(n):
    model = {b"k%03d" % i: b"v" * (i * 7 % 60) for i in range(n)}
    model[b"long" * 60] = b"V" * 3000
    model[b"big"] = b"W" * 2500
    return model


def build(n):
    f = Failing()
    db = btree.open(f, pagesize=512, cachesize=512)
    for k, v in model_of(n).items():
        db[k] = v
    db.flush()
    list(db)  # other pages are in memory than those that are asked for next
    return f, db


def check(f, db, model):
    expected = sorted(model.items())
    assert list(db.items()) == expected
    db.flush()
    f.memory.seek(0)
    assert list(btree.open(f.memory).items()) == expected


def put(key, value):
    def change(d):
        d[key] = value

    return change


def remove(key):
    def change(d):
        del d[key]

    return change


changes = (
    ("new", put(b"k0605", b"x")),
    ("splits", put(b"k050!", b"x" * 120)),
    ("replaces", put(b"k085", b"y" * 64)),
    ("replaces by long", put(b"k020", b"Z" * 2000)),
    ("replaces long", put(b"big", b"Q" * 3500)),
    ("replaces long by short", put(b"big", b"q")),
    ("long key", put(b"k0" * 500, b"value")),
    ("removes", remove(b"k033")),
    ("removes long", remove(b"long" * 60)),
)
for name, change in changes:
    refused = 0
    for n in range(1000):
        f, db = build(120)
        model = model_of(120)
        f.left = n
        try:
            change(db)
            f.left = -1
            change(model)
            check(f, db, model)
            break
        except OSError:
            f.left = -1
            refused += 1
            check(f, db, model)
            # and the same change works afterwards
            change(db)
            change(model)
            check(f, db, model)
    print(name, refused > 0)

# what failed takes no room in the file for ever
f, db = build(40)
sizes = set()
for i in range(40):
    f.left = i % 5 + 12
    try:
        db[b"big"] = b"R" * 6000
    except OSError:
        pass
    f.left = -1
    db.flush()
    sizes.add(len(f.memory.getvalue()))
print(max(sizes) - min(sizes) < 20000)

# a flush that fails is done again by the next one
f, db = build(40)
for n in range(60):
    f.left = n
    try:
        db.flush()
        break
    except OSError:
        pass
f.left = -1
db.flush()
check(f, db, model_of(40))
print("flushed")

# a file that was cut off or written in part: an error, or pairs that were stored once
f, db = build(60)
db.flush()
before = f.memory.getvalue()
for i in range(60):
    db[b"k%03d" % i] = b"new"
db.flush()
after = f.memory.getvalue()
for n in range(0, len(after), 512):
    for mixed in (after[:n] + before[n:], before[:n] + after[n:], after[:n]):
        try:
            for k, v in btree.open(io.BytesIO(mixed)).items():
                assert v in (b"new", b"V" * 3000, b"W" * 2500) or set(v) <= set(b"v")
        except OSError as e:
            assert e.errno == 22
print("killed")
