# re: what matches what, group by group. Text is matched character by character, bytes byte by byte.
import re


def show(f, pattern, text):
    m = f(pattern, text)
    print(repr(pattern), repr(text), m and [m.group(i) for i in range(len(m.groups()) + 1)])


for pattern, text in (("a", "ba"), (".", "\n"), ("^a", "\na"), ("a$", "a\n"), ("a$", "a"), ("a*", "aaab"), ("a*?", "aaa"), ("a+?", "aaa"), ("a??", "a"),
        ("a?", "a"), ("(a)|b", "b"), ("(a|b)*", "abab"), ("(a)*", "aaa"), ("((a)|b)*", "ab"), ("(?:(a)|b)*", "ab"), ("[^a]", "b"), ("[a-c]+", "abcd"),
        (r"\d+\D", "12a"), (r"\s\S\w\W", " xa-"), (r"[\d]+", "12"), (r"[^\d]+", "ab1"), (r"[\s\w]+", "a b"), (r"[a\]b]+", "a]b"), (r"[\^a]+", "^a\\"),
        ("[a^]+", "^a"), ("[]a]", "a]"), ("[-a]+", "-a"), ("[a-]+", "a-"), ("[a-c-e]+", "abc-e"), (r"\n", "n"), (r"\n", "\n"), ("\n", "\n"), (r"\.", "."),
        (r"\x", "x"), ("a{2}", "aa"), ("a{2}", "a{2}"), ("{", "{"), ("", ""), ("", "a"), ("()", "a"), ("(|a)", "a"), ("a|ab", "ab"), ("^^a", "a"),
        ("a$b", "ab"), ("(a*)b", "aab"), ("(a*?)b", "aab"), (r"(.*)(\d+)", "ab123"), (r"(.*?)(\d+)", "ab123"), (r"\s+", "\x0b\x0c\t\r\n x"), ("[z-a]", "m"),
        (r"[\d-z]+", "1-z"), (r"[a-\d]+", "a-1"), ("a\0b", "a\0b"), ("ab|cd|ef", "ef"), ("(?:ab|cd|ef)+x", "abcdefx"), ("a(b(c(d)?)?)?", "abc"),
        (b"[\x80-\xff]+", b"\xc3\xa9a"), (b".", b"\xff"), (b"a", "a"), ("a", b"a")):
    show(re.match, pattern, text)
for pattern, text in (("a", "ba"), ("^a", "ba"), ("a$", "ab\na"), ("$", "ab"), (r"\d+", "ab12c"), ("a|$", "b"), (b"b", b"abc"), ("x", ""), ("a+b", "aaacaab"),
        (r"\w+@\w+\.com", "mail to me@example.com!")):
    show(re.search, pattern, text)
for pattern in ("\u00e9", ".", "\u00e9*", "[\u00e9]", "[\u00e0-\u00ff]+", r"\W", "[^a]", r"\w"):
    m = re.match(pattern, "\u00e9\u00e8x")
    print(m and m.span())
m = re.search("b(.)", "\u20ac\u20acb\u20ac")
print(m.span(), m.start(1), m.end(1))
