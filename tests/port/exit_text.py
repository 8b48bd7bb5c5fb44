# An exit value that is no number gives status 1.
raise SystemExit("reason")
