# examples/ledger.py, a program of a thousand lines, prints what python3 prints.
import sys

sys.path.insert(0, sys.argv[0].rsplit("/", 1)[0] + "/../../../examples")
import ledger

ledger.main([])
