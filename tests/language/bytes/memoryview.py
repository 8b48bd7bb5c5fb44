# memoryview: reading, stores through it, what is read-only, windows of windows
import array
import struct

def t(*statements):
    for s in statements:
        names = {"array": array, "struct": struct}
        try:
            exec(s, names)
            print(s, "->", names["a"])
        except Exception as x:
            print(s, "!!", type(x).__name__, *x.args, names.get("a"))


t(
    "a=memoryview(b'abc')[1]", "a=memoryview(b'abc')[3]", "a=memoryview(b'abc')['a']",
    "a=len(memoryview(b'abc')[1:])", "a=bytes(memoryview(b'abcdef')[1:5][1:3])",
    "a=bytes(memoryview(memoryview(b'abc')[1:]))", "a=bytes(memoryview(b'abc')[5:2])", "a=memoryview(b'abc')[::2]",
    "a=list(memoryview(array.array('h',[1,-2])))", "a=bytes(memoryview(array.array('h',[1,2]))[1:])",
    "a=memoryview(array.array('i',[1])).itemsize", "a=memoryview('ä')[0]", "a=memoryview(1)", "a=memoryview([1])",
    "a=memoryview()", "a=memoryview(b'a',1)", "a=memoryview(b'abc')+b'a'", "a=memoryview(b'abc')*2",
    "a=hash(memoryview(b'abc'))", "a=bytearray(b'abc');m=memoryview(a);m[0]=120;m[-1]=121",
    "a=bytearray(b'abcd');m=memoryview(a);m[1:3]=b'xy'", "a=bytearray(b'abcd');m=memoryview(a);m[1:3]=b'x'",
    "a=bytearray(b'abcd');m=memoryview(a);m[1:]=m[:3]", "a=bytearray(b'abcd');m=memoryview(a);m[:3]=m[1:]",
    "a=bytearray(b'abcd');m=memoryview(a)[1:];m[0]=120", "a=bytearray(b'abcd');m=memoryview(a);m[1:3]=[1,2]",
    "a=bytearray(b'abcd');m=memoryview(a);m[1:3]='xy'", "a=bytearray(b'abcd');m=memoryview(a);del m[0]",
    "a=bytearray(b'abcd');m=memoryview(a);m[9]=1", "a=array.array('h',[1,2,3]);m=memoryview(a);m[1]=70000",
    "a=array.array('h',[1,2,3]);m=memoryview(a);m[1:2]=array.array('h',[9])",
    "a=array.array('h',[1,2,3]);m=memoryview(a);m[1:2]=array.array('b',[9])",
    "a=array.array('h',[1,2,3]);m=memoryview(a)[1:];m[0]=7", "a=b'abc';m=memoryview(a);m[0]=120",
    "a=b'abc';m=memoryview(a);m[9]=120", "a=b'abcd';m=memoryview(a);m[1:3]=b'xy'",
    "a=b'abcd';m=memoryview(a);m[1:3]=5", "a=bytearray(b'abc');m=memoryview(a);struct.pack_into('b',m,1,5)",
)
