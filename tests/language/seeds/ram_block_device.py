# a block device in memory, with the simple and the extended protocol
class RAMDisk:
    def __init__(self, block_size, blocks):
        self.block_size = block_size
        self.data = bytearray(block_size * blocks)

    def readblocks(self, number, buffer, offset=0):
        start = number * self.block_size + offset
        for i in range(len(buffer)):
            buffer[i] = self.data[start + i]

    def writeblocks(self, number, buffer, offset=None):
        if offset is None:
            for i in range(len(buffer) // self.block_size):
                self.ioctl(6, number + i)
            offset = 0
        start = number * self.block_size + offset
        for i in range(len(buffer)):
            self.data[start + i] = buffer[i]

    def ioctl(self, op, arg):
        if op == 4:
            return len(self.data) // self.block_size
        if op == 5:
            return self.block_size
        if op == 6:
            for i in range(self.block_size):
                self.data[arg * self.block_size + i] = 0xFF
            return 0


disk = RAMDisk(64, 8)
print(disk.ioctl(4, 0), disk.ioctl(5, 0), disk.ioctl(6, 2), disk.ioctl(9, 0))
disk.writeblocks(1, bytes(range(128)))
block = bytearray(64)
disk.readblocks(2, block)
print(block[:4], block[-1])
disk.writeblocks(2, b"inside", 10)
part = bytearray(8)
disk.readblocks(2, part, 9)
print(part)
disk.ioctl(6, 2)
disk.readblocks(2, part, 9)
print(part)
