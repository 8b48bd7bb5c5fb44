# A database in which each allocation is refused once: the operation has happened, or everything is as it was before, also in the file.
import btree
import io

f = io.BytesIO()
db = None
model = {}


def wrong(what):
    print("btree:", what)
    raise SystemExit(3)


def check():
    for again in range(3):
        try:
            found = dict(db.items())
            break
        except MemoryError:
            pass
    if found != model:
        wrong("the database is not what it was")
    for again in range(3):
        try:
            db.flush()
            f.seek(0)
            found = dict(btree.open(f).items())
            break
        except MemoryError:
            pass
    if found != model:
        wrong("the file is not what it was")


def put(key, value):
    try:
        db[key] = value
    except MemoryError:
        check()
        db[key] = value
    model[key] = value


def remove(key):
    try:
        del db[key]
    except MemoryError:
        check()
        del db[key]
    del model[key]


keys = [b"k%02d" % i for i in range(36)]
long_key = b"long" * 50
large = [b"V" * 1500, b"W" * 2100, b"x" * 60, b"y" * 90]
for again in range(2):
    try:
        db = btree.open(f, pagesize=512, cachesize=512)
        break
    except MemoryError:
        f = io.BytesIO()
for k in keys:
    put(k, large[2])
put(long_key, large[0])
put(keys[7], large[1])
put(keys[7], large[0])
put(keys[9], large[3])
put(long_key, large[3])
remove(keys[20])
remove(keys[7])
remove(long_key)
check()
