# The functions of pyb: time, interrupts, clocks, what the chip is, sleep, start-up, and what needs a cable.
import bench
import pyb

print(pyb.millis() < 100, pyb.elapsed_millis(pyb.millis() - 5), pyb.elapsed_micros(pyb.micros()) < 50)
m = pyb.millis()
pyb.delay(20)
pyb.udelay(1500)
pyb.delay(-1)
print(pyb.elapsed_millis(m))
print(pyb.elapsed_millis(m + 100) > 1 << 29)  # the future is far in the past
print(pyb.disable_irq(), pyb.disable_irq(), pyb.enable_irq(), pyb.disable_irq(), pyb.enable_irq(True))
print(pyb.freq())
for f in ((120000000,), (100000000,), (84000000, 42000000, 10500000, 21000000), (16000000,), (8000000,), (168000000,)):
    pyb.freq(*f)
    print(f, pyb.freq())
try:
    pyb.freq(1000000)
except ValueError as e:
    print(repr(e))
print(pyb.unique_id(), len(pyb.unique_id()))
r = [pyb.rng() for _ in range(100)]
print(len(set(r)) > 95, min(r) >= 0, max(r) < 1 << 30, max(r) > 1 << 29)

# wfi ends with each millisecond at the latest
t = pyb.micros()
pyb.wfi()
print(0 < pyb.elapsed_micros(t) <= 1000)

# stop: timers and millis stand still, the calendar wakes the board
tim = pyb.Timer(4, freq=1000)
n = 0


def tick(t):
    global n
    n += 1


tim.callback(tick)
rtc = pyb.RTC()
rtc.wakeup(2000)
before, ticks, real = pyb.millis(), n, bench.now_us()
pyb.stop()
print(pyb.elapsed_millis(before) < 5, n - ticks < 5, (bench.now_us() - real) // 100000)
rtc.wakeup(None)
pyb.delay(5)
print(4 <= n <= 12)
tim.deinit()

print(pyb.usb_mode(), pyb.have_cdc())
pyb.usb_mode("CDC+HID", hid=pyb.hid_keyboard)
print(pyb.usb_mode(), pyb.hid_mouse[:4], len(pyb.hid_mouse[4]), pyb.hid_keyboard[:4])
pyb.usb_mode(None)
print(pyb.usb_mode(), pyb.have_cdc())
pyb.usb_mode("VCP+MSC", vid=0xF055, pid=0x9800)
vcp = pyb.USB_VCP()
print(vcp, vcp.isconnected(), vcp.any(), vcp.read(), vcp.readline(), vcp.recv(3, timeout=5), vcp.recv(bytearray(2), timeout=0))
vcp.init(flow=vcp.RTS | vcp.CTS)
vcp.setinterrupt(-1)
vcp.setinterrupt(3)
vcp.irq(lambda v: None, vcp.IRQ_RX)
vcp.irq(None)
print(vcp.write(b"to the console\n"), vcp.send("and this\n"), vcp.send(10), vcp.close())
hid = pyb.USB_HID()
print(hid.send((0, 1, 2, 3)), pyb.hid((0, 10, 0, 0)))
for bad in (
    lambda: hid.recv(4, timeout=10),
    lambda: hid.send(5),
    lambda: pyb.hid((1, 2)),
    lambda: pyb.usb_mode("XYZ"),
    lambda: pyb.USB_VCP(1),
    lambda: vcp.irq(3),
    lambda: vcp.irq(print, 8),
    lambda: pyb.country("ABC"),
    lambda: pyb.main(5),
):
    try:
        bad()
        print("no error")
    except (ValueError, TypeError, OSError, AttributeError) as e:
        print(repr(e))
print(pyb.country(), pyb.country("NZ"), pyb.country())
print(pyb.main("other.py"), pyb.sync(), pyb.fault_debug(True), pyb.fault_debug(False), pyb.repl_uart())
bench.tilt(3, -5, 40)
a = pyb.Accel()
print(a, a.x(), a.y(), a.z(), a.tilt(), a.filtered_xyz(), a.filtered_xyz(), a.read(7))
