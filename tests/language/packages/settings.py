# Settings as projects write them: dotenv, pydantic with pydantic_settings, decouple, environs and
# starlette.config do what the packages do.
import io
import os
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, List, Literal, Optional, Union

import decouple
from dotenv import dotenv_values, load_dotenv
from environs import Env
from pydantic import (
    AliasChoices, AnyUrl, BaseModel, BeforeValidator, ConfigDict, Field, PostgresDsn, SecretStr, ValidationError,
    computed_field, field_validator, model_validator)
from pydantic_core import MultiHostUrl
from pydantic_settings import BaseSettings, SettingsConfigDict
from starlette.config import Config as StarletteConfig
from starlette.datastructures import CommaSeparatedStrings, Secret


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


# ---- .env files

text = """
# a comment
PLAIN=one two   # and a comment
export EXPORTED = yes
SINGLE='a b # ${PLAIN} \\n'
DOUBLE="x\\ty \\"quoted\\""
EMPTY=
BARE
HASH=a#b
REF=${PLAIN}/${NOT_THERE:-none}/${NOT_THERE}
MULTI="first
second"
URL=postgresql://u:p@h/db?x=1
"""
values = dotenv_values(stream=io.StringIO(text))
assert values["PLAIN"] == "one two" and values["EXPORTED"] == "yes" and values["EMPTY"] == ""
assert values["SINGLE"] == "a b # one two \\n", values["SINGLE"]
assert values["DOUBLE"] == 'x\ty "quoted"' and values["BARE"] is None and values["HASH"] == "a#b"
assert values["REF"] == "one two/none/" and values["MULTI"] == "first\nsecond"
assert values["URL"] == "postgresql://u:p@h/db?x=1"
assert list(values)[:3] == ["PLAIN", "EXPORTED", "SINGLE"]
os.environ["RETORT_A"] = "outer"
assert load_dotenv(stream=io.StringIO("RETORT_A=inner\nRETORT_B=b"))
assert os.environ["RETORT_A"] == "outer" and os.environ["RETORT_B"] == "b"
load_dotenv(stream=io.StringIO("RETORT_A=inner"), override=True)
assert os.environ["RETORT_A"] == "inner"

# ---- models


class Color(str, Enum):
    RED = "red"


class Point(BaseModel):
    x: int
    y: float = 0
    color: Color = Color.RED
    tags: List[str] = Field(default_factory=list)
    mode: Literal["a", "b"] = "a"
    other: Union[int, None] = None


point = Point(x="3", tags=["t"], other="4")
assert point.x == 3 and point.y == 0 and point.color is Color.RED and point.other == 4
assert point.model_dump()["tags"] == ["t"] and Point(x=1).tags == []
fails(ValidationError, "2 validation errors for Point", Point, y="no")
fails(ValidationError, "Field required", Point)
fails(ValidationError, "valid integer", Point, x="x")
fails(ValidationError, "mode", Point, x=1, mode="c")
assert Point.model_validate({"x": 5}).x == 5 and Point(x=1) == Point(x=1)


class Checked(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    name: str = Field(alias="Name")
    both: int = 0

    @field_validator("name", mode="before")
    @classmethod
    def strip(cls, value: Any) -> Any:
        return value.strip()

    @field_validator("both")
    @classmethod
    def positive(cls, value: int, info) -> int:
        assert value >= 0, "not negative"
        assert info.data["name"]
        return value * 2

    @model_validator(mode="after")
    def complete(self):
        self.both += 1
        return self


assert Checked(Name=" n ", both=2).both == 5 and Checked(name="m").name == "m"
fails(ValidationError, "not negative", Checked, Name="n", both=-1)

# ---- settings


def split(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith("["):
        return [part.strip() for part in value.split(",")]
    return value


class Database(BaseModel):
    host: str
    port: int = 5432


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__", extra="ignore")

    debug: bool = False
    port: int = 8000
    user: str
    password: SecretStr
    server: str = Field(default="localhost", validation_alias=AliasChoices("SERVER_NAME", "HOSTNAME_OF_IT"))
    origins: Annotated[Union[List[AnyUrl], str], BeforeValidator(split)] = []
    numbers: List[int] = [1]
    database: Optional[Database] = None

    @computed_field
    @property
    def url(self) -> PostgresDsn:
        return MultiHostUrl.build(
            scheme="postgresql+psycopg", username=self.user, password=self.password.get_secret_value(),
            host=self.server, port=self.port, path="db")


os.environ.update({"APP_USER": "bob", "app_password": "p@ss", "SERVER_NAME": "db", "APP_DEBUG": "on",
                   "APP_ORIGINS": "http://a,http://b", "APP_NUMBERS": "[2, 3]", "APP_DATABASE__HOST": "h",
                   "APP_DATABASE__PORT": "7"})
settings = Settings(port=5432)
assert settings.debug is True and settings.port == 5432 and settings.numbers == [2, 3]
assert str(settings.password) == "**********" and settings.password.get_secret_value() == "p@ss"
assert str(settings.url) == "postgresql+psycopg://bob:p%40ss@db:5432/db", str(settings.url)
assert len(settings.origins) == 2
assert settings.database.host == "h" and settings.database.port == 7
del os.environ["APP_USER"]
fails(ValidationError, "user", Settings)


@lru_cache
def get_settings():
    return Settings(user="u")


assert get_settings() is get_settings()
dsn = PostgresDsn("postgresql://u:p@h:1/d")
assert str(dsn) == "postgresql://u:p@h:1/d" and dsn.path == "/d"
assert dsn.hosts()[0]["host"] == "h" and dsn.hosts()[0]["port"] == 1

# ---- decouple, environs, starlette

os.environ.update({"D_LIST": "a, b", "D_BOOL": "off", "D_INT": "4"})
assert decouple.config("D_LIST", cast=decouple.Csv()) == ["a", "b"]
assert decouple.config("D_BOOL", cast=bool) is False and decouple.config("D_INT", cast=int) == 4
assert decouple.config("D_NONE", default="x") == "x"
fails(decouple.UndefinedValueError, "D_NONE not found", decouple.config, "D_NONE")

env = Env()
assert env.list("D_LIST") == ["a", " b"] and env.bool("D_BOOL") is False and env.int("D_INT") == 4
assert env("D_INT") == "4" and env.str("D_NONE", "y") == "y"
with env.prefixed("D_"):
    assert env.int("INT") == 4
fails(ValueError, 'nvironment variable "D_NONE" not set', env.str, "D_NONE")

config = StarletteConfig()
assert config("D_INT", cast=int) == 4 and config("D_NONE", default=None) is None
assert list(config("D_LIST", cast=CommaSeparatedStrings)) == ["a", "b"]
assert str(config("D_INT", cast=Secret)) == "4"
fails(KeyError, "D_NONE", config, "D_NONE")
