# SPDX-License-Identifier: MIT
# wait_for and gather: one task waits for others, under conditions.
from . import core


class _Outcome:
    # What became of a task that is waited for with a limit of time.
    def __init__(self, awaitable):
        self.task = core._as_task(awaitable)
        self.come = False

    async def fetch(self, waiter):
        # A task of its own: cancelling the waiter must not cancel what others wait for before the waiter has had its say.
        self.value = self.error = None
        try:
            self.value = await self.task
        except BaseException as error:
            self.error = error
        self.come = True
        waiter.wake()


async def wait_for(awaitable, timeout, sleep=core.sleep):
    if timeout is None:
        return await core._as_task(awaitable)
    outcome = _Outcome(awaitable)
    fetcher = core.create_task(outcome.fetch(core.current_task()))
    try:
        await sleep(timeout)
    except core.CancelledError:
        outcome.task.cancel()
        raise
    if not outcome.come:
        outcome.task.cancel()
        await fetcher
        raise core.TimeoutError
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def wait_for_ms(awaitable, timeout):
    return wait_for(awaitable, timeout, core.sleep_ms)


class _Gathering:
    def __init__(self, tasks, waiter, first_error_ends):
        self.tasks = tasks
        self.waiter = waiter  # None when it goes on
        self.first_error_ends = first_error_ends
        self.left = 0
        self.error = None

    def begin(self):
        for task in self.tasks:
            if not task.done():
                task.watch(self.ended)
                self.left += 1
        return self.left

    def ended(self, task):
        self.left -= 1
        if self.first_error_ends and self.waiter is not None:
            try:
                task.result()
            except BaseException as error:
                self.error = error
        if self.waiter is not None and (self.left == 0 or self.error is not None):
            self.waiter.waits_on = None
            core._ready.push(self.waiter)
            self.let_go()

    def let_go(self):
        # others may wait for these tasks from now on
        self.waiter = None
        for task in self.tasks:
            task.watch(core.TaskQueue())

    def remove(self, waiter):
        # it was cancelled, and will cancel the tasks when it runs
        self.let_go()


async def gather(*awaitables, return_exceptions=False):
    tasks = [core._as_task(a) for a in awaitables]
    if not return_exceptions:
        for task in tasks:
            if task.done():
                task.result()  # one that has failed already ends it all
    waiter = core.current_task()
    gathering = _Gathering(tasks, waiter, not return_exceptions)
    if gathering.begin():
        waiter.waits_on = gathering
        try:
            yield
        except core.CancelledError:
            for task in tasks:
                task.cancel()
            raise
        if gathering.error is not None:
            raise gathering.error
    for i, task in enumerate(tasks):
        try:
            tasks[i] = task.result()
        except BaseException as error:
            tasks[i] = error
    return tasks
