# The queue of tasks: by time, in order of arrival within one time; removal anywhere; one task is in one queue.
from _asyncio import Task, TaskQueue


def numbers(n, seed):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


queue = TaskQueue()
print(queue.peek(), queue.delay())
try:
    queue.pop()
except IndexError:
    print("IndexError")
entries = [(n % 20 * 100000, i) for i, n in enumerate(numbers(300, 1))]
names = {}
for delay, i in entries:
    task = Task(i)
    queue.push(task, delay)
    names[i] = task
gone = [i for i, n in enumerate(numbers(300, 7)) if n % 3 == 0]
for i in gone:
    queue.remove(names[i])
    queue.remove(names[i])  # not there any more: nothing happens
expected = [i for delay, i in sorted(entries) if i not in gone]
found = []
while queue.peek():
    first = queue.peek()
    task = queue.pop()
    assert first is task
    found.append(task.coro)
print(found == expected, len(found))
task = Task(None)
queue.push(task, 50)
other = TaskQueue()
try:
    other.push(task)
except RuntimeError as e:
    print("RuntimeError:", e)
other.remove(task)
print(queue.pop() is task, 0 <= queue.delay() + 1)
other.push(task, 1000)
print(0 < other.delay() <= 1000)
for wrong in (lambda: queue.push(3), lambda: TaskQueue(1), lambda: Task(), lambda: queue.remove(None), lambda: queue.park()):
    try:
        wrong()
    except (TypeError, RuntimeError) as e:
        print(type(e).__name__)
