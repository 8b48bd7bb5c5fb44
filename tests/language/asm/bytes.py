# The bytes that the inline assembler makes, seen in memory: those that the reference cross-compiler makes for a Cortex-M4.
import stm

TEMPLATE = """
@micropython.asm_thumb
def f():
    mov(r0, pc)
    b(OVER)
    %s
    label(OVER)
"""


def show(*lines):
    exec(TEMPLATE % "\n    ".join(lines), globals())
    at = f()  # behind the jump, which tells the size
    size = ((stm.mem16[at - 2] & 0x7FF) + 1) * 2
    print(" ".join("%04x" % (stm.mem16[at + i] & 0xFFFF) for i in range(0, size, 2)), "|", "; ".join(lines))


show("nop()", "wfi()", "cpsid('i')", "cpsie('i')")
show("mov(r0, r1)", "mov(r8, r1)", "mov(r8, r9)", "mov(sp, lr)", "mov(r5, 200)")
show("movw(r8, 0x1234)", "movt(r8, 0x1234)", "movwt(r3, 0x12345678)", "movwt(r0, -2)")
show("lsl(r0, r1, 3)", "lsr(r0, r1, 3)", "asr(r0, r1, 3)", "lsl(r0, r1)", "lsr(r0, r1)", "asr(r0, r1)", "ror(r0, r1)")
show("add(r0, 2)", "sub(r0, 2)", "add(r0, r1, 2)", "sub(r0, r1, 2)", "add(r0, r1, r2)", "sub(r0, r1, r2)", "cmp(r0, 3)", "cmp(r0, r1)")
show("and_(r0, r1)", "eor(r0, r1)", "adc(r0, r1)", "sbc(r0, r1)", "tst(r0, r1)", "neg(r0, r1)", "cmn(r0, r1)", "orr(r0, r1)",
     "mul(r0, r1)", "bic(r0, r1)", "mvn(r0, r1)")
show("clz(r8, r9)", "rbit(r2, r3)", "sdiv(r0, r1, r2)", "udiv(r8, r9, r10)", "mrs(r0, IPSR)", "mrs(r8, BASEPRI)")
show("ldr(r0, [r1, 8])", "str(r0, [r1, 8])", "ldrb(r0, [r1, 3])", "strb(r0, [r1, 3])", "ldrh(r0, [r1, 6])", "strh(r0, [r1, 6])")
show("ldrex(r0, [r1, 4])", "strex(r0, r1, [r2, 8])")
show("push({r0, r1})", "push({r8})", "push({r0, lr})", "pop({r0, pc})", "pop({r8})", "pop({r1, r2, lr})", "push({lr, pc})")
show("label(A)", "b(A)", "bl(A)", "bl(B)", "beq(A)", "beq_n(B)", "beq_w(A)", "ble_w(B)", "label(B)", "b(B)", "bx(lr)")
show("it(eq)", "nop()", "ite(ne)", "nop()", "nop()", "itete(gt)", "iteee(vs)", "itttt(le)")
show("vcmp(s1, s2)", "vsqrt(s1, s2)", "vneg(s1, s2)", "vcvt_f32_s32(s1, s2)", "vcvt_s32_f32(s1, s2)", "vmrs(r0, FPSCR)",
     "vmrs(APSR_nzcv, FPSCR)", "vmov(s3, r1)", "vmov(r1, s3)", "vldr(s0, [r1, 4])", "vstr(s31, [r7, 8])")
show("vadd(s1, s2, s3)", "vsub(s1, s2, s3)", "vmul(s1, s2, s3)", "vdiv(s1, s2, s3)")
show("data(1, 1, 2, 3)", "align(4)", "data(2, 0x1234, -1)", "data(4, (1 << 32) - 2)")
