# sys._getframe and frame objects: names, lines, callers; a frame object outlives its frame
import sys

kept = []


def here(n):
    inside = "value"
    frame = sys._getframe()
    kept.append(frame)
    print(frame.f_code.co_name, sorted(frame.f_locals), frame.f_locals["inside"], frame.f_locals["n"])
    print(frame.f_back.f_code.co_name, frame.f_back.f_back.f_code.co_name, frame.f_back.f_back.f_back)
    print(frame.f_lineno - frame.f_code.co_firstlineno, frame.f_globals is globals(), frame.f_trace)
    print(sys._getframe(1) is frame.f_back, sys._getframe(0) is frame, sys._getframe(2).f_locals is globals())
    try:
        sys._getframe(100)
    except ValueError as e:
        print(e)


def caller():
    x = 1
    here(2)
    x += 1


caller()
frame = kept[0]
print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_back, frame.f_globals is globals())


def outer(a):
    b = a + 1

    def inner(c):
        return sorted(sys._getframe().f_locals.items()), b

    return inner(3)


print(outer(1))


class C:
    mark = sys._getframe().f_locals is not globals()
    names = sorted(n for n in sys._getframe().f_locals if n[0] != "_")


print(C.mark, C.names)

code = outer.__code__
print(code.co_name, code.co_varnames, code.co_argcount, code.co_filename.split("/")[-1])
print([c.co_name for c in code.co_consts if hasattr(c, "co_name")])
print([line - code.co_firstlineno for start, end, line in code.co_lines()])
print(len(code.co_code) > 5, type(code.co_lnotab), "sys" in code.co_names)
print(str(frame).split(" at ")[0])
try:
    frame.f_lineno = 3
except AttributeError:
    print("AttributeError")


# f_trace of a frame that runs already turns its events on
def late():
    def local(frame, event, arg):
        lines.append(event)
        return local

    sys._getframe().f_trace = local
    sys.settrace(lambda *args: None)
    lines.append("a")
    lines.append("b")
    sys.settrace(None)


lines = []
late()
print(lines)
