# collections, itertools, functools, operator, copy and contextlib.
import contextlib
import copy
import functools
import itertools
import operator
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableMapping, Sequence, Sized


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


groups = defaultdict(list)
for key, value in [("a", 1), ("b", 2), ("a", 3)]:
    groups[key].append(value)
assert groups == {"a": [1, 3], "b": [2]} and "z" not in groups and groups.get("z") is None
assert repr(defaultdict(int, a=1)) == "defaultdict(<class 'int'>, {'a': 1})"

ordered = OrderedDict([("a", 1), ("b", 2)])
ordered.move_to_end("a")
assert list(ordered) == ["b", "a"] and ordered.popitem(last=False) == ("b", 2) and ordered == {"a": 1}
assert OrderedDict(a=1, b=2) != OrderedDict(b=2, a=1)

Point = namedtuple("Point", "x y", defaults=[0])
assert Point(1) == (1, 0) and Point(1, y=2).y == 2 and repr(Point(1)) == "Point(x=1, y=0)" and Point._fields == ("x", "y")
assert Point(1)._replace(x=5) == (5, 0) and Point(1, 2)._asdict() == {"x": 1, "y": 2} and Point._make([3, 4]).x == 3
x, y = Point(7, 8)
assert x + y == 15
fails(TypeError, "Point.__new__() missing 1 required positional argument: 'x'", Point)
fails(ValueError, "Encountered duplicate field name: 'a'", namedtuple, "P", "a a")

counted = Counter("abracadabra")
assert counted.most_common(1) == [("a", 5)] and counted["z"] == 0 and counted + Counter("ab") == Counter(a=6, b=3, r=2, c=1, d=1)
assert counted - Counter("aaaaab") == Counter(b=1, r=2, c=1, d=1) and sorted(Counter(b=2, a=1).elements()) == ["a", "b", "b"]

queue = deque([1, 2, 3], maxlen=3)
queue.append(4)
queue.appendleft(0)
assert list(queue) == [0, 2, 3] and queue.popleft() == 0 and repr(queue) == "deque([2, 3], maxlen=3)"
chained = ChainMap({"a": 1}, {"a": 2, "b": 3})
assert chained["a"] == 1 and chained["b"] == 3 and len(chained) == 2 and chained.new_child({"c": 1})["c"] == 1

for kind, yes, no in [
    (Iterable, ([], {}, "", iter([])), (1, None)), (Sized, ([], "a"), (1, iter([]))), (Hashable, (1, "a", ()), ([], {})),
    (Callable, (len, print, int, lambda: 0), (1,)), (Mapping, ({}, defaultdict(int)), ([],)), (Sequence, ([], (), "", range(1)), ({}, set())),
    (Iterator, (iter([]), (i for i in [])), ([],)), (MutableMapping, ({},), ((),)),
]:
    assert all(isinstance(value, kind) for value in yes) and not any(isinstance(value, kind) for value in no), kind

assert list(itertools.chain([1], "a")) == [1, "a"] and list(itertools.islice(itertools.count(5, 2), 3)) == [5, 7, 9]
assert list(itertools.product("ab", [1, 2]))[1] == ("a", 2) and len(list(itertools.permutations(range(4), 2))) == 12
assert list(itertools.combinations("abc", 2)) == [("a", "b"), ("a", "c"), ("b", "c")]
assert [(k, list(g)) for k, g in itertools.groupby("aabca")] == [("a", ["a", "a"]), ("b", ["b"]), ("c", ["c"]), ("a", ["a"])]
assert list(itertools.zip_longest("ab", [1], fillvalue=0)) == [("a", 1), ("b", 0)] and list(itertools.accumulate([1, 2, 3])) == [1, 3, 6]
assert list(itertools.takewhile(lambda v: v < 3, [1, 3, 1])) == [1] and list(itertools.dropwhile(lambda v: v < 3, [1, 3, 1])) == [3, 1]
assert list(itertools.pairwise([1, 2, 3])) == [(1, 2), (2, 3)] and list(itertools.starmap(pow, [(2, 3)])) == [8]
assert list(itertools.islice("abcdef", 1, 5, 2)) == ["b", "d"] and list(itertools.chain.from_iterable([[1], [2]])) == [1, 2]

assert functools.reduce(operator.add, [1, 2, 3], 10) == 16 and functools.partial(int, base=2)("101") == 5
calls = []


@functools.lru_cache(maxsize=None)
def square(n):
    calls.append(n)
    return n * n


assert (square(2), square(2), square(3), calls) == (4, 4, 9, [2, 3]) and square.cache_info().hits == 1


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def documented():
    """What it does."""


assert documented.__name__ == "documented" and documented.__doc__ == "What it does."


class Lazy:
    made = 0

    @functools.cached_property
    def value(self):
        Lazy.made += 1
        return Lazy.made


lazy = Lazy()
assert lazy.value == lazy.value == 1 and Lazy().value == 2


@functools.total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


assert Version(1) <= Version(2) and Version(3) > Version(2) and Version(2) >= Version(2)


@functools.singledispatch
def kind(value):
    return "other"


@kind.register
def _(value: int):
    return "int"


@kind.register(list)
def _(value):
    return "list"


assert (kind(1), kind([]), kind("x"), kind(True)) == ("int", "list", "other", "int")
assert operator.itemgetter("a", "b")({"a": 1, "b": 2}) == (1, 2) and operator.attrgetter("real")(3) == 3
assert sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)) == [3, 2, 1]

nested = {"a": [1, {"b": 2}]}
deep = copy.deepcopy(nested)
shallow = copy.copy(nested)
nested["a"][1]["b"] = 9
assert deep["a"][1]["b"] == 2 and shallow["a"] is nested["a"]

events = []


@contextlib.contextmanager
def step(name):
    events.append("enter " + name)
    try:
        yield name.upper()
    finally:
        events.append("leave " + name)


with step("a") as name, contextlib.suppress(KeyError):
    events.append(name)
    {}["missing"]
with contextlib.ExitStack() as stack:
    stack.enter_context(step("b"))
    stack.callback(events.append, "callback")
assert events == ["enter a", "A", "leave a", "enter b", "callback", "leave b"], events
try:
    with step("c"):
        raise ValueError("inside")
except ValueError as error:
    assert str(error) == "inside" and events[-1] == "leave c"
