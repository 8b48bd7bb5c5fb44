# A net of the board as a meter, a source and a scope see it.
import bench

n = bench.Net("X1")
print(n, n.name, n.floating(), n.level())
n.drive(1)
print(n, n.level(), n.volts())
n.drive(1.2)
print(n.level(), n.volts())
n.drive("up")
print(n.level(), n.floating())
n.drive(None)
print(n.floating(), n.level())
n.wave(1000, 25)
print(n.measure(100))
n.release()
m = bench.Net("X2")
bench.wire("X1", "X2")
m.drive(0)
print(n.level(), bench.Net(n).floating(), n.shorted())
for bad in (lambda: bench.Net("nowhere"), lambda: n.drive("sideways"), lambda: n.wave(0), lambda: n.wave(1, 101),
            lambda: n.measure(-1), lambda: bench.press("nothing"), lambda: bench.turn("nothing", 0.5), lambda: bench.turn("x", 2)):
    try:
        bad()
    except ValueError as e:
        print("ValueError:", e)
