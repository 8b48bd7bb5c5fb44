# Single floats of the inline assembler, by way of arrays.
import array


def asm(*lines):
    exec("@micropython.asm_thumb\ndef f(r0):\n    vldr(s0, [r0, 0])\n    vldr(s1, [r0, 4])\n    %s\n    vstr(s2, [r0, 8])\n"
         % "\n    ".join(lines), globals())
    return f


def do(a, b, *lines):
    x = array.array("f", [a, b, 0])
    r = asm(*lines)(x)
    return x[2]


inf = float("inf")
nan = float("nan")
for op in ("vadd", "vsub", "vmul", "vdiv"):
    print(op, [do(a, b, op + "(s2, s0, s1)") for a, b in ((1.5, 0.25), (-3, 8), (1e30, 1e30), (1, 0), (0, 0))])
print([do(a, 0, "vsqrt(s2, s0)") for a in (4, 2.25, 0, -1)], [do(a, 0, "vneg(s2, s0)") for a in (4, -0.5)])
print([do(a, 0, "vcvt_s32_f32(s2, s0)", "vcvt_f32_s32(s2, s2)") for a in (2.75, -2.75, 1e20, -1e20, nan)])


@micropython.asm_thumb
def compare(r0):
    vldr(s0, [r0, 0])
    vldr(s1, [r0, 4])
    vcmp(s0, s1)
    mov(r0, 0)
    vmrs(APSR_nzcv, FPSCR)
    it(eq)
    mov(r0, 1)
    it(mi)
    mov(r0, 2)
    it(gt)
    mov(r0, 3)


print([compare(array.array("f", p)) for p in ((1, 1), (1, 2), (2, 1), (nan, 1), (-inf, inf), (0.0, -0.0))])


@micropython.asm_thumb
def bits(r0):
    vmov(s5, r0)
    vcvt_f32_s32(s5, s5)
    vmov(r0, s5)


print(hex(bits(1)), hex(bits(-2) & 0xFFFFFFFF), hex(bits(0x7FFFFFFF)))


# more than the assembler has names for: vabs s2, s0; vmla s2, s0, s1; vmov s2, #-1.5; vcmp s0, #0
print(do(-7, 0, "data(2, 0xeeb0, 0x1ac0)"), do(3, 4, "vmov(s2, r0)", "vsub(s2, s0, s0)", "data(2, 0xee00, 0x1a20)"),
      do(0, 0, "data(2, 0xeebf, 0x1a08)"))
