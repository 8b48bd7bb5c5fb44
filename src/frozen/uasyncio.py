# SPDX-License-Identifier: MIT
# The old name of asyncio: both names mean one module.
import asyncio
import sys

sys.modules[__name__] = asyncio
