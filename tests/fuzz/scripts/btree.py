# Any bytes as a database: looked through, changed, written, opened again.
import btree
import io


def attempt(f, *args):
    try:
        return f(*args)
    except (OSError, KeyError, MemoryError):
        pass


def remove(db, key):
    del db[key]


def use(db, data):
    attempt(lambda: sum(len(k) + len(v) for k, v in db.items()))
    attempt(lambda: sum(len(k) for k in db.keys(data[-3:], data[-9:-5], btree.DESC | btree.INCL)))
    attempt(db.get, b"k010")
    attempt(db.put, b"k010!", data[:300])
    attempt(db.put, data[24:60], data[:40])
    attempt(remove, db, b"k005")
    attempt(remove, db, b"long" * 60)
    attempt(db.put, b"k010", b"x" * 60)
    attempt(db.seq, 6)
    keys = attempt(list, db) or ()
    for key in keys[:9]:
        attempt(remove, db, key)
    for i in range(20):
        attempt(db.put, b"k01%d" % i, data[:50])
    attempt(db.flush)


def case(data):
    stream = io.BytesIO(data)
    db = btree.open(stream, pagesize=512, minkeypage=data[0] % 40 if data else 0)
    use(db, data)
    stream.seek(0)
    use(btree.open(stream, cachesize=9000), data)
