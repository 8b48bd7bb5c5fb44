# machine.reset() in a script without a board: the run ends at once, and standard error says why
import machine

print("before", machine.reset_cause() == machine.PWRON_RESET)
machine.reset()
