# SPDX-License-Identifier: MIT
"""Things that have one door: host memory, non-local jumps, clocks, random numbers, the console. And few conditionals."""
import re

from _tree import files, read, report

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", re.S)
# what: (pattern, folders, files that may)
DOORS = {
    "host memory: use host_alloc()": (r"\b(malloc|calloc|realloc|free|strdup|asprintf|alloca)\s*\(", ("src", "emu", "ports"),
                                      {"src/heap/host_memory.c", "ports/unix/prompt_readline.c"}),
    "non-local jumps: use protect()": (r"\b_?(setjmp|longjmp|sigsetjmp|siglongjmp)\s*\(", ("src", "emu", "ports"),
                                       {"src/run/raise.c", "src/run/raise.h", "src/run/vm.c", "src/run/enter.c", "src/run/engine.h", "src/run/generator.c", "src/objects/int_long.c",
                                        "ports/unix/device.c"}),
    "host clock: use host.h": (r"\b(time|clock|gettimeofday|clock_gettime|localtime|gmtime|mktime|nanosleep|usleep)\s*\(", ("src", "emu"), set()),
    "random numbers: a generator of one's own, seeded": (r"\b(s?rand(om)?|drand48)\s*\(", ("src", "emu"), set()),
    "console: use host_write() or a printer": (r"\b(printf|puts|putchar|fprintf|fputs|fwrite|getenv|exit)\s*\(", ("src", "emu"), set()),
}
problems = []
for what, (pattern, folders, allowed) in DOORS.items():
    for path in files(".c", ".h", folders=folders):
        if path in allowed:
            continue
        text = COMMENT.sub(lambda m: "\n" * m.group(0).count("\n"), read(path))
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line) and not line.lstrip().startswith("#"):
                problems.append("%s:%d: %s: %s" % (path, number, what, line.strip()[:80]))

conditionals = lines = 0
for path in files(".c", ".h", folders=("src", "emu")):
    text = read(path)
    lines += text.count("\n")
    for m in re.finditer(r"^[ \t]*#[ \t]*(if|ifdef|ifndef)\b(.*)$", text, re.M):
        conditionals += not re.match(r"\s*\w+_H\b", m.group(2))  # include guards do not count
if conditionals * 1000 > 3 * lines:
    problems.append("%d preprocessor conditionals in %d lines: at most 3 in 1000" % (conditionals, lines))
report(problems)
