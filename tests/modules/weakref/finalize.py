# weakref.finalize: alive, peek, detach, call; it calls once, with its arguments, and lives until then without being kept.
import gc
import weakref


class Thing:
    pass


def end(*args, **named):
    print("end", args, sorted(named.items()))
    return len(args)


t = Thing()
f = weakref.finalize(t, end, 1, 2, key=3)
print(f.alive, f.peek()[0] is t, f.peek()[1:] == (end, (1, 2), {"key": 3}), type(f))
print(f(), f.alive, f.peek(), f.detach(), f())
f = weakref.finalize(t, end)
print(f.detach() == (t, end, (), {}), f.alive, f())
f = weakref.finalize(t, lambda: 1 // 0)
try:
    f()
except ZeroDivisionError:
    print("raised", f.alive)
for args in ((), ([],)):
    try:
        weakref.finalize(*args)
    except TypeError as e:
        print(e)
try:
    f.alive = True
except AttributeError as e:
    print("AttributeError")


def make():
    things = [Thing() for i in range(3)]
    for i in range(3):
        weakref.finalize(things[i], end, i)
        weakref.ref(things[i], end)  # not kept: calls nothing


make()
clean = [0] * 10
gc.collect()
print("collected")

# an object that its own callback refers to never goes
weakref.finalize(t, end, t)
t = None
clean = [0] * 10
gc.collect()
print("still there")


# callbacks make objects and collect
def chain(n):
    print("chain", n)
    if n:
        weakref.finalize(Thing(), chain, n - 1)
        clean = [0] * 10
        gc.collect()


weakref.finalize(Thing(), chain, 3)
clean = [0] * 10
gc.collect()
gc.collect()
