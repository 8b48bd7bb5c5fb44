# Board: a sender that does not hear its own dominant bits (its receiver is not on the bus) counts errors, and the frame never gets through.
# Here: whoever listens to its transmit pin takes the frame.
from pyb import CAN

sender, other = CAN(1, CAN.NORMAL, baudrate=125000), CAN(2, CAN.NORMAL, baudrate=125000)
other.setfilter(0, CAN.MASK16, 0, (0, 0, 0, 0))
sender.send(b"x", 5, timeout=20)
print(sender.info()[0], other.any(0))
