# json.loads: values, white space, escapes, numbers; what is refused and how.
import json


def show(text):
    try:
        print(ascii_only(text), repr(json.loads(text)))
    except Exception as e:
        print(ascii_only(text), type(e).__name__, e.args)


def ascii_only(text):
    return repr(text)


for text in ("null", "true", "false", "0", "-1", "007", "1.5", "-0.25", "1e3", "1E-2", "2e+5", "1.", "1.0e400", "123456789012345678901234567890",
             "-99999999999999999", "99999999999999999", "999999999999999999", '""', '"a"', ' \t\r\n[ ] ', "[]", "[1]", "[1, [2, [3, [4, [5, [6, [7]]]]]]]", "{}",
             '{"a": 1}', '{"a": {"b": [null, {"c": "d"}]}}', '{"a": 1, "a": 2}', '{"": ""}', '"\\n\\t\\r\\b\\f\\/\\\\\\""',
             '"\\u0041\\u005A"', '"\\x\\q"', b"[1, 2]", bytearray(b'{"k": true}'), memoryview(b"  3 ")):
    show(text) if not isinstance(text, memoryview) else print(json.loads(text))
# lenient: separators are like blanks, any bracket closes, a value without a partner goes
for text in ("[1 2]", "[,]", "[1,]", "[1,,2]", "[1:2]", "[}", "{]", '{"a"}', '{"a":}', '{:1}', '{"a":1,}', '{"a" 1}', '{"a",1,"b"}', "{1:2}",
             '{"a":"b" : "c"}', ",1", ":1", "{null: 1}", "{1.5: 2}"):
    show(text)
for text in ("", " ", "nul", "nullx", "tru", "+1", "-", "--1", "1-2", "1+", "1e", ".5", "1.2.3", "12ab", "NaN", "Infinity", "-Infinity", "'a'", '"a',
             '"\\', '"\\u004"', "[", "[1", "[1, {", "]", "}", "1 2", "1,", "null,", "[] []", "{} x", '{"a":1}}', "{[1]:2}", "{{}:2}", "a", "\x0c1",
             '"\x00"', '"a""b"', "[1]2"):
    show(text)
for value in (1, None, [1]):
    show(value)
text = '"\\u00e9\\u20ac"'
print(json.loads(text).encode())
print(json.loads('"' + "x" * 500 + '\\n"') == "x" * 500 + "\n")
# nesting costs no stack
deep = json.loads("[" * 20000 + "]" * 20000)
n = 0
while deep:
    deep = deep[0]
    n += 1
print(n)
