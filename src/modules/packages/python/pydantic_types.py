"""pydantic's URLs, secrets and other types of fields."""
import json as _json
import typing
from urllib.parse import quote

from _pydantic_convert import Invalid


class AnyUrl(str):
    """A URL: a str, as in pydantic 1, with what pydantic 2's objects have."""

    _schemes = ()

    @classmethod
    def _retort_validate(cls, value):
        text = str(value)
        scheme = text.partition("://")[0] if "://" in text else ""
        if not scheme:
            raise Invalid("Input should be a valid URL, relative URL without a base")
        if cls._schemes and scheme not in cls._schemes:
            raise Invalid("URL scheme should be " + ", ".join(
                repr(one) for one in cls._schemes))
        return cls(text)

    @classmethod
    def build(cls, *, scheme, user=None, username=None, password=None, host=None, tld=None,
              port=None, path=None, query=None, fragment=None, hosts=None, **more):
        old = user is not None
        escape = str if old else (lambda text: quote(str(text), safe="!$&'()*+,;=-._~%"))
        text = scheme + "://"
        name = user if old else username
        if name or password:
            text += escape(name or "")
            if password:
                text += ":" + escape(password)
            text += "@"
        if hosts:
            text += ",".join(str(one["host"]) + (":%s" % one["port"] if one.get("port") else "")
                             for one in hosts)
        else:
            text += str(host or "")
            if port:
                text += ":%s" % port
        if path:
            text += path if old and path.startswith("/") else "/" + str(path).lstrip("/")
        if query:
            text += "?" + str(query)
        if fragment:
            text += "#" + str(fragment)
        return cls(text)

    def unicode_string(self):
        return str(self)

    def encoded_string(self):
        return str(self)

    @property
    def scheme(self):
        return self.partition("://")[0]

    def _authority(self):
        rest = self.partition("://")[2]
        end = min((at for at in (rest.find(c) for c in "/?#") if at >= 0), default=len(rest))
        return rest[:end], rest[end:]

    @property
    def username(self):
        who = self._authority()[0].rpartition("@")[0]
        return who.partition(":")[0] or None

    user = username

    @property
    def password(self):
        who = self._authority()[0].rpartition("@")[0]
        return who.partition(":")[2] or None

    @property
    def host(self):
        place = self._authority()[0].rpartition("@")[2]
        return (place.rpartition(":")[0] if ":" in place else place) or None

    @property
    def port(self):
        place = self._authority()[0].rpartition("@")[2]
        digits = place.rpartition(":")[2] if ":" in place else ""
        return int(digits) if digits.isdigit() else None

    @property
    def path(self):
        rest = self._authority()[1]
        return rest.partition("?")[0].partition("#")[0] or None

    @property
    def query(self):
        return self.partition("?")[2].partition("#")[0] or None

    def hosts(self):
        return [{"username": self.username, "password": self.password, "host": self.host,
                 "port": self.port}]


Url = MultiHostUrl = AnyUrl


class AnyHttpUrl(AnyUrl):
    _schemes = ("http", "https")


class HttpUrl(AnyHttpUrl):
    pass


class PostgresDsn(AnyUrl):
    _schemes = ("postgres", "postgresql", "postgresql+asyncpg", "postgresql+pg8000",
                "postgresql+psycopg", "postgresql+psycopg2", "postgresql+psycopg2cffi",
                "postgresql+py-postgresql", "postgresql+pygresql")


class MySQLDsn(AnyUrl):
    pass


class MariaDBDsn(AnyUrl):
    pass


class RedisDsn(AnyUrl):
    pass


class AmqpDsn(AnyUrl):
    pass


class KafkaDsn(AnyUrl):
    pass


class MongoDsn(AnyUrl):
    pass


class NatsDsn(AnyUrl):
    pass


class ClickHouseDsn(AnyUrl):
    pass


class FileUrl(AnyUrl):
    pass


class WebsocketUrl(AnyUrl):
    pass


class CockroachDsn(AnyUrl):
    pass


class SecretStr:
    def __init__(self, value):
        self._secret_value = value

    @classmethod
    def _retort_validate(cls, value):
        return cls(str(value))

    def get_secret_value(self):
        return self._secret_value

    def __str__(self):
        return "**********" if self._secret_value else ""

    def __repr__(self):
        return "SecretStr('%s')" % self

    def __len__(self):
        return len(self._secret_value)

    def __eq__(self, other):
        return isinstance(other, SecretStr) and self._secret_value == other._secret_value

    def __hash__(self):
        return hash(self._secret_value)


class SecretBytes(SecretStr):
    pass


class Secret(SecretStr):
    pass


class _StrictMeta(type):
    def __getitem__(cls, item):
        return item


class EmailStr(str):
    pass


class NameEmail(str):
    pass


class Json(metaclass=_StrictMeta):
    @classmethod
    def _retort_validate(cls, value):
        return _json.loads(value) if isinstance(value, str) else value


class ImportString(metaclass=_StrictMeta):
    pass


StrictStr = constr_base = str
StrictInt = PositiveInt = NonNegativeInt = NegativeInt = NonPositiveInt = int
StrictFloat = PositiveFloat = NonNegativeFloat = FiniteFloat = float
StrictBool = bool
StrictBytes = bytes
DirectoryPath = FilePath = NewPath = typing.Any
IPvAnyAddress = IPvAnyNetwork = IPvAnyInterface = typing.Any
UUID1 = UUID3 = UUID4 = UUID5 = typing.Any
PastDate = FutureDate = AwareDatetime = NaiveDatetime = typing.Any
Base64Str = Base64Bytes = ByteSize = InstanceOf = typing.Any


def constr(**more):
    return str


def conint(**more):
    return int


def confloat(**more):
    return float


def condecimal(**more):
    from decimal import Decimal

    return Decimal


def conlist(item_type, **more):
    return list


def conbytes(**more):
    return bytes


class Extra:
    allow = "allow"
    ignore = "ignore"
    forbid = "forbid"


GetCoreSchemaHandler = GetJsonSchemaHandler = SerializationInfo = typing.Any
ValidatorFunctionWrapHandler = FieldSerializationInfo = typing.Any
