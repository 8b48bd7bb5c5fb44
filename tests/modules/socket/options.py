# socket: the numbers of options and families are those of the host; options are set, refused, and are what the kernel says.
import socket as s

numbers = dict(
    AF_UNIX=1, AF_INET=2, AF_INET6=10, SOCK_STREAM=1, SOCK_DGRAM=2, SOCK_RAW=3, SOL_SOCKET=1, IPPROTO_IP=0, IPPROTO_TCP=6, IPPROTO_UDP=17,
    SO_REUSEADDR=2, SO_ERROR=4, SO_BROADCAST=6, SO_KEEPALIVE=9, SO_LINGER=13, TCP_NODELAY=1, IP_ADD_MEMBERSHIP=35, IP_DROP_MEMBERSHIP=36,
    MSG_PEEK=2, MSG_DONTROUTE=4, MSG_DONTWAIT=0x40,
)
for name in sorted(numbers):
    if getattr(s, name) != numbers[name]:
        print("wrong:", name, getattr(s, name))

tcp, udp = s.socket(), s.socket(s.AF_INET, s.SOCK_DGRAM)
for sock, level, option, value in (
    (tcp, s.SOL_SOCKET, s.SO_REUSEADDR, 1), (tcp, s.SOL_SOCKET, s.SO_KEEPALIVE, True), (tcp, s.IPPROTO_TCP, s.TCP_NODELAY, 1),
    (udp, s.SOL_SOCKET, s.SO_BROADCAST, 1), (tcp, s.SOL_SOCKET, s.SO_LINGER, b"\1\0\0\0\0\0\0\0"), (tcp, s.SOL_SOCKET, s.SO_REUSEADDR, b"\1\0\0\0"),
):
    print(sock.setsockopt(level, option, value), end=" ")
print()
for args in ((s.SOL_SOCKET, 9999, 1), (9999, 1, 1), (s.SOL_SOCKET, s.SO_LINGER, 1), (s.SOL_SOCKET, s.SO_REUSEADDR, "x" * 0), (s.SOL_SOCKET, s.SO_REUSEADDR, None), (1, 2)):
    try:
        print(tcp.setsockopt(*args))
    except (OSError, TypeError) as e:
        print(args, type(e).__name__, e)
# the group is joined on the loopback device: address of the group, address of the device
group = s.inet_pton(s.AF_INET, "224.1.2.3") + s.inet_pton(s.AF_INET, "127.0.0.1")
print(udp.setsockopt(s.IPPROTO_IP, s.IP_ADD_MEMBERSHIP, group), udp.setsockopt(s.IPPROTO_IP, s.IP_DROP_MEMBERSHIP, group))
try:
    udp.setsockopt(s.IPPROTO_IP, s.IP_DROP_MEMBERSHIP, group)
except OSError as e:
    print("left already:", e.errno)
# nobody is there to peek at, and nothing waits
udp.bind(s.getaddrinfo("127.0.0.1", 0)[0][-1])
try:
    udp.recv(10, s.MSG_DONTWAIT)
except OSError as e:
    print(e)
try:
    s.socket(s.AF_INET, 77)
except OSError as e:
    print(e.errno > 0)
tcp.close()
udp.close()
