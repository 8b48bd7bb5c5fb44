# What the inline assembler refuses, in upstream's words (asked of its cross-compiler).
def refuse(body, args="", result=""):
    text = "@micropython.asm_thumb\ndef f(%s)%s:\n    nop()\n    %s\n" % (args, result, body)
    try:
        exec(text)
        print("accepted:", body)
    except SyntaxError as e:
        print(body[:40], args, result, "|", e)


for body in (
    "foo(r0)", "add(r0)", "b_w(X)", "bal(X)", "itx(eq)", "it(al)", "cpsid()", "wfi(1)", "movw(r0, r1)", "eor(r0, 1)", "ldr(r0, r1)",
    "ldr(r0, [r1])", "add(1, 2)", "mov(r0, r16)", "mov(r0, x)", "cmp(r0, x)", "add(r0, r1, x)", "bx(1)", "ldr(r0, [1, 4])",
    "add(r8, r0, 1)", "mov(r10, 1)", "cmp(r8, r9)", "ldr(r0, [pc, 4])", "vadd(s0, s1, s32)", "vadd(r0, s1, s2)",
    "mov(r0, 256)", "mov(r0, -1)", "movw(r0, 65536)", "lsl(r0, r0, 32)", "add(r0, r0, 8)", "ldr(r0, [r1, 3])", "ldrh(r0, [r1, 63])",
    "ldrb(r0, [r1, 32])", "vldr(s0, [r0, 3])", "ldr(r0, [r1, r2])", "mov(r0, 1.5)", "mov(r0, 'a')", "mov(r0, stm.NO_SUCH)", "mov(r0, *x)",
    "push(r0)", "push({1})", "push({r0, 1})", "push({})", "strex(r0, r9, [r10])", "vldr(s0, r1)", "mrs(r0, FOO)",
    "b(X)", "b(1)", "label(1)", "label(A, B)", "label(A)\n    label(A)", "align()", "align(r0)", "data(1)", "data(1, x)",
    "x = 1 + y", "return 1", "a.b(1)", "nop()()", "if 1: nop()", "nop(); nop()",
    "beq(B)\n    data(4%s)\n    label(B)" % (", 0" * 80), "b(B)\n    data(8%s)\n    label(B)" % (", 0" * 300),
):
    refuse(body)
for args in ("r1", "r0, r2", "r0, r1, r2, r3, r4", "*r0", "r0=1", "r0: int", "a"):
    refuse("nop()", args)
for result in ("None", "foo", "1"):
    refuse("nop()", "", " -> " + result)
for text in ("@micropython.asm_thumb\nclass A: pass", "@micropython.asm_xtensa\ndef f(): nop()", "@micropython.asm_rv32\ndef f(): nop()"):
    try:
        exec(text)
    except SyntaxError as e:
        print(e)
for harmless in ("pass", "'text'", "1", "nop"):
    refuse(harmless)
