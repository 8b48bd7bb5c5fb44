# SPDX-License-Identifier: MIT
"""--link never takes the place of a file, replaces an old link, and removes at the end only the link that is its own; a port is 0 to 65535."""
import os
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(sys.argv[2], "micropython")
FOLDER = tempfile.mkdtemp()
bad = 0


def check(right, what):
    global bad
    if not right:
        print(what)
        bad += 1


def device(*options):
    return subprocess.Popen([PROGRAM, "--device", "--board=pybv11", "--fs", FOLDER, *options], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def refused(*options):
    p = device(*options)
    out = p.communicate(timeout=30)[0]
    check(p.returncode == 2, "%s: status %d" % (options, p.returncode))
    return out


kept = os.path.join(FOLDER, "kept")
with open(kept, "w") as f:
    f.write("valuable")
out = refused("--link", kept)
check(out == "micropython: won't replace '%s': it is not a symbolic link\n" % kept, out)
with open(kept) as f:
    check(f.read() == "valuable" and not os.path.islink(kept), "the file is as it was")

link = os.path.join(FOLDER, "board")
os.symlink("/dev/null", link)
p = device("--link", link)
p.stdout.readline()
check(os.readlink(link).startswith("/dev/pts/"), "an old link is replaced: " + os.readlink(link))
os.unlink(link)
os.symlink("/dev/zero", link)
p.send_signal(signal.SIGTERM)
p.communicate(timeout=30)
check(os.readlink(link) == "/dev/zero", "somebody else's link stays")

for port in ("99999", "65536", "-1", ""):
    out = refused("--serial=tcp:127.0.0.1:" + port)
    check(out.startswith("micropython: not an address '127.0.0.1:%s'" % port), out)
out = refused("--uart=1=tcp:127.0.0.1:99999")
check(out.startswith("micropython: not a host and port '127.0.0.1:99999'"), out)
sys.exit(bad != 0)
