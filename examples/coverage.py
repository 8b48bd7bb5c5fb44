# Which lines of a program ran, and which did not.
#   micropython -X settrace examples/coverage.py PROGRAM.py [ARGS]
# The program is that of the desk or of a board (--board=pybv11 --clock=virtual); its source comes out with ! before lines not reached.
import sys


def lines_of(code):
    found = {line for start, end, line in code.co_lines() if line}
    for part in code.co_consts:
        if hasattr(part, "co_lines"):  # a function or class inside
            found |= lines_of(part)
    return found


def trace(frame, event, arg):
    if frame.f_code.co_filename == path:
        if event == "line":
            reached.add(frame.f_lineno)
        return trace


path = sys.argv[1]
sys.argv[:] = sys.argv[1:]
with open(path) as f:
    source = f.read()
program = compile(source, path, "exec")
reached = set()
try:
    sys.settrace(trace)
    exec(program, {"__name__": "__main__"})
finally:
    sys.settrace(None)
    wanted = lines_of(program)
    for number, line in enumerate(source.split("\n")[:-1], 1):
        print("%s%4d  %s" % ("!" if number in wanted - reached else " ", number, line))
    print("%d of %d lines" % (len(wanted & reached), len(wanted)))
