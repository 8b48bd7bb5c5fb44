# What boards do not have: of module sys what needs a program that ends, or memory to spare; of module os what needs a process.
import os
import sys

print([name for name in ("atexit", "copyright", "exc_info", "getsizeof", "intern") if hasattr(sys, name) or name in dir(sys)])
print([name for name in dir(sys) if name[0] != "_"])
print([name for name in dir(os) if name[0] != "_"])
print(os.uname()[:3], os.uname().machine)
