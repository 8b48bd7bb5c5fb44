# SPDX-License-Identifier: MIT
# asyncio: the core is here at once, the rest of the package when somebody asks for it.
from .core import *

__version__ = (3, 0, 0)

_homes = {
    "wait_for": "combine",
    "wait_for_ms": "combine",
    "gather": "combine",
    "Event": "sync",
    "Lock": "sync",
    "ThreadSafeFlag": "sync",
    "Server": "stream",
    "Stream": "stream",
    "StreamReader": "stream",
    "StreamWriter": "stream",
    "open_connection": "stream",
    "start_server": "stream",
}


def __getattr__(name):
    home = _homes.get(name)
    if home is None:
        raise AttributeError(name)
    value = getattr(__import__(home, None, None, True, 1), name)
    globals()[name] = value
    return value
