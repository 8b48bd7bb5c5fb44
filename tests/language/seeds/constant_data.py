# data that is made once, when the code is compiled: texts, big integers, tuples of constants
def motto():
    return "five boxing wizards"


def number():
    return 0xFEEDFACE0000FEEDFACE


def table():
    return (3, 1, 4, 1, 5, 92653, ("text", b"bytes", None, True))


for f in (motto, number, table):
    print(f(), f() is f())
joined = "bread" "board"
long_text = """\
bread\
board"""
added = "bread" + "board"
print(joined == long_text == added, joined)
