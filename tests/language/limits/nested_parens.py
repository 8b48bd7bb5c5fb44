# A board's parser keeps its stack in the heap: hundreds of nested parentheses are no recursion of Python.
print(eval("(" * 150 + "7" + ")" * 150))
print(eval("[" * 60 + "7" + "]" * 60) != [])
