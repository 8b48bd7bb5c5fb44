# A unit of code, not a function, whose header says that there are defaults of keyword arguments.
import marshal
c = marshal.loads(b'M\x06\x00?\x06\x00\x02f\x00\x0f\x02c\x00\x02g\x00\x81Y\x02a\x00\x81\x10\xa1\xc8\x80\xc0@\n\x03\x05\x02 %\xb2\xb1\xf2gY\xb2c')
try:
    exec(c, {})
except TypeError as e:
    print(e)
