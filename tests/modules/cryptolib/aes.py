# cryptolib.aes: known answers (FIPS 197, SP 800-38A), every mode in both directions, into a buffer, what is refused.
try:
    from cryptolib import aes, MODE_CBC, MODE_CTR, MODE_ECB
except ImportError:
    print("SKIP: built without mbedtls")
    raise SystemExit

plain = bytes.fromhex("00112233445566778899aabbccddeeff")
for size in (16, 24, 32):
    secret = aes(bytes(range(size)), MODE_ECB).encrypt(plain)
    print(secret.hex(), aes(bytes(range(size)), MODE_ECB).decrypt(secret) == plain)
key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
text = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
for mode, iv in ((MODE_ECB, None), (MODE_CBC, bytes(range(16))), (MODE_CTR, bytes(range(0xF0, 0x100)))):
    secret = aes(key, mode, iv).encrypt(text)
    print(mode, secret.hex())
    print(aes(key, mode, iv).decrypt(secret) == text)
    c = aes(key, mode, iv)
    print(c.encrypt(text[:16]) + c.encrypt(text[16:]) == secret)  # it goes on where it was
    buffer = bytearray(text + b"rest")
    c = aes(key, mode, iv)
    print(c.encrypt(memoryview(buffer)[:32], buffer) is buffer, buffer == secret + b"rest")
c = aes(key, MODE_CTR, bytes(16))
parts = c.encrypt(b"a") + c.encrypt(b"b" * 30) + c.encrypt(b"c" * 17)
print(parts == aes(key, MODE_CTR, bytes(16)).encrypt(b"a" + b"b" * 30 + b"c" * 17))
c = aes(key, MODE_ECB)
c.encrypt(text)
for f in (lambda: c.decrypt(text), lambda: c.encrypt(b"short"), lambda: c.encrypt(text, bytearray(16)), lambda: c.encrypt(text, text), lambda: c.encrypt(1), lambda: aes(key, 3),
          lambda: aes(b"key", MODE_ECB), lambda: aes(key, MODE_CBC), lambda: aes(key, MODE_CBC, b"iv"), lambda: aes(key, MODE_CTR, None), lambda: aes(key), lambda: aes(key, "x")):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
