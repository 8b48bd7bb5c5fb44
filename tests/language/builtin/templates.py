# SPDX-License-Identifier: MIT
# t-strings
from string.templatelib import Template, Interpolation


def attempt(text):
    try:
        print(text, "=", repr(eval(text)))
    except Exception as e:
        print(text, type(e).__name__, e)


name = "World"
t = t"Hello {name}!"
print(type(t), t.strings, t.values, t)
print(t"a{1}b{2!r:>5}{3=}")
print(t"{1:{2}}", t"", t"{{x}}", rt"\n{name}")
for text in (
    "Template()", "Template('a', 'b', Interpolation(1), 'c')", "Template(Interpolation(1), Interpolation(2))", "Template(1)", "Template(a=1)",
    "Interpolation()", "Interpolation(1)", "Interpolation(1, 'e', 'r', '>5')", "Interpolation(value=1, format_spec='x')", "Interpolation(1, foo=2)",
    "Interpolation(1, 2, 3, 4, 5)", "t + t", "t + 'x'", "'x' + t", "t * 2", "t == t", "list(t)", "list(Template())", "[type(x).__name__ for x in t]",
    "t.foo", "setattr(t, 'strings', 1)", "len(t)", "t[0]", "t.interpolations[0].expression", "t.interpolations[0].conversion",
    "t.interpolations[0].format_spec", "bool(Template())", "__template__()", "__template__(('a', 'b'), (1, 'x', None, ''))", "iter(Interpolation(1))",
):
    attempt(text)
