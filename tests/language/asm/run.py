# What the instructions do: flags, carries, shifts, jumps, conditions, calls of subroutines; how values go in and out.
import array
import stm


def asm(args, *lines, result="int"):
    names = ", ".join("r%d" % i for i in range(args))
    exec("@micropython.asm_thumb\ndef made(%s) -> %s:\n    %s\n" % (names, result, "\n    ".join(lines)), globals())
    return made


print("-- carry and overflow")
out = array.array("I", [0, 0])
for op in ("add(r0, r0, r1)", "sub(r0, r0, r1)", "cmp(r0, r1)", "cmn(r0, r1)", "tst(r0, r1)", "and_(r0, r1)", "lsl(r0, r1)", "lsr(r0, r1)",
           "asr(r0, r1)", "ror(r0, r1)", "mul(r0, r1)", "neg(r0, r1)", "bic(r0, r1)", "mvn(r0, r1)", "orr(r0, r1)", "eor(r0, r1)"):
    f = asm(3, "mov(r3, 1)", op, "str(r0, [r2, 0])", "data(2, 0xf3ef, 0x8300)", "str(r3, [r2, 4])")  # the last: mrs r3, apsr
    line = []
    for a, b in ((1, 2), (0x7FFFFFFF, 1), (0x80000000, 1), (-1, 1), (-1, 32), (5, 33), (0, 0)):
        f(a, b, out)
        line.append("%x" % out[0] + "".join(c for i, c in enumerate("NZCV") if out[1] >> 31 - i & 1))
    print(op, *line)
f = asm(4, "add(r0, r0, r2)", "adc(r1, r3)", "mov(r0, r1)", result="uint")
print(hex(f(0xFFFFFFFF, 1, 1, 2)), hex(f(0x7FFFFFFF, 1, 1, 2)))
f = asm(4, "sub(r0, r0, r2)", "sbc(r1, r3)", "mov(r0, r1)", result="uint")
print(hex(f(0, 5, 1, 2)), hex(f(1, 5, 1, 2)))

print("-- conditions")
for name in ("eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"):
    f = asm(2, "cmp(r0, r1)", "ite(%s)" % name, "mov(r0, 1)", "mov(r0, 0)")
    g = asm(2, "cmp(r0, r1)", "movw(r0, 1)", "b%s_w(END)" % name, "mov(r0, 0)", "label(END)")
    answers = [f(a, b) for a, b in ((1, 2), (2, 2), (2, 1), (-1, 1), (1, -1), (0x7FFFFFFF, -1), (-0x80000000, 1))]
    print(name, answers, [g(a, b) for a, b in ((1, 2), (2, 2), (2, 1), (-1, 1), (1, -1), (0x7FFFFFFF, -1), (-0x80000000, 1))] == answers)
f = asm(1, "cmp(r0, 1)", "itete(eq)", "mov(r0, 10)", "mov(r0, 20)", "add(r0, 1)", "add(r0, 2)")
print(f(1), f(0))

print("-- numbers")
f = asm(2, "sdiv(r0, r0, r1)")
print(f(-7, 2), f(7, 0), f(-0x80000000, -1))
f = asm(2, "udiv(r0, r0, r1)", result="uint")
print(f(-7, 2), f(7, 0), f(0xFFFFFFFF, 1))
f = asm(1, "clz(r1, r0)", "rbit(r0, r0)", "clz(r0, r0)", "lsl(r1, r1, 8)", "orr(r0, r1)")
print([hex(f(x)) for x in (0, 1, 0x80000000, 0xF0)])
f = asm(1, "lsl(r1, r0, 0)", "lsr(r2, r0, 0)", "asr(r3, r0, 0)", "add(r0, r1, r2)", "add(r0, r0, r3)")
print(f(-5), f(5))  # a shift right by 0 is one by 32

print("-- arguments and results")
f = asm(1, "pass")
print(f(None), f(False), f(True), f(-1), f(1 << 40 | 3), f(0xFFFFFFFF))
print(asm(1, "pass", result="bool")(8), asm(1, "pass", result="uint")(-1), asm(1, "pass", result="object")(print) is print)
print(asm(1, "pass", result="object")(7))
first = asm(1, "ldrb(r0, [r0, 0])")
print(first(b"xyz"), first("abc"), first("longer than any text that is known"), first(bytearray(b"q")), first(array.array("h", [258])))
try:
    first()
except TypeError as e:
    print(e)
try:
    first(1, 2)
except TypeError as e:
    print(e)
print(first)


class C:
    @staticmethod
    @micropython.asm_thumb
    def twice(r0):
        add(r0, r0, r0)

    @micropython.asm_thumb
    def me(r0) -> object:
        pass


c = C()
print(C.twice(21), c.twice(4), c.me() is c)



def make():
    @micropython.asm_thumb
    def inner(r0):
        add(r0, 1)

    return inner


print(make()(1), make() is make())
print("-- memory")
words = array.array("i", range(8))
f = asm(2, "mov(r2, 0)", "label(LOOP)", "ldr(r3, [r0, 0])", "add(r2, r2, r3)", "str(r2, [r0, 0])", "add(r0, 4)", "sub(r1, 1)", "bne(LOOP)",
        "mov(r0, r2)")
print(f(words, len(words)), words)
buf = bytearray(8)
asm(1, "movwt(r1, 0xfedcba98)", "strb(r1, [r0, 1])", "strh(r1, [r0, 4])", "strb(r1, [r0, 7])")(buf)
print(buf)
f = asm(1, "mov(r5, 77)", "push({r5, lr})", "mov(r5, 0)", "mov(r1, sp)", "ldr(r0, [r1, 0])", "pop({r5})", "pop({r6})")
print(f(0))
f = asm(0, "mov(r0, sp)", "sub(r0, 4)", "ldr(r1, [r0, 0])", "mov(r0, r1)")
print(f())
for address in (0, 4, 0x60000000, 0xFFFFFFFE):
    try:
        asm(1, "ldr(r0, [r0, 0])")(address)
    except ValueError as e:
        print(e)
try:
    asm(1, "label(A)", "push({r0, r1, r2})", "b(A)")(0)  # the stack has an end
except ValueError as e:
    print(e)
try:
    asm(1, "bx(r0)")(0x08000001)  # no code there
except ValueError as e:
    print(e)
for word in (0xDE00, 0xBA80):
    try:
        asm(0, "data(2, %d)" % word)()
    except RuntimeError as e:
        print(str(e)[:21])
try:
    asm(1, "bx(r0)")(0x20003000)  # no other instruction set
except RuntimeError as e:
    print(str(e)[:21])

print("-- registers of the board")
asm(0, "movwt(r0, stm.GPIOA)", "movw(r1, 1 << 13)", "strh(r1, [r0, stm.GPIO_BSRRL])")()
print(stm.mem32[stm.GPIOA + stm.GPIO_ODR] >> 13 & 1)
print(asm(0, "wfi()", "cpsid('i')", "data(2, 0xf3ef, 0x8010)", "cpsie('i')", "mov(r0, r0)")())
