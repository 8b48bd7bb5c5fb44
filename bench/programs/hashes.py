# hashlib, binascii: digests and checksums of larger blocks
import hashlib, binascii
block = bytes(range(256)) * 256
def run():
    out = []
    for new in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        h = new()
        for i in range(200):
            h.update(block)
        out.append(binascii.hexlify(h.digest()))
    crc = 0
    for i in range(200):
        crc = binascii.crc32(block, crc)
    return out, crc, len(binascii.b2a_base64(block)) + len(binascii.a2b_base64(binascii.b2a_base64(block)))
print(run())
