# a pattern with a character class, given as a plain text with Python's escapes
try:
    import re
except ImportError:
    print("SKIP: module re is missing")
    raise SystemExit

ends = re.compile("[\r\n]")
print(ends.split("line1\rline2\nline3\r\n"))
print(re.match("[^-0-9]+", "abc-1").group(0), re.search("(\\d+)-(\\d+)", "from 10-20").group(2))
print(re.sub("(a)(b)", "\\2-\\g<1>", "abab"))
