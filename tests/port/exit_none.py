# SystemExit without a value gives status 0.
print("x", end="")
raise SystemExit
