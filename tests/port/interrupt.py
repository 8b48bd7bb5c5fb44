# Ctrl-C stops natives that work for long: each is interrupted after 50 ms and must be over long before it would be by itself
import os
import time

numbers = [i * 7919 % 100003 for i in range(100000)]
spaces = "a " * 1000000
statements = "a=1\n" * 100000


def sort_many():
    while len(sorted(numbers + numbers)):
        pass


def exec_long():
    exec(statements * 100)


def split_long():
    (spaces * 100).split()


def replace_long():
    (spaces * 100).replace("a", "b")


def read_all():
    open("/dev/zero", "rb").read()


def read_line():
    open("/dev/zero", "rb").readline()


large = (1 << 100000000) - 1


def multiply():
    for other in (large, large - 2):
        large * large * other


def divide():
    large * large // (large >> 40000000)


def digits():
    str(large)


def power():
    pow(3, large, large - 4)


for work in sort_many, exec_long, split_long, replace_long, read_all, read_line, multiply, divide, digits, power:
    start = time.ticks_ms()
    os.system("p=$PPID; (sleep 0.05; kill -INT $p) &")
    try:
        work()
        time.sleep(1)  # too fast to be interrupted
        print(work.__name__, "not interrupted")
    except KeyboardInterrupt:
        print(work.__name__, time.ticks_diff(time.ticks_ms(), start) < 3000)

# a long number is read at once
start = time.ticks_ms()
print(int("9" * 300000) + 1 == 10**300000, time.ticks_diff(time.ticks_ms(), start) < 3000)
