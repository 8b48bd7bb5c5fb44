# re: expressions that never end, or need more places to go back to than there are, end with an error; long texts do not.
import re


def show(pattern, text):
    try:
        m = re.match(pattern, text)
        print(pattern, m and m.end())
    except RuntimeError as e:
        print(pattern, e)


show("(a*)*", "aaa")
show("(a??)*b", "aaa")
show("(|a)+b", "aa")
show("(a+)+b", "a" * 18)
show(".*", "a" * 1000000)
show("(?:a|b)*", "ab" * 50000)
show("a*a*a*b", "a" * 200)
try:
    re.compile("(?:" * 65536 + ")" * 65536)
except (RuntimeError, ValueError) as e:
    print(type(e).__name__)
