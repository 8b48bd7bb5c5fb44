# instances: attribute loads and stores, method calls
class Body:
    def __init__(self, x, v):
        self.x = x
        self.v = v
        self.steps = 0
    def step(self, dt):
        self.x += self.v * dt
        self.steps += 1
        if self.x > 1000 or self.x < 0:
            self.bounce()
    def bounce(self):
        self.v = -self.v
def run():
    bodies = [Body(i, i + 1) for i in range(20)]
    for k in range(150000):
        for b in bodies:
            b.step(1)
    return sum(b.x + b.steps for b in bodies)
print(run())
