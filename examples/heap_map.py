# Reading the heap map: make one object of each kind, then look for its letter.
import gc
import micropython

gc.collect()
a_tuple = (1, None, [])
a_list = [1, 2, 3, 4, 5, 6]
a_dict = {1: 2}
a_float = 0.5 * 3
a_text = "-".join(("not", "interned"))
a_buffer = bytearray(200)


class Thing:
    pass


a_thing = Thing()
gc.collect()
micropython.mem_info(1)
