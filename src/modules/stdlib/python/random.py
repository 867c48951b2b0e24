"""Pseudo-random numbers, the same as CPython's for the same seed."""
import _support
from math import log as _log, sqrt as _sqrt, exp as _exp, pi as _pi, cos as _cos

_N, _M = 624, 397


class Random:
    def __init__(self, x=None):
        self.seed(x)

    def seed(self, a=None, version=2):
        if a is None:
            a = int.from_bytes(_support.random_bytes(32), "big")
        elif isinstance(a, (str, bytes)):
            import hashlib

            a = a.encode() if isinstance(a, str) else a
            a = int.from_bytes(a + hashlib.sha512(a).digest(), "big")
        elif isinstance(a, float):
            a = hash(a)
        elif not isinstance(a, int):
            raise TypeError("The only supported seed types are:\nNone, int, float, str, bytes, "
                            "and bytearray.")
        a = abs(a)
        key = []
        while a:
            key.append(a & 0xFFFFFFFF)
            a >>= 32
        self._seed_by_array(key or [0])
        self.gauss_next = None

    def _seed_by_array(self, key):
        state = [19650218]
        for i in range(1, _N):
            last = state[-1]
            state.append((1812433253 * (last ^ last >> 30) + i) & 0xFFFFFFFF)
        i, j = 1, 0
        for _ in range(max(_N, len(key))):
            last = state[i - 1]
            state[i] = ((state[i] ^ (last ^ last >> 30) * 1664525) + key[j] + j) & 0xFFFFFFFF
            i += 1
            j += 1
            if i >= _N:
                state[0] = state[_N - 1]
                i = 1
            if j >= len(key):
                j = 0
        for _ in range(_N - 1):
            last = state[i - 1]
            state[i] = ((state[i] ^ (last ^ last >> 30) * 1566083941) - i) & 0xFFFFFFFF
            i += 1
            if i >= _N:
                state[0] = state[_N - 1]
                i = 1
        state[0] = 0x80000000
        self._state = state
        self._index = _N

    def _word(self):
        state = self._state
        if self._index >= _N:
            for k in range(_N):
                y = state[k] & 0x80000000 | state[(k + 1) % _N] & 0x7FFFFFFF
                state[k] = state[(k + _M) % _N] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
            self._index = 0
        y = state[self._index]
        self._index += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        return ((self._word() >> 5) * 67108864.0 + (self._word() >> 6)) / 9007199254740992.0

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        if k <= 32:
            return self._word() >> 32 - k if k else 0
        result = 0
        shift = 0
        while k > 0:
            word = self._word()
            if k < 32:
                word >>= 32 - k
            result |= word << shift
            shift += 32
            k -= 32
        return result

    def getstate(self):
        return (3, tuple(self._state) + (self._index,), self.gauss_next)

    def setstate(self, state):
        self._state = list(state[1][:-1])
        self._index = state[1][-1]
        self.gauss_next = state[2]

    def _randbelow(self, n):
        k = n.bit_length()
        r = self.getrandbits(k)
        while r >= n:
            r = self.getrandbits(k)
        return r

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            if start <= 0:
                raise ValueError("empty range for randrange()")
            return self._randbelow(start)
        width = stop - start
        if step == 1:
            if width <= 0:
                raise ValueError("empty range in randrange(%d, %d)" % (start, stop))
            return start + self._randbelow(width)
        if step == 0:
            raise ValueError("zero step for randrange()")
        count = (width + step + (-1 if step > 0 else 1)) // step
        if count <= 0:
            raise ValueError("empty range in randrange(%d, %d, %d)" % (start, stop, step))
        return start + step * self._randbelow(count)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None:
            if weights is None:
                return [population[int(self.random() * n)] for _ in range(k)]
            cum_weights = []
            total = 0
            for weight in weights:
                total += weight
                cum_weights.append(total)
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        chosen = []
        for _ in range(k):
            wanted = self.random() * total
            low, high = 0, n - 1
            while low < high:
                middle = (low + high) // 2
                if wanted < cum_weights[middle]:
                    high = middle
                else:
                    low = middle + 1
            chosen.append(population[low])
        return chosen

    def shuffle(self, x):
        for i in reversed(range(1, len(x))):
            j = self._randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if counts is not None:
            population = [item for item, count in zip(population, counts) for _ in range(count)]
        n = len(population)
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        result = [None] * k
        setsize = 21
        if k > 5:
            power = 1
            while power < k * 3:
                power *= 4
            setsize += power
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = self._randbelow(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            selected = set()
            for i in range(k):
                j = self._randbelow(n)
                while j in selected:
                    j = self._randbelow(n)
                selected.add(j)
                result[i] = population[j]
        return result

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        c = 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * _sqrt(u * c)

    def expovariate(self, lambd=1.0):
        return -_log(1.0 - self.random()) / lambd

    def normalvariate(self, mu=0.0, sigma=1.0):
        magic = 4 * _exp(-0.5) / _sqrt(2.0)
        while True:
            u1 = self.random()
            u2 = 1.0 - self.random()
            z = magic * (u1 - 0.5) / u2
            if z * z / 4.0 <= -_log(u2):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        from math import sin

        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            turn = self.random() * 2 * _pi
            radius = _sqrt(-2.0 * _log(1.0 - self.random()))
            z = _cos(turn) * radius
            self.gauss_next = sin(turn) * radius
        return mu + z * sigma


class SystemRandom(Random):
    def seed(self, *args, **kwds):
        self.gauss_next = None

    def random(self):
        return (int.from_bytes(_support.random_bytes(7), "big") >> 3) * 2.0**-53

    def getrandbits(self, k):
        size = (k + 7) // 8
        return int.from_bytes(_support.random_bytes(size), "big") >> size * 8 - k


_instance = Random()
seed = _instance.seed
random = _instance.random
getrandbits = _instance.getrandbits
randrange = _instance.randrange
randint = _instance.randint
randbytes = _instance.randbytes
choice = _instance.choice
choices = _instance.choices
shuffle = _instance.shuffle
sample = _instance.sample
uniform = _instance.uniform
triangular = _instance.triangular
expovariate = _instance.expovariate
normalvariate = _instance.normalvariate
gauss = _instance.gauss
getstate = _instance.getstate
setstate = _instance.setstate
