"""Digests."""
import _digest

algorithms_guaranteed = algorithms_available = {"md5", "sha1", "sha256", "sha384", "sha512"}

_sizes = {"md5": (16, 64), "sha1": (20, 64), "sha256": (32, 64), "sha384": (48, 128),
          "sha512": (64, 128)}


class _Hash:
    def __init__(self, name, data):
        self.name = name
        self.digest_size, self.block_size = _sizes[name]
        self._data = b""
        self.update(data)

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        if not isinstance(data, bytes):
            raise TypeError("object supporting the buffer API required")
        self._data += data

    def digest(self):
        return _digest.digest(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Hash(self.name, self._data)

    def __repr__(self):
        return "<%s _hashlib.HASH object>" % self.name


def new(name, data=b"", *, usedforsecurity=True):
    plain = name.lower().replace("-", "")
    if plain not in _sizes:
        raise ValueError("unsupported hash type " + name)
    return _Hash(plain, data)


def md5(data=b"", *, usedforsecurity=True):
    return _Hash("md5", data)


def sha1(data=b"", *, usedforsecurity=True):
    return _Hash("sha1", data)


def sha256(data=b"", *, usedforsecurity=True):
    return _Hash("sha256", data)


def sha384(data=b"", *, usedforsecurity=True):
    return _Hash("sha384", data)


def sha512(data=b"", *, usedforsecurity=True):
    return _Hash("sha512", data)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    import hmac

    size = _sizes[hash_name][0]
    dklen = size if dklen is None else dklen
    out = b""
    block = 0
    while len(out) < dklen:
        block += 1
        step = hmac.digest(password, salt + block.to_bytes(4, "big"), hash_name)
        total = int.from_bytes(step, "big")
        for _ in range(iterations - 1):
            step = hmac.digest(password, step, hash_name)
            total ^= int.from_bytes(step, "big")
        out += total.to_bytes(size, "big")
    return out[:dklen]
