# Any bytes as a code object; what is accepted is written, read again, and run.
import marshal


def case(data):
    code = marshal.loads(data)
    again = marshal.loads(marshal.dumps(code))
    try:
        exec(code, {"x": [1, 2], "f": lambda *a: a})
    except Exception:
        pass
    exec(again, {})
