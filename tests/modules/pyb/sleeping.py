# pyb.stop(), pyb.wfi() go on after the interrupt that wakes; pyb.standby() ends the run of a script.
import bench
import pyb

rtc = pyb.RTC()
rtc.wakeup(20)
start = bench.now_us()
pyb.stop()
print((bench.now_us() - start) // 1000, "ms")
rtc.wakeup(None)
start = pyb.millis()
pyb.wfi()
print(pyb.elapsed_millis(start) <= 1)
print("asleep")
pyb.standby()
print("never")
