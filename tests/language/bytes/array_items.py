# array: type codes, construction, stores
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
    "a=array.array('b')", "a=array.array('b',[1,-1])", "a=array.array('B',[-1,256,300])",
    "a=array.array('h',[70000,-1])", "a=array.array('H',(1,2))", "a=array.array('i',range(3))",
    "a=array.array('I',[-1])", "a=array.array('q',[1<<40,-1])", "a=array.array('Q',[1<<63,-1])",
    "a=array.array('f',[1,2.5])", "a=array.array('d',[1,0.1])", "a=array.array('P',[5])", "a=array.array('bb',[1])",
    "a=array.array('h',iter((1,2)))", "a=array.array('b',(i for i in range(3)))", "a=array.array('h',b'abcd')",
    "a=array.array('h',b'abc')", "a=array.array('h',bytearray(b'abcd'))", "a=array.array('h',memoryview(b'ab'))",
    "a=array.array('h',array.array('b',[1,2]))", "a=array.array('h',[1<<70])", "a=array.array('x',[1])",
    "a=array.array('',[1])", "a=array.array('?',[1])", "a=array.array(1)", "a=array.array()", "a=array.array('b',1)",
    "a=array.array('b',[1],2)", "a=array.array('b','ab')", "a=array.array('h',['a'])", "a=array.array('h',[1.5])",
    "a=array.array('f',['a'])", "a=array.array('b',typecode='b')", "a=array.array('h',[1,2,3]);a[1]=70000",
    "a=array.array('h',[1,2,3]);a[1]=1.5", "a=array.array('f',[1,2,3]);a[1]='a'", "a=array.array('h',[1,2,3]);a[3]",
    "a=array.array('h',[1,2,3]);a[-4]", "a=array.array('h',[1,2,3]);a['a']", "a=array.array('h',[1,2,3])[1:]",
    "a=array.array('h',[1,2,3])[::2]", "a=array.array('h',[1,2,3]);a[1:2]=array.array('h',[7,8])",
    "a=array.array('h',[1,2,3]);a[1:2]=array.array('H',[7])",
    "a=array.array('h',[1,2,3]);a[1:2]=array.array('b',[7,8])", "a=array.array('h',[1,2,3]);a[1:2]=b'ab'",
    "a=array.array('h',[1,2,3]);a[1:2]=[1]", "a=array.array('h',[1,2,3]);a[0:1]=array.array('h')",
    "a=array.array('h',[1,2,3]);del a[0]", "a=array.array('h',[1]);a.append(2);a.append(70000)",
    "a=array.array('h',[1]);a.append('x')", "a=array.array('h',[1]);a.extend([1,2])",
    "a=array.array('h',[1]);a.extend(array.array('b',[1,2,3]))", "a=array.array('h',[1]);a.extend(b'abc')",
    "a=array.array('f',[1]);a.extend([2,3.5])", "a=array.array('h',[1]);a+=array.array('h',[2])",
    "a=array.array('h',[1]);a+=[5]", "a=array.array('h',[1])+array.array('h',[2])", "a=array.array('h',[1])+b'ab'",
    "a=array.array('h',[1])+[1]", "a=array.array('h',[1])*2", "a=list(array.array('f',[1,2]))",
    "a=len(array.array('h',[1,2]))", "a=bool(array.array('b'))", "a=array.array('b',[1]).decode()",
)
