# Classes: attributes, inheritance, order of bases, super().

class A:
    """Doc of A."""
    x = 1
    def f(self): return "A.f"
    def who(self): return [type(self).__name__, "A"]
class B(A):
    def f(self): return "B.f>" + super().f()
    def who(self): return super().who() + ["B"]
class C(A):
    def f(self): return "C.f>" + super().f()
    def who(self): return super().who() + ["C"]
class D(B, C):
    def f(self): return "D.f>" + super().f()
    def who(self): return super(D, self).who() + ["D"]
assert D().f() == "D.f>B.f>C.f>A.f"
assert D().who() == ["D", "A", "C", "B", "D"]
assert [c.__name__ for c in D.__mro__] == ["D", "B", "C", "A", "object"] and D.mro() == list(D.__mro__)
assert D.__bases__ == (B, C) and A.__bases__ == (object,) and D.__base__ is B
assert A.__doc__ == "Doc of A." and B.__doc__ is None and A.__name__ == "A" and A.__module__ == "__main__" and A.__qualname__ == "A"
assert repr(A) == "<class '__main__.A'>" and repr(int) == "<class 'int'>"
assert repr(A()).startswith("<__main__.A object at 0x")
assert issubclass(D, A) and not issubclass(A, D) and isinstance(D(), (int, C)) and isinstance(True, int)
assert type(D()) is D and D().__class__ is D and type(D) is type and D.__class__ is type
a = A()
a.y = 2
assert a.__dict__ == {"y": 2} and vars(a) == {"y": 2} and a.x == 1
a.x = 5
assert a.x == 5 and A.x == 1
del a.x
assert a.x == 1
A.z = 9
assert a.z == 9 and D.z == 9
assert A.__subclasses__() == [B, C]
try:
    class E(A, B): pass
    assert False
except TypeError as e:
    assert str(e) == "Cannot create a consistent method resolution\norder (MRO) for bases A, B", str(e)
try:
    a.nope
    assert False
except AttributeError as e:
    assert str(e) == "'A' object has no attribute 'nope'" and e.name == "nope" and e.obj is a
try:
    A.nope
    assert False
except AttributeError as e:
    assert str(e) == "type object 'A' has no attribute 'nope'"
try:
    del a.nope
    assert False
except AttributeError as e:
    pass
try:
    A(1)
    assert False
except TypeError as e:
    assert str(e) == "A() takes no arguments"
# ---
class P:
    def __init__(self, x, y=0):
        self.x, self.y = x, y
try:
    P()
    assert False
except TypeError as e:
    assert str(e) == "P.__init__() missing 1 required positional argument: 'x'"
class Q:
    def __init__(self): return 1
try:
    Q()
    assert False
except TypeError as e:
    assert str(e) == "__init__() should return None, not 'int'"
class S:
    made = 0
    def __new__(cls, *args):
        cls.made += 1
        self = super().__new__(cls)
        self.args = args
        return self
    def __init__(self, *args): self.inited = True
s = S(1, 2)
assert s.args == (1, 2) and s.inited and S.made == 1
class Single:
    one = None
    def __new__(cls):
        if cls.one is None:
            cls.one = object.__new__(cls)
        return cls.one
assert Single() is Single()
class Other:
    def __new__(cls): return 5
    def __init__(self): raise AssertionError
assert Other() == 5
# ---
# Class bodies: scopes, loops, conditionals, comprehensions, nested classes.
n = "global"
class K:
    n = "class"
    m = n
    def get(self): return n
    items = [i * 2 for i in range(3)]
    for i in range(3): pass
    if i == 2:
        flag = True
    class Inner:
        v = 1
        class Deeper: pass
    total = sum(items)
    def helper(): return 7
    value = helper()
    lam = lambda self: self.n
assert K.m == "class" and K().get() == "global" and K.items == [0, 2, 4] and K.i == 2 and K.flag and K.total == 6 and K.value == 7
assert K().lam() == "class"
assert K.Inner.Deeper.__qualname__ == "K.Inner.Deeper" and repr(K.Inner) == "<class '__main__.K.Inner'>"
def make():
    class L: pass
    return L
assert make().__qualname__ == "make.<locals>.L"
def f():
    x = 1
    class M:
        x = x if False else 2
        y = x
    return M
assert f().y == 2
class Private:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
assert Private().get() == 1 and Private()._Private__x == 1
# ---
# Annotations of classes, lazily evaluated.
class T:
    a: int
    b: "str" = "x"
    c: list[int] = None
    def m(self): pass
assert T.__annotations__ == {"a": int, "b": "str", "c": list[int]} and T.b == "x" and not hasattr(T, "a")
# ---
# __getattr__, __setattr__, __delattr__, __getattribute__, __dir__.
class G:
    def __init__(self): self.real = 1
    def __getattr__(self, name):
        if name.startswith("x"): return name * 2
        raise AttributeError(name)
g = G()
assert g.real == 1 and g.xa == "xaxa" and not hasattr(g, "y") and getattr(g, "y", 3) == 3
class W:
    def __init__(self): object.__setattr__(self, "log", [])
    def __setattr__(self, k, v):
        self.log.append((k, v))
        super().__setattr__(k, v)
    def __delattr__(self, k):
        self.log.append(k)
        object.__delattr__(self, k)
w = W()
w.a = 1
del w.a
assert w.log == [("a", 1), "a"] and not hasattr(w, "a")
class Loud:
    x = 1
    def __getattribute__(self, name):
        if name == "secret": raise AttributeError(name)
        return super().__getattribute__(name)
assert Loud().x == 1 and not hasattr(Loud(), "secret")
class Prop:
    @property
    def bad(self): raise AttributeError("inside")
    def __getattr__(self, name): return "fallback " + name
assert Prop().bad == "fallback bad"
class Proxy:
    def __init__(self, o): self._o = o
    def __getattr__(self, n): return getattr(self._o, n)
assert Proxy([3, 1]).index(1) == 1
# ---
# __dict__ is the object's own, live.
class O: pass
o = O()
o.__dict__["a"] = 1
assert o.a == 1
d = o.__dict__
o.b = 2
assert d == {"a": 1, "b": 2} and o.__dict__ is d
o.__dict__.update(c=3)
assert o.c == 3
del o.a
assert "a" not in d
o.__dict__ = {"z": 26}
assert o.z == 26 and not hasattr(o, "b")
class Bunch:
    def __init__(self, **kw): self.__dict__.update(kw)
assert Bunch(q=1).q == 1
setattr(o, "k", 4)
assert getattr(o, "k") == 4
delattr(o, "k")
assert not hasattr(o, "k")
# ---
# Calls, truth, length, containment, indexing.
class Seq:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, v): self.items[i] = v
    def __delitem__(self, i): del self.items[i]
    def __contains__(self, x): return x in self.items
    def __call__(self, *a, **k): return a, k
    def __iter__(self): return iter(self.items)
    def __reversed__(self): return reversed(self.items)
s = Seq(1, 2, 3)
assert len(s) == 3 and s[0] == 1 and s[-1] == 3 and s[1:] == [2, 3] and 2 in s and 5 not in s and list(s) == [1, 2, 3]
s[0] = 9
del s[1]
assert s.items == [9, 3] and s(1, a=2) == ((1,), {"a": 2}) and list(reversed(s)) == [3, 9]
assert not Seq() and Seq(0)
a, *b = Seq(1, 2, 3)
assert a == 1 and b == [2, 3]
class Old:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
assert list(Old()) == [0, 10, 20, 30] and 20 in Old()
class Tr:
    def __bool__(self): return False
assert not Tr() and bool(Tr()) is False
class Bad:
    def __bool__(self): return 1
try:
    bool(Bad())
    assert False
except TypeError as e:
    assert str(e) == "__bool__ should return bool, returned int"
class Lo:
    def __len__(self): return -1
try:
    len(Lo())
    assert False
except ValueError as e:
    assert str(e) == "__len__() should return >= 0"
# ---
# Comparison and hash.
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, V) and self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __hash__(self): return hash(self.n)
    def __repr__(self): return f"V({self.n})"
assert V(1) == V(1) and V(1) != V(2) and V(1) != 1 and V(1) < V(2) and V(2) > V(1)
assert sorted([V(3), V(1), V(2)]) == [V(1), V(2), V(3)] and min(V(2), V(1)) == V(1)
assert {V(1): "a"}[V(1)] == "a" and len({V(1), V(1), V(2)}) == 2 and V(1) in [V(0), V(1)]
class NoHash:
    def __eq__(self, o): return True
try:
    {NoHash()}
    assert False
except TypeError as e:
    assert str(e) == "unhashable type: 'NoHash'"
try:
    V(1) <= V(2)
    assert False
except TypeError as e:
    assert str(e) == "'<=' not supported between instances of 'V' and 'V'"
class Any:
    def __eq__(self, o): return "eq"
    def __ne__(self, o): return "ne"
    def __lt__(self, o): return "lt"
    def __gt__(self, o): return "gt"
assert (Any() == 1) == "eq" and (1 == Any()) == "eq" and (Any() != 1) == "ne" and (Any() < 1) == "lt" and (1 < Any()) == "gt"
class Default: pass
d = Default()
assert d == d and d != Default() and hash(d) == hash(d) and d in {d}
# ---
# Operators, reflected and in place.
class N:
    def __init__(self, v): self.v = v
    def __add__(self, o): return N(self.v + (o.v if isinstance(o, N) else o))
    __radd__ = __add__
    def __sub__(self, o): return ("sub", o)
    def __rsub__(self, o): return ("rsub", o)
    def __mul__(self, o): return NotImplemented
    def __rmul__(self, o): return ("rmul", o)
    def __truediv__(self, o): return "truediv"
    def __floordiv__(self, o): return "floordiv"
    def __mod__(self, o): return "mod"
    def __pow__(self, o): return "pow"
    def __matmul__(self, o): return "matmul"
    def __and__(self, o): return "and"
    def __or__(self, o): return "or"
    def __xor__(self, o): return "xor"
    def __lshift__(self, o): return "lshift"
    def __rshift__(self, o): return "rshift"
    def __iadd__(self, o):
        self.v += 100
        return self
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __index__(self): return self.v
    def __int__(self): return self.v
    def __float__(self): return float(self.v)
    def __round__(self, n=None): return ("round", n)
    def __divmod__(self, o): return ("divmod", o)
n = N(1)
assert (n + 1).v == 2 and (1 + n).v == 2 and sum([N(1), N(2)]).v == 3
assert n - 1 == ("sub", 1) and 1 - n == ("rsub", 1) and 2 * n == ("rmul", 2)
assert (n / 1, n // 1, n % 1, n ** 1, n @ 1, n & 1, n | 1, n ^ 1, n << 1, n >> 1) == ("truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")
m = n
m += 1
assert m is n and n.v == 101
m -= 5
assert m == ("sub", 5)
assert (-n, +n, ~n, abs(n)) == ("neg", "pos", "invert", "abs")
assert [10, 20, 30][N(1)] == 20 and int(N(3)) == 3 and float(N(3)) == 3.0 and round(n) == ("round", None) and round(n, 2) == ("round", 2)
assert divmod(n, 2) == ("divmod", 2) and list(range(N(2))) == [0, 1] and "ab" * 2 == "abab"
try:
    N(1) * 2
    assert False
except TypeError as e:
    assert str(e) == "unsupported operand type(s) for *: 'N' and 'int'"
class Base:
    def __add__(self, o): return "base"
class Derived(Base):
    def __radd__(self, o): return "derived first"
assert Base() + Derived() == "derived first" and Derived() + Base() == "base"
# ---
# Text.
class R:
    def __repr__(self): return "R!"
class S(R):
    def __str__(self): return "S!"
    def __format__(self, spec): return "<" + spec + ">"
assert str(R()) == "R!" and f"{R()}" == "R!" and f"{S()!r} {S()!s} {S():abc} {S()}" == "R! S! <abc> <>" and format(S(), "x") == "<x>"
assert "%s %r" % (S(), S()) == "S! R!" and [R()] .__repr__() == "[R!]" and str([S()]) == "[R!]"
class BadRepr:
    def __repr__(self): return 5
try:
    repr(BadRepr())
    assert False
except TypeError as e:
    assert str(e) == "__repr__ returned non-string (type int)"
# ---
# Classes from built-in ones.
class L(list):
    def first(self): return self[0]
    def append(self, x):
        super().append(x * 2)
l = L([1, 2])
l.append(3)
assert l == [1, 2, 6] and l.first() == 1 and isinstance(l, list) and type(l) is L and len(l) == 3 and repr(l) == "[1, 2, 6]"
l.tag = "x"
assert l.tag == "x" and l.__dict__ == {"tag": "x"}
class D(dict):
    def __missing__(self, key): return key * 2
    def __getitem__(self, key): return super().__getitem__(key)
d = D(a=1)
assert d["a"] == 1 and d["zz"] == "zzzz" and d.get("q") is None and d == {"a": 1} and {**d} == {"a": 1}
class AttrDict(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k) from None
    def __setattr__(self, k, v): self[k] = v
a = AttrDict(x=1)
a.y = 2
assert a.x == 1 and a == {"x": 1, "y": 2} and not hasattr(a, "z")
class Low(str):
    def __new__(cls, value): return super().__new__(cls, value.lower())
    def shout(self): return self.upper() + "!"
s = Low("ABC")
assert s == "abc" and s.shout() == "ABC!" and {s: 1}["abc"] == 1 and f"{s}" == "abc" and isinstance(s, str) and s + "d" == "abcd" and type(s + "d") is str
class Meters(int):
    def __add__(self, o): return Meters(int(self) + int(o))
    def __repr__(self): return f"{int(self)}m"
m = Meters(3) + 4
assert m == 7 and repr(m) == "7m" and isinstance(m, Meters) and m * 2 == 14 and m > 3 and [0] * Meters(2) == [0, 0]
class Pt(tuple):
    def __new__(cls, x, y): return tuple.__new__(cls, (x, y))
    @property
    def x(self): return self[0]
p = Pt(1, 2)
assert p == (1, 2) and p.x == 1 and p + (3,) == (1, 2, 3) and hash(p) == hash((1, 2))
class F(float): pass
assert F(1.5) + 1 == 2.5 and isinstance(F(1), float)
class St(set): pass
t = St([1, 2])
t.add(3)
assert t == {1, 2, 3} and 2 in t
class E(Exception):
    def __init__(self, msg, code=0):
        super().__init__(msg)
        self.code = code
e = E("m", code=4)
assert str(e) == "m" and e.code == 4 and e.args == ("m",) and repr(e) == "E('m')"
class MyList(list):
    def __init__(self, n):
        super().__init__(range(n))
assert MyList(3) == [0, 1, 2]
# ---
# __init_subclass__, __set_name__, __class_getitem__.
class Plugin:
    registry = {}
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[name or cls.__name__] = cls
class One(Plugin): pass
class Two(Plugin, name="two"): pass
assert Plugin.registry == {"One": One, "two": Two}
try:
    class Three(object, foo=1): pass
    assert False
except TypeError as e:
    assert str(e) == "Three.__init_subclass__() takes no keyword arguments", str(e)
class Field:
    def __set_name__(self, owner, name):
        self.owner, self.name = owner, name
class Model:
    a = Field()
    b = Field()
assert Model.a.name == "a" and Model.b.owner is Model
class Gen:
    def __class_getitem__(cls, item): return (cls.__name__, item)
assert Gen[int] == ("Gen", int) and Gen[1, 2] == ("Gen", (1, 2))
assert repr(list[int]) == "list[int]" and dict[str, int].__args__ == (str, int) and dict[str, int].__origin__ is dict
assert repr(int | None) == "int | None" and isinstance(1, int | str) and not isinstance(1.0, int | str)
assert isinstance(None, int | None)
# ---
# type() with three arguments, classes as values, __slots__, callable.
X = type("X", (), {"a": 1, "f": lambda self: self.a})
assert X().f() == 1 and X.__name__ == "X"
Y = type("Y", (X,), dict(a=2))
assert Y().f() == 2
class Slotted:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
assert Slotted().a == 1
assert callable(X) and callable(len) and not callable(1) and callable(lambda: 0)
def choose(flag): return X if flag else Y
assert choose(True)().a == 1
x = X()
x.__class__ = Y
assert x.a == 2 and type(x) is Y
assert X.__dict__["a"] == 1 and "f" in X.__dict__
assert hasattr(X, "a") and object() != object()
