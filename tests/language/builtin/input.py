# SPDX-License-Identifier: MIT
# input(): lines of standard input without their end, EOFError after the last.
print(repr(input()))
print(repr(input("prompt> ")))
print(repr(input(5)))
print(repr(input()))
try:
    input("end> ")
except EOFError as e:
    print("EOFError", e.args)
try:
    input(1, 2)
except TypeError as e:
    print(e)
