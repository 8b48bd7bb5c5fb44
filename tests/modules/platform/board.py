# platform: texts of a board.
import platform

print(platform.platform(), platform.libc_ver())
