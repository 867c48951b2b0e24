"""Enumerations."""
from types import FunctionType, MappingProxyType

__all__ = ["EnumMeta", "EnumType", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum",
           "auto", "unique", "property", "member", "nonmember", "FlagBoundary", "STRICT",
           "CONFORM", "EJECT", "KEEP", "verify", "UNIQUE", "CONTINUOUS", "NAMED_FLAGS",
           "global_enum"]

_property = property
_unset = object()


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class auto:
    """Stands for the value that _generate_next_value_ gives."""

    def __init__(self, value=_unset):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % self.value


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    prefix = "_%s__" % cls_name
    return name.startswith(prefix) and not name.endswith("__")


def _is_descriptor(value):
    if isinstance(value, (FunctionType, _property, classmethod, staticmethod)):
        return True
    cls = type(value)
    return hasattr(cls, "__get__") or hasattr(cls, "__set__") or hasattr(cls, "__delete__")


class EnumDict(dict):
    """The names of the body of an enumeration, in order, members apart."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._auto_called = False

    def _next_value(self, key):
        self._auto_called = True
        return self._generate(key, 1, len(self._member_names), self._last_values[:])

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in ("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_",
                           "_ignore_", "_iter_member_", "_iter_member_by_value_",
                           "_iter_member_by_def_", "_add_alias_", "_add_value_alias_"):
                raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use"
                                 % (key,))
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                names = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = names
        elif _is_dunder(key):
            pass
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_descriptor(value):
            pass
        else:
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            if isinstance(value, auto):
                if value.value is _unset:
                    value.value = self._next_value(key)
                value = value.value
            elif type(value) is tuple and any(isinstance(item, auto) for item in value):
                items = []
                for item in value:
                    if isinstance(item, auto):
                        if item.value is _unset:
                            item.value = self._next_value(key)
                        item = item.value
                    items.append(item)
                value = tuple(items)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def update(self, members, **more):
        pairs = members.items() if hasattr(members, "items") else members
        for key, value in pairs:
            self[key] = value
        for key, value in more.items():
            self[key] = value


def _plain_str(self):
    return str(self._value_)


def _plain_format(self, format_spec):
    return format(self._value_, format_spec)


_plain_str.__name__ = "__str__"
_plain_format.__name__ = "__format__"
Enum = Flag = ReprEnum = None


def _data_type(bases):
    """The type that members are made of, when the enumeration mixes one in."""
    for base in bases:
        for cls in base.__mro__:
            if cls is object:
                continue
            if isinstance(cls, EnumType):
                if cls._member_type_ is not object:
                    return cls._member_type_
                continue
            if "__new__" in cls.__dict__ or "__dataclass_fields__" in cls.__dict__:
                return base if not isinstance(base, EnumType) else cls
    return object


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        names = EnumDict(cls)
        first = metacls._first_enum(cls, bases)
        if first is not None:
            names._generate = first._generate_next_value_
        return names

    @staticmethod
    def _first_enum(name, bases):
        if not bases or Enum is None:
            return None
        for base in bases[:-1]:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError("<enum %r> cannot extend %r" % (name, base))
        first = bases[-1]
        if not isinstance(first, EnumType):
            raise TypeError("new enumerations should be created as "
                            "`EnumName([mixin_type, ...] [data_type,] enum_type)`")
        if first._member_map_:
            raise TypeError("<enum %r> cannot extend %r" % (name, first))
        return first

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if Enum is None:
            made = super().__new__(metacls, cls, bases, dict(classdict), **kwds)
            made._member_map_ = {}
            made._member_names_ = []
            made._value2member_map_ = {}
            made._member_type_ = object
            return made
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError("<enum %r> cannot extend %r" % (cls, base))
        first = bases[-1] if bases else None
        if not isinstance(first, EnumType):
            raise TypeError("new enumerations should be created as "
                            "`EnumName([mixin_type, ...] [data_type,] enum_type)`")
        member_type = _data_type(bases)
        names = classdict._member_names
        ignore = classdict._ignore
        body = {key: value for key, value in classdict.items()
                if key not in names and key not in ignore and key != "_ignore_"}
        members = {name: classdict[name] for name in names}
        made_new = body.pop("__new__", None)
        if "_generate_next_value_" in body and not isinstance(body["_generate_next_value_"],
                                                              staticmethod):
            body["_generate_next_value_"] = staticmethod(body["_generate_next_value_"])
        made = super().__new__(metacls, cls, bases, body, **kwds)
        type.__setattr__(made, "_member_map_", {})
        type.__setattr__(made, "_member_names_", [])
        type.__setattr__(made, "_value2member_map_", {})
        type.__setattr__(made, "_unhashable_", [])
        type.__setattr__(made, "_member_type_", member_type)
        type.__setattr__(made, "_boundary_", boundary or getattr(first, "_boundary_", None))
        if made_new is None:
            for base in made.__mro__[1:]:
                saved = base.__dict__.get("_made_new_")
                if saved is not None:
                    made_new = saved
                    break
        if made_new is not None:
            type.__setattr__(made, "_made_new_", made_new)
        if ReprEnum is not None and ReprEnum in bases:
            metacls._use_plain_text(made, member_type, body)
        metacls._use_enum_text(made, first, member_type, body)
        for name, value in members.items():
            made._add_member(name, value, made_new, member_type)
        if Flag is not None and issubclass(made, Flag):
            made._finish_flag()
        order = body.get("_order_")
        if order is not None:
            wanted = order.replace(",", " ").split() if isinstance(order, str) else list(order)
            if [name for name in wanted if name in made._member_names_] != made._member_names_:
                raise TypeError("member order does not match _order_:\n  %r\n  %r"
                                % (made._member_names_, wanted))
        return made

    @staticmethod
    def _use_plain_text(made, member_type, body):
        if member_type is object:
            raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
        for own in (_plain_str, _plain_format):
            if own.__name__ not in body:
                type.__setattr__(made, own.__name__, own)
                body[own.__name__] = own

    @staticmethod
    def _use_enum_text(made, first, member_type, body):
        """repr(), str() and format() are the enumeration's, not the mixed-in type's."""
        if member_type is object:
            return
        data_types = set(member_type.__mro__)
        for name in ("__repr__", "__str__", "__format__"):
            if name in body:
                continue
            for cls in made.__mro__[1:]:
                if name in cls.__dict__:
                    if cls in data_types:
                        type.__setattr__(made, name, getattr(first, name))
                    break

    def _add_member(cls, name, value, made_new, member_type):
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        if made_new is not None:
            maker = made_new.__func__ if isinstance(made_new, staticmethod) else made_new
            new = maker(cls, *args)
        elif member_type is object:
            new = object.__new__(cls)
        else:
            new = member_type.__new__(cls, *args)
        attributes = new.__dict__
        if "_value_" not in attributes:
            if member_type is object or made_new is not None and member_type is object:
                new._value_ = value
            else:
                try:
                    new._value_ = member_type(*args)
                except Exception as error:
                    raise TypeError("_value_ not set in __new__, unable to create it") from error
        value = new._value_
        new._name_ = name
        new.__objclass__ = cls
        new.__init__(*args)
        value = new._value_
        new._sort_order_ = len(cls._member_names_)
        canonical = None
        for other in cls._member_map_.values():
            if other._value_ == value and type(other._value_) is type(value):
                canonical = other
                break
            if other._value_ == value:
                canonical = other
                break
        if canonical is not None:
            new = canonical
        elif cls._is_canonical(value):
            cls._member_names_.append(name)
        cls._member_map_[name] = new
        type.__setattr__(cls, name, new)
        try:
            cls._value2member_map_.setdefault(value, new)
        except TypeError:
            cls._unhashable_.append(new)

    def _is_canonical(cls, value):
        if Flag is None or not issubclass(cls, Flag):
            return True
        return isinstance(value, int) and value > 0 and value & (value - 1) == 0

    def _finish_flag(cls):
        mask = single = 0
        for one in cls._member_map_.values():
            if isinstance(one._value_, int):
                mask |= one._value_
                if one._value_ > 0 and one._value_ & (one._value_ - 1) == 0:
                    single |= one._value_
        type.__setattr__(cls, "_flag_mask_", mask)
        type.__setattr__(cls, "_singles_mask_", single)

    def __bool__(cls):
        return True

    def __call__(cls, value=_unset, names=_unset, *values, module=None, qualname=None, type=None,
                 start=1, boundary=None):
        if cls._member_map_:
            if names is not _unset:
                value = (value, names) + values
            if value is _unset:
                raise TypeError("EnumType.__call__() missing 1 required positional argument: "
                                "'value'")
            return cls._lookup(value)
        if names is _unset:
            if type is None:
                return cls._lookup(value)
            names = ()
        return cls._create(value, names, module, qualname, type, start, boundary)

    def _create(cls, class_name, names, module, qualname, data_type, start, boundary):
        bases = (cls,) if data_type is None else (data_type, cls)
        body = EnumType.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (list, tuple)) and names and isinstance(names[0], str):
            originals, names = names, []
            last = []
            for count, name in enumerate(originals):
                value = cls._generate_next_value_(name, start, count, last[:])
                last.append(value)
                names.append((name, value))
        if names is None:
            names = ()
        for item in names:
            if isinstance(item, str):
                name, value = item, names[item]
            else:
                name, value = item
            body[name] = value
        if module is not None:
            body["__module__"] = module
        if qualname is not None:
            body["__qualname__"] = qualname
        return EnumType.__new__(EnumType, class_name, bases, body, boundary=boundary)

    def _lookup(cls, value):
        if type(value) is cls:
            return value
        try:
            found = cls._value2member_map_.get(value)
            if found is not None:
                return found
        except TypeError:
            for one in cls._member_map_.values():
                if one._value_ == value:
                    return one
        if not cls._member_map_ and not (Flag is not None and issubclass(cls, Flag)):
            raise TypeError("%r has no members" % cls)
        problem = None
        try:
            result = cls._missing_(value)
        except Exception as error:
            problem = error
            result = None
        if isinstance(result, cls):
            return result
        failure = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if result is None and problem is None:
            raise failure
        if problem is None:
            problem = TypeError("error in %s._missing_: returned %r instead of None or a valid "
                                "member" % (cls.__name__, result))
        if not isinstance(problem, ValueError):
            problem.__context__ = failure
        raise problem

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_
        except TypeError:
            return any(one._value_ == value for one in cls._member_map_.values())

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    @_property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = "flag" if Flag is not None and issubclass(cls, Flag) else "enum"
        return "<%s %r>" % (kind, cls.__name__)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def __dir__(cls):
        return sorted(set(cls._member_names_) | {"__class__", "__doc__", "__members__",
                                                 "__module__"})


EnumMeta = EnumType


class property(_property):
    """enum.property: usable beside a member of the same name."""


class Enum(metaclass=EnumType):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __init__(self, *args, **kwds):
        pass

    @_property
    def name(self):
        return self._name_

    @_property
    def value(self):
        return self._value_

    def __repr__(self):
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def _add_alias_(self, name):
        type(self)._member_map_[name] = self
        type.__setattr__(type(self), name, self)

    def _add_value_alias_(self, value):
        type(self)._value2member_map_.setdefault(value, self)


class ReprEnum(Enum):
    """Only repr() is the enumeration's; str() and format() are those of the mixed-in type."""


class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        value = str(*values)
        new = str.__new__(cls, value)
        new._value_ = value
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self._value_)

    def __format__(self, format_spec):
        return str.__format__(self._value_, format_spec)


class FlagBoundary(StrEnum):
    STRICT = "strict"
    CONFORM = "conform"
    EJECT = "eject"
    KEEP = "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits(value):
    bit = 1
    while bit <= value:
        if value & bit:
            yield bit
        bit <<= 1


class Flag(Enum, boundary=STRICT):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask = cls._flag_mask_
        all_bits = 2 ** mask.bit_length() - 1
        boundary = cls._boundary_
        if value < 0:
            value = value & all_bits if boundary is not KEEP else max(all_bits + 1, 1) + value
            if value < 0:
                value &= all_bits
        unknown = value & ~mask
        if unknown:
            if boundary is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s"
                                 % (cls, value, "0b0 " + format(value, "0%db" % width),
                                    "0b0 " + format(mask, "0%db" % width)))
            if boundary is CONFORM:
                value &= mask
                unknown = 0
            elif boundary is EJECT:
                return value
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        if cls._member_type_ is object:
            new = object.__new__(cls)
        else:
            new = cls._member_type_.__new__(cls, value)
        new._value_ = value
        names = [one._name_ for one in cls._iter_member_(value)]
        if unknown and names:
            names.append(str(unknown) if boundary is KEEP else hex(unknown))
        new._name_ = "|".join(names) if names else None
        cls._value2member_map_[value] = new
        return new

    @classmethod
    def _iter_member_(cls, value):
        for bit in _bits(value & cls._singles_mask_):
            yield cls._value2member_map_[bit]

    def _other(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        if self._name_ is None:
            return "<%s: %r>" % (self.__class__.__name__, self._value_)
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __or__(self, other):
        value = self._other(other)
        return value if value is NotImplemented else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return value if value is NotImplemented else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return value if value is NotImplemented else self.__class__(self._value_ ^ value)

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __hash__(self):
        return hash(self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    __or__ = __ror__ = Flag.__or__
    __and__ = __rand__ = Flag.__and__
    __xor__ = __rxor__ = Flag.__xor__
    __invert__ = Flag.__invert__
    __repr__ = Flag.__repr__

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


def unique(enumeration):
    duplicates = [(name, one.name) for name, one in enumeration.__members__.items()
                  if name != one.name]
    if duplicates:
        details = ", ".join("%s -> %s" % pair for pair in duplicates)
        raise ValueError("duplicate values found in %r: %s" % (enumeration, details))
    return enumeration


UNIQUE, CONTINUOUS, NAMED_FLAGS = "unique", "continuous", "named flags"


class verify:
    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        if UNIQUE in self.checks:
            unique(enumeration)
        return enumeration


def global_enum(cls, update_str=False):
    return cls
