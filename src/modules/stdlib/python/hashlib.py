"""Digests."""
import _digest

algorithms_guaranteed = algorithms_available = {"md5", "sha1", "sha256", "sha384", "sha512",
                                                "blake2b", "blake2s"}

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
    if plain in ("blake2b", "blake2s"):
        return globals()[plain](data)
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
    import _crypt
    import hmac

    size = _sizes[hash_name][0]
    if hash_name in ("sha1", "sha256", "sha512"):
        return _crypt.pbkdf2(hash_name, password, salt, iterations, size if dklen is None else dklen)
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


# BLAKE2 of RFC 7693: the order of the message's words in each round.
_orders = ("0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
           "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
           "6fe9b308c2d714a5", "a2847615fb9e3cd0")
_mixed = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
          (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
_primes = (2, 3, 5, 7, 11, 13, 17, 19)


def _root_bits(number, bits):
    """The first bits of the fraction of a square root."""
    wanted = number << 2 * bits
    root = 1 << (wanted.bit_length() + 1) // 2
    while True:
        better = (root + wanted // root) // 2
        if better >= root:
            return root & (1 << bits) - 1
        root = better


class _Blake2(_Hash):
    def __init__(self, name, word, rounds, turns, data, digest_size, key, salt, person):
        size = 8 * word
        if not 1 <= digest_size <= size:
            raise ValueError("digest_size for %s must be between 1 and %d bytes, here it is %d"
                             % (name, size, digest_size))
        if len(key) > size:
            raise ValueError("maximum key length is %d bytes" % size)
        for what, given in (("salt", salt), ("person", person)):
            if len(given) > 2 * word:
                raise ValueError("maximum %s length is %d bytes" % (what, 2 * word))
        self.name, self.digest_size, self.block_size = name, digest_size, 16 * word
        self._form = (name, word, rounds, turns)
        self._keyed = (digest_size, key, salt, person)
        self._data = b""
        self.update(data)

    def copy(self):
        return _Blake2(*self._form, self._data, *self._keyed)

    def digest(self):
        _, word, rounds, turns = self._form
        size, key, salt, person = self._keyed
        bits = 8 * word
        mask = (1 << bits) - 1
        block = self.block_size
        start = [_root_bits(prime, bits) for prime in _primes]
        options = (bytes([size, len(key), 1, 1]) + bytes(4 * word - 4)
                   + salt + bytes(2 * word - len(salt)) + person + bytes(2 * word - len(person)))
        state = [one ^ int.from_bytes(options[i * word:i * word + word], "little")
                 for i, one in enumerate(start)]
        data = (key + bytes(block - len(key)) if key else b"") + self._data
        at = 0
        while True:
            part = data[at:at + block]
            at += len(part)
            last = at == len(data)
            part += bytes(block - len(part))
            words = [int.from_bytes(part[i:i + word], "little") for i in range(0, block, word)]
            v = state + start
            v[12] ^= at & mask
            v[13] ^= at >> bits
            if last:
                v[14] ^= mask
            for turn in range(rounds):
                order = _orders[turn % 10]
                for i, (a, b, c, d) in enumerate(_mixed):
                    for half in (0, 1):
                        v[a] = v[a] + v[b] + words[int(order[2 * i + half], 16)] & mask
                        mixed = v[d] ^ v[a]
                        turned = turns[2 * half]
                        v[d] = (mixed >> turned | mixed << bits - turned) & mask
                        v[c] = v[c] + v[d] & mask
                        mixed = v[b] ^ v[c]
                        turned = turns[2 * half + 1]
                        v[b] = (mixed >> turned | mixed << bits - turned) & mask
            state = [one ^ v[i] ^ v[i + 8] for i, one in enumerate(state)]
            if last:
                return b"".join(one.to_bytes(word, "little") for one in state)[:size]


def blake2b(data=b"", /, *, digest_size=64, key=b"", salt=b"", person=b"", usedforsecurity=True):
    return _Blake2("blake2b", 8, 12, (32, 24, 16, 63), data, digest_size, key, salt, person)


def blake2s(data=b"", /, *, digest_size=32, key=b"", salt=b"", person=b"", usedforsecurity=True):
    return _Blake2("blake2s", 4, 10, (16, 12, 8, 7), data, digest_size, key, salt, person)
