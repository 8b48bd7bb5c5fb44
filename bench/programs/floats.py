# floats: Mandelbrot escape counts
def mandel(w, h, limit):
    count = 0
    for py in range(h):
        y0 = py * 2.4 / h - 1.2
        for px in range(w):
            x0 = px * 3.0 / w - 2.1
            x = y = 0.0
            n = 0
            while n < limit:
                x2 = x * x
                y2 = y * y
                if x2 + y2 > 4.0:
                    break
                y = 2.0 * x * y + y0
                x = x2 - y2 + x0
                n += 1
            count += n
    return count
print(mandel(240, 180, 200))
