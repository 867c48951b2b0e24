"""Copies."""


class Error(Exception):
    pass


error = Error

_plain = (type(None), int, float, bool, str, bytes, type, range, slice, type(...),
          type(NotImplemented), type(len), type(lambda: 0), property)


def _rebuilt(x, memo=None):
    cls = type(x)
    new = cls.__new__(cls) if not isinstance(x, (str, int, float, bytes, tuple, frozenset)) else x
    if new is x:
        return x
    if memo is not None:
        memo[id(x)] = new
    if isinstance(x, dict):
        for key, value in dict.items(x):
            dict.__setitem__(new, key if memo is None else deepcopy(key, memo),
                             value if memo is None else deepcopy(value, memo))
    elif isinstance(x, list):
        list.extend(new, list(x) if memo is None else [deepcopy(item, memo) for item in x])
    elif isinstance(x, set):
        set.update(new, x)
    for name, value in getattr(x, "__dict__", {}).items():
        object.__setattr__(new, name, value if memo is None else deepcopy(value, memo))
    return new


def copy(x):
    cls = type(x)
    if cls in (list, dict, set):
        return x.copy()
    if cls in (tuple, frozenset) or isinstance(x, _plain) and not hasattr(x, "__dict__"):
        return x
    if isinstance(x, (type, type(len), type(lambda: 0))):
        return x
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    return _rebuilt(x)


def deepcopy(x, memo=None, _nil=[]):
    if memo is None:
        memo = {}
    found = memo.get(id(x))
    if found is not None:
        return found
    cls = type(x)
    if cls is list:
        new = []
        memo[id(x)] = new
        for item in x:
            new.append(deepcopy(item, memo))
        return new
    if cls is dict:
        new = {}
        memo[id(x)] = new
        for key, value in x.items():
            new[deepcopy(key, memo)] = deepcopy(value, memo)
        return new
    if cls is tuple:
        return tuple([deepcopy(item, memo) for item in x])
    if cls in (set, frozenset):
        return cls([deepcopy(item, memo) for item in x])
    if isinstance(x, (type, type(len), type(lambda: 0))) or cls in _plain:
        return x
    method = getattr(cls, "__deepcopy__", None)
    if method is not None:
        return method(x, memo)
    return _rebuilt(x, memo)


def replace(obj, /, **changes):
    method = getattr(type(obj), "__replace__", None)
    if method is None:
        raise TypeError("replace() does not support %s objects" % type(obj).__name__)
    return method(obj, **changes)
