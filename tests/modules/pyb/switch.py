# pyb.Switch: state, callback without arguments, nothing while it bounces open; the callback ends with None.
import bench
import pyb

sw = pyb.Switch()
print(sw, sw(), sw.value())
bench.press("USR")
print(sw(), sw.value())
bench.release("USR")
print(sw())

presses = 0


def pressed():
    global presses
    presses += 1


sw.callback(pressed)
for _ in range(3):
    bench.press("USR")
    pyb.delay(10)
    bench.release("USR")
    pyb.delay(10)
print(presses)
sw.callback(lambda: pyb.LED(1).toggle())
bench.press("USR")
pyb.delay(1)
print(pyb.LED(1).intensity(), presses)
bench.release("USR")
sw.callback(None)
bench.press("USR")
print(pyb.LED(1).intensity())
bench.release("USR")
try:
    sw.callback(1)
except ValueError as e:
    print(repr(e))
# the line is that of its pin
sw.callback(pressed)
try:
    pyb.ExtInt(pyb.Pin("Y5"), pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_NONE, print)
    pyb.ExtInt(pyb.Pin("SW"), pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_UP, print)
except ValueError as e:
    print(repr(e))
