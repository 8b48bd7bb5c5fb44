# MicroPython prints ['xx'] 1 and a match of half a character, or None: it matches a text byte by byte, so that . takes half of a character. Here a text is matched by characters.
import re

print([re.sub(".", "x", "\u00e9")], len(re.compile("x").split("\u00e9")), re.match("[\u00e0-\u00ff]", "\u00e9") and re.match("[^a]$", "\u00e9").span())
