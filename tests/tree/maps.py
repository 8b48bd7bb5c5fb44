# SPDX-License-Identifier: MIT
"""Every folder of sources has a README.md that names each of its files, and names no file that is gone."""
import os
import re

from _tree import TOP, files, read, report

problems = []
folders = sorted({os.path.dirname(f) for f in files(".c", ".h", ".def")})
for folder in folders + ["tools", "examples"]:
    readme = folder + "/README.md"
    if not os.path.exists(os.path.join(TOP, readme)):
        problems.append("%s is missing" % readme)
        continue
    text = read(readme)
    named = set(re.findall(r"`([\w.-]+)`", text))
    here = {f for f in os.listdir(os.path.join(TOP, folder)) if os.path.isfile(os.path.join(TOP, folder, f)) and f != "README.md"}
    here = {f for f in here if not f.endswith((".am", ".o", "~"))}
    for f in sorted(here - named):
        problems.append("%s does not name %s" % (readme, f))
    for f in sorted(n for n in named if re.search(r"\.(c|h|def|py)$", n)):
        if f not in here and not re.match(r"(names|modules)\.gen\.", f) and not any(os.path.basename(g) == f for g in files(".c", ".h", ".def", folders=("src", "emu", "ports", "tests"))):
            problems.append("%s names %s, which is gone" % (readme, f))
report(problems)
