# compile time: the same module source compiled again and again
source = "\n".join(
    "def f%d(a, b=%d, *c, **d):\n    x = [i * a for i in range(b) if i %% 3]\n    try:\n        return {'k': x, 'n': (a, b)}\n    except (KeyError, ValueError) as e:\n        print(e, c, d)\n    finally:\n        x = None\nclass C%d:\n    attr = 'text number %d'\n    def method(self, v):\n        self.v = v if v > %d else -v\n        return self.method\n" % (i, i, i, i, i)
    for i in range(40))
for k in range(120):
    code = compile(source, "bench", "exec")
print(len(source))
