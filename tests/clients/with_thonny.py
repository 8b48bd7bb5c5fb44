# SPDX-License-Identifier: MIT
"""Thonny's back-end for boards works on a device: connecting, code, values, errors, input(), an interrupt, files, a soft reboot."""
import os
import queue
import subprocess
import sys
import threading

from _clients import PATIENCE, Device, check, check_like, done, this_with

this_with("thonny.plugins.micropython.bare_metal_backend", "thonny")
from thonny import common  # noqa: E402


class Backend:
    def __init__(self, d, mode):
        arguments = {"port": d.path, "clean": True, "interrupt_on_connect": True, "local_rtc": False, "sync_time": True, "submit_mode": mode}
        os.makedirs(os.path.join(d.folder, ".config", "Thonny"))  # where it keeps its log
        self.process = subprocess.Popen([sys.executable, "-m", "thonny.plugins.micropython.bare_metal_backend", repr(arguments)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env=dict(os.environ, HOME=d.folder))
        self.messages, self.output, self.number = queue.Queue(), {"stdout": "", "stderr": ""}, 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if not line.startswith(common.MESSAGE_MARKER):
                continue
            for _ in range(int(line[1:line.index(" ")]) - 1):
                line += self.process.stdout.readline()
            self.messages.put(common.parse_message(line))
        self.messages.put(common.BackendEvent("ended"))

    def send(self, message):
        self.process.stdin.write(common.serialize_message(message) + "\n")
        self.process.stdin.flush()

    def wait(self, wanted):
        """The next message that wanted() likes; what the program prints meanwhile is collected."""
        while True:
            message = self.messages.get(timeout=PATIENCE)
            if message.event_type == "ProgramOutput":
                self.output[message.stream_name] += message.data.replace("\r", "")
            if wanted(message) or message.event_type == "ended":
                return message

    def command(self, kind, name, **more):
        self.output = {"stdout": "", "stderr": ""}
        self.number += 1
        self.send(kind(name=name, id=self.number, **more))
        return self.wait(lambda m: m.get("command_id") == self.number and m.event_type != "InlineProgress")

    def execute(self, source):
        self.command(common.ToplevelCommand, "execute_source", source=source)
        return self.output

    def inline(self, name, **more):
        return self.command(common.InlineCommand, name, **more)


def programs(b):
    check("a statement", b.execute("print(6 * 7)"), {"stdout": "42\n", "stderr": ""})
    check_like("a value", b.execute("6 * 7")["stdout"], r"(\[object_link_for_thonny=\d+\])?42(\[/object_link_for_thonny\])?\n")
    check("an error", b.execute("1/0"),
          {"stdout": "", "stderr": 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: divide by zero\n'})
    b.execute("numbers = [1, 2]")
    found = b.inline("get_globals", module_name="__main__").globals
    check("variables", found["numbers"].repr, "[1, 2]")
    check("an object", b.inline("get_object_info", object_id=found["numbers"].id, include_attributes=True, all_attributes=False,
                                frame_width=80, frame_height=24).info["type"], "<class 'list'>")
    b.number += 1
    b.send(common.ToplevelCommand("execute_source", id=b.number, source="import time\nprint('go' + 'ing')\nwhile True: time.sleep_ms(5)\n"))
    b.wait(lambda m: "going" in b.output["stdout"])
    b.send(common.ImmediateCommand("interrupt"))
    b.wait(lambda m: m.get("command_id") == b.number)
    check_like("an interrupt", b.output["stderr"], r".*KeyboardInterrupt: \n")
    b.number += 1
    b.output["stdout"] = ""
    b.send(common.ToplevelCommand("execute_source", id=b.number, source="name = input('who? ')\nprint('hello', name)\n"))
    b.wait(lambda m: "who? " in b.output["stdout"])
    b.send(common.InputSubmission("Thonny\n"))
    b.wait(lambda m: m.get("command_id") == b.number)
    check_like("input()", b.output["stdout"], r"who\? (Thonny\n)?hello Thonny\n(>>> \n)?")
    b.command(common.ToplevelCommand, "Run", source="print('from the editor')\n")
    check_like("a program", b.output["stdout"], r".*from the editor\n")
    check("which starts anew", b.execute("print('numbers' in globals())")["stdout"], "False\n")


def files(d, b):
    content = bytes(range(256)) * 40
    check("write_file", b.inline("write_file", path="/flash/saved.bin", content_bytes=content, make_shebang_scripts_executable=False).get("error"), None)
    check("read_file", b.inline("read_file", path="/flash/saved.bin").content_bytes == content, True)
    path = d.write("local.txt", "local\n")
    check("upload", b.inline("upload", make_shebang_scripts_executable=False, items=[
        {"kind": "file", "source_path": path, "target_path": "/flash/up.txt", "size": 6}]).errors, [])
    check("what arrived", d.read("up.txt"), "local\n")
    check("mkdir", b.inline("mkdir", path="/flash/folder").get("error"), None)
    listed = b.inline("get_dirs_children_info", node_id="", paths={"/flash"}, include_hidden=False).data["/flash"]
    check("a folder", {name: info["kind"] for name, info in listed.items()}, {"saved.bin": "file", "up.txt": "file", "folder": "dir"})
    check("download", b.inline("download", items=[
        {"kind": "file", "source_path": "/flash/up.txt", "target_path": os.path.join(d.here, "down.txt"), "size": 6}]).errors, [])
    check("what came", d.read("down.txt", d.here), "local\n")
    check("room", b.inline("get_fs_info", path="/flash").total > 0, True)
    b.inline("delete", paths=["/flash/folder", "/flash/saved.bin"])
    check("delete", os.listdir(d.files), ["up.txt"])


for mode in "raw_paste", "raw", "paste":
    with Device("--board=pybv11") as device:
        backend = Backend(device, mode)
        ready = backend.wait(lambda m: isinstance(m, common.ToplevelResponse))
        check_like("welcome, " + mode, ready.get("welcome_text", ""), r"MicroPython v1\.28\.0 .*PYBv1\.1 with STM32F405RG.*")
        programs(backend)
        if mode == "raw_paste":
            files(device, backend)
        backend.process.kill()
        backend.process.wait()
done()
