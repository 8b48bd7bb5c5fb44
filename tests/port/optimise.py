# -O leaves out assertions.
assert 0
print(__debug__)
