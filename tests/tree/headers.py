# SPDX-License-Identifier: MIT
"""Every header compiles alone."""
import concurrent.futures
import os
import subprocess

from _tree import BUILD, TOP, files, report

compiler = os.environ.get("CC", "cc").split()


def compile_alone(path):
    text = '#include "%s"\n' % path
    p = subprocess.run(compiler + ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function",
                                   "-fsyntax-only", "-I.", "-Isrc", "-I" + BUILD, "-x", "c", "-"],
                       input=text, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return "%s:\n%s" % (path, p.stdout) if p.returncode else None


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    report([r for r in pool.map(compile_alone, files(".h")) if r])
