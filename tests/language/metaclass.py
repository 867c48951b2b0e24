class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        ns["made_by"] = mcs.__name__
        cls = super().__new__(mcs, name, bases, ns)
        cls.kw = kw
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.inited = name
    def shout(cls): return cls.__name__.upper()
    @property
    def prop(cls): return "prop of " + cls.__name__
    def __len__(cls): return 7
    def __iter__(cls): return iter([cls, 1])
    def __contains__(cls, x): return x == 1
    def __getitem__(cls, k): return (cls, k)
    def __repr__(cls): return f"<Meta {cls.__name__}>"
    def __getattr__(cls, name):
        if name.startswith("dyn_"): return name
        raise AttributeError(name)
    def __eq__(cls, o): return cls is o
    def __hash__(cls): return 3
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k)
        o.called = True
        return o
class A(metaclass=Meta, opt=1):
    def __init__(self, v=0): self.v = v
    def me(self): return __class__
class B(A): pass
assert A.made_by == "Meta" and A.kw == {"opt": 1} and A.inited == "A" and B.inited == "B" and B.kw == {}
assert type(A) is Meta and type(B) is Meta and isinstance(B, Meta)
assert A.shout() == "A" and B.prop == "prop of B" and len(A) == 7 and list(A) == [A, 1] and 1 in A and A["k"] == (A, "k")
assert repr(A) == "<Meta A>" and str(A) == "<Meta A>" and A.dyn_x == "dyn_x" and not hasattr(A, "zzz")
a = A(5)
assert a.v == 5 and a.called and a.me() is A and not hasattr(a, "shout")
# ---
class Singleton(type):
    _all = {}
    def __call__(cls, *a, **k):
        if cls not in cls._all:
            cls._all[cls] = super().__call__(*a, **k)
        return cls._all[cls]
class S(metaclass=Singleton):
    def __init__(self): self.n = 1
assert S() is S()
# ---
log = []
class Prep(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        log.append(("prepare", name))
        return {"injected": 42}
class P(metaclass=Prep):
    x = injected + 1
assert P.x == 43 and P.injected == 42 and log == [("prepare", "P")]
class Upper(type):
    def __prepare__(name, bases):
        class NS(dict):
            def __setitem__(self, k, v):
                super().__setitem__(k if k.startswith("__") else k.upper(), v)
        return NS()
    def __new__(mcs, name, bases, ns): return super().__new__(mcs, name, bases, dict(ns))
class U(metaclass=Upper):
    abc = 1
assert U.ABC == 1 and not hasattr(U, "abc")
# ---
def function_meta(name, bases, ns): return (name, bases, sorted(k for k in ns if not k.startswith("__")))
class F(metaclass=function_meta):
    x = 1
    def f(self): pass
assert F == ("F", (), ["f", "x"])
class M1(type): pass
class M2(type): pass
class A1(metaclass=M1): pass
class A2(metaclass=M2): pass
try:
    class A3(A1, A2): pass
    assert False
except TypeError as e:
    assert str(e) == "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
class M3(M1): pass
class A4(A1, metaclass=M3): pass
assert type(A4) is M3
class Check(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
class Five(metaclass=Check): pass
assert isinstance(5, Five) and not isinstance(6, Five) and issubclass(int, Five) and not issubclass(str, Five)
assert type("T", (A1,), {}).__class__ is M1
T = M1("T", (), {"z": 1})
assert T.z == 1 and type(T) is M1
# ---
# A registry kept by a metaclass, and an attribute-collecting one.
class FieldMeta(type):
    def __new__(mcs, name, bases, ns):
        fields = {}
        for b in bases: fields.update(getattr(b, "fields", {}))
        fields.update({k: v for k, v in ns.items() if isinstance(v, Field)})
        ns["fields"] = fields
        return super().__new__(mcs, name, bases, ns)
class Field:
    def __init__(self, t): self.t = t
class Model(metaclass=FieldMeta):
    id = Field("int")
class User(Model):
    name = Field("str")
    other = 3
assert list(User.fields) == ["id", "name"] and list(Model.fields) == ["id"]
class NoCell(type):
    def __new__(mcs, name, bases, ns):
        ns.pop("__classcell__", None) if False else None
        return super().__new__(mcs, name, bases, ns)
class WithSuper(metaclass=NoCell):
    def f(self): return super().__repr__()[:9]
assert WithSuper().f() == "<__main__"
