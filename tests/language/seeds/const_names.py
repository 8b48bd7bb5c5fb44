# const(): a plain name keeps its global, an underscored one leaves only its value in the code
from micropython import const

WIDTH = const(40)
_HEIGHT = const(0x18)
_BIT = const(3)
_MASK = const(1 << _BIT | 1)
area = WIDTH * _HEIGHT
print(area, _MASK)
print("WIDTH" in globals(), "_HEIGHT" in globals(), "_MASK" in globals())


def sizes():
    return (WIDTH, _HEIGHT)


print(sizes())
try:
    print(eval("_HEIGHT"))
except NameError as e:
    print("NameError:", e)
# const() needs no import: the compiler knows it by name
exec("N = const(20)\nprint(N + 1)")
for text in ("X = const(y)", "X = const()"):
    try:
        exec(text)
    except Exception as e:
        print(type(e).__name__, e)
