# Properties and other descriptors.

class T:
    def __init__(self): self._c = 0
    @property
    def c(self):
        """The c."""
        return self._c
    @c.setter
    def c(self, v): self._c = v * 2
    @c.deleter
    def c(self): self._c = None
    ro = property(lambda self: "ro")
    wo = property(None, lambda self, v: None)
t = T()
t.c = 5
assert t.c == 10
del t.c
assert t.c is None and t.ro == "ro" and T.c.__doc__ == "The c." and T.c.fget is not None
for act, text in [(lambda: setattr(t, "ro", 1), "property 'ro' of 'T' object has no setter"),
                  (lambda: delattr(t, "ro"), "property 'ro' of 'T' object has no deleter"),
                  (lambda: t.wo, "property 'wo' of 'T' object has no getter")]:
    try:
        act()
        assert False
    except AttributeError as e:
        assert str(e) == text, str(e)
t.__dict__["c"] = "hidden"
assert t.c is None
class U(T):
    @T.c.getter
    def c(self): return "U"
assert U().c == "U"
# ---
class Data:
    def __init__(self): self.log = []
    def __set_name__(self, owner, name): self.key = "_" + name
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return obj.__dict__.get(self.key, "unset")
    def __set__(self, obj, value): obj.__dict__[self.key] = value
    def __delete__(self, obj): del obj.__dict__[self.key]
class NonData:
    def __get__(self, obj, owner): return ("nondata", obj is None, owner)
class H:
    d = Data()
    n = NonData()
h = H()
assert h.d == "unset" and isinstance(H.d, Data)
h.d = 3
assert h.d == 3 and h.__dict__ == {"_d": 3}
del h.d
assert h.d == "unset"
assert h.n == ("nondata", False, H) and H.n == ("nondata", True, H)
h.n = "own"
assert h.n == "own"
class Lazy:
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner):
        if obj is None: return self
        value = obj.__dict__[self.name] = self.f(obj)
        return value
calls = []
class K:
    @Lazy
    def v(self):
        calls.append(1)
        return 42
k = K()
assert k.v == 42 and k.v == 42 and calls == [1]
class classproperty:
    def __init__(self, f): self.f = f
    def __get__(self, obj, owner): return self.f(owner)
class CP:
    @classproperty
    def name(cls): return cls.__name__.lower()
assert CP.name == "cp" and CP().name == "cp"
# ---
class M:
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
    @classmethod
    @property
    def both(cls): return cls.__name__ + "!"
class N(M): pass
assert M.s(1) == 1 and N().s(2) == 2 and N.c() == "N" and M().c() == "M" and N.both == "N!"
class Factory:
    def __init__(self, v): self.v = v
    @classmethod
    def make(cls, v): return cls(v)
class Sub(Factory):
    @classmethod
    def make(cls, v): return super().make(v + 1)
assert Sub.make(1).v == 2 and type(Sub.make(1)) is Sub
f = M.__dict__["s"]
assert isinstance(f, staticmethod) and f.__func__(3) == 3 and f(4) == 4
class Named:
    tag = "n"
    def plain(self): return self.tag
bound = Named().plain
assert bound() == "n"
Named.extra = lambda self: self.tag + "+"
assert Named().extra() == "n+"
inst = Named()
inst.own = lambda: "unbound"
assert inst.own() == "unbound"
class Uses:
    f = len
    g = str.upper
assert Uses().f([1, 2]) == 2 and Uses.g("a") == "A"
