# Assignment in all its forms.
a = b = c = []
assert a is b is c
x, (y, [z, *w]), *v = 1, (2, [3, 4, 5]), 6, 7
assert (x, y, z, w, v) == (1, 2, 3, [4, 5], [6, 7])
[p, q] = "ab"
assert p + q == "ab"
*init, last = range(4)
assert init == [0, 1, 2] and last == 3
i = 0
arr = [0, 0]
i, arr[i] = 1, 5
assert arr == [0, 5]
x, y = 1, 2
x, y = y, x
assert (x, y) == (2, 1)
n: int = 3
m: "unknown_type"
assert n == 3
n += 1; n -= 2; n *= 10; n //= 3; n **= 2; n %= 7; n <<= 3; n >>= 1; n |= 1; n &= 7; n ^= 2
assert n == 7
n /= 2
assert n == 3.5
l = [1]
k = l
k += [2]
assert l == [1, 2]
k = k + [3]
assert l == [1, 2]
t = (1,)
t += (2,)
assert t == (1, 2)
s = "a"
s *= 3
assert s == "aaa"
d = {"k": [1]}
d["k"] += [2]
d["n"] = d.get("n", 0) + 1
assert d == {"k": [1, 2], "n": 1}
class O: pass
o = O()
o.v = 1
o.v += 4
assert o.v == 5
sl = [0, 1, 2, 3, 4]
sl[1:3] = ["a", "b", "c"]
assert sl == [0, "a", "b", "c", 3, 4]
sl[::2] = [9, 9, 9]
assert sl == [9, "a", 9, "c", 9, 4]
del sl[0], sl[-1]
assert sl == ["a", 9, "c", 9]
del sl[1::2]
assert sl == ["a", "c"]
sl[len(sl):] = [7]
sl[:0] = [6]
assert sl == [6, "a", "c", 7]
del a, b
try: a
except NameError: pass
else: assert False
if (wal := 5) > 3: assert wal == 5
assert [y2 := 1, y2 ** 2] == [1, 1]
assert [last := i for i in range(3)] == [0, 1, 2] and last == 2
while (wal := wal - 1) > 2: pass
assert wal == 2
# ---
# Loops.
out = []
for i in range(5):
    if i == 1: continue
    if i == 4: break
    out.append(i)
else:
    out.append("no")
assert out == [0, 2, 3] and i == 4
for i in []: pass
else: out.append("else")
assert out[-1] == "else"
n = 0
while n < 3:
    n += 1
else:
    out.append("while else")
assert out[-1] == "while else"
while True:
    n += 1
    if n > 5: break
else: assert False
found = None
for a in range(5):
    for b in range(5):
        if a * b == 6:
            found = (a, b)
            break
    else:
        continue
    break
assert found == (2, 3)
for x, (y, z) in [(1, (2, 3))]: assert (x, y, z) == (1, 2, 3)
for d in [{}]:
    for d["k"] in [1, 2]: pass
    assert d == {"k": 2}
l = [1, 2, 3]
seen = []
for x in l:
    seen.append(x)
    if x < 3 and len(l) < 6: l.append(x + 10)
assert seen == [1, 2, 3, 11, 12]
for i, c in enumerate("ab", 1): pass
assert (i, c) == (2, "b")
total = 0
for k, v in {"a": 1, "b": 2}.items(): total += v
assert total == 3
# ---
# with
log = []
class CM:
    def __init__(self, name, suppress=False): self.name, self.suppress = name, suppress
    def __enter__(self):
        log.append("+" + self.name)
        return self.name
    def __exit__(self, t, v, tb):
        log.append("-" + self.name + ("" if t is None else " " + t.__name__))
        return self.suppress
with CM("a") as a, CM("b") as b:
    log.append(a + b)
assert log == ["+a", "+b", "ab", "-b", "-a"]
log.clear()
with CM("s", True):
    raise ValueError
log.append("after")
assert log == ["+s", "-s ValueError", "after"]
log.clear()
try:
    with CM("x"), CM("y"):
        raise KeyError
except KeyError: log.append("caught")
assert log == ["+x", "+y", "-y KeyError", "-x KeyError", "caught"]
log.clear()
def f():
    with CM("r"):
        return "value"
assert f() == "value" and log == ["+r", "-r"]
log.clear()
for i in range(2):
    with CM(str(i)):
        if i == 0: continue
        break
assert log == ["+0", "-0", "+1", "-1"]
class Broken:
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): log.append("never")
log.clear()
try:
    with CM("o"), Broken(): pass
except ValueError: pass
assert log == ["+o", "-o ValueError"]
with (CM("p1") as p1, CM("p2") as p2,): pass
class NoExit:
    def __enter__(self): pass
try:
    with NoExit(): pass
except TypeError as e: assert str(e) == "'NoExit' object does not support the context manager protocol (missed __exit__ method)", str(e)
try:
    with 5: pass
except TypeError as e: assert str(e) == "'int' object does not support the context manager protocol"
class Replace:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise KeyError("replaced")
try:
    with Replace(): raise ValueError
except KeyError as e: assert isinstance(e.__context__, ValueError)
d = {}
with CM("t") as d["k"]: pass
assert d == {"k": "t"}
# ---
# global, nonlocal, del, pass, nested functions and conditionals
g = 1
def outer():
    x = 1
    def inner():
        nonlocal x
        global g
        x += 1
        g = x * 10
        del x
        x = 7
        return x
    return inner() + x
assert outer() == 14 and g == 20
def make_global():
    global fresh
    fresh = "made"
make_global()
assert fresh == "made"
def cond(n):
    if n < 0: return "neg"
    elif n == 0: return "zero"
    elif n < 10: return "small"
    else: return "big"
assert [cond(n) for n in (-1, 0, 5, 50)] == ["neg", "zero", "small", "big"]
if 0: pass
elif []: pass
elif "": pass
else: done = True
assert done
def deleted():
    v = 1
    del v
    try: v
    except UnboundLocalError: return True
assert deleted()
assert globals()["g"] == 20
def loc(a, b=2):
    c = 3
    return locals()
assert loc(1) == {"a": 1, "b": 2, "c": 3}
globals()["injected"] = 5
assert injected == 5
