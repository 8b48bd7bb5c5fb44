# platform: texts of the desktop.
import platform

print(type(platform.platform()), platform.platform().split("-")[:2], "-with-" in platform.platform())
print(platform.python_compiler().split()[0] in ("GCC", "Clang"), platform.libc_ver()[0], len(platform.libc_ver()), repr(platform.processor()))
