# The program ends, its timer goes on until --until.
import machine

count = 0


def tick(timer):
    global count
    count += 1
    print("tick", count)


timer = machine.Timer(-1, freq=100, callback=tick)
print("the end of the program")
