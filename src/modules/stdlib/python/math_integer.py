"""The functions of `math` on whole numbers and on sequences."""
from operator import index as _index


def factorial(n, /):
    n = _index(n)
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def gcd(*integers):
    result = 0
    for value in integers:
        value = _index(value)
        while value:
            result, value = value, result % value
    return abs(result)


def lcm(*integers):
    result = 1
    for value in integers:
        value = _index(value)
        if value == 0:
            return 0
        result = abs(result * value) // gcd(result, value)
    return result


def isqrt(n, /):
    n = _index(n)
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    if n == 0:
        return 0
    guess = 1 << (n.bit_length() + 1) // 2
    while True:
        better = (guess + n // guess) // 2
        if better >= guess:
            return guess
        guess = better


def comb(n, k, /):
    n, k = _index(n), _index(k)
    if n < 0:
        raise ValueError("n must be a non-negative integer")
    if k < 0:
        raise ValueError("k must be a non-negative integer")
    if k > n:
        return 0
    result = 1
    for i in range(min(k, n - k)):
        result = result * (n - i) // (i + 1)
    return result


def perm(n, k=None, /):
    if k is None:
        return factorial(n)
    n, k = _index(n), _index(k)
    if k > n:
        return 0
    result = 1
    for i in range(k):
        result *= n - i
    return result


def prod(iterable, /, *, start=1):
    for item in iterable:
        start = start * item
    return start


def fsum(seq, /):
    partials = []
    for x in seq:
        x = float(x)
        kept = 0
        for y in partials:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                partials[kept] = low
                kept += 1
            x = high
        partials[kept:] = [x]
    total = 0.0
    for x in reversed(partials):
        total += x
    return total


def hypot(*coordinates):
    from math import sqrt

    return sqrt(fsum(float(x) * float(x) for x in coordinates))


def dist(p, q, /):
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    return hypot(*[a - b for a, b in zip(p, q)])


def sumprod(p, q, /):
    return sum(a * b for a, b in zip(p, q, strict=True))


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if a in (float("inf"), float("-inf")) or b in (float("inf"), float("-inf")):
        return False
    return abs(a - b) <= max(rel_tol * max(abs(a), abs(b)), abs_tol)


def ldexp(x, i, /):
    return float(x) * 2.0**i


def ulp(x, /):
    from math import inf, nextafter

    return nextafter(abs(x), inf) - abs(x)
