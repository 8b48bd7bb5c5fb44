# termios: the numbers of Linux, and that a terminal keeps what is set with them.
import termios as t

numbers = dict(
    TCSANOW=0, TCSADRAIN=1, TCSAFLUSH=2,
    B9600=0x0D, B19200=0x0E, B38400=0x0F, B57600=0x1001, B115200=0x1002, B230400=0x1003,
    BRKINT=2, INPCK=0x10, ISTRIP=0x20, INLCR=0x40, IGNCR=0x80, ICRNL=0x100, IXON=0x400, IXOFF=0x1000,
    OPOST=1, ONLCR=4,
    CSIZE=0x30, CS5=0, CS6=0x10, CS7=0x20, CS8=0x30, CSTOPB=0x40, CREAD=0x80, PARENB=0x100, PARODD=0x200, HUPCL=0x400, CLOCAL=0x800,
    ISIG=1, ICANON=2, ECHO=8, ECHOE=0x10, ECHOK=0x20, ECHONL=0x40, NOFLSH=0x80, TOSTOP=0x100, IEXTEN=0x8000,
    VINTR=0, VQUIT=1, VERASE=2, VKILL=3, VEOF=4, VTIME=5, VMIN=6, VSTART=8, VSTOP=9, VSUSP=10, VEOL=11,
)
for name in sorted(numbers):
    if getattr(t, name) != numbers[name]:
        print("wrong:", name, getattr(t, name))
print(sorted(n for n in dir(t) if n[0] != "_" and n not in ("tcgetattr", "tcsetattr", "setraw")) == sorted(numbers))
