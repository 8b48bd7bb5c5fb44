#!/usr/bin/env micropython
# A first line for the shell is a comment.
print("ok")
