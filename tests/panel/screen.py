# SPDX-License-Identifier: MIT
"""The console shows what a terminal shows: what is left of escape sequences, colours, lines that are too long, more lines than there is
room for. A program that writes them and one that prints the result as it is look the same, point by point."""
from _panel import check, end, picture, run

SIZE = ("--clock=virtual", "--panel-size=500x400", "--panel-views=console")


def shown(text, name="screen.png"):
    run("import sys\nsys.stdout.write(%r)\n" % text, *SIZE, "--screenshot=" + name)
    return picture(name)


def same(what, written, plain):
    check(shown(written) == shown(plain), what)


same("backspace and erase the rest", "abcde\b\b\x1b[K\n", "abc\n")
same("steps back, over the end of a row of the view", "x" * 80 + "0123456789\x1b[25DY\n", "x" * 65 + "Y" + "x" * 14 + "0123456789\n")
same("carriage return", "12 %\r99 %\n", "99 %\n")
same("tabs", "a\tb\n", "a       b\n")
same("columns, deleted and inserted letters", "abcdef\x1b[3G\x1b[2P\x1b[1G\x1b[@_\x1b[4C!\n", "_abef!\n")
same("up and down", "one\ntwo\nthree\x1b[2A\r1st\x1b[B\r2nd\n", "1st\n2nd\nthree\r")
same("erase from here on", "one\ntwo\nthree\x1b[2A\r\x1b[Jnew\n", "new\n")
same("erase a line", "one\ntwo\x1b[2K\rx\n", "one\nx\n")
same("cleared, and from the upper left", "old\nlines\n\x1b[2J\x1b[Hnew\n\x1b[3;5Hthere\n", "old\nlines\n\x1b[2J\x1b[Hnew\n\n    there\n")
same("what is not understood is left out", "a\x1b]0;title\x07b\x1b[?2004hc\x1b(Bd\x1b[5;6re\x07f\n", "abcdef\n")
same("the wrong bytes of text", "\x1b[38;5;200mx\x1b[0my\x1b[1q\x1b[99999999999Dz\n", "zy\n")
same("reset", "\x1b[31mred\x1bcnew\n", "\x1b[31mred\x1b[0m\x1b[2J\x1b[Hnew\n")
run("import sys\nsys.stdout.buffer.write(b'\\xff\\xc3(\\xed\\xa0\\x80 \\xe4\\xb8\\xad|\\x80\\n')", *SIZE, "--screenshot=bytes.png")
check(picture("bytes.png") == shown("\ufffd\ufffd(\ufffd \u4e2d|\ufffd\n"), "bytes that are no text")


def colours(name):
    return {p for row in picture(name)[2][80:] for p in row}


shown("\x1b[31mred\x1b[39m \x1b[92mgreen\x1b[0m\n", "colour.png")
check(any(r > 180 and g < 140 for r, g, b in colours("colour.png")) and any(g > 150 and r < 110 for r, g, b in colours("colour.png")), "colours")
check(not any(max(p) - min(p) > 60 for p in {p for row in shown("red green\n")[2][80:370] for p in row}), "no colour without")

# the last ones are shown, long lines are broken at the edge, not cut
COLUMNS = int((500 - 48) / 7.224)
same("a long line is broken", "-" * COLUMNS + "second row\n", "-" * COLUMNS + "\nsecond row\n")
many, few = ([row[:450] for row in shown("".join("line %d\n" % i for i in range(first, 3000)))[2]] for first in (0, 2970))
check(many == few, "the last lines")

# scrolled back: what is read stays in place while more is printed; back at the end the last lines are shown
PRINTS = "import time\nfor i in range(60):\n    print('line', i)\nfor i in range(30):\n    time.sleep_ms(30)\n    print('more', i)\ntime.sleep(60)\n"
run(PRINTS, "--panel", *SIZE[1:], script="15 wheel console 20\n20 shot early.png\n60 shot late.png\n61 wheel console -200\n100 shot end.png\n"
    "101 click console\n102 down PageUp\n104 down PageUp\n106 shot page.png\n110 close\n")
early, late, last, page = [picture(name)[2][80:370] for name in ("early.png", "late.png", "end.png", "page.png")]


def upper(rows): # the text, without the bar at the right
    return [row[:480] for row in rows]


check(upper(early) == upper(late), "scrolled back, it stays")
check(upper(late) != upper(last) and upper(page) != upper(last), "the end, and a page back")
plain = shown("".join("line %d\n" % i for i in range(60)) + "".join("more %d\n" % i for i in range(30)))[2][80:370]
check([row[:120] for row in plain[:-20]] == [row[:120] for row in last[:-20]], "back at the end")

# what the mouse marks is copied, and pasted as if it were typed
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVW"
out = run("for i in range(30):\n    print(%r)\nprint(input())\n" % LETTERS, "--panel", *SIZE[1:],
          script="20 drag console 150 0\n24 shot marked.png\n25 down ctrl+shift+C\n27 down shift+Insert\n29 down Return\n60 close\n")
copied = out.split("\n")[-2]
check(copied == LETTERS[31:52], "copied: %r" % out[-100:])
check(any(p[2] > p[0] + 40 and max(p) < 140 for p in picture("marked.png")[2][212][250:390]), "what is marked is seen")
end()
