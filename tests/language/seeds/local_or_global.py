# a name that a function assigns is local, unless it says otherwise
count = 0


def wrong():
    count += 1


def right():
    global count
    count += 1


try:
    wrong()
except NameError as e:
    print("NameError:", e)
right()
right()
print(count)
