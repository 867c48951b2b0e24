"""pydantic's models: classes whose annotated names are checked fields."""
import json as _json
import typing

import _support
from _pydantic_convert import Invalid, ValidationError, convert, is_union
from _pydantic_fields import Field, FieldInfo, PrivateAttr, PydanticUndefined
from _pydantic_fields import AliasChoices, AliasPath
from _pydantic_validators import Marked, call_validator, plain


def _own_fields(cls):
    """name -> FieldInfo of one class body."""
    fields = {}
    body = cls.__dict__
    for name, text in _support.annotations(cls):
        bare = text.strip("'\" ")
        if bare.startswith(("ClassVar", "typing.ClassVar")) or name == "model_config":
            continue
        if name.startswith("_"):
            continue
        default = body.get(name, PydanticUndefined)
        try:
            annotation = _support.annotation(cls, name, True)
        except Exception:
            annotation = None
        fields[name] = _field(default, annotation)
    for name, value in body.items():
        # Fields of pydantic 1 that have a default and no annotation.
        if name in fields or name.startswith(("_", "model_")) or name == "Config":
            continue
        if isinstance(value, FieldInfo):
            fields[name] = _field(value, None)
        elif isinstance(value, (str, int, float, bool, list, dict)):
            fields[name] = _field(value, type(value))
    return fields


def _field(default, annotation):
    markers = ()
    if not _support.is_unknown(annotation) and typing.get_origin(annotation) is typing.Annotated:
        markers = [one for one in typing.get_args(annotation)[1:] if isinstance(one, FieldInfo)]
    if not _support.is_unknown(default) and isinstance(default, FieldInfo):
        info = default
    elif markers:
        info = FieldInfo(default if default is not PydanticUndefined else markers[0].default,
                         markers[0].default_factory, markers[0].alias,
                         markers[0].validation_alias, markers[0].env)
    else:
        info = FieldInfo(default)
    info.annotation = annotation
    if info.default is PydanticUndefined and info.default_factory is None:
        # Optional[...] without a default is None in pydantic 1.
        pass
    return info


def fields_of(cls):
    found = cls.__dict__.get("__pydantic_own_fields__")
    if found is None:
        found = {}
        for base in reversed(cls.__mro__):
            if base is not cls and isinstance(base, type) and issubclass(base, BaseModel):
                found.update(base.__dict__.get("__pydantic_own_fields__") or
                             (_own_fields(base) if base is not BaseModel else {}))
        if cls is not BaseModel:
            found.update(_own_fields(cls))
        cls.__pydantic_own_fields__ = found
    return found


def _marks_of(cls):
    found = cls.__dict__.get("__pydantic_marks__")
    if found is None:
        by_name = {}
        for base in reversed(cls.__mro__):
            for name, value in base.__dict__.items():
                if not _support.is_unknown(value) and isinstance(value, Marked):
                    by_name[name] = value
        found = list(by_name.values())
        cls.__pydantic_marks__ = found
    return found


def config_of(cls):
    config = {}
    for base in reversed(cls.__mro__):
        own = base.__dict__.get("Config")
        if own is not None and not _support.is_unknown(own):
            for name in dir(own):
                if not name.startswith("__"):
                    config[name] = getattr(own, name)
        own = base.__dict__.get("model_config")
        if own is not None and not _support.is_unknown(own):
            config.update(own)
        config.update(base.__dict__.get("__pydantic_class_config__") or {})
    return config


def aliases(info):
    names = []
    for alias in (info.validation_alias, info.alias):
        if alias is None:
            continue
        for choice in alias.choices if isinstance(alias, AliasChoices) else [alias]:
            names.append(choice.path[0] if isinstance(choice, AliasPath) else choice)
    return names


class _Metaclass(type):
    @property
    def model_fields(cls):
        return fields_of(cls)

    @property
    def __fields__(cls):
        return fields_of(cls)


class BaseModel(metaclass=_Metaclass):
    class Config:
        pass

    def __init_subclass__(cls, **config):
        super().__init_subclass__()
        if config:
            cls.__pydantic_class_config__ = config

    def __init__(self, /, **data):
        self._retort_fill(data)

    def _retort_fill(self, data):
        cls = type(self)
        marks = _marks_of(cls)
        fields = fields_of(cls)
        for mark in marks:
            if mark.kind == "root" and mark.mode == "before":
                data = plain(mark.function)(cls, dict(data)) or data
        values, problems = {}, []
        for name, info in fields.items():
            try:
                values[name] = self._retort_field(name, info, data, values, marks)
            except Invalid as problem:
                problems.append((name, str(problem)))
            except ValidationError as problem:
                problems.extend((name + "." + inner, text) for inner, text in problem._problems)
            except (ValueError, AssertionError) as problem:
                problems.append((name, "Value error, %s" % problem))
        if problems:
            raise ValidationError(cls.__name__, problems)
        known = set(values)
        for info in fields.values():
            known.update(aliases(info))
        if config_of(cls).get("extra") in ("allow",):
            values.update((name, value) for name, value in data.items() if name not in known)
        for mark in marks:
            if mark.kind == "root" and mark.mode == "after" and mark.old:
                values = plain(mark.function)(cls, values) or values
        self.__dict__.update(values)
        self.__pydantic_fields_set__ = {name for name in fields if name in data}
        for base in cls.__mro__:
            for name, value in base.__dict__.items():
                if not _support.is_unknown(value) and isinstance(value, PrivateAttr):
                    if name not in self.__dict__:
                        self.__dict__[name] = (value.default_factory()
                                               if value.default_factory else value.default)
        for mark in marks:
            if mark.kind == "root" and mark.mode == "after" and not mark.old:
                function = plain(mark.function)
                if isinstance(mark.function, classmethod):
                    function(cls, self)
                else:
                    function(self)
        if hasattr(self, "model_post_init"):
            self.model_post_init(None)

    @staticmethod
    def _given(name, info, data):
        for key in [*aliases(info), name]:
            if key in data:
                return True, data[key]
        return False, None

    def _retort_field(self, name, info, data, values, marks):
        cls = type(self)
        own = [mark for mark in marks if mark.kind == "field"
               and (name in mark.names or "*" in mark.names)]
        given, value = self._given(name, info, data)
        if not given:
            if info.is_required():
                optional = is_union(info.annotation) if not _support.is_unknown(
                    info.annotation) else False
                before = [mark for mark in own if getattr(mark, "always", False)]
                if not before and not (optional and self._old_style()):
                    raise Invalid("Field required")
                value = None
            else:
                value = info.get_default()
            checked = config_of(cls).get("validate_default") or any(
                getattr(mark, "always", False) for mark in own)
            if not checked:
                return value
        for mark in own:
            if mark.mode == "before":
                value = call_validator(cls, mark, value, values, name, info)
        for mark in own:
            if mark.mode in ("plain", "wrap"):
                return call_validator(cls, mark, value, values, name, info)
        if given or not (value is None or _support.is_unknown(value)):
            try:
                value = convert(info.annotation, value)
            except (Invalid, ValidationError):
                if given:
                    raise
        for mark in own:
            if mark.mode == "after" and (given or not mark.old or mark.always):
                if getattr(mark, "each_item", False) and isinstance(value, list):
                    value = [call_validator(cls, mark, item, values, name, info)
                             for item in value]
                else:
                    value = call_validator(cls, mark, value, values, name, info)
        return value

    def _old_style(self):
        return "model_config" not in type(self).__dict__ and "Config" in type(self).__dict__

    @classmethod
    def model_validate(cls, obj, **more):
        return obj if isinstance(obj, cls) else cls(**dict(obj))

    parse_obj = model_validate

    @classmethod
    def _retort_validate(cls, value):
        if isinstance(value, dict):
            return cls(**value)
        raise Invalid("Input should be a valid dictionary or instance of " + cls.__name__)

    @classmethod
    def model_validate_json(cls, json_data, **more):
        return cls(**_json.loads(json_data))

    parse_raw = model_validate_json

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        made = cls.__new__(cls)
        for name, info in fields_of(cls).items():
            if not info.is_required():
                made.__dict__[name] = info.get_default()
        made.__dict__.update(values)
        return made

    construct = model_construct

    @property
    def model_fields_set(self):
        return self.__pydantic_fields_set__

    def model_dump(self, *, include=None, exclude=None, exclude_none=False, by_alias=False,
                   exclude_unset=False, **more):
        result = {}
        for name in fields_of(type(self)):
            if (include is not None and name not in include) or (exclude and name in exclude):
                continue
            value = getattr(self, name)
            if exclude_none and value is None:
                continue
            result[name] = value.model_dump() if isinstance(value, BaseModel) else value
        return result

    dict = model_dump

    def model_copy(self, *, update=None, deep=False):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(update or {})
        return made

    copy = model_copy

    def model_dump_json(self, **more):
        return _json.dumps(self.model_dump(), default=str)

    json = model_dump_json

    @classmethod
    def model_rebuild(cls, **more):
        return None

    update_forward_refs = model_rebuild

    @classmethod
    def model_json_schema(cls, **more):
        return {}

    def __eq__(self, other):
        return type(self) is type(other) and self.model_dump() == other.model_dump()

    def __iter__(self):
        return iter(self.model_dump().items())

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(
            "%s=%r" % pair for pair in self.model_dump().items()))


class RootModel(BaseModel):
    pass


class GenericModel(BaseModel):
    pass


def create_model(model_name, /, __base__=None, __validators__=None, **fields):
    made = type(model_name, (__base__ or BaseModel,), {})
    made.__pydantic_own_fields__ = {
        **fields_of(made),
        **{name: _field(value[1], value[0]) if isinstance(value, tuple)
           else _field(value, type(value)) for name, value in fields.items()}}
    return made


class TypeAdapter:
    def __init__(self, type, **more):
        self._type = type

    def validate_python(self, value, **more):
        try:
            return convert(self._type, value)
        except Invalid as problem:
            raise ValidationError("value", [("value", str(problem))])

    def validate_json(self, text, **more):
        return self.validate_python(_json.loads(text))


def parse_obj_as(type_, obj):
    return TypeAdapter(type_).validate_python(obj)
