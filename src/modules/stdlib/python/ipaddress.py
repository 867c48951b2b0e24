"""Addresses and networks as values: their text, equality and hash."""


class _Text:
    def __init__(self, address, strict=True):
        self._text = str(address)

    def __str__(self):
        return self._text

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._text)

    def __eq__(self, other):
        return type(self) is type(other) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    @property
    def exploded(self):
        return self._text


class IPv4Address(_Text):
    version = 4


class IPv6Address(_Text):
    version = 6


class IPv4Network(_Text):
    version = 4


class IPv6Network(_Text):
    version = 6


class IPv4Interface(IPv4Address):
    pass


class IPv6Interface(IPv6Address):
    pass


def ip_address(address):
    return IPv6Address(address) if ":" in str(address) else IPv4Address(address)


def ip_network(address, strict=True):
    return IPv6Network(address) if ":" in str(address) else IPv4Network(address)
