# attributes looked up once and kept in locals
class Display:
    def __init__(self, n):
        self.frame = bytearray(n)


class Painter:
    def __init__(self):
        self.line = bytearray(6)

    def paint(self, display):
        line = self.line
        frame = display.frame
        for i in range(len(line)):
            line[i] = i * i
            frame[i] = line[i] ^ 0xFF
        return frame


display = Display(6)
print(Painter().paint(display), display.frame is Painter().paint(display))
