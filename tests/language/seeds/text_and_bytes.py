# texts and bytes: methods of both, and the way from one to the other
text = "   some blanks around "
data = b"   some blanks around "
print([text.lstrip(), text.rstrip(), text.strip()])
print([data.lstrip(), data.rstrip(), data.strip()])
print(text.strip().encode() == data.strip(), data.strip().decode() == text.strip())
data = data.lstrip()
print(data, len(data))
print(len("µΩ"), len("µΩ".encode()), "µΩ".encode().decode() == "µΩ")
print("Pressure {:7.2f} count {:05d}|".format(1013.25, 42))
print("{:<8}|{:>8}|{:^8}|{:+d}|{:#x}".format("left", "right", "mid", 5, 255))
try:
    text + data
except TypeError as e:
    print("TypeError:", e)
