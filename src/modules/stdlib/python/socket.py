"""Host names and their addresses; nothing is connected to."""
import _support
import platform

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM = 1, 2
IPPROTO_TCP, IPPROTO_UDP = 6, 17
SOL_SOCKET, SO_REUSEADDR, SO_KEEPALIVE, TCP_NODELAY = 1, 2, 9, 1
TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT = 4, 5, 6, 18

error = OSError
timeout = TimeoutError


class gaierror(OSError):
    pass


class herror(OSError):
    pass


def gethostname():
    return platform.node()


def getfqdn(name=""):
    return name or gethostname()


def gethostbyname(hostname, /):
    address = _support.host_address(hostname)
    if address is None:
        raise gaierror(-2, "Name or service not known")
    return address


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    address = gethostbyname(host or "localhost")
    number = int(port) if port is not None else 0
    return [(AF_INET, type or SOCK_STREAM, proto or IPPROTO_TCP, "", (address, number))]
