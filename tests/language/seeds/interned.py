# names are interned: one text for each spelling, listed by qstr_info in order of creation
import micropython

micropython.qstr_info()
an_unusual_name = 1
other_unusual_name = "an_unusual_name"
print(other_unusual_name is "an_unusual_" "name", globals()["an_unusual_name"])


class Holder:
    pass


holder = Holder()
setattr(holder, "_".join(("an", "unusual", "name")), 2)
print(holder.an_unusual_name)
micropython.qstr_info(1)
