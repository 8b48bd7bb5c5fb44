# machine.soft_reset() in a script: SystemExit, which can be caught; else the run ends, what must be done is done, standard error says why
import machine

try:
    machine.soft_reset()
except SystemExit as e:
    print("caught", e.args)
try:
    machine.soft_reset()
finally:
    print("at the end")
