# SPDX-License-Identifier: MIT
# What tasks use to wait for each other: Event, Lock; and for the world outside the loop: ThreadSafeFlag.
import io
from . import core


class Event:
    def __init__(self):
        self._on = False
        self._waiting = core.TaskQueue()

    def is_set(self):
        return self._on

    def set(self):
        self._on = True
        self._waiting.wake_all()

    def clear(self):
        self._on = False

    async def wait(self):
        if not self._on:
            yield self._waiting.park()
        return True


class Lock:
    # _holder: False; the task to which release() has given the lock and which has not run since; or True
    def __init__(self):
        self._holder = False
        self._waiting = core.TaskQueue()

    def locked(self):
        return self._holder is True

    def release(self):
        if self._holder is False:
            raise RuntimeError("Lock not acquired")
        self._holder = self._waiting.wake() or False

    async def acquire(self):
        if self._holder is not False:
            try:
                yield self._waiting.park()
            except core.CancelledError:
                if self._holder is core.current_task():
                    self.release()  # given too late
                raise
        self._holder = True
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, kind, error, trace):
        self.release()


class ThreadSafeFlag(io.IOBase):
    # For the loop it is a stream with something to read while it is set.
    def __init__(self):
        self._on = False

    def ioctl(self, request, argument):
        if request == 3:  # poll
            return argument & 1 if self._on else 0
        return -1

    def set(self):
        self._on = True

    def clear(self):
        self._on = False

    async def wait(self):
        if not self._on:
            yield core._io_queue.queue_read(self)
        self._on = False
