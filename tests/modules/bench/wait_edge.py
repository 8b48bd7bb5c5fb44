# Waiting for an edge of a wave and of a stimulus; the time-out; time moves by the waits.
import bench

n = bench.Net("X1")
start = bench.now_us()
n.wave(100, 50)  # high for 5 ms, low for 5 ms
fall = n.wait_edge(0)
rise = n.wait_edge(1)
print(rise - fall, 4990 < fall - start < 5010)
n.drive(0)
before = bench.now_us()
print(n.wait_edge(None, 20), 20000 <= bench.now_us() - before < 20100)
bench.advance_ms(1000)
print(1000 * 1000 <= bench.now_us() - before - 20000 < 1000 * 1000 + 200, bench.is_virtual())
