# pyb.LCD: a peripheral on its clock and data wires reads what the documented controller takes: the byte, most significant bit first
import pyb

lcd, part = pyb.LCD("X"), pyb.SPI("Y", pyb.SPI.PERIPHERAL, polarity=1, phase=1)
for kind, byte in ((0, 0xA5), (1, 0x01), (0, 0x80)):
    lcd.command(kind, byte)
    print(hex(part.recv(1)[0]), pyb.Pin("X5").value())
for contrast in (0, 20, 47, 48, -1):
    lcd.contrast(contrast)
    print(part.recv(1)[0], end=" ")
print()
lcd.pixel(127, 31, 1)
lcd.pixel(127, 24, 1)
lcd.show()
print(hex(part.recv(1)[0]), "the last column of the last page")
