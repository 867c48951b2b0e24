"""Classes made of fields."""
import _support
from types import MappingProxyType


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return "<dataclasses.MISSING>"


class _KwOnly:
    pass


MISSING = _Missing()
KW_ONLY = _KwOnly()


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return "dataclasses.InitVar[%s]" % getattr(self.type, "__name__", repr(self.type))


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only,
                 doc=None):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType(metadata if metadata is not None else {})
        self.kw_only = kw_only
        self.doc = doc
        self._kind = "field"

    def __repr__(self):
        return ("Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,"
                "compare=%r,metadata=%r,kw_only=%r,_field_type=None)"
                % (self.name, self.type, self.default, self.default_factory, self.init, self.repr,
                   self.hash, self.compare, self.metadata, self.kw_only))

    @classmethod
    def __class_getitem__(cls, key):
        return cls


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None,
          compare=True, metadata=None, kw_only=MISSING, doc=None):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


def _head(text):
    """The name an annotation's text begins with: "ClassVar" of "t.ClassVar[int]"."""
    text = text.strip()
    if len(text) > 1 and text[0] in "\"'":
        text = text[1:-1].strip()
    return text.partition("[")[0].strip().rpartition(".")[2]


def _own_fields(cls, kw_only):
    fields = []
    for name, text in _support.annotations(cls):
        head = _head(text)
        if head == "KW_ONLY":
            kw_only = True
            continue
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, Field):
            one = default
        else:
            one = field(default=default)
        one.name = name
        one.type = text
        if head == "ClassVar":
            one._kind = "class"
            if one.default_factory is not MISSING:
                raise TypeError("field %s cannot have a default factory" % name)
        elif head == "InitVar":
            one._kind = "init"
        if one.kw_only is MISSING:
            one.kw_only = kw_only
        if one._kind == "field" and isinstance(one.default, (list, dict, set)):
            raise ValueError("mutable default %s for field %s is not allowed: use default_factory"
                             % (type(one.default), name))
        if isinstance(cls.__dict__.get(name), Field):
            if one.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, one.default)
        fields.append(one)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field):
            raise TypeError("%r is a field but has no type annotation" % name)
    return fields


def _make_init(cls, fields, frozen, has_post_init):
    positional = [f for f in fields if f.init and not f.kw_only]
    keyword = [f for f in fields if f.init and f.kw_only]
    seen_default = None
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = f
        elif seen_default is not None:
            raise TypeError("non-default argument %r follows default argument %r"
                            % (f.name, seen_default.name))
    names = [f.name for f in positional]
    allowed = {f.name for f in positional} | {f.name for f in keyword}
    label = cls.__name__ + ".__init__()"
    assign = object.__setattr__

    def __init__(self, /, *args, **kwargs):
        if len(args) > len(names):
            raise TypeError("%s takes %s positional argument%s but %d were given"
                            % (label, len(names) + 1, "" if not names else "s", len(args) + 1))
        values = dict(zip(names, args))
        for name in kwargs:
            if name not in allowed:
                raise TypeError("%s got an unexpected keyword argument %r" % (label, name))
            if name in values:
                raise TypeError("%s got multiple values for argument %r" % (label, name))
        values.update(kwargs)
        missing = [f for f in positional if f.name not in values and f.default is MISSING
                   and f.default_factory is MISSING]
        _complain(label, missing, "positional")
        missing = [f for f in keyword if f.name not in values and f.default is MISSING
                   and f.default_factory is MISSING]
        _complain(label, missing, "keyword-only")
        init_only = []
        for f in fields:
            if f.init and f.name in values:
                value = values[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
                if not f.init and f._kind != "init":
                    continue
            else:
                continue
            if f._kind == "init":
                init_only.append(value)
            elif frozen:
                assign(self, f.name, value)
            else:
                setattr(self, f.name, value)
        if has_post_init:
            self.__post_init__(*init_only)

    __init__.__qualname__ = cls.__qualname__ + ".__init__"
    return __init__


def _complain(label, missing, kind):
    if not missing:
        return
    names = [repr(f.name) for f in missing]
    if len(names) == 1:
        text = names[0]
    elif len(names) == 2:
        text = " and ".join(names)
    else:
        text = ", ".join(names[:-1]) + ", and " + names[-1]
    raise TypeError("%s missing %d required %s argument%s: %s"
                    % (label, len(names), kind, "" if len(names) == 1 else "s", text))


_running = set()


def _make_repr(names):
    def __repr__(self):
        if id(self) in _running:
            return "..."
        _running.add(id(self))
        try:
            return "%s(%s)" % (self.__class__.__qualname__,
                               ", ".join("%s=%r" % (name, getattr(self, name))
                                         for name in names))
        finally:
            _running.discard(id(self))

    return __repr__


def _make_order(names, operator):
    def method(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        a = tuple([getattr(self, name) for name in names])
        b = tuple([getattr(other, name) for name in names])
        if operator == "<":
            return a < b
        if operator == "<=":
            return a <= b
        if operator == ">":
            return a > b
        if operator == ">=":
            return a >= b
        return a == b

    return method


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
             weakref_slot):
    collected = {}
    any_frozen = False
    has_bases = False
    for base in reversed(cls.__mro__[1:]):
        base_fields = base.__dict__.get("__dataclass_fields__")
        if base_fields is None:
            continue
        has_bases = True
        collected.update(base_fields)
        if base.__dict__["__dataclass_params__"].frozen:
            any_frozen = True
        elif frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    if has_bases and any_frozen and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    for f in _own_fields(cls, kw_only):
        collected[f.name] = f
    cls.__dataclass_fields__ = collected
    cls.__dataclass_params__ = _Params(init, repr, eq, order, unsafe_hash, frozen, match_args,
                                       kw_only, slots)
    all_fields = [f for f in collected.values() if f._kind != "class"]
    real = [f for f in all_fields if f._kind == "field"]
    own = cls.__dict__
    if init:
        cls.__init__ = _make_init(cls, all_fields, frozen, hasattr(cls, "__post_init__"))
    if repr and "__repr__" not in own:
        cls.__repr__ = _make_repr([f.name for f in real if f.repr])
    compared = [f.name for f in real if f.compare]
    defines_eq = "__eq__" in own
    defines_hash = "__hash__" in own and not (own["__hash__"] is None and defines_eq)
    if eq and not defines_eq:
        cls.__eq__ = _make_order(compared, "==")
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"),
                               ("__ge__", ">=")):
            if name in own:
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using "
                                "functools.total_ordering" % (name, cls.__name__))
            setattr(cls, name, _make_order(compared, operator))
    if frozen:
        names = {f.name for f in real}

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError("cannot assign to field %r" % name)
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError("cannot delete field %r" % name)
            super(cls, self).__delattr__(name)

        cls.__setattr__ = __setattr__
        cls.__delattr__ = __delattr__
    if unsafe_hash or (eq and frozen and not defines_hash):
        hashed = [f.name for f in real if (f.compare if f.hash is None else f.hash)]

        def __hash__(self):
            return hash(tuple([getattr(self, name) for name in hashed]))

        cls.__hash__ = __hash__
    elif eq and not frozen and not defines_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple([f.name for f in all_fields if f.init and not f.kw_only])

    def __replace__(self, /, **changes):
        return _replaced(self, changes)

    cls.__replace__ = __replace__
    return cls


class _Params:
    def __init__(self, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen
        self.match_args = match_args
        self.kw_only = kw_only
        self.slots = slots


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only,
                        slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    for f in found.values():
        owner = class_or_instance if isinstance(class_or_instance, type) else type(
            class_or_instance)
        _resolve_type(owner, f)
    return tuple([f for f in found.values() if f._kind == "field"])


def _resolve_type(owner, f):
    if isinstance(f.type, str):
        for cls in owner.__mro__:
            if any(row[0] == f.name for row in _support.annotations(cls)):
                f.type = _support.annotation(cls, f.name, False)
                return


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, "__dataclass_fields__")


def _is_instance(obj):
    return not isinstance(obj, type) and hasattr(type(obj), "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _as_dict(obj, dict_factory)


def _as_dict(obj, factory):
    if _is_instance(obj):
        return factory([(f.name, _as_dict(getattr(obj, f.name), factory))
                        for f in obj.__dataclass_fields__.values() if f._kind == "field"])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_as_dict(item, factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_as_dict(item, factory) for item in obj])
    if isinstance(obj, dict):
        pairs = [(_as_dict(k, factory), _as_dict(v, factory)) for k, v in obj.items()]
        if hasattr(type(obj), "default_factory") or hasattr(obj, "default_factory"):
            return type(obj)(obj.default_factory, pairs)
        return type(obj)(pairs)
    from copy import deepcopy

    return deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _as_tuple(obj, tuple_factory)


def _as_tuple(obj, factory):
    if _is_instance(obj):
        return factory([_as_tuple(getattr(obj, f.name), factory)
                        for f in obj.__dataclass_fields__.values() if f._kind == "field"])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_as_tuple(item, factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_as_tuple(item, factory) for item in obj])
    if isinstance(obj, dict):
        return type(obj)([(_as_tuple(k, factory), _as_tuple(v, factory))
                          for k, v in obj.items()])
    from copy import deepcopy

    return deepcopy(obj)


def _replaced(obj, changes):
    for f in obj.__dataclass_fields__.values():
        if f._kind == "class":
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError("field %s is declared with init=False, it cannot be specified "
                                "with replace()" % f.name)
            continue
        if f.name not in changes:
            if f._kind == "init" and f.default is MISSING:
                raise TypeError("InitVar %r must be specified with replace()" % f.name)
            if f._kind != "init":
                changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replaced(obj, changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    collected = {}
    for item in fields:
        if isinstance(item, str):
            name, default = item, MISSING
        elif len(item) == 2:
            name, default = item[0], MISSING
        else:
            name, default = item[0], item[2]
        one = default if isinstance(default, Field) else field(default=default)
        one.name = name
        one.kw_only = False if one.kw_only is MISSING else one.kw_only
        collected[name] = one
        if one.default is not MISSING:
            body[name] = one.default
    base = type(cls_name + "Fields", bases, {"__dataclass_fields__": collected,
                                             "__dataclass_params__": _Params(
                                                 True, True, True, False, False,
                                                 options.get("frozen", False), True, False,
                                                 False)})
    return dataclass(type(cls_name, (base,), body), **options)
