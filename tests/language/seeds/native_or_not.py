# functions for machine code behave as others do
try:
    exec("@micropython.native\ndef double(x):\n    return x + x\n@micropython.viper\ndef add(a: int, b: int) -> int:\n    return a + b")
except (SyntaxError, NotImplementedError):
    print("SKIP")
    raise SystemExit
print(double(21), double("ab"), add(40, 2))
