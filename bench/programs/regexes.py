# re: searching, splitting and replacing in a log
import re
log = "".join("2024-01-%02d 12:%02d:%02d host%d app[%d]: user=%d status=%s path=/a/b%d/index.html\n" % (i % 28 + 1, i % 60, i * 7 % 60, i % 5, i, i * 13, ("ok", "failed", "slow")[i % 3], i) for i in range(3000))
def run():
    line = re.compile("(\\d+)-(\\d+)-(\\d+) (\\d+):(\\d+):(\\d+) (\\w+) (\\w+)\\[(\\d+)\\]: (.*)")
    status = re.compile("status=(ok|failed|slow)")
    total = 0
    for text in log.split("\n"):
        m = line.match(text)
        if m:
            total += int(m.group(9))
            total += len(status.search(text).group(1))
    total += len(re.compile("[ =/]+").split(log))
    total += len(re.sub("user=\\d+", "user=X", log))
    return total
print(run())
