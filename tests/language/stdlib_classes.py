# dataclasses, typing, abc and types.
import abc
import types
import typing
from dataclasses import (KW_ONLY, FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass,
                         replace)
from typing import Annotated, Any, ClassVar, Generic, List, Literal, NamedTuple, Optional, TypedDict, TypeVar, Union


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list)
    hidden: int = field(default=0, repr=False, compare=False)
    count: ClassVar[int] = 7


assert repr(Item("a")) == "Item(name='a', price=1.5, tags=[])" and Item("a") == Item("a", hidden=5) != Item("b")
assert Item("a").tags is not Item("a").tags and asdict(Item("a", tags=[Item("b")]))["tags"][0]["name"] == "b"
assert astuple(Item("a")) == ("a", 1.5, [], 0) and replace(Item("a"), name="z").name == "z" and is_dataclass(Item)
assert [f.name for f in fields(Item)] == ["name", "price", "tags", "hidden"] and Item.count == 7
fails(TypeError, "missing 1 required positional argument: 'name'", Item)
fails(TypeError, "got an unexpected keyword argument 'nope'", Item, "a", nope=1)
fails(TypeError, "unhashable type: 'Item'", hash, Item("a"))


@dataclass(frozen=True, order=True)
class Key:
    a: int
    b: int = 0


def assign():
    Key(1).a = 2


assert Key(1) < Key(1, 1) and sorted([Key(2), Key(1)])[0] == Key(1) and {Key(1): "x"}[Key(1)] == "x"
fails(FrozenInstanceError, "cannot assign to field 'a'", assign)


@dataclass
class Extended(Item):
    extra: int = 3
    _: KW_ONLY
    scale: InitVar[int] = 2

    def __post_init__(self, scale):
        self.scaled = self.extra * scale


assert Extended("a", scale=5).scaled == 15 and repr(Extended("a")).endswith("extra=3)")


def misordered():
    @dataclass
    class Wrong:
        a: int = 1
        b: str


fails(TypeError, "non-default argument 'b' follows default argument", misordered)


def mutable():
    @dataclass
    class Wrong:
        a: list = []


fails(ValueError, "mutable default <class 'list'> for field a is not allowed: use default_factory", mutable)

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, content: T):
        self.content = content


assert Box[int](5).content == 5 and typing.get_args(List[int]) == (int,) and typing.get_origin(List[int]) is list
assert typing.get_args(Optional[int]) == (int, type(None)) and typing.get_origin(Union[int, str]) is Union
assert Union[int, int] is int and typing.get_args(Literal["a", 1]) == ("a", 1) and not typing.TYPE_CHECKING
assert typing.get_args(Annotated[int, "meta"]) == (int, "meta") and Annotated[int, "meta"].__metadata__ == ("meta",)
assert typing.cast(int, "x") == "x" and isinstance([], typing.Sequence) and isinstance({}, typing.Mapping)


class Row(NamedTuple):
    id: int
    name: str = "none"

    def label(self):
        return f"{self.id}:{self.name}"


assert Row(1) == (1, "none") and Row(2, "x").label() == "2:x" and Row._fields == ("id", "name")


class Options(TypedDict, total=False):
    verbose: bool


assert Options(verbose=True) == {"verbose": True}


def annotated(a: int, b: "Optional[str]" = None) -> List[int]: ...


assert typing.get_type_hints(annotated)["a"] is int and typing.get_type_hints(annotated)["return"] == List[int]


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    def area(self):
        return 4


assert Square().area() == 4 and issubclass(Square, Shape)
fails(TypeError, "Can't instantiate abstract class Shape", Shape)

space = types.SimpleNamespace(a=1)
space.b = 2
assert repr(space) == "namespace(a=1, b=2)" and types.MappingProxyType({"a": 1})["a"] == 1

import contextvars

request = contextvars.ContextVar("request", default=None)
assert request.get() is None and request.get(1) == 1
token = request.set("a")
assert request.get() == "a" and request.name == "request"
request.reset(token)
assert request.get() is None
fails(LookupError, "", contextvars.ContextVar("empty").get)
assert contextvars.copy_context().run(lambda x: x + 1, 1) == 2
