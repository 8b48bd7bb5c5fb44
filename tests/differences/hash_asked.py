# Each look into a dict asks its key for the hash; MicroPython 1.28 remembers where a key object was found last, and then does not ask.
asked = 0


class Key:
    def __hash__(self):
        global asked
        asked += 1
        return 1


k = Key()
d = {k: 1}
d[k]
d[k]
print(asked)
