# locals() and dir() in a function are those of the module or class body that is running; exec() stores there
there = 1


def names():
    return [n for n in sorted(locals()) if n[0] != "_"], sorted(dir()) == sorted(locals())


def define():
    exec("made = 7")
    return locals().get("made")


def steps():
    yield "inside" in locals()
    yield "inside" in locals()


print(names(), define(), made)


class Body:
    inside = 1
    print(names(), define(), made)
    step = steps()
    print(next(step))


print(next(Body.step))
inner = {"names": names}
exec("print(names())\nx = 1", {"names": names}, {"own": 1})
print(define(), [n for n in sorted(Body.__dict__) if n[0] != "_"])
