"""pydantic-settings, which pydantic 1 has itself: models filled from variables and .env files."""
import json as _json
import os
import typing

import _support
from _pydantic_convert import alternatives, is_union
from _pydantic_fields import ConfigDict, PydanticUndefined
from _pydantic_model import BaseModel, aliases, config_of, fields_of


class NoDecode:
    pass


class ForceDecode:
    pass


class SettingsConfigDict(ConfigDict):
    pass


def _is_complex(annotation):
    if annotation is None or _support.is_unknown(annotation):
        return False
    if is_union(annotation):
        return any(_is_complex(choice) for choice in alternatives(annotation))
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        parts = typing.get_args(annotation)
        if any(part is NoDecode or isinstance(part, NoDecode) for part in parts[1:]
               if not _support.is_unknown(part)):
            return False
        return _is_complex(parts[0])
    if origin is not None:
        return origin in (list, set, frozenset, tuple, dict)
    if isinstance(annotation, type):
        return annotation in (list, set, frozenset, tuple, dict) or issubclass(
            annotation, BaseModel)
    return False


def _allows_text(annotation):
    """Whether text that is no JSON is kept for the validators: one of several types."""
    if annotation is None or _support.is_unknown(annotation):
        return True
    if typing.get_origin(annotation) is typing.Annotated:
        return _allows_text(typing.get_args(annotation)[0])
    return is_union(annotation)


class _Source:
    """Variables of one place, looked up as the settings class wants them."""

    def __init__(self, values, case_sensitive):
        self._exact = case_sensitive
        self._values = dict(values) if case_sensitive else {
            name.lower(): value for name, value in values.items()}

    def find(self, name):
        return self._values.get(name if self._exact else name.lower())

    def below(self, prefix):
        prefix = prefix if self._exact else prefix.lower()
        return {name[len(prefix):]: value for name, value in self._values.items()
                if name.startswith(prefix) and len(name) > len(prefix)}


def _env_names(cls, config, name, info):
    """The variables of a field, the first that is set counts."""
    if info.env is not None:
        return [info.env] if isinstance(info.env, str) else list(info.env)
    old = (config.get("fields") or {}).get(name)
    if isinstance(old, dict) and "env" in old:
        return [old["env"]] if isinstance(old["env"], str) else list(old["env"])
    names = aliases(info)
    if names and not config.get("populate_by_name"):
        return names
    return [*names, (config.get("env_prefix") or "") + name]


def _model_in(annotation):
    if annotation is None or _support.is_unknown(annotation):
        return None
    if is_union(annotation):
        for choice in alternatives(annotation):
            found = _model_in(choice)
            if found:
                return found
        return None
    if typing.get_origin(annotation) is typing.Annotated:
        return _model_in(typing.get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None


def _nested(model, source, prefix, delimiter):
    """The variables below a prefix as a dict for a nested model."""
    result = {}
    for name, info in fields_of(model).items():
        for key in [*aliases(info), name]:
            value = source.find(prefix + key)
            if value is not None:
                if _is_complex(info.annotation):
                    value = _decode(name, value)
                result[name] = value
        inner = _model_in(info.annotation)
        if inner:
            below = _nested(inner, source, prefix + name + delimiter, delimiter)
            if below:
                result[name] = {**(result.get(name) or {}), **below}
    return result


def _decode(name, value, annotation=None):
    if not isinstance(value, str):
        return value
    try:
        return _json.loads(value)
    except ValueError:
        if _allows_text(annotation):
            return value
        raise SettingsError('error parsing value for field "%s" from the environment: it must be '
                            "JSON" % name)


class SettingsError(ValueError):
    pass


def _read_env_files(files, encoding):
    import dotenv

    values = {}
    if files is None:
        return values
    for file in [files] if isinstance(files, str) or hasattr(files, "__fspath__") else files:
        path = os.path.expanduser(os.fspath(file))
        if os.path.isfile(path):
            found = dotenv.dotenv_values(path, encoding=encoding or "utf-8")
            values.update((key, value) for key, value in found.items() if value is not None)
    return values


class BaseSettings(BaseModel):
    def __init__(self, _env_file=PydanticUndefined, _env_file_encoding=None, _env_prefix=None,
                 _case_sensitive=None, _env_nested_delimiter=None, _secrets_dir=None, **data):
        cls = type(self)
        config = config_of(cls)
        if _env_prefix is not None:
            config["env_prefix"] = _env_prefix
        files = config.get("env_file") if _env_file is PydanticUndefined else _env_file
        exact = config.get("case_sensitive") if _case_sensitive is None else _case_sensitive
        delimiter = _env_nested_delimiter or config.get("env_nested_delimiter")
        sources = [
            _Source(dict(os.environ.items()), exact),
            _Source(_read_env_files(files, _env_file_encoding or config.get("env_file_encoding")),
                    exact)]
        for name, info in fields_of(cls).items():
            if self._given(name, info, data)[0]:
                continue
            found = self._from_environment(cls, config, name, info, sources, delimiter)
            if found is not PydanticUndefined:
                data[(aliases(info) or [name])[0]] = found
        self._retort_fill(data)

    @staticmethod
    def _from_environment(cls, config, name, info, sources, delimiter):
        found = PydanticUndefined
        for source in sources:
            for key in _env_names(cls, config, name, info):
                value = source.find(key)
                if value is None or (value == "" and config.get("env_ignore_empty")):
                    continue
                found = _decode(name, value, info.annotation) if _is_complex(info.annotation) else value
                break
            if found is not PydanticUndefined:
                break
        model = _model_in(info.annotation)
        if model and delimiter:
            below = {}
            for source in reversed(sources):
                for key in _env_names(cls, config, name, info):
                    below.update(_nested(model, source, key + delimiter, delimiter))
            if below:
                found = {**(found if isinstance(found, dict) else {}), **below}
        return found

    def _old_style(self):
        return True


# Settings validate their defaults.
BaseSettings.model_config = {"validate_default": True}


class PydanticBaseSettingsSource:
    pass


EnvSettingsSource = DotEnvSettingsSource = InitSettingsSource = PydanticBaseSettingsSource
SecretsSettingsSource = YamlConfigSettingsSource = PydanticBaseSettingsSource
TomlConfigSettingsSource = JsonConfigSettingsSource = PydanticBaseSettingsSource
PyprojectTomlConfigSettingsSource = PydanticBaseSettingsSource
