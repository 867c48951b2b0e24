"""Abstract base classes of containers."""
import _support
from abc import ABCMeta, abstractmethod


def _has(cls, *names):
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class _Structural(ABCMeta):
    """Classes whose `_needs` say which methods make any other class one of them."""

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        needs = cls.__dict__.get("_needs")
        if needs and all(_provides(subclass, name) for name in needs):
            return True
        for registered in cls.__dict__.get("_known", ()):
            if registered in subclass.__mro__:
                return True
        return super().__subclasscheck__(subclass)

    def __getitem__(cls, key):
        return _support.make_alias(cls, (key,) if _support.is_unknown(key) or not isinstance(key, tuple) else key)


_iterators = (dict, list, tuple, str, bytes, set, frozenset, range, type({}.keys()),
              type({}.values()), type({}.items()))
_sized = _iterators


def _provides(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
    if cls.__name__ in ("generator", "coroutine", "async_generator"):
        return name in {"generator": ("__iter__", "__next__", "send", "throw", "close"),
                        "coroutine": ("__await__", "send", "throw", "close"),
                        "async_generator": ("__aiter__", "__anext__")}[cls.__name__]
    if name in ("__iter__", "__len__", "__contains__") and cls in _sized:
        return True
    if name in ("__iter__", "__next__"):
        return cls.__module__ == "builtins" and (
            cls.__name__.endswith("iterator") or cls.__name__ in
            ("map", "filter", "zip", "enumerate", "reversed"))
    if name == "__hash__":
        return not any(base in (list, dict, set) for base in cls.__mro__)
    return False


class Hashable(metaclass=_Structural):
    _needs = ("__hash__",)


class Awaitable(metaclass=_Structural):
    _needs = ("__await__",)


class Coroutine(Awaitable):
    _needs = ("__await__", "send", "throw", "close")


class AsyncIterable(metaclass=_Structural):
    _needs = ("__aiter__",)


class AsyncIterator(AsyncIterable):
    _needs = ("__aiter__", "__anext__")


class AsyncGenerator(AsyncIterator):
    _needs = ("__aiter__", "__anext__", "asend", "athrow", "aclose")


class Iterable(metaclass=_Structural):
    _needs = ("__iter__",)


class Iterator(Iterable):
    _needs = ("__iter__", "__next__")

    def __iter__(self):
        return self


class Reversible(Iterable):
    _needs = ("__iter__", "__reversed__")
    _known = (list, tuple, str, range, dict)


class Generator(Iterator):
    _needs = ("__iter__", "__next__", "send", "throw", "close")


class Sized(metaclass=_Structural):
    _needs = ("__len__",)


class Container(metaclass=_Structural):
    _needs = ("__contains__",)


class Collection(Sized, Iterable, Container):
    _needs = ("__len__", "__iter__", "__contains__")


class Callable(metaclass=_Structural):
    _needs = ("__call__",)
    _known = (_support.function, _support.builtin_function_or_method, _support.method, type)


class Buffer(metaclass=_Structural):
    _needs = ("__buffer__",)
    _known = (bytes,)


class Sequence(Reversible, Collection):
    _needs = ()
    _known = (list, tuple, str, bytes, range)

    def __iter__(self):
        index = 0
        while True:
            try:
                item = self[index]
            except IndexError:
                return
            yield item
            index += 1

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        for position, item in enumerate(self):
            if position >= start and (stop is None or position < stop):
                if item is value or item == value:
                    return position
        raise ValueError

    def count(self, value):
        return sum(1 for item in self if item is value or item == value)


class MutableSequence(Sequence):
    _needs = ()
    _known = (list,)

    def append(self, value):
        self.insert(len(self), value)

    def clear(self):
        while len(self):
            self.pop()

    def reverse(self):
        items = list(self)[::-1]
        for position, item in enumerate(items):
            self[position] = item

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


ByteString = Sequence


class Set(Collection):
    _needs = ()
    _known = (set, frozenset, type({}.keys()), type({}.items()))

    @classmethod
    def _from_iterable(cls, items):
        return cls(items)

    def __le__(self, other):
        return len(self) <= len(other) and all(item in other for item in self)

    def __lt__(self, other):
        return len(self) < len(other) and self <= other

    def __ge__(self, other):
        return len(self) >= len(other) and all(item in self for item in other)

    def __gt__(self, other):
        return len(self) > len(other) and self >= other

    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self <= other

    def __and__(self, other):
        return self._from_iterable(item for item in other if item in self)

    def __or__(self, other):
        return self._from_iterable(item for group in (self, other) for item in group)

    def __sub__(self, other):
        return self._from_iterable(item for item in self if item not in other)

    def __xor__(self, other):
        return (self - other) | (self._from_iterable(other) - self)

    def isdisjoint(self, other):
        return not any(item in self for item in other)


class MutableSet(Set):
    _needs = ()
    _known = (set,)

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        for value in list(self):
            self.discard(value)

    def __ior__(self, values):
        for value in values:
            self.add(value)
        return self


class Mapping(Collection):
    _needs = ()
    _known = (dict,)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return dict.fromkeys(self).keys()

    def items(self):
        return {key: self[key] for key in self}.items()

    def values(self):
        return {key: self[key] for key in self}.values()

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    _needs = ()
    _known = (dict,)

    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwds):
        if hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]


class MappingView(Sized):
    _needs = ()
    _known = (type({}.keys()), type({}.items()), type({}.values()))


class KeysView(MappingView, Set):
    _needs = ()
    _known = (type({}.keys()),)


class ItemsView(MappingView, Set):
    _needs = ()
    _known = (type({}.items()),)


class ValuesView(MappingView, Collection):
    _needs = ()
    _known = (type({}.values()),)
