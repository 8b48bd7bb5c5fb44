# Board: a computer takes the reports of a mouse. Here: nobody does.
import pyb

pyb.usb_mode("VCP+HID")
print(pyb.USB_HID().send((0, 10, 0, 0)))
try:
    pyb.USB_HID().recv(1, timeout=10)
except OSError as e:
    print(repr(e))
