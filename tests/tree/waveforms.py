# SPDX-License-Identifier: MIT
"""What sigrok's decoders read in a trace is what was sent: a UART, I2C, SPI, a CAN bus. Skipped where sigrok-cli is not installed."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP, BUILD = sys.argv[1], sys.argv[2]

PROGRAM = """
from machine import UART, I2C, I2CTarget, SPI, CAN
u = UART(4, 115200, 8, 0, 1)
u.write(b"Breadboard")
u.sendbreak()
u.flush()
t = I2CTarget("Y", 0x42, mem=bytearray(b"ABCD"))
i = I2C("X", freq=400000)
i.writeto_mem(0x42, 1, b"xy")
i.readfrom_mem(0x42, 0, 3)
try:
    i.writeto(0x10, b"z")
except OSError:
    pass
s = SPI(1, 2000000)
s.write(b"\\x12\\xa5\\xff")
c = CAN(1, 500000, CAN.MODE_LOOPBACK)
c.set_filters(None)
c.send(0x555, b"\\x00\\x00\\xff")
while not c.recv():
    pass
c.send(0x1abcdef, b"ok", CAN.FLAG_EXT_ID)
while not c.recv():
    pass
"""
WIRES = ["--wire=X9=Y9", "--wire=X10=Y10"]
# decoder with its options, annotations, what must be in the answer, in order
DECODERS = [
    ("uart:rx=X1:baudrate=115068:parity=even:format=hex", "uart=rx-data",
     " ".join("%02X" % c for c in b"Breadboard").split()),
    ("i2c:scl=X9:sda=X10", "i2c",
     ["Start", "Address write: 42", "ACK", "Data write: 01", "ACK", "Data write: 78", "ACK", "Data write: 79", "ACK", "Stop",
      "Start", "Address write: 42", "ACK", "Data write: 00", "ACK", "Start repeat", "Address read: 42", "ACK",
      "Data read: 41", "ACK", "Data read: 78", "ACK", "Data read: 79", "NACK", "Stop",
      "Start", "Address write: 10", "NACK", "Stop"]),
    ("spi:clk=X6:mosi=X8", "spi=mosi-data", ["12", "A5", "FF"]),
    ("can:can_rx=Y4:nominal_bitrate=500000", "can",
     ["Identifier: 1365", "Data length code: 3", "Data byte 0: 0x00", "Data byte 2: 0xff", "CRC-15 sequence", "ACK slot: ACK",
      "Identifier: 106", "Data length code: 2", "Data byte 0: 0x6f", "Data byte 1: 0x6b", "ACK slot: ACK"]),
]


def rest_high(path, pin):
    """A line that nobody drives yet is drawn low; the decoder of CAN would take that for a frame."""
    with open(path, encoding="ascii") as f:
        text = f.read()
    found = re.search(r"\$var wire 1 (\S+) %s " % pin, text)
    with open(path, "w", encoding="ascii") as f:
        f.write(text.replace("\n0%s\n" % found.group(1), "\n1%s\n" % found.group(1), 1))


def decode(trace, decoder, annotations):
    p = subprocess.run(["sigrok-cli", "-i", trace, "-P", decoder, "-A", annotations], capture_output=True, text=True)
    return p.returncode, p.stdout + p.stderr


def main():
    if not shutil.which("sigrok-cli"):
        print("sigrok-cli is not installed")
        return 77
    bad = 0
    with tempfile.TemporaryDirectory(prefix="breadboard-") as folder:
        trace = os.path.join(folder, "trace.vcd")
        p = subprocess.run([os.path.join(BUILD, "micropython"), "--board=pybv11", "--clock=virtual", "--trace=" + trace,
                            "--trace-pins=X1,X9,X10,X6,X8,Y4"] + WIRES + ["-c", PROGRAM], capture_output=True, text=True)
        if p.returncode != 0:
            print(p.stdout + p.stderr)
            return 1
        rest_high(trace, "Y4")
        for decoder, annotations, want in DECODERS:
            status, text = decode(trace, decoder, annotations)
            at = 0
            for word in want:
                found = text.find(word, at)
                if status != 0 or found < 0:
                    print("%s: no '%s' in\n%s" % (decoder, word, text[-3000:]))
                    bad += 1
                    break
                at = found + len(word)
    return 1 if bad else 0


sys.exit(main())
