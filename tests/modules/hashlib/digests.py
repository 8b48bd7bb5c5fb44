# hashlib: digests, feeding in parts, the end of a hash, arguments, cost.
try:
    import hashlib
except ImportError:
    print("SKIP: built without mbedtls")
    raise SystemExit
import gc

for name in ("md5", "sha1", "sha256"):
    new = getattr(hashlib, name)
    print(name, new().digest().hex(), new(b"abc").digest().hex(), new("abc").digest().hex())
    h = new()
    for n in range(200):
        h.update(bytes(range(n)))
    print(h.digest().hex(), h)
    for f, args in ((h.digest, ()), (h.update, (b"a",)), (new, (1,)), (new, (b"a", b"b")), (h.update, ())):
        try:
            f(*args)
        except (ValueError, TypeError) as e:
            print(type(e).__name__, e)
    try:
        new(data=b"a")
    except TypeError as e:
        print(e)
    gc.collect()
    before = gc.mem_alloc()
    h = new()
    print(gc.mem_alloc() - before)
