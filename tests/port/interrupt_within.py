# Ctrl-C stops natives in the middle of one long operation, which must not come to its end; and diamonds of classes take no time
import binascii
import hashlib
import json
import os
import time

tuples = ()
lists, others = [], []
for i in range(60):
    tuples = (tuples, tuples)
    lists = [lists, lists]
    others = [others, others]
text = "a" * 60000000
block = bytes(60000000)

long_ones = (
    ("hash", lambda: hash(tuples)),
    ("==", lambda: lists == others),
    ("<", lambda: lists < others),
    ("repr", lambda: repr(lists)),
    ("json", lambda: json.dumps(lists)),
    ("in", lambda: lists in [others]),
    ("key", lambda: {tuples: 1}),
    ("count", lambda: text.count("a")),
    ("quoted", lambda: repr(block)),
    ("hashed", lambda: [hashlib.sha256(block).update(block * 4)]),
    ("strip", lambda: (text * 4).strip("bca")),
    ("padded", lambda: [int("9" * 3000) for i in (1,) if "{:>1000000000}".format(1)]),
)


def run(name, work):
    os.system("p=$PPID; (sleep 0.05; kill -INT $p) &")
    finished = False
    try:
        work()
        finished = True
        time.sleep(1)
        print(name, "was not interrupted")
    except KeyboardInterrupt:
        print(name, "came to its end" if finished else "interrupted")


for name, work in long_ones:
    run(name, work)


class Top:
    here = 1


def diamonds(n):
    last = Top
    for i in range(n):
        last = type("Below", (type("Left", (last,), {}), type("Right", (last,), {})), {})
    return last


o = diamonds(60)()
print(o.here, hasattr(o, "elsewhere"), isinstance(o, Top), isinstance(o, int), issubclass(type(o), (str, Top)))
o.own = 2
print(o.own)
