"""Keyed digests."""
import hashlib


def _translate(data, mask):
    return bytes([byte ^ mask for byte in data])


class HMAC:
    def __init__(self, key, msg=None, digestmod=""):
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._new = digestmod if callable(digestmod) else lambda data=b"": hashlib.new(
            digestmod, data)
        inner = self._new()
        self.digest_size = inner.digest_size
        self.block_size = inner.block_size
        self.name = "hmac-" + inner.name
        if len(key) > self.block_size:
            key = self._new(key).digest()
        self._key = key + b"\0" * (self.block_size - len(key))
        self._data = msg or b""

    def update(self, msg):
        self._data += msg

    def digest(self):
        inner = self._new(_translate(self._key, 0x36) + self._data).digest()
        return self._new(_translate(self._key, 0x5C) + inner).digest()

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return HMAC(self._key, self._data, self._new)


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b, /):
    return a == b
