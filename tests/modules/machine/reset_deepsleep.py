# machine.deepsleep() in a script: when it ends the board would start again, and standard error says so
import machine

machine.deepsleep(1500)
