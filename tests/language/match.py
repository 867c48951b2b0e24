def m(v):
    match v:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5: return "float"
        case "a" | "b": return "ab"
        case b"x": return "bytes"
        case None: return "none"
        case True: return "true"
        case []: return "empty"
        case [x]: return ("one", x)
        case [1, x, *rest]: return ("starts 1", x, rest)
        case (x, y) if x == y: return "pair"
        case [*_, "end"]: return "ends"
        case [x, *mid, y] if len(mid) > 1: return (x, mid, y)
        case {"type": "circle", "r": r}: return ("circle", r)
        case {"type": t, **rest}: return (t, rest)
        case {}: return "dict"
        case int(n) if n > 100: return ("big", n)
        case int() | float() as num: return ("num", num)
        case str(s): return ("str", s)
        case _: return "other"
cases = [(0, "zero"), (-1, "minus one"), (1.5, "float"), ("a", "ab"), (b"x", "bytes"), (None, "none"), (True, "true"), ([], "empty"), ((7,), ("one", 7)),
    ([1, 2, 3, 4], ("starts 1", 2, [3, 4])), ((5, 5), "pair"), ([4, "end"], "ends"), ([9, 8, 7, 6], (9, [8, 7], 6)),
    ({"type": "circle", "r": 2, "x": 1}, ("circle", 2)), ({"type": "sq", "w": 1}, ("sq", {"w": 1})), ({"z": 1}, "dict"),
    (500, ("big", 500)), (5, ("num", 5)), ("zz", ("str", "zz")), (object, "other"), ([3, 4], "other"), ({1, 2}, "other")]
for value, expected in cases:
    assert m(value) == expected, (value, m(value))
# ---
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Color:
    RED = 1
    GREEN = 2
def where(p):
    match p:
        case Point(0, 0): return "origin"
        case Point(x=0, y=yy): return ("y axis", yy)
        case Point(xx, 0): return ("x axis", xx)
        case Point(x, y) if x == y: return "diagonal"
        case Point(): return "point"
        case Color.RED: return "red"
        case [Point(a, b), Point()] : return ("two", a, b)
        case {"p": Point(x=q)}: return q
        case (1 | 2) as n, *_: return ("tuple", n)
        case _: return None
assert where(Point(0, 0)) == "origin" and where(Point(0, 5)) == ("y axis", 5) and where(Point(3, 0)) == ("x axis", 3) and where(Point(2, 2)) == "diagonal" and where(Point(1, 2)) == "point"
assert where(1) == "red" and where([Point(1, 2), Point(3, 4)]) == ("two", 1, 2) and where({"p": Point(8, 9)}) == 8 and where((2, "z")) == ("tuple", 2) and where("q") is None
try:
    match Point(1, 2):
        case Point(1, 2, 3): pass
    assert False
except TypeError as e: assert str(e) == "Point() accepts 2 positional sub-patterns (3 given)"
match 5:
    case 6: assert False
match "abc":
    case [*_]: assert False
    case str() as s: assert s == "abc"
match {"a": {"b": [1, {"c": 2}]}}:
    case {"a": {"b": [_, {"c": deep}]}}: assert deep == 2
for cmd, want in [("go north", "north"), ("quit", "bye"), ("x y z", ["y", "z"])]:
    match cmd.split():
        case ["go", d]: got = d
        case ["quit"]: got = "bye"
        case [_, *args]: got = args
    assert got == want
def singleton(x):
    match x:
        case True: return "T"
        case 1: return "1"
        case False: return "F"
assert singleton(True) == "T" and singleton(1) == "1" and singleton(0) is None
match = 1
case = 2
assert match + case == 3
