# a .mpy file whose frames are smaller than its code needs, as older compilers write them in places: it runs all the same. The bytes are the
# example of the .mpy format (def add(p, q=2, *, r=3)) with both frame sizes lowered.
import sys

head = bytes.fromhex("4d06001f0600" "08612e707900" "0f" "027200" "0661646400" "027000" "027100" "8114")
body = bytes.fromhex("0201" "822a012c00831002623300160351630182 20".replace(" ", ""))
code = bytes.fromhex("898080400e03040502" "20262f" "b080424a57c3b1b3b2f4e5c181e5585ad7433159 59b163".replace(" ", ""))


def attempt(name, module_frame, function_frame):
    with open(name + ".mpy", "wb") as f:
        f.write(head + bytes([module_frame]) + body + bytes([function_frame]) + code)
    try:
        print(name, __import__(name).add(4))
    except ValueError as e:
        print(name, "ValueError", e)


sys.path.append(".")
attempt("whole", 0x18, 0xC2)
attempt("small", 0x00, 0xAA)
