def gen(n):
    for i in range(n):
        yield i
assert list(gen(3)) == [0, 1, 2] and sum(gen(5)) == 10
g = gen(1)
assert iter(g) is g and next(g) == 0
try:
    next(g)
    assert False
except StopIteration as e:
    assert e.value is None
assert next(g, "default") == "default" and list(g) == []
def echo():
    got = []
    while True:
        x = yield got
        if x is None: return "done", got
        got.append(x)
e = echo()
assert next(e) == [] and e.send(1) == [1] and e.send(2) == [1, 2]
try:
    e.send(None)
    assert False
except StopIteration as s:
    assert s.value == ("done", [1, 2])
try:
    echo().send(1)
    assert False
except TypeError as t:
    assert str(t) == "can't send non-None value to a just-started generator"
# ---
log = []
def careful():
    try:
        yield 1
        yield 2
    except ValueError as e:
        log.append(str(e))
        yield "caught"
    finally:
        log.append("finally")
g = careful()
assert next(g) == 1 and g.throw(ValueError("v")) == "caught"
try:
    next(g)
    assert False
except StopIteration: pass
assert log == ["v", "finally"]
log.clear()
g = careful()
next(g)
g.close()
assert log == ["finally"]
g.close()
g = careful()
g.close()
assert log == ["finally"] and list(g) == []
g = careful()
next(g)
try:
    g.throw(KeyError, "k")
    assert False
except KeyError as e:
    assert e.args == ("k",)
def stubborn():
    while True:
        try: yield 1
        except GeneratorExit: pass
g = stubborn()
next(g)
try:
    g.close()
    assert False
except RuntimeError as e:
    assert str(e) == "generator ignored GeneratorExit"
def bad():
    raise StopIteration("x")
    yield
try:
    next(bad())
    assert False
except RuntimeError as e:
    assert str(e) == "generator raised StopIteration" and isinstance(e.__cause__, StopIteration)
def reenter():
    yield next(g)
g = reenter()
try:
    next(g)
    assert False
except ValueError as e:
    assert str(e) == "generator already executing"
# ---
def inner():
    x = yield 1
    y = yield x
    return x + y
def outer():
    r = yield from inner()
    yield ("r", r)
    yield from [7, 8]
    yield from ()
    return (yield from inner())
g = outer()
assert next(g) == 1 and g.send(10) == 10 and g.send(5) == ("r", 15) and next(g) == 7 and next(g) == 8 and next(g) == 1 and g.send(2) == 2
try:
    g.send(3)
    assert False
except StopIteration as e:
    assert e.value == 5
log = []
def sub():
    try:
        yield 1
    except ValueError:
        log.append("sub")
        yield 2
    finally:
        log.append("end")
def top():
    yield from sub()
    yield 3
g = top()
assert next(g) == 1 and g.throw(ValueError) == 2 and next(g) == 3 and log == ["sub", "end"]
log.clear()
g = top()
next(g)
g.close()
assert log == ["end"]
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("ret")
        return self.n
def via():
    r = yield from It()
    yield r
assert list(via()) == [1, 2, "ret"]
def tree(t):
    if t:
        l, v, r = t
        yield from tree(l)
        yield v
        yield from tree(r)
assert list(tree(((None, 1, None), 2, (None, 3, None)))) == [1, 2, 3]
# ---
# Yields inside expressions, loops, with, try; several live at once.
def f():
    x = [(yield 1), (yield 2)]
    y = (yield 3) + (yield 4)
    print_me = f"{(yield 5)}!"
    if (yield 6): z = "yes"
    else: z = "no"
    return x, y, print_me, z
g = f()
sent = []
try:
    v = next(g)
    while True:
        sent.append(v)
        v = g.send(v * 10)
except StopIteration as e:
    assert e.value == ([10, 20], 70, "50!", "yes"), e.value
assert sent == [1, 2, 3, 4, 5, 6]
class CM:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append("in"); return self
    def __exit__(self, *a): self.log.append("out")
def withs(log):
    with CM(log) as c:
        yield 1
        for i in range(2):
            yield i
        while True:
            yield "w"
            break
    yield "after"
log = []
g = withs(log)
assert next(g) == 1 and log == ["in"]
assert list(g) == [0, 1, "w", "after"] and log == ["in", "out"]
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
f1, f2 = fib(), fib()
assert [next(f1) for _ in range(5)] == [0, 1, 1, 2, 3] and next(f2) == 0 and next(f1) == 5
def aug():
    total = 0
    total += yield total
    total += yield total
    yield total
g = aug()
assert next(g) == 0 and g.send(3) == 3 and g.send(4) == 7
def ret_finally():
    try:
        yield 1
        return "r"
    finally:
        yield "f"
g = ret_finally()
assert next(g) == 1 and next(g) == "f"
try: next(g)
except StopIteration as e: assert e.value == "r"
# ---
# Generator expressions are lazy, and evaluate their first iterable at once.
log = []
def src(n):
    for i in range(n):
        log.append(i)
        yield i
ge = (x * 2 for x in src(3) if x)
assert log == [] and next(ge) == 2 and log == [0, 1] and list(ge) == [4]
try:
    (x for x in 5)
    assert False
except TypeError as e:
    assert str(e) == "'int' object is not iterable"
ge = (a + b for a in "ab" for b in "xy" if b != "x")
assert "".join(ge) == "ayby"
assert list((i, j) for i in range(2) for j in (k for k in range(i + 1))) == [(0, 0), (1, 0), (1, 1)]
n = 1
ge = (n for _ in range(2))
n = 5
assert list(ge) == [5, 5]
assert any(x > 2 for x in [1, 2, 3]) and not all(x > 2 for x in [1, 2, 3]) and max((len(w) for w in ["a", "bbb"]), default=0) == 3
assert repr(ge).startswith("<generator object <genexpr> at 0x") and type(ge).__name__ == "generator"
g = gen = None
def named(): yield
assert named().__name__ == "named" and repr(named()).startswith("<generator object named at 0x")
# ---
from contextlib import contextmanager
log = []
@contextmanager
def managed(name):
    log.append("enter " + name)
    try:
        yield name.upper()
    except KeyError:
        log.append("suppressed")
    finally:
        log.append("exit " + name)
with managed("a") as v:
    assert v == "A"
with managed("b"):
    raise KeyError
try:
    with managed("c"):
        raise ValueError("through")
    assert False
except ValueError as e:
    assert str(e) == "through"
assert log == ["enter a", "exit a", "enter b", "suppressed", "exit b", "enter c", "exit c"]
@managed("deco")
def decorated(): return 5
assert decorated() == 5
# ---
# A generator that a loop alone holds is closed when the loop is left.
log = []
def source():
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")
for x in source():
    break
log.append("after")
def f():
    for x in source():
        return x
assert f() == 1 and log == ["closed", "after", "closed"]
kept = source()
for x in kept:
    break
assert next(kept) == 2
