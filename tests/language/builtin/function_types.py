# Native functions: one type for each number of arguments, all named function; which functions share one.
print(type(globals) is type(abs), type(abs) is type(hasattr), type(hasattr) is type(setattr), type(setattr) is type(print))
print(type(abs) is type(len), type(hasattr) is type(isinstance), type(print) is type(max), type(print) is type(sum))
print([t.__name__ for t in (type(globals), type(abs), type(hasattr), type(setattr), type(print))], type(abs))
print(isinstance(len, type(abs)), isinstance(len, type(hasattr)), issubclass(type(len), object))
print({type(f) for f in (abs, len, hasattr)} == {type(abs), type(hasattr)}, len({type(abs), type(len), type(print), type(globals)}))


def plain():
    pass


print(type(plain) is type(abs), type(plain).__name__, type(list.append).__name__, type([].append).__name__)
for f in (globals, abs, hasattr, setattr, print):
    try:
        type(f)()
    except TypeError as e:
        print(e)

    try:

        class Derived(type(f)):
            pass

    except TypeError as e:
        print(e)
