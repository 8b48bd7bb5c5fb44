# exceptions: raising, catching, finally, with
class Problem(Exception):
    pass
class Guard:
    def __enter__(self):
        return self
    def __exit__(self, a, b, c):
        return False
def risky(i):
    if i % 3 == 0:
        raise Problem(i)
    if i % 5 == 0:
        return {}[i]
    return i
def run():
    caught = missed = done = 0
    for i in range(800000):
        try:
            with Guard():
                done += risky(i)
        except Problem as e:
            caught += e.args[0] & 3
        except KeyError:
            missed += 1
        finally:
            done += 1
    return caught, missed, done
print(run())
