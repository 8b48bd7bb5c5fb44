# Handlers run while assembler waits for them, CPSID keeps them away, WFI sleeps; the chip is there without an import.
import array
import gc
import micropython


@micropython.asm_thumb
def odr():
    movwt(r0, 0x40020000)
    movwt(r1, 0x2000)
    strh(r1, [r0, 0x18])
    ldrh(r0, [r0, 0x14])


print(hex(odr() & 0x2000))
import pyb


@micropython.asm_thumb
def tell(r0):
    ldr(r1, [r0, 0])
    add(r1, 1)
    str(r1, [r0, 0])


@micropython.asm_thumb
def spin(r0, r1):
    label(AGAIN)
    ldr(r2, [r0, 0])
    cmp(r2, r1)
    blt(AGAIN)
    mov(r0, r2)


@micropython.asm_thumb
def masked(r0):
    cpsid("i")
    ldr(r1, [r0, 0])
    movwt(r3, 1000000)
    label(AGAIN)
    sub(r3, 1)
    bne(AGAIN)
    ldr(r2, [r0, 0])
    cpsie("i")
    sub(r0, r2, r1)


@micropython.asm_thumb
def sleep(r0, r1):
    label(AGAIN)
    wfi()
    ldr(r2, [r0, 0])
    cmp(r2, r1)
    blt(AGAIN)
    mov(r0, r2)


ticks = array.array("i", [0])
timer = pyb.Timer(4, freq=1000, callback=lambda t: tell(ticks))
print(spin(ticks, 5), masked(ticks))
start = pyb.millis()
print(sleep(ticks, ticks[0] + 50) - ticks[0], pyb.millis() - start)
timer.deinit()


def collect(_):
    gc.collect()
    [bytearray(b"x" * 50) for _ in range(100)]
    print("collected")


@micropython.asm_thumb
def long(r0):
    movwt(r3, 100000)
    label(AGAIN)
    sub(r3, 1)
    bne(AGAIN)
    ldrb(r0, [r0, 0])


micropython.schedule(collect, 0)
print(chr(long(bytearray(b"z" * 50))), chr(long("a text in program memory, of which a copy is made")))
