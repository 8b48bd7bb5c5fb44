# SPDX-License-Identifier: MIT
# The old name of ssl: both names mean one module.
import ssl
import sys

sys.modules[__name__] = ssl
