# SPDX-License-Identifier: MIT
"""Asks for the password of WebREPL and writes it to webrepl_cfg.py; started by `import webrepl_setup`."""


def setup():
    while True:
        text = input("New WebREPL password (4 to 9 characters): ")
        if 4 <= len(text) <= 9 and text == input("Once more: "):
            break
        print("Too short, too long, or not the same twice.")
    with open("webrepl_cfg.py", "w") as f:
        f.write("PASS = %r\n" % text)
    print("webrepl_cfg.py is written; `import webrepl; webrepl.start()` starts the server.")


setup()
