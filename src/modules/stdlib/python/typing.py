"""Types as values: what annotations are made of. Inert, but they keep their arguments."""
import _support
from _support import GenericAlias, ParamSpec, TypeAliasType, TypeVar, TypeVarTuple, UnionType
from abc import ABCMeta, abstractmethod
import collections as _collections
import collections.abc as _abc

TYPE_CHECKING = False

List = list
Dict = dict
Set = set
FrozenSet = frozenset
Tuple = tuple
Type = type
Text = str
DefaultDict = _collections.defaultdict
OrderedDict = _collections.OrderedDict
Counter = _collections.Counter
Deque = _collections.deque
ChainMap = _collections.ChainMap

for _name in ("Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator",
              "Iterable", "Iterator", "Reversible", "Generator", "Sized", "Container",
              "Collection", "Callable", "Sequence", "MutableSequence", "ByteString", "Mapping",
              "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Hashable"):
    globals()[_name] = getattr(_abc, _name)


def _tuple_of(key):
    return key if not _support.is_unknown(key) and isinstance(key, tuple) else (key,)


def _convert(arg):
    if arg is None:
        return type(None)
    if not _support.is_unknown(arg) and isinstance(arg, str):
        return ForwardRef(arg)
    return arg


class ForwardRef:
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg
        self.__forward_evaluated__ = False

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return "ForwardRef(%r)" % self.__forward_arg__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Form:
    """A name such as Optional or ClassVar, that is subscripted."""

    def __init__(self, name, make=None):
        self._name = name
        self._make = make

    def __getitem__(self, key):
        if self._make is not None:
            return self._make(self, key)
        args = _tuple_of(key)
        return _support.make_alias(self, tuple([_convert(arg) for arg in args]))

    def __repr__(self):
        return "typing." + self._name

    def __call__(self, *args, **kwds):
        raise TypeError("Cannot instantiate %r" % self)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass %r" % self)

    def __instancecheck__(self, obj):
        raise TypeError("%r cannot be used with isinstance()" % self)


def _is_union(arg):
    return not _support.is_unknown(arg) and isinstance(arg, UnionType)


def _is_same(one, other):
    if one is other:
        return True
    return not (_support.is_unknown(one) or _support.is_unknown(other)) and one == other


def _make_union(form, key):
    args = _tuple_of(key)
    members = []
    for arg in args:
        arg = _convert(arg)
        for one in arg.__args__ if _is_union(arg) else (arg,):
            if not any(_is_same(one, known) for known in members):
                members.append(one)
    if len(members) == 1:
        return members[0]
    if not members:
        raise TypeError("Cannot take a Union of no types.")
    return _support.make_union(tuple(members))


def _make_optional(form, key):
    return _make_union(form, (key, None))


def _make_literal(form, key):
    args = _tuple_of(key)
    flat = []
    for arg in args:
        if isinstance(arg, GenericAlias) and arg.__origin__ is form:
            flat.extend(arg.__args__)
        elif not any(type(arg) is type(known) and arg == known for known in flat):
            flat.append(arg)
    return _support.make_alias(form, tuple(flat))


class _AnnotatedAlias:
    def __init__(self, origin, metadata):
        if not _support.is_unknown(origin) and isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        self.__origin__ = origin
        self.__metadata__ = metadata
        self.__args__ = (origin,)

    def __repr__(self):
        origin = getattr(self.__origin__, "__qualname__", None)
        return "typing.Annotated[%s, %s]" % (origin or repr(self.__origin__),
                                             ", ".join(map(repr, self.__metadata__)))

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return (self.__origin__ == other.__origin__
                and self.__metadata__ == other.__metadata__)

    def __hash__(self):
        return hash(self.__metadata__)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)


def _make_annotated(form, key):
    if len(_tuple_of(key)) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and "
                        "an annotation).")
    return _AnnotatedAlias(_convert(key[0]), tuple(key[1:]))


Union = _Form("Union", _make_union)
Optional = _Form("Optional", _make_optional)
Literal = _Form("Literal", _make_literal)
Annotated = _Form("Annotated", _make_annotated)
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Concatenate = _Form("Concatenate")
TypeGuard = _Form("TypeGuard")
TypeIs = _Form("TypeIs")
Required = _Form("Required")
NotRequired = _Form("NotRequired")
ReadOnly = _Form("ReadOnly")
Unpack = _Form("Unpack")
Self = _Form("Self")
Never = _Form("Never")
NoReturn = _Form("NoReturn")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")


class _AnyMeta(type):
    def __repr__(cls):
        return "typing.Any" if cls is Any else super().__repr__()

    def __or__(cls, other):
        return Union[cls, other]

    def __ror__(cls, other):
        return Union[other, cls]


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    @classmethod
    def __class_getitem__(cls, key):
        return _support.make_alias(
            cls, tuple([_convert(arg) for arg in (_tuple_of(key))]))

    @classmethod
    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)


class Protocol(Generic, metaclass=ABCMeta):
    pass


def runtime_checkable(cls):
    names = [name for name in cls.__dict__ if not name.startswith("_")]

    def hook(subclass):
        return all(hasattr(subclass, name) for name in names) or NotImplemented

    cls.__subclasshook__ = staticmethod(hook)
    return cls


runtime = runtime_checkable


class SupportsInt(Protocol):
    pass


class SupportsFloat(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsAbs(Protocol):
    pass


class SupportsBytes(Protocol):
    pass


class SupportsRound(Protocol):
    pass


class IO(Generic):
    pass


class TextIO(IO):
    pass


class BinaryIO(IO):
    pass


import re as _re_module

Pattern = _re_module.Pattern
Match = _re_module.Match
for _name in ("Pattern", "Match"):
    globals()[_name].__class_getitem__ = classmethod(
        lambda cls, key: _support.make_alias(cls, (key,)))


class NewType:
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __repr__(self):
        return "%s" % self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace, /):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        made = type.__new__(mcls, name, (), dict(namespace))
        fields = [row[0] for row in _support.annotations(made)]
        defaults = {}
        for field in fields:
            if field in namespace:
                defaults[field] = namespace[field]
            elif defaults:
                raise TypeError("non-default namedtuple field %s cannot follow default field%s %s"
                                % (field, "s" if len(defaults) > 1 else "", ", ".join(defaults)))
        result = _collections.namedtuple(name, fields, defaults=list(defaults.values()))
        for key, value in namespace.items():
            if key not in fields and key not in ("__slots__", "__dict__", "__weakref__"):
                setattr(result, key, value)
        result.__annotations_of__ = made
        return result


class NamedTuple(metaclass=_NamedTupleMeta):
    def __new__(cls, typename, fields=(), /, **kwargs):
        pairs = list(fields) or list(kwargs.items())
        return _collections.namedtuple(typename, [name for name, kind in pairs])


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, /, total=True, closed=None):
        made = type.__new__(mcls, name, (dict,), dict(namespace))
        own = [row[0] for row in _support.annotations(made)]
        required = set(own) if total else set()
        optional = set() if total else set(own)
        for base in bases:
            required |= getattr(base, "__required_keys__", set())
            optional |= getattr(base, "__optional_keys__", set())
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        if cls is TypedDict:
            return type.__new__(_TypedDictMeta, args[0], (dict,), {})
        return dict(*args, **kwargs)

    def __instancecheck__(cls, obj):
        raise TypeError("TypedDict does not support instance and class checks")


class TypedDict(metaclass=_TypedDictMeta):
    pass


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def override(method, /):
    return method


def no_type_check(arg):
    return arg


no_type_check_decorator = no_type_check


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    return obj


def assert_never(arg, /):
    raise AssertionError("Expected code to be unreachable, but got: %r" % (arg,))


def dataclass_transform(**kwargs):
    return lambda cls_or_fn: cls_or_fn


def get_origin(tp):
    if _support.is_unknown(tp):
        return None
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, UnionType):
        return Union
    if isinstance(tp, GenericAlias):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    if _support.is_unknown(tp):
        return ()
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (GenericAlias, UnionType)):
        args = tp.__args__
        if isinstance(tp, GenericAlias) and tp.__origin__ is _abc.Callable and len(args) == 2:
            return args if args[0] is ... or isinstance(args[0], list) else args
        return args
    return ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    owners = reversed(obj.__mro__) if isinstance(obj, type) else (obj,)
    for owner in owners:
        owner = getattr(owner, "__annotations_of__", owner)
        for name, text in _support.annotations(owner):
            value = _support.annotation(owner, name, True)
            value = type(None) if value is None else value
            if not include_extras and isinstance(value, _AnnotatedAlias):
                value = value.__origin__
            hints[name] = value
    return hints


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def is_protocol(tp):
    return isinstance(tp, type) and issubclass(tp, Protocol) and tp is not Protocol


def get_overloads(func):
    return []


def clear_overloads():
    pass


class deprecated:
    """The decorator of typing_extensions and warnings: the function itself."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message = message

    def __call__(self, arg, /):
        return arg
