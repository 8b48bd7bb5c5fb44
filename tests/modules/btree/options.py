# btree.open(): page sizes, cache sizes and keys for each page change how much is read and stored, never what is found.
import btree
import gc
import io


def fill(db):
    for i in range(200):
        db[b"key%03d" % i] = b"v" * (i % 50)
    db[b"key100"] = b"L" * 5000


def correct(db):
    n = 0
    for i, (k, v) in enumerate(db.items()):
        assert k == b"key%03d" % i and v == (b"L" * 5000 if i == 100 else b"v" * (i % 50))
        n += 1
    return n


for kw in ({}, {"flags": 5}, {"flags": -1}, {"pagesize": 512}, {"pagesize": 1000}, {"pagesize": 65536}, {"cachesize": 1}, {"cachesize": 100000, "pagesize": 512},
           {"minkeypage": 1}, {"minkeypage": 2}, {"minkeypage": 31, "pagesize": 512}, {"minkeypage": 255}):
    f = io.BytesIO()
    db = btree.open(f, **kw)
    fill(db)
    db.close()
    f.seek(0)
    once = correct(btree.open(f))
    f.seek(0)  # no option needs to be repeated
    print(kw, once, correct(btree.open(f, minkeypage=20, cachesize=9000)))
for kw in ({"minkeypage": 32, "pagesize": 512}, {"minkeypage": 256}, {"minkeypage": -1}, {"minkeypage": 1 << 40}, {"pagesize": -5}):
    try:
        btree.open(io.BytesIO(), **kw)
    except OSError as e:
        print(kw, e.errno)


class Counted(io.IOBase):
    """A stream that counts how often it is read."""

    def __init__(self, memory):
        self.memory = memory
        self.reads = 0

    def readinto(self, b):
        self.reads += 1
        return self.memory.readinto(b)

    def write(self, b):
        return self.memory.write(b)

    def ioctl(self, request, arg):
        return self.memory.seek(arg) if request == 2 else -22


# the more memory, the fewer reads; the more keys have to be in a page, the fewer pages has the way to a key
def reads(cachesize):
    f.seek(0)
    s = Counted(f)
    db = btree.open(s, cachesize=cachesize)
    for again in range(3):
        for i in range(0, 200, 7):
            db[b"key%03d" % i]
    return s.reads


f = io.BytesIO()
db = btree.open(f, pagesize=512)
fill(db)
db.close()
few, many = reads(0), reads(100000)
print(few > 2 * many, many < len(f.getvalue()) // 512)


def pages_read(**kw):
    f = io.BytesIO()
    db = btree.open(f, pagesize=512, **kw)
    for i in range(60):
        db[b"%02d" % i] = b"v" * 60
    db.close()
    f.seek(0)
    s = Counted(f)
    n = len(list(btree.open(s, cachesize=1).keys()))
    return n, s.reads > 60  # long values are in pages of their own


print(pages_read(), pages_read(minkeypage=20))

# a page in memory is in the heap, and what the cache was asked for is what it takes
def cost(cachesize):
    f.seek(0)
    gc.collect()
    before = gc.mem_alloc()
    db = btree.open(f, cachesize=cachesize)
    n = sum(1 for k in db)
    gc.collect()
    return gc.mem_alloc() - before


small, large = cost(0), cost(512 * 20)
print(5 * 512 <= small < 7 * 512, 20 * 512 <= large < 24 * 512)
# a long value needs more for a time: until the next flush
f = io.BytesIO()
db = btree.open(f, pagesize=512)
gc.collect()
before = gc.mem_alloc()
db[b"k"] = b"x" * 20000
gc.collect()
print(gc.mem_alloc() - before > 20000)
db.flush()
gc.collect()
print(gc.mem_alloc() - before < len(f.getvalue()) + 5000)
