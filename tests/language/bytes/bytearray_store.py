# bytearray: item and slice stores, growth, its own bytes as source
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
    "a=bytearray(b'abc');a[1]=5", "a=bytearray(b'abc');a[-1]=1", "a=bytearray(b'abc');a[1]=300",
    "a=bytearray(b'abc');a[1]=-1", "a=bytearray(b'abc');a[1]=1<<70", "a=bytearray(b'abc');a[3]=5",
    "a=bytearray(b'abc');a[1]='x'", "a=bytearray(b'abc');a[1]=1.5", "a=bytearray(b'abc');a['a']=1",
    "a=bytearray(b'abc');del a[1]", "a=bytearray(b'abc');del a[1:]", "a=bytearray(b'abc');a[1:2]=b'xyz'",
    "a=bytearray(b'abc');a[1:]=b''", "a=bytearray(b'abc');a[:]=b''", "a=bytearray(b'abc');a[2:1]=b'xy'",
    "a=bytearray(b'abc');a[5:]=b'xy'", "a=bytearray(b'abc');a[1:2]=a", "a=bytearray(b'abc');a[:0]=a",
    "a=bytearray(b'abc');a[1:]=a[:]", "a=bytearray(b'abcdef');a[0:2]=memoryview(a)[3:]",
    "a=bytearray(b'abc');a[1:2]=memoryview(b'xyz')[1:]", "a=bytearray(b'abc');a[1:2]=array.array('b',[7])",
    "a=bytearray(b'abc');a[1:2]=array.array('h',[1])", "a=bytearray(b'abc');a[1:2]=[1,2]",
    "a=bytearray(b'abc');a[1:2]='xy'", "a=bytearray(b'abc');a[1:2]=5", "a=bytearray(b'abc');a[::2]=b'xy'",
    "a=bytearray(b'abc');a+=b'd'", "a=bytearray(b'abc');a+=a", "a=bytearray(b'abc');a+=[1,2]",
    "a=bytearray(b'abc');a+='x'", "a=bytearray(b'abc');a+=5", "a=bytearray(b'abc');b=a;a+=b'x';a=(a is b)",
    "a=bytearray(b'abc');a*=2", "a=bytearray(b'abc');a=a+b'd'+bytearray(b'e')",
    "a=bytearray(b'abc')+array.array('h',[1])", "a=bytearray(b'abc')+[1]",
    "a=bytearray(b'');a.append(300);a.append(1<<70)", "a=bytearray(b'');a.append('x')", "a=bytearray(b'');a.append()",
    "a=bytearray(b'');a.extend(b'abc');a.extend([1,2]);a.extend('xy');a.extend(a)", "a=bytearray(b'');a.extend(1)",
    "a=bytearray(b'abc')[1:-1]", "a=bytearray(b'abc')[::2]", "a=bytearray(b'abc')[5]", "a=bytearray(b'abc');a.x=1",
)

a = bytearray()
for i in range(300):
    a.append(i & 255)
print(len(a), a[299], sum(a))
