# Syntax newer than the Python that the other files are compared with.
type Pair[T] = tuple[T, T]
type Plain = list[int]
assert repr(Plain) == "Plain" and Plain.__value__ == list[int] and Plain.__name__ == "Plain"
def first[T](xs: list[T]) -> T: return xs[0]
assert first([1, 2]) == 1
class Box[T]:
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
class IntBox(Box[int]): pass
assert IntBox(3).get() == 3 and issubclass(IntBox, Box) and Box[str]("x").get() == "x"
assert repr(first.__annotations__["return"]) == "~T" or repr(first.__annotations__["return"]) == "T"
---
d = {"k": 1}
assert f"{d["k"]}" == "1" and f"{f"{f"{1}"}"}" == "1" and f"{"\n"}" == "\n"
---
class C:
    names = [1, 2]
    def m(self):
        return [super(C, self).__init__() for _ in range(1)]
    def n(self):
        return [super().__hash__() is not None for _ in range(1)]
assert C().m() == [None] and C().n() == [True]
---
# Python 3.14: exception types without parentheses.
def kind(text):
    try:
        return [1][int(text)]
    except ValueError, TypeError:
        return "value"
    except IndexError,:
        return "index"
assert kind("x") == kind(None) == "value" and kind("7") == "index"
try:
    raise ExceptionGroup("all", [KeyError("a"), OSError("b")])
except* KeyError, OSError:
    pass
