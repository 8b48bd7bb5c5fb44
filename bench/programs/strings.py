# text: building, splitting, searching, formatting
def run():
    words = "the quick brown fox jumps over the lazy dog".split()
    counts = {}
    out = []
    for i in range(120000):
        line = " ".join(words) + " " + str(i)
        for w in line.split(" "):
            counts[w[:3]] = counts.get(w[:3], 0) + 1
        if line.find("lazy") > 0:
            out.append(line.replace("lazy", "eager").upper()[-12:])
    return len(out), counts["the"], "{:>8}|{:<6}|{:.3f}".format(len(counts), "x", 1.5), out[-1]
print(run())
