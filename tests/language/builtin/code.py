# SPDX-License-Identifier: MIT
# compile eval exec globals locals __import__ print repr and names stored in builtins
import builtins
import sys


def attempt(text):
    try:
        print(text, "=", repr(eval(text)))
    except BaseException as e:
        print(text, type(e).__name__, e)


for text in (
    "eval('1 + 1')", "eval(b'1')", "eval(bytearray(b'1 + 1'))", "eval('x', {'x': 3})", "eval('x', {'x': 3}, {'x': 4})", "eval('x', {}, {'x': 4})",
    "eval('x = 1')", "eval('')", "eval(1)", "eval('1', 1)", "eval('1\\n')", "eval('globals()', {'a': 1}, {'b': 2})", "eval('locals()', {'a': 1}, {'b': 2})",
    "exec('1 + 1')", "exec('')", "exec('1', {}, 1)", "exec('1', 1, {})", "exec(1)",
    "compile('1', 'a', 'foo')", "compile(1, 'a', 'exec')", "compile('1', 'a', 'eval')", "compile('1', 'a')", "compile('1 +', 'a', 'exec')",
    "eval(compile('1 + 2', 'a', 'eval'))", "exec(compile('print(5)', 'a', 'exec'))", "exec(compile('6', 'a', 'single'))",
    "globals() is globals()", "locals() is globals()", "globals(1)",
    "__import__('sys') is sys", "__import__('no_such_module')", "__import__(1)", "__import__('sys', None, None, None, 1)",
):
    attempt(text)

# functions keep the globals that they were made in
space = {"v": 1}
exec("def f():\n    global w\n    w = v\n    return v", space)
print(space["f"](), space["w"], "w" in globals())
local = {}
exec("a = 1\nglobal b\nb = 2", space, local)
print(local, space["b"])
code = compile("c = v", "file", "exec")
exec(code, space)
exec(code, {"v": 9}, local)
print(space["c"], local["c"])


class Box:
    exec("inside = 5")


print(Box.inside)

# builtins can be covered
builtins.covered = 7
print(covered, hasattr(builtins, "covered"))
builtins.len = lambda x: "covered"
print(len([]), builtins.len([]))
del builtins.len
print(len([]))
del builtins.covered
try:
    covered
except NameError as e:
    print(e)
try:
    del builtins.covered
except KeyError as e:
    print("KeyError", e)

print()
print(1, "a", b"b", None, [1, "a"], sep="-", end="|\n")
print(*range(3), sep="")
for text in ("print(1, sep=3)", "print(1, end=None)", "print(foo=1)", "repr()", "repr(1, 2)", "repr('a\\n')"):
    attempt(text)
try:
    print(1, file=3)
except OSError as e:
    print(e)
print(__repl_print__(None))
__repl_print__("shown")
print(_)
print(sys.__name__, sys, type(sys))
for text in ("sys.nope", "sys()", "setattr(sys, 'x', 1)", "__import__('math').__dict__.update({1: 2})"):
    attempt(text)
