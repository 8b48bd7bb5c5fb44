# SPDX-License-Identifier: MIT
# The loop: which task runs next, what becomes of its end, and the streams that tasks wait for.
#
# _ready holds the tasks that wait for a time (all of them: a task that may run at once waits for the present). Tasks and queues are
# those of the C module _asyncio. What a task waits for otherwise is its `waits_on`: a queue, another task, or an object with a method
# remove(task), which cancel() calls.
import sys
import _asyncio
from _asyncio import CancelledError, Task, TaskQueue, sleep, sleep_ms


class TimeoutError(Exception):
    pass


class IOQueue:
    # Streams that tasks wait for. id of the stream: [task that wants to read, task that wants to write, the stream]
    def __init__(self):
        self._poller = None
        self._waits = {}

    def _enter(self, stream, side):
        task = _asyncio.current()
        wait = self._waits.get(id(stream))
        if wait is None:
            wait = [None, None, stream]
        elif wait[side] is not None:
            raise RuntimeError("another task waits for this stream")
        if self._poller is None:
            import select

            self._poller = select.poll()
        self._poller.register(stream, 1 << 2 * side if wait[1 - side] is None else 5)
        wait[side] = task
        self._waits[id(stream)] = wait
        task.waits_on = self

    def queue_read(self, stream):
        self._enter(stream, 0)

    def queue_write(self, stream):
        self._enter(stream, 1)

    def _settle(self, wait):
        # Some side of it has nobody waiting any more.
        stream = wait[2]
        if wait[0] is None and wait[1] is None:
            del self._waits[id(stream)]
            self._poller.unregister(stream)
        else:
            self._poller.modify(stream, 1 if wait[1] is None else 4)

    def remove(self, task):
        for wait in list(self._waits.values()):
            for side in (0, 1):
                if wait[side] is task:
                    wait[side] = None
                    self._settle(wait)

    def poll(self, delay):
        for stream, events in self._poller.ipoll(delay):
            wait = self._waits.get(id(stream))
            if wait is None:
                continue
            # an error or the end of the line concerns both sides
            for side, quiet in ((0, 4), (1, 1)):
                task = wait[side]
                if task is not None and events & ~quiet:
                    wait[side] = None
                    task.waits_on = None
                    _ready.push(task)
            self._settle(wait)


def _next():
    while True:
        delay = _ready.delay()
        if _io_queue._waits:
            _io_queue.poll(delay)
            delay = _ready.delay()
        elif delay:
            _asyncio.idle(delay)
        if delay == 0:
            return _ready.pop()


def _run(main):
    if main.done():
        return main.result()
    while True:
        task = _next()
        if task.done():
            # it failed some time ago, and was put back to give others the time to ask for its result
            error = task.claim()
            if error is not None:
                what = {"message": "Task exception wasn't retrieved", "exception": error, "future": task}
                Loop.call_exception_handler(what)
        elif not task.resume():
            if task is main:
                return main.result()
            if task.unclaimed():
                _ready.push(task)


def _as_task(awaitable):
    return awaitable if isinstance(awaitable, Task) else create_task(awaitable)


def create_task(coro):
    if not hasattr(coro, "send"):
        raise TypeError("coroutine expected")
    task = Task(coro)
    _ready.push(task)
    return task


def current_task():
    return _asyncio.current()


def run(coro):
    return _run(create_task(coro))


async def _end():
    pass


class Loop:
    _handler = None
    _last = None

    @staticmethod
    def create_task(coro):
        return create_task(coro)

    @staticmethod
    def run_forever():
        Loop._last = last = Task(_end())
        _run(last)

    @staticmethod
    def run_until_complete(awaitable):
        return _run(_as_task(awaitable))

    @staticmethod
    def stop():
        # what is ready now still runs
        if Loop._last is not None:
            _ready.push(Loop._last)
            Loop._last = None

    @staticmethod
    def close():
        pass

    @staticmethod
    def set_exception_handler(handler):
        Loop._handler = handler

    @staticmethod
    def get_exception_handler():
        return Loop._handler

    @staticmethod
    def default_exception_handler(loop, context=None):
        if context is None:
            context = loop
        error = context["exception"]
        print(context["message"], file=sys.stderr)
        print("future:", context["future"], "coro=", context["future"].coro, file=sys.stderr)
        sys.print_exception(error, sys.stderr)

    @staticmethod
    def call_exception_handler(context):
        (Loop._handler or Loop.default_exception_handler)(Loop, context)


def get_event_loop(runq_len=0, waitq_len=0):
    return Loop


def new_event_loop():
    global _ready, _io_queue
    _ready = _asyncio.begin()
    _io_queue = IOQueue()
    return Loop


def run_until_complete(main_task=None):
    return Loop.run_forever() if main_task is None else _run(main_task)


new_event_loop()
