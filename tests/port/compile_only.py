# -X compile-only runs nothing.
print("must not be printed")
