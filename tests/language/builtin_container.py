# list, tuple, dict, set, range and the functions over them.


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


items = [3, 1, 2]
items.append(5)
items.insert(0, 9)
items.insert(-1, 7)
assert items == [9, 3, 1, 2, 7, 5] and items.pop() == 5 and items.pop(0) == 9
items.extend("ab")
items.remove("a")
assert items == [3, 1, 2, 7, "b"] and items.index(2) == 2 and items.count(7) == 1
items.reverse()
assert items == ["b", 7, 2, 1, 3] and items.copy() == items and items.copy() is not items
fails(ValueError, "list.remove(x): x not in list", items.remove, 99)
fails(ValueError, "99 is not in list", items.index, 99)
fails(IndexError, "pop from empty list", [].pop)
fails(IndexError, "pop index out of range", [1].pop, 5)

# Sorting is stable, also in reverse.
rows = [("b", 1), ("a", 2), ("b", 0), ("a", 1)]
assert sorted(rows, key=lambda row: row[0]) == [("a", 2), ("a", 1), ("b", 1), ("b", 0)]
assert sorted(rows, key=lambda row: row[0], reverse=True) == [("b", 1), ("b", 0), ("a", 2), ("a", 1)]
assert sorted(["b", "A", "c"], key=str.lower) == ["A", "b", "c"] and sorted("cab") == ["a", "b", "c"]
numbers = [2.5, 1, True, 10**30, -4]
numbers.sort()
assert numbers == [-4, 1, True, 2.5, 10**30]
fails(TypeError, "'<' not supported between instances of 'NoneType' and 'int'", sorted, [3, None])

# A list or dict within itself.
loop = [1]
loop.append(loop)
assert repr(loop) == "[1, [...]]"
knot = {}
knot["k"] = knot
assert repr(knot) == "{'k': {...}}"

d = {"a": 1}
assert d.get("x") is None and d.get("x", 5) == 5 and d.setdefault("b", 2) == 2 and d.pop("b") == 2
d.update({"c": 3}, e=5)
d.update([("f", 6)])
assert list(d) == ["a", "c", "e", "f"] and d.popitem() == ("f", 6)
assert d | {"a": 9} == {"a": 9, "c": 3, "e": 5} and dict.fromkeys("ab", 0) == {"a": 0, "b": 0}
fails(KeyError, "'zz'", d.pop, "zz")
fails(KeyError, "'popitem(): dictionary is empty'", {}.popitem)
fails(TypeError, "unhashable type: 'list'", lambda: {[]: 1})
fails(ValueError, "dictionary update sequence element #0 has length 3; 2 is required",
      dict, [(1, 2, 3)])

# Views are live, keys behave as a set.
keys = d.keys()
d["new"] = 1
assert "new" in keys and len(keys) == 4 and ("a", 1) in d.items() and 5 in d.values()
assert keys & {"a", "q"} == {"a"} and keys - {"a"} == {"c", "e", "new"} and list(reversed(d))[0] == "new"
assert repr({"a": 1}.items()) == "dict_items([('a', 1)])" and {1: "x", True: "y"} == {1: "y"}

s = {1, 2, 3}
assert s | {4} == {1, 2, 3, 4} and s & {1, 9} == {1} and s - {1} == {2, 3} and s ^ {1, 9} == {2, 3, 9}
assert {1} < s <= s and s.issuperset([1]) and s.isdisjoint([9]) and not s < s
s.add(4)
s.discard(99)
s.difference_update([1])
assert s == {2, 3, 4} and s.union([5], (6,)) == {2, 3, 4, 5, 6} and frozenset(s) == s
assert {frozenset([1, 2]): "x"}[frozenset([2, 1])] == "x" and set() == frozenset()
fails(KeyError, "99", s.remove, 99)
fails(KeyError, "'pop from an empty set'", set().pop)

r = range(10, 0, -3)
assert list(r) == [10, 7, 4, 1] and len(r) == 4 and r[1] == 7 and r[-1] == 1 and 4 in r and 5 not in r
assert r[1:3] == range(7, 1, -3) and r.index(4) == 2 and list(reversed(range(3))) == [2, 1, 0]
assert slice(None, None, -1).indices(5) == (4, -1, -1) and repr(range(3)) == "range(0, 3)"
fails(ValueError, "range() arg 3 must not be zero", range, 1, 2, 0)

assert (1, 2, 1).count(1) == 2 and (1, 2).index(2) == 1 and (1,) + (2,) == (1, 2) and () == tuple()

assert list(enumerate("ab", 1)) == [(1, "a"), (2, "b")] and list(zip("ab", [1, 2, 3])) == [("a", 1), ("b", 2)]
assert list(map(lambda x, y: x * y, [1, 2], [3, 4])) == [3, 8] and list(filter(None, [0, 1, ""])) == [1]
fails(ValueError, "zip() argument 2 is shorter than argument 1",
      lambda: list(zip([1, 2], [1], strict=True)))
assert max([1, 3, 2]) == 3 and min("b", "a") == "a" and max([], default=7) == 7
assert max(["aa", "b"], key=len) == "aa" and sum([1, 2], 10) == 13 and sum([[1], [2]], []) == [1, 2]
assert all([]) and not any([]) and any([0, 1]) and not all([1, 0])
assert next(iter([]), "end") == "end" and list(iter([3, 2, 1].pop, 3)) == [1, 2]
assert divmod(-7, 2) == (-4, 1) and divmod(7.5, 2) == (3.0, 1.5) and pow(3, -1, 7) == 5
assert round(2.5) == 2 and round(3.5) == 4 and round(2.675, 2) == 2.67 and round(1250, -2) == 1200
assert abs(-3) == 3 and bin(-5) == "-0b101" and hex(255) == "0xff" and oct(8) == "0o10"
assert int(" -1_000 ") == -1000 and int("ff", 16) == 255 and int("0b11", 0) == 3 and int(-3.9) == -3
assert float("1e3") == 1000.0 and float("-inf") < 0 and repr(float("1e16")) == "1e+16"
fails(ValueError, "invalid literal for int() with base 10: 'x'", int, "x")
fails(ValueError, "could not convert string to float: 'x'", float, "x")
fails(TypeError, "sum() can't sum strings [use ''.join(seq) instead]", sum, ["a"], "")
assert chr(0x1F600) == "\U0001f600" and ord("é") == 233
assert isinstance(True, int) and isinstance(1, (str, int)) and issubclass(bool, int)
assert getattr("a", "nope", 5) == 5 and hasattr([], "append") and callable(len) and not callable(5)


# Classes derived from containers: what they override is called, super() is the plain one.
class Doubling(list):
    def append(self, value):
        super().append(value * 2)

    def __repr__(self):
        return "Doubling" + super().__repr__()


doubling = Doubling([1])
doubling.append(4)
assert doubling == [1, 8] and repr(doubling) == "Doubling[1, 8]" and isinstance(doubling[:], list)


class Defaulting(dict):
    def __missing__(self, key):
        return key + "?"

    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


defaulting = Defaulting(X=1)
defaulting["Y"] = 2
assert defaulting == {"X": 1, "y": 2} and defaulting["z"] == "z?" and defaulting.get("z") is None
