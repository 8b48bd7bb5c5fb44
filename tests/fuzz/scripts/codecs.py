# Hashes, AES, and the functions of binascii with any arguments; what can be undone is undone.
import binascii
import cryptolib
import hashlib


def attempt(f, *args):
    try:
        return f(*args)
    except (ValueError, TypeError, OverflowError):
        pass


def ciphers(data, how):
    n = data[0] if data else 0
    key, iv, text = data[: n % 40], data[n % 40 : n % 40 + n % 19], data[n % 23 :]
    mode = (1, 2, 6, how)[how % 4]
    for args in ((key, mode, iv), (key, mode), (data[:16], mode, data[16:32]), ((key + b"0" * 32)[:32], mode, (iv + b"1" * 16)[:16])):
        a = attempt(cryptolib.aes, *args)
        b = attempt(cryptolib.aes, *args)
        if a:
            secret = attempt(a.encrypt, text)
            room = bytearray(how)
            attempt(a.encrypt, memoryview(text)[:48], room)
            attempt(a.decrypt, text)
            if secret is not None and attempt(b.decrypt, secret) != text:
                raise SystemError
            attempt(b.decrypt, text, room)
            attempt(b.decrypt, room, room)


def case(data):
    if not data:
        return
    how = data[0]
    data = data[1:]
    for new in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        h = new(data)
        h.update(data[how % 5 :])
        parts = new(data[:how])
        parts.update(data[how:])
        if parts.digest() != new(data).digest():
            raise SystemError
        h.digest()
        attempt(h.digest)
        attempt(h.update, data)
    ciphers(data, how)
    if binascii.unhexlify(binascii.hexlify(data)) != data or binascii.a2b_base64(binascii.b2a_base64(data)) != data:
        raise SystemError
    attempt(binascii.unhexlify, data)
    attempt(binascii.a2b_base64, data)
    attempt(binascii.hexlify, data, data[:1])
    attempt(binascii.b2a_base64, data)
    binascii.crc32(data, how << how % 40)
