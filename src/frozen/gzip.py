# SPDX-License-Identifier: MIT
# gzip files over deflate: a window of 512 bytes when writing, any when reading.
import builtins
import deflate
import io

_WRITE_BITS = 9


def GzipFile(*, fileobj, mode):
    return deflate.DeflateIO(fileobj, deflate.GZIP, _WRITE_BITS if "w" in mode else 0)


def open(filename, mode):
    return deflate.DeflateIO(builtins.open(filename, mode), deflate.GZIP, _WRITE_BITS if "w" in mode else 0, True)


def decompress(data):
    return GzipFile(fileobj=io.BytesIO(data), mode="rb").read()


def compress(data):
    target = io.BytesIO()
    with GzipFile(fileobj=target, mode="wb") as g:
        g.write(data)
    return target.getvalue()
