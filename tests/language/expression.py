# Comparison chains, booleans, conditionals, identity, membership.
assert 1 < 2 < 3 and not 1 < 3 < 2 and 1 == 1.0 == True and 1 != 2 != 1
assert (1 if [] else 2) == 2 and (0 or "x") == "x" and (0 and 1 / 0) == 0 and (None or 0) == 0 and (1 and 2) == 2 and not (not 1)
assert None is None and [] is not [] and 3 in [1, 2, 3] and "b" in "abc" and 4 not in (1, 2) and "k" in {"k": 1} and "" in "x"
assert (lambda a, *b, c=3, **d: (a, b, c, d))(1, 2, x=4) == (1, (2,), 3, {"x": 4})
assert [*range(3), *"ab"] == [0, 1, 2, "a", "b"] and {**{"a": 1}, "b": 2, **{"a": 3}} == {"a": 3, "b": 2} and (*[1], 2) == (1, 2) and {*[1, 2], 2} == {1, 2}
assert 1_000 == 1000 and 0xff == 255 and 0o17 == 15 and 0b101 == 5 and 1e3 == 1000.0 and .5 == 0.5
assert "a" "b" 'c' == "abc" and r"\n" == "\\n" and b"a" b"b" == b"ab" and "\x41\u00e9\N{BULLET}" == "Aé•" and """a
b""" == "a\nb"
assert ... is Ellipsis and NotImplemented is not None
assert (1, 2) < (1, 3) < (2,) and [1] < [1, 0] and "a" < "b" and (1, "a") == (1, "a") and {1, 2} > {1} and not {1} > {2} and {1: 2} == {1: 2.0}
assert 2 ** 3 ** 2 == 512 and -2 ** 2 == -4 and (-2) ** 2 == 4 and not 1 == 2 and 7 - 2 - 1 == 4 and 2 + 3 * 4 == 14 and ~5 == -6
assert [1, [2]] == [1, [2]] and [1, 2, 3][1:] == [2, 3] and "hello"[::-1] == "olleh" and (0, 1, 2, 3)[-3:-1] == (1, 2) and "abc"[10:] == ""
nan = float("nan")
assert nan != nan and nan in [nan] and [nan] == [nan]
# ---
# f-strings
name, n, pi = "World", 42, 3.14159
assert f"Hello {name}!" == "Hello World!" and f"{n}" == "42" and f"{n:5d}|{n:<5}|{n:^5}|{n:05}" == "   42|42   | 42  |00042"
assert f"{pi:.2f} {pi!r} {name!r:>10} {name!s} {'é'!a}" == "3.14 3.14159    'World' World '\\xe9'"
w, p = 8, 3
assert f"{pi:{w}.{p}f}|" == "   3.142|" and f"{{}} {{{n}}}" == "{} {42}" and f"{n=}" == "n=42" and f"{n = }" == "n = 42" and f"{name=!s}" == "name=World"
assert f"{[i for i in range(3)]} { {'a': 1}['a'] } {(lambda x: x * 2)(3)}" == "[0, 1, 2] 1 6"
assert f"{n:,} {1234567:,} {n:x} {n:#b} {0.5:%} {1e10:e}" == "42 1,234,567 2a 0b101010 50.000000% 1.000000e+10"
assert f"a{n}" "b" f"{n}c" == "a42b42c" and f'{"x"}' == "x" and f"" == ""
assert rf"\d{n}" == "\\d42" and f"{n if n > 3 else 0}" == "42" and f"{None} {True} {1.0} {'s'} {[1, 'a']}" == "None True 1.0 s [1, 'a']"
# ---
# Comprehensions
assert [x * y for x in range(3) for y in range(x)] == [0, 0, 2] and {x % 3 for x in range(10)} == {0, 1, 2} and {k: v for k, v in [("a", 1), ("b", 2)]} == {"a": 1, "b": 2}
assert [[j for j in range(i)] for i in range(3)] == [[], [0], [0, 1]] and [x for x in range(10) if x % 2 if x > 4] == [5, 7, 9]
assert [(a, b) for a, *b in [(1, 2, 3), (4,)]] == [(1, [2, 3]), (4, [])]
x = "outer"
assert [x for x in range(2)] == [0, 1] and x == "outer"
def f(n):
    return [g() for g in [lambda: n + i for i in range(2)]]
assert f(10) == [11, 11]
class C:
    xs = [1, 2]
    ys = [x * 2 for x in xs]
assert C.ys == [2, 4]
assert {i: {j for j in range(i)} for i in range(3)} == {0: set(), 1: {0}, 2: {0, 1}}
assert [y for x in [1, 2] if (y := x * 10) > 10] == [20]
matrix = [[1, 2], [3, 4]]
assert [list(r) for r in zip(*matrix)] == [[1, 3], [2, 4]] and [v for row in matrix for v in row] == [1, 2, 3, 4]
assert list(map(lambda p: p[0] + p[1], zip([1, 2], [3, 4]))) == [4, 6] and dict(zip("ab", range(2))) == {"a": 0, "b": 1}
assert sorted({"b": 1, "a": 2}) == ["a", "b"] and [*{"z": 1}] == ["z"] and max([1, 3, 2], key=lambda v: -v) == 1
# ---
# Text by code point, slices of everything.
s = "aéż€😀"
assert len(s) == 5 and s[1] == "é" and s[-1] == "😀" and s[::-1] == "😀€żéa" and s[1:4:2] == "é€" and list(s) == ["a", "é", "ż", "€", "😀"] and "€😀" in s
assert repr(s) == "'aéż€😀'" and repr("it's") == '"it\'s"' and repr('a"b\'c') == "'a\"b\\'c'" and repr("\n\t\\\x00\x7f\xa0") == "'\\n\\t\\\\\\x00\\x7f\\xa0'" and repr(b"a'\x00\xff\n") == 'b"a\'\\x00\\xff\\n"'
l = list(range(10))
assert l[2:5] == [2, 3, 4] and l[-3:] == [7, 8, 9] and l[::3] == [0, 3, 6, 9] and l[8:2:-2] == [8, 6, 4] and l[100:] == [] and l[:-100] == [] and l[-100:2] == [0, 1] and l[5:2] == []
assert l[slice(1, 3)] == [1, 2] and range(10)[2:5] == range(2, 5) and range(0, 10, 2)[-1] == 8 and 4 in range(0, 10, 2) and 5 not in range(0, 10, 2) and list(range(5, 0, -2)) == [5, 3, 1] and len(range(0)) == 0
assert range(3) == range(0, 3, 1) and range(0, 3, 2) == range(0, 4, 2) and repr(range(1, 5)) == "range(1, 5)" and repr(range(0, 5, 2)) == "range(0, 5, 2)" and repr(slice(1, None)) == "slice(1, None, None)"
assert b"abc"[1] == 98 and b"abc"[1:] == b"bc" and list(b"ab") == [97, 98] and b"b" in b"abc" and 97 in b"abc"
class Grid:
    def __getitem__(self, k): return k
g = Grid()
assert g[1, 2] == (1, 2) and g[1:2] == slice(1, 2) and g[1:2, ::3] == (slice(1, 2), slice(None, None, 3)) and g[...] is ...
# ---
# repr of containers, nesting and recursion.
assert repr([1, "a", None, True, 1.0, (1,), (), {}, {"k": [1]}]) == "[1, 'a', None, True, 1.0, (1,), (), {}, {'k': [1]}]"
assert repr(set()) == "set()" and repr({1}) == "{1}" and repr(frozenset()) == "frozenset()" and repr(frozenset({1})) == "frozenset({1})" and repr({}.keys()) == "dict_keys([])" and repr({"a": 1}.items()) == "dict_items([('a', 1)])" and repr({"a": 1}.values()) == "dict_values([1])"
l = [1]
l.append(l)
assert repr(l) == "[1, [...]]"
d = {}
d["d"] = d
assert repr(d) == "{'d': {...}}" and str(d) == repr(d)
assert {1: "a", 1.0: "b", True: "c"} == {1: "c"} and list({1: "a", True: "b"}) == [1]
d = {"b": 1, "a": 2}
d["b"] = 3
del d["a"]
d["a"] = 4
assert list(d.items()) == [("b", 3), ("a", 4)]
keys = d.keys()
d["c"] = 5
assert list(keys) == ["b", "a", "c"] and "c" in keys and len(keys) == 3 and keys & {"a"} == {"a"} and keys | {"z"} == {"a", "b", "c", "z"} and keys - {"a"} == {"b", "c"} and {"a": 1}.keys() == {"a"}
assert {1, 2} | {3} == {1, 2, 3} and {1, 2} & {2, 3} == {2} and {1, 2} - {2} == {1} and {1, 2} ^ {2, 3} == {1, 3} and {1} <= {1, 2} and frozenset([1]) == {1} and {"a": 1} | {"b": 2} == {"a": 1, "b": 2}
s = {1}
t = s
s |= {2}
assert t == {1, 2}
e = {}
e |= {"k": 1}
e |= [("j", 2)]
assert e == {"k": 1, "j": 2}
assert hash((1, 2)) == hash((1, 2)) and {(1, 2): "t"}[(1, 2)] == "t" and hash(1) == hash(1.0) == hash(True) and {frozenset([1]): 1}[frozenset([1])] == 1
