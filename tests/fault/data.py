# The data modules, so that each of their allocations is refused once: json, re, deflate, btree and what goes with them.
import binascii
import btree
import deflate
import framebuf
import io
import json
import marshal
import re
import uctypes


def attempt(f):
    try:
        return f()
    except (ValueError, OSError, EOFError, KeyError) as e:
        return repr(e)


value = {"list": [1, 2.5, None, True, "text \n" * 3], "deep": [[[[[[1]]]]]], "n": 1 << 70}
text = json.dumps(value)
print(json.loads(text) == value, attempt(lambda: json.loads(text[:-1])))
s = io.StringIO()
json.dump(value, s, separators=(",", ":"))
s.seek(0)
print(json.load(s) == value)

r = re.compile("(\\w+)=(\\d+|[a-f]+)?")
m = r.search("--- key=42 ---")
print(m.group(1), m.groups(), m.span(2), re.sub(r, lambda m: m.group(2) or "-", "a=1 b=c d="), re.compile("[ ,]+").split("a, b c"), attempt(lambda: re.compile("(")))

data = b"hello hello hello " * 8
b = io.BytesIO()
with deflate.DeflateIO(b, deflate.ZLIB) as d:
    d.write(data)
print(deflate.DeflateIO(io.BytesIO(b.getvalue())).read() == data, attempt(lambda: deflate.DeflateIO(io.BytesIO(b.getvalue()[:9])).read()))
dynamic = b"x\x9c\x05\xc1\x81\x01\x000\x04\x04\xb1\x95\\\x1f\xcfn\x86o\x82d\x06Qq\xc8\x9d\xc5X}<e\xb5g\x83\x0f\x89X\x07\xab"
print(deflate.DeflateIO(io.BytesIO(dynamic)).read(), binascii.a2b_base64(binascii.b2a_base64(data)) == data, binascii.hexlify(b"ab", "-"))

db = btree.open(io.BytesIO(), pagesize=512)
for i in range(30):
    db["key%d" % i] = b"v" * (i * 9)
del db["key3"]
print(len(list(db.items())), len(db["key29"]), db.get("x"), list(db.keys("key1", "key12")))
db.close()

memory = bytearray(16)
u = uctypes.struct(uctypes.addressof(memory), {"a": 0 | uctypes.UINT32, "b": (4 | uctypes.ARRAY, 2, {"c": 0 | uctypes.UINT8})})
u.a = 0xFEDCBA98
u.b[1].c = 7
f = framebuf.FrameBuffer(memory, 4, 4, framebuf.GS8)
f.line(0, 0, 3, 3, 1)
print(u.a, bytes(u), marshal.loads(marshal.dumps((lambda x: x + 1).__code__)))
