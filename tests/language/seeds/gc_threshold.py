# when a collection starts by itself: gc.threshold(), gc.disable()
import gc

gc.collect()
print(gc.isenabled(), gc.threshold())
gc.threshold(gc.mem_free() // 4 + gc.mem_alloc())
print(gc.threshold() > 0)


def litter(times):
    for _ in range(times):
        bytearray(1000)


gc.threshold(20000)
gc.collect()
start = gc.mem_alloc()
litter(200)  # 200 KB of garbage, collected every 20 KB
print(gc.mem_alloc() - start < 40000)
gc.threshold(-1)
print(gc.threshold())
gc.collect()
start = gc.mem_alloc()
gc.disable()
litter(20)
print(gc.isenabled(), gc.mem_alloc() - start >= 20000)
gc.enable()
gc.collect()
print(gc.isenabled(), gc.mem_alloc() - start < 5000)
