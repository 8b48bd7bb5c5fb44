# btree: thousands of random changes, with long keys and values, against a dictionary; opened again in between; ranges in both directions.
import btree
import io

seed = 5


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 8) % n


def key():
    n = rnd(400)
    return (b"key%d" % n) * (40 if n % 37 == 0 else 1)


def value():
    n = rnd(10)
    return b"v" * rnd(2000) if n == 0 else b"%d" % rnd(1000000)


def check(db, model):
    keys = sorted(model)
    assert list(db) == keys == list(db.keys())
    assert list(db.values()) == [model[k] for k in keys]
    assert list(db.items(None, None, btree.DESC)) == [(k, model[k]) for k in reversed(keys)]
    for i in range(20):
        a, b = sorted((key(), key()))
        assert list(db.keys(a, b)) == [k for k in keys if a <= k < b]
        assert list(db.keys(a, b, btree.INCL)) == [k for k in keys if a <= k <= b]
        assert list(db.keys(b, a, btree.DESC)) == [k for k in reversed(keys) if a < k <= b]
        assert list(db.keys(b, a, btree.DESC | btree.INCL)) == [k for k in reversed(keys) if a <= k <= b]
        assert list(db.keys(None, b)) == [k for k in keys if k < b]
        assert list(db.keys(a)) == [k for k in keys if k >= a]
        assert list(db.keys(a, None, btree.DESC)) == [k for k in reversed(keys) if k <= a]


for page in (512, 1024, 4096):
    f = io.BytesIO()
    db = btree.open(f, pagesize=page)
    model = {}
    for step in range(3000):
        k = key()
        if rnd(3):
            model[k] = value()
            db[k] = model[k]
        elif k in model:
            del model[k]
            del db[k]
        else:
            assert k not in db and db.get(k) is None
        if step % 500 == 499:
            check(db, model)
            db.close()
            f.seek(0)
            db = btree.open(f)
            check(db, model)
    assert all(db[k] == v for k, v in model.items())
    for k in list(model):
        del db[k]
    assert list(db) == []
    db[b"again"] = b"1"
    db.flush()
    print(page, list(db.items()), len(f.getvalue()) < 400000)
