# errno: numbers of Linux, errorcode is the way back.
import errno

numbers = dict(
    EPERM=1, ENOENT=2, EIO=5, EBADF=9, EAGAIN=11, ENOMEM=12, EACCES=13, EEXIST=17, ENODEV=19, EISDIR=21, EINVAL=22, EOPNOTSUPP=95,
    EADDRINUSE=98, ECONNABORTED=103, ECONNRESET=104, ENOBUFS=105, ENOTCONN=107, ETIMEDOUT=110, ECONNREFUSED=111, EHOSTUNREACH=113,
    EALREADY=114, EINPROGRESS=115,
)
for name in sorted(numbers):
    number = numbers[name]
    if getattr(errno, name) != number or errno.errorcode[number] != name:
        print("wrong:", name)
print(sorted(n for n in dir(errno) if n[0] == "E") == sorted(numbers), len(errno.errorcode) == len(numbers))
print(type(errno.errorcode))

try:
    open("nowhere")
except OSError as e:
    print(errno.errorcode[e.args[0]], e.errno == errno.ENOENT, e)
