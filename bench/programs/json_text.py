# json: writing and reading nested values
import json
data = {"users": [{"id": i, "name": "user %d" % i, "tags": ["a", "b\n", "\"c\""], "score": i * 0.5, "ok": i % 3 == 0, "none": None} for i in range(300)]}
def run():
    total = 0
    for i in range(30):
        text = json.dumps(data)
        back = json.loads(text)
        total += len(text) + len(back["users"])
    assert back == data
    return total
print(run())
