"""pydantic's decorators and annotations that check values."""
import _support
from _pydantic_fields import PydanticUndefined


class Marked:
    """A function of a class body with what its decorator says."""

    def __init__(self, function, kind, names=(), mode="after", old=False):
        self.function = function
        self.kind = kind
        self.names = names
        self.mode = mode
        self.old = old

    def __get__(self, instance, owner=None):
        function = self.function
        if hasattr(function, "__get__"):
            return function.__get__(instance, owner)
        return function


def plain(function):
    return getattr(function, "__func__", function)


def validator(*fields, pre=False, each_item=False, always=False, check_fields=None,
              allow_reuse=False):
    def decorate(function):
        mark = Marked(function, "field", fields, "before" if pre else "after", True)
        mark.always = always
        mark.each_item = each_item
        return mark

    return decorate


def root_validator(*args, pre=False, skip_on_failure=False, allow_reuse=False):
    def decorate(function):
        return Marked(function, "root", mode="before" if pre else "after", old=True)

    return decorate(args[0]) if args else decorate


def field_validator(field, /, *fields, mode="after", check_fields=None, **more):
    def decorate(function):
        return Marked(function, "field", (field, *fields), mode)

    return decorate


def model_validator(*, mode):
    def decorate(function):
        return Marked(function, "root", mode=mode)

    return decorate


def field_serializer(*fields, **more):
    return lambda function: function


def model_serializer(*args, **more):
    return args[0] if args else lambda function: function


def computed_field(function=None, /, **more):
    def decorate(wrapped):
        return wrapped if isinstance(wrapped, property) else property(wrapped)

    return decorate if function is None else decorate(function)


def validate_call(function=None, /, **more):
    return (lambda wrapped: wrapped) if function is None else function


validate_arguments = validate_call


class _AnnotatedValidator:
    mode = "after"

    def __init__(self, func, **more):
        self.func = func


class BeforeValidator(_AnnotatedValidator):
    mode = "before"


class AfterValidator(_AnnotatedValidator):
    pass


class PlainValidator(_AnnotatedValidator):
    mode = "plain"


class WrapValidator(_AnnotatedValidator):
    mode = "wrap"


class _Marker:
    def __init__(self, *args, **more):
        pass


class PlainSerializer(_Marker):
    pass


class WrapSerializer(_Marker):
    pass


class StringConstraints(_Marker):
    pass


class WithJsonSchema(_Marker):
    pass


class SkipValidation(_Marker):
    pass


class ValidationInfo:
    def __init__(self, data, field_name):
        self.data = data
        self.field_name = field_name
        self.context = None
        self.config = None
        self.mode = "python"


FieldValidationInfo = ValidationInfo


class _OldField:
    """What a validator of pydantic 1 is told of its field."""

    def __init__(self, name, info):
        self.name = name
        self.alias = info.alias or name
        self.default = None if info.default is PydanticUndefined else info.default
        self.required = info.is_required()
        self.type_ = self.outer_type_ = self.annotation = info.annotation


def _parameters(function):
    """(names that can be given by position, names after them, whether **kwargs is there)"""
    positional, named, rest = [], [], False
    for name, kind in _support.parameters(function):
        if kind == "**":
            rest = True
        elif kind == "keyword":
            named.append(name)
        elif kind != "*":
            positional.append(name)
    return positional, named, rest


def call_validator(cls, mark, value, data, name, info):
    function = plain(mark.function)
    positional, named, rest = _parameters(function)
    if isinstance(mark.function, staticmethod) or positional[:1] == ["value"] or (
            positional and positional[0] in ("v", "val")):
        given = [value]
    else:
        given = [cls, value]
    if mark.mode == "wrap":
        from _pydantic_convert import convert

        given.append(lambda inner: convert(info.annotation, inner))
    if not mark.old:
        if len(positional) > len(given):
            given.append(ValidationInfo(data, name))
        return function(*given)
    known = {"values": data, "field": _OldField(name, info), "config": cls.Config}
    more = {key: known[key] for key in positional[len(given):] + named if key in known}
    if rest:
        more = known
    return function(*given, **more)
