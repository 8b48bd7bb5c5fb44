# SPDX-License-Identifier: MIT
"""The slider of an analogue input sets the voltage that the program reads."""
from _panel import check, end, run

SLIDER = """
import machine, time
adc = machine.ADC("X19")
last = 0
while True:
    now = adc.read_u16()
    if abs(now - last) > 8000:
        print("above half" if now > 40000 else "about half" if now > 25000 else "low")
        last = now
    time.sleep_ms(10)
"""
out = run(SLIDER, "--panel", script="40 slide X19 0.5\n60 slide X19 0.9\n80 slide X19 0.05\n100 close\n")
check(out.split("\n")[-4:] == ["about half", "above half", "low", ""], "slider: %r" % out)
end()
