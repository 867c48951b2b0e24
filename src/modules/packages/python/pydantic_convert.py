"""pydantic's conversion of values to the types of their fields."""
import typing
from enum import Enum

import _support
from _pydantic_validators import AfterValidator, BeforeValidator, PlainValidator


class ValidationError(ValueError):
    __module__ = "pydantic"

    def __init__(self, title, problems):
        self.title = title
        self._problems = problems
        lines = ["%d validation error%s for %s"
                 % (len(problems), "" if len(problems) == 1 else "s", title)]
        for name, message in problems:
            lines.append(name)
            lines.append("  " + message)
        super().__init__("\n".join(lines))

    def errors(self, **more):
        return [{"loc": (name,), "msg": message, "type": "value_error"}
                for name, message in self._problems]

    def error_count(self):
        return len(self._problems)


class PydanticUserError(TypeError):
    pass


class Invalid(Exception):
    pass


def _decimal(value):
    from decimal import Decimal

    return Decimal(str(value))


_TRUE = {"1", "on", "t", "true", "y", "yes"}
_FALSE = {"0", "off", "f", "false", "n", "no"}


def _to_bool(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    text = value.lower() if isinstance(value, str) else value
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise Invalid("Input should be a valid boolean, unable to interpret input")


def _to_int(value):
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    try:
        if isinstance(value, float) and value == int(value):
            return int(value)
        if isinstance(value, str):
            return int(value.strip())
    except ValueError:
        pass
    raise Invalid("Input should be a valid integer, unable to parse string as an integer")


def _to_float(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        raise Invalid("Input should be a valid number, unable to parse string as a number")


def _to_str(value):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)  # pydantic 1; what settings read is text anyway
    raise Invalid("Input should be a valid string")


def _to_timedelta(value):
    from datetime import timedelta

    return value if isinstance(value, timedelta) else timedelta(seconds=float(value))


def alternatives(annotation):
    return annotation.__args__


def is_union(annotation):
    return (typing.get_origin(annotation) is typing.Union
            or type(annotation).__name__ == "UnionType")


def convert(annotation, value):
    """The value as the annotation wants it; Invalid when it can't be."""
    if annotation is None or _support.is_unknown(annotation) or annotation is typing.Any:
        return value
    if is_union(annotation):
        return _convert_union(alternatives(annotation), value)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _convert_annotated(typing.get_args(annotation), value)
    if origin is typing.Literal:
        if value in typing.get_args(annotation):
            return value
        raise Invalid("Input should be " + " or ".join(
            repr(choice) for choice in typing.get_args(annotation)))
    if origin is not None:
        return _convert_container(origin, typing.get_args(annotation), value)
    if not isinstance(annotation, type):
        return value
    return _convert_plain(annotation, value)


def _convert_union(choices, value):
    if value is None:
        if type(None) in choices or None in choices:
            return None
    for choice in choices:
        if isinstance(choice, type) and type(value) is choice:
            return value
    problem = Invalid("Input should be a valid value")
    for choice in choices:
        if choice is type(None) or choice is None:
            continue
        try:
            return convert(choice, value)
        except (Invalid, ValidationError, ValueError, TypeError) as failed:
            problem = failed
    raise problem if isinstance(problem, Invalid) else Invalid(str(problem))


def _convert_annotated(parts, value):
    markers = parts[1:]
    for marker in markers:
        if _support.is_unknown(marker):
            continue
        if isinstance(marker, BeforeValidator):
            value = marker.func(value)
        elif isinstance(marker, PlainValidator):
            return marker.func(value)
    value = convert(parts[0], value)
    for marker in markers:
        if not _support.is_unknown(marker) and isinstance(marker, AfterValidator):
            value = marker.func(value)
    return value


def _convert_container(origin, args, value):
    if origin in (list, set, frozenset, tuple):
        if isinstance(value, (str, bytes, dict)) or not hasattr(value, "__iter__"):
            raise Invalid("Input should be a valid %s" % origin.__name__)
        if origin is tuple and args and args[-1] is not ...:
            return tuple(convert(kind, item) for kind, item in zip(args, value))
        return origin(convert(args[0], item) if args else item for item in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise Invalid("Input should be a valid dictionary")
        return {convert(args[0], key): convert(args[1], item)
                for key, item in value.items()} if args else value
    return value


_PLAIN = {str: _to_str, int: _to_int, float: _to_float, bool: _to_bool}


def _convert_plain(kind, value):
    if kind in _PLAIN:
        return _PLAIN[kind](value)
    if kind.__name__ == "NoneType":
        return value
    if isinstance(value, kind):
        return value
    if hasattr(kind, "_retort_validate"):
        return kind._retort_validate(value)
    if issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            if isinstance(value, str):
                for member in kind:
                    if str(member.value) == value:
                        return member
            raise Invalid("Input should be " + ", ".join(repr(one.value) for one in kind))
    if kind in (list, set, tuple, frozenset, dict):
        return _convert_container(kind, (), value)
    name = kind.__name__
    if name in ("Path", "PurePath", "PosixPath"):
        return kind(value)
    if name == "Decimal":
        return _decimal(value)
    if name == "timedelta":
        return _to_timedelta(value)
    if name in ("UUID",):
        return kind(str(value))
    if name in ("date", "datetime", "time") and isinstance(value, str):
        return kind.fromisoformat(value)
    return value
