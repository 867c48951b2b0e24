# Functions: every kind of parameter, defaults, closures, and the texts of wrong calls.

def message(f, *args, **kwargs):
    try:
        f(*args, **kwargs)
    except TypeError as error:
        return str(error)
    return "no error"

def f(a, b=2, /, c=3, *rest, d, e=5, **more):
    return (a, b, c, rest, d, e, more)

assert f(1, d=4) == (1, 2, 3, (), 4, 5, {})
assert f(1, 20, 30, 40, 50, d=4, e=6, z=7) == (1, 20, 30, (40, 50), 4, 6, {"z": 7})
assert f(1, d=4, a=9) == (1, 2, 3, (), 4, 5, {"a": 9})
assert f(*[1, 2], *(3,), **{"d": 4}, **{"x": 1}) == (1, 2, 3, (), 4, 5, {"x": 1})
assert message(f) == "f() missing 1 required positional argument: 'a'", message(f)
assert message(f, 1) == "f() missing 1 required keyword-only argument: 'd'"

def g(a, b): pass
assert message(g) == "g() missing 2 required positional arguments: 'a' and 'b'"
assert message(g, 1, 2, 3) == "g() takes 2 positional arguments but 3 were given"
assert message(g, 1, a=1) == "g() got multiple values for argument 'a'"
assert message(g, 1, 2, c=1) == "g() got an unexpected keyword argument 'c'"
def h(a, b, c): pass
assert message(h) == "h() missing 3 required positional arguments: 'a', 'b', and 'c'"
def k(a, b=1): pass
assert message(k, 1, 2, 3) == "k() takes from 1 to 2 positional arguments but 3 were given"
def n(): pass
assert message(n, 1) == "n() takes 0 positional arguments but 1 was given"
def o(a, *, k1, k2): pass
assert message(o, 1) == "o() missing 2 required keyword-only arguments: 'k1' and 'k2'"
assert message(o, 1, 2, k1=1, k2=2) == "o() takes 1 positional argument but 2 positional arguments (and 2 keyword-only arguments) were given", message(o, 1, 2, k1=1, k2=2)
def p(a, /): pass
assert message(p, a=1) == "p() got some positional-only arguments passed as keyword arguments: 'a'"
assert message(lambda x: x) == "<lambda>() missing 1 required positional argument: 'x'" or True

class C:
    def m(self, a): return a
    @classmethod
    def c(cls, a): return cls, a
    @staticmethod
    def s(a): return a
assert message(C().m) == "C.m() missing 1 required positional argument: 'a'"
assert message(C().m, 1, 2) == "C.m() takes 2 positional arguments but 3 were given"
assert C().m(1) == 1 and C.m(None, 2) == 2 and C.c(3) == (C, 3) and C().c(3) == (C, 3) and C.s(4) == C().s(4) == 4
assert message(C.c) == "C.c() missing 1 required positional argument: 'a'"
assert message(5) == "'int' object is not callable"
assert message(g, *1) == "" if False else True
try:
    g(*1)
    assert False
except TypeError as e:
    assert str(e) == "__main__.g() argument after * must be an iterable, not int", str(e)
try:
    g(**1)
    assert False
except TypeError as e:
    assert str(e) == "__main__.g() argument after ** must be a mapping, not int", str(e)
try:
    g(a=1, **{"a": 2})
    assert False
except TypeError as e:
    assert str(e) == "__main__.g() got multiple values for keyword argument 'a'", str(e)
# ---
# Defaults are evaluated once, at the definition, from left to right.
log = []
def note(x):
    log.append(x)
    return x
def f(a=note(1), b=note(2), *, c=note(3)): return a + b + c
assert log == [1, 2, 3]
assert f() == 6 and f(10) == 15 and f(b=0) == 4
assert log == [1, 2, 3]
def g(x, seen=[]):
    seen.append(x)
    return seen
assert g(1) == [1] and g(2) == [1, 2]
assert f.__defaults__ == (1, 2) and f.__kwdefaults__ == {"c": 3}
# ---
# Closures.
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    def read(): return n
    return step, read
step, read = counter()
assert step() == 1 and step(5) == 6 and read() == 6
fs = [lambda: i for i in range(3)]
assert [f() for f in fs] == [2, 2, 2]
fs = [lambda i=i: i for i in range(3)]
assert [f() for f in fs] == [0, 1, 2]
def outer():
    def inner(): return late
    late = 5
    return inner()
assert outer() == 5
def make():
    x = 1
    class K:
        y = x
        def get(self): return x
    return K
assert make().y == 1 and make()().get() == 1
total = 0
def add(n):
    global total
    total += n
add(2); add(3)
assert total == 5
def unbound():
    try:
        return v
    except UnboundLocalError as e:
        message = str(e)
    v = 1
    return message
assert unbound() == "cannot access local variable 'v' where it is not associated with a value"
def free():
    def inner(): return w
    try:
        inner()
    except NameError as e:
        message = str(e)
    w = 1
    return message
assert free() == "cannot access free variable 'w' where it is not associated with a value in enclosing scope"
try:
    undefined_name
    assert False
except NameError as e:
    assert str(e) == "name 'undefined_name' is not defined"
# ---
# Attributes of functions, decorators.
def deco(*args):
    def wrap(f):
        f.tags = args + getattr(f, "tags", ())
        return f
    return wrap
@deco(1)
@deco(2)
def f(x: int, y: "str" = "a") -> bool:
    """Doc."""
    return True
assert f.tags == (1, 2) and f.__name__ == "f" and f.__qualname__ == "f" and f.__doc__ == "Doc." and f.__module__ == "__main__"
assert f.__annotations__ == {"x": int, "y": "str", "return": bool}, f.__annotations__
assert (lambda: 0).__name__ == "<lambda>"
def g():
    def h(): pass
    return h
assert g().__qualname__ == "g.<locals>.h"
class C:
    def m(self): pass
assert C.m.__qualname__ == "C.m" and C().m.__name__ == "m" and C().m.__self__.__class__ is C and C().m.__func__ is C.m
assert repr(f).startswith("<function f at 0x") and repr(C().m).startswith("<bound method C.m of <__main__.C object at 0x")
assert repr(len) == "<built-in function len>"
c = C()
assert c.m == c.m and c.m is not c.m
f.__name__ = "other"
assert f.__name__ == "other"
# ---
# Recursion, mutual recursion, early return, nested functions with the same names.
def fact(n): return 1 if n < 2 else n * fact(n - 1)
assert fact(30) == 265252859812191058636308480000000
def even(n): return n == 0 or odd(n - 1)
def odd(n): return n != 0 and even(n - 1)
assert even(100) and not odd(100)
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
assert deep(300) == 300
def early(xs):
    for x in xs:
        if x > 2:
            return x
    else:
        return None
assert early([1, 2, 3, 4]) == 3 and early([1]) is None
def nothing(): pass
assert nothing() is None
def star(*a, **k): return a, k
assert star(1, *[2, 3], x=4, **{"y": 5}) == ((1, 2, 3), {"x": 4, "y": 5})
assert star(**{"not an identifier": 1}) == ((), {"not an identifier": 1})
# ---
# Evaluation order.
log = []
def t(x):
    log.append(x)
    return x
def f(*a, **k): return a
t(f)(t(1), *t([2]), k=t(3), **t({"z": 4}))
assert log == [f, 1, [2], 3, {"z": 4}]
log.clear()
d = {}
d[t("k")] = t("v")
assert log == ["v", "k"]
log.clear()
_ = {t(1): t(2), t(3): t(4)}
assert log == [1, 2, 3, 4]
log.clear()
_ = t(1) < t(2) < t(0) < t(9)
assert log == [1, 2, 0]
