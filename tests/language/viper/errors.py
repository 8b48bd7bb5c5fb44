# what viper functions may not do
def check(body, head="a: int, b: uint, p: ptr8, q: ptr, o"):
    try:
        exec("@micropython.viper\ndef f(" + head + "):\n  " + body.replace("\n", "\n  "))
        print(body, "fine")
    except (SyntaxError, ViperTypeError, NotImplementedError) as e:
        print(repr(body), type(e).__name__, e)


for body in (
    "a + b", "a < b", "b == a", "a + o", "o + a", "o += a", "p + 1", "p == p", "-p", "~o", "not a", "not o", "not p", "a ** 2", "a / a", "a is a",
    "a in o", "b // b", "a[0]", "q[0]", "p[o]", "p[0] = o", "p[o] = 1", "p[0] = p", "p[0] += o", "q[0] += 1", "o[p]", "o[0] = p", "o.x = p", "o(p)",
    "[p]", "{p: 1}", "o(x=p)", "o(*p)", "return p", "a = o", "a = b", "a = a < a", "o = 1", "x = 1\nx = o", "x = None\nx = o", "x: int = 1",
    "x: uint = 1\nx = b", "print(x)\nx = 1", "x += 1", "for a in o: pass", "for b in range(3): pass", "if p: pass", "while not p: pass", "raise",
    "raise o from o", "raise 1", "raise o", "yield", "return (yield 1)", "with p: pass", "with o as a: pass", "import a", "del a", "assert a, p",
    "int(uint)", "int()", "int(1, 2)", "global g\ng = p", "(z := p)", "a, b = b, a", "a, b = o", "(a, p[0]) = o", "lambda: p", "[v for v in p]",
    "def g(x=p): pass", "class C(p): pass", "print(f'{p}')", "x = p if a else q", "x = a or b", "x = a or p", "return a", "p.x", "a.x", "1 + 2 * b",
):
    check(body)
for head in ("a: 1", "a: str", "a: None", "*a: int", "**a: ptr", "a: object", "a: bool = 1", "*, k: int = 2", "a, a"):
    check("return 0", head)
for result in ("int", "uint", "bool", "ptr", "ptr8", "object", "None", "list"):
    try:
        exec("@micropython.viper\ndef f(a: int) -> " + result + ":\n  return a")
        print(result, f(-1))
    except (SyntaxError, ViperTypeError) as e:
        print(result, e)
try:
    exec("\n\n@micropython.viper\ndef named(a: int):\n  pass\n  return a + []")
except ViperTypeError as e:
    import io, sys

    text = io.StringIO()
    sys.print_exception(e, text)
    print(text.getvalue().split("\n", 2)[2], end="")
