# machine.CAN: two controllers of a pyboard wired together and alone: filters, priorities, mailboxes, errors and their states, interrupts
from machine import CAN
import time

a, b = CAN(1, 500_000), CAN("YB", 500_000)
print(a, b, CAN.TX_QUEUE_LEN)
print(a.get_timings(), a.state() == CAN.STATE_ACTIVE, a.get_counters())


def show(can):
    while True:
        message = can.recv()
        if not message:
            break
        can_id, data, flags, errors = message
        print(" got", hex(can_id), bytes(data), flags, errors)


def wait():
    time.sleep_ms(2)


print("no filters:", a.send(0x10, b"lost"))
wait()
show(b)
b.set_filters(None)
print(a.send(0x123, b"12345678"), a.send(0x1ABCDEF, b"", CAN.FLAG_EXT_ID), a.send(0x7FF, b"rtr", CAN.FLAG_RTR))
wait()
show(b)
# of what waits the lowest identifier goes first, whoever sends it; the first one is on its way already
a.set_filters(None)
print(a.send(0x700, b"1"), a.send(0x600, b"3"), b.send(0x500, b"2"), a.send(0x700, b"again"), a.send(0x701, b"4"), a.send(1, b""))
wait()
show(b)
show(a)
print("equals:", a.send(5, b"x"), a.send(5, b"y"), a.send(5, b"z", CAN.FLAG_UNORDERED))
wait()
show(b)
b.set_filters([(0x100, 0x700, 0), (0x1000, 0x1FFF0000, CAN.FLAG_EXT_ID), (0x7, 0x7FF, CAN.FLAG_RTR)])
for message in ((0x1FF, b"a"), (0x2FF, b"b"), (0x9999, b"c", CAN.FLAG_EXT_ID), (7, b"d"), (7, b"e", CAN.FLAG_RTR)):
    a.send(*message)
    time.sleep_us(400)
show(b)
buf = bytearray(8)
message = [0, memoryview(buf), 0, 0]
b.set_filters(None)
a.send(3, b"abc")
wait()
print(b.recv(message) is message, message[0], bytes(message[1]), buf, b.recv(message))
for i in range(5):
    a.send(i, bytes([i]))
    wait()
print("overrun:", b.get_counters()[6:])
show(b)


# interrupts
def on_event(can):
    while flags := can.irq().flags():
        if flags & CAN.IRQ_STATE:
            print(" state", can.state())
        if flags & CAN.IRQ_TX:
            print(" sent", (flags >> CAN.IRQ_TX_IDX_SHIFT) & CAN.IRQ_TX_IDX_MASK, not flags & CAN.IRQ_TX_FAILED)
        if flags & CAN.IRQ_RX:
            print(" got", bytes(can.recv()[1]))


a.irq(on_event, CAN.IRQ_TX | CAN.IRQ_STATE)
b.irq(on_event, CAN.IRQ_RX)
a.send(1, b"one"), a.send(2, b"two")
wait()
b.deinit()
print("nobody acknowledges", b, b.state())
a.send(1, b"alone")
time.sleep_ms(10)
counters = a.get_counters()
print(a.state() == CAN.STATE_PASSIVE, counters[:6])
print(a.cancel_send(0), a.cancel_send(1))
wait()
b.init(500_000)
b.set_filters(None)
a.send(1, b"back")
wait()
print(a.state() == CAN.STATE_WARNING, a.get_counters()[0], b.irq().trigger())
show(b)
a.irq(None)
b.init(125_000)
a.send(1, b"too fast")
time.sleep_ms(20)
print("wrong speed:", a.state() == CAN.STATE_PASSIVE, b.state() == CAN.STATE_PASSIVE, a.get_counters()[:6])
a.restart()
print(a.state() == CAN.STATE_ACTIVE, a.get_counters())
b.deinit()
try:
    b.send(2, b"")
except OSError as e:
    print(e)
for mode in (CAN.MODE_LOOPBACK, CAN.MODE_SILENT_LOOPBACK):
    a.init(250_000, mode)
    a.set_filters(None)
    a.send(9, b"self")
    wait()
    show(a)
for bad in (
    lambda: CAN(3, 500_000), lambda: CAN(1), lambda: CAN(1, 0), lambda: CAN(1, 500_000, 9), lambda: CAN(1, 500_000, tseg1=5),
    lambda: CAN(1, 500_000, tseg1=5, tseg2=9), lambda: CAN(1, 500_000, sample_point=100), lambda: CAN(1, 500_000, sjw=5),
    lambda: a.send(0x800, b""), lambda: a.send(1, bytes(9)), lambda: a.set_filters([(0x800, 0, 0)]), lambda: a.set_filters([(1, 2)]),
    lambda: a.set_filters([(1, 1, 64)]), lambda: a.set_filters([(0, 0, 0)] * 15), lambda: a.cancel_send(3), lambda: a.irq(on_event, 64),
    lambda: a.get_counters([0]), lambda: a.get_timings(1),
):
    try:
        print(bad())
    except (ValueError, TypeError) as e:
        print(repr(e))
