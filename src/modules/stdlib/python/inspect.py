"""Looking at objects."""
import _support
from types import (BuiltinFunctionType, CoroutineType, FunctionType, GeneratorType, MethodType,
                   ModuleType)


class _Empty:
    pass


def isclass(object):
    return isinstance(object, type)


def ismodule(object):
    return isinstance(object, ModuleType)


def isfunction(object):
    return isinstance(object, FunctionType)


def ismethod(object):
    return isinstance(object, MethodType)


def isbuiltin(object):
    return isinstance(object, BuiltinFunctionType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object)


def isgenerator(object):
    return isinstance(object, GeneratorType)


def iscoroutine(object):
    return isinstance(object, CoroutineType)


def isawaitable(object):
    return iscoroutine(object) or hasattr(object, "__await__")


def iscoroutinefunction(obj):
    while hasattr(obj, "__wrapped__"):
        obj = obj.__wrapped__
    code = getattr(obj, "__code__", None)
    return bool(getattr(code, "co_flags", 0) & 0x80)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", ()))


def isdatadescriptor(object):
    return isinstance(object, property) or hasattr(type(object), "__set__")


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        if ismodule(object):
            # A module's names are evaluated here; one that can't be is no member.
            got = _support.attempt(lambda: (getattr(object, name),))
            if got is None:
                continue
            value = got[0]
        else:
            try:
                value = getattr(object, name)
            except AttributeError:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda item: item[0])


def getmro(cls):
    return cls.__mro__


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()],
                 default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def getmodule(object, _filename=None):
    import sys

    return sys.modules.get(getattr(object, "__module__", None))


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    return {name: _support.annotation(obj, name, eval_str)
            for name, text in _support.annotations(obj)}


def _refused(what):
    def function(*args, **kwargs):
        _support.refuse("inspect.%s() isn't available" % what,
                        "pass what is needed as an argument")

    return function


stack = _refused("stack")
currentframe = _refused("currentframe")
getsource = _refused("getsource")
getfile = _refused("getfile")
getsourcefile = _refused("getsourcefile")
signature = _refused("signature")
getfullargspec = _refused("getfullargspec")
