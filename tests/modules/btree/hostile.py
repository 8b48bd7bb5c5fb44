# btree: files made to lead in circles, to branch without end or to claim sizes they have not: an error, soon, and no memory taken.
import btree
import io
import struct

PAGE = 512
EMPTY_LEAF = struct.pack("<BBHII", 1, 0, 0, 12, 0)


def header(root, pages, free=0):
    return struct.pack("<8sIIII", b"BreadDB1", PAGE, root, pages, free)


def short(data):
    return struct.pack("<I", len(data)) + data


def long(size, first):
    return struct.pack("<II", size | 1 << 31, first)


def inner(first, *cells):
    body = b"".join(key + struct.pack("<I", child) for key, child in cells)
    return struct.pack("<BBHII", 2, 0, len(cells), 12 + len(body), first) + body


def leaf(*cells):
    body = b"".join(key + value for key, value in cells)
    return struct.pack("<BBHII", 1, 0, len(cells), 12 + len(body), 0) + body


def overflow(following, used, fill=b"x"):
    return struct.pack("<BBHII", 3, 0, 0, following, used) + fill * (PAGE - 12)


def padded(page):
    return page + b"\0" * (PAGE - len(page))


def attempts(name, *pages, root=1, count=None, free=0):
    data = b"".join(padded(p) for p in (header(root, count or len(pages) + 1, free),) + pages)
    found = []
    for f in (
        lambda db: len(list(db.items())),
        lambda db: len(list(db.items(None, None, btree.DESC))),
        lambda db: db.get(b"m"),
        lambda db: db.put(b"m", b"n" * 1000),
        lambda db: [db.put(b"%d" % i, b"v" * 60) for i in range(50)] and None,
    ):
        db = btree.open(io.BytesIO(data))
        try:
            found.append(f(db))
        except OSError as e:
            found.append("E%d" % e.errno)
        except MemoryError:
            found.append("memory")
    print(name, found)


many = [(short(b"%02d" % i), 2) for i in range(40)]
attempts("itself", inner(1, (short(b"k"), 1)))
attempts("circle", inner(2, (short(b"k"), 2)), inner(1, (short(b"j"), 1)))
# each level has 41 ways to the next one, and there is nothing at the end: 41 ** 10
levels = [inner(n + 2, *[(key, n + 2) for key, _ in many]) for n in range(10)]
attempts("branches", *levels + [EMPTY_LEAF])
attempts("no such page", inner(7, (short(b"k"), 8)))
attempts("pages that are not there", inner(900, (short(b"k"), 901)), count=4000000000)
attempts("long key in a circle", leaf((long(1 << 30, 2), short(b"v"))), overflow(2, 500))
attempts("long value in a circle", leaf((short(b"m"), long((1 << 31) - 1, 2))), overflow(3, 500), overflow(2, 500))
attempts("nearly empty pages", leaf((short(b"m"), long(100, 2))), overflow(2, 1))
attempts("key in the root", leaf((long(600, 1), short(b"v"))))
attempts("free pages in a circle", leaf((short(b"m"), short(b"v"))), overflow(2, 500), free=2)
attempts("the root is free", EMPTY_LEAF, free=1)
attempts("shared", leaf((short(b"a"), long(500, 2)), (short(b"b"), long(500, 2))), overflow(0, 500))
attempts("out of order", leaf(*[(short(b"%d" % (9 - i)), short(b"v")) for i in range(9)]))
