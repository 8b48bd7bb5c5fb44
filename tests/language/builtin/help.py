# SPDX-License-Identifier: MIT
# help()


class A:
    x = 1


help(A)
help(len)
help(int)
help(5)
help(ValueError(1))
help([])
help()
