"""Column types of SQLAlchemy-Utils: what they are in the database."""
import datetime

from sqlalchemy import Column, BINARY, CHAR, DateTime, JSON, LargeBinary, String, Unicode, UnicodeText, VARBINARY
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, UserDefinedType


class _Fixed(TypeDecorator):
    """A type whose arguments don't shape the column."""
    cache_ok = True

    def __init__(self, *args, **kwargs):
        super().__init__()

    def load_dialect_impl(self, dialect):
        impl = self.impl
        return impl() if isinstance(impl, type) else impl


class ArrowType(_Fixed):
    impl = DateTime

    def __init__(self, timezone=False, **kwargs):
        super().__init__()
        self.impl = DateTime(timezone=timezone)


EnrichedDateTimeType = ArrowType


class UUIDType(TypeDecorator):
    impl = BINARY
    cache_ok = True

    def __init__(self, binary=True, native=True):
        super().__init__(16)
        self.binary = binary
        self.native = native

    def load_dialect_impl(self, dialect):
        if self.native and dialect.name == "postgresql":
            return postgresql.UUID()
        return BINARY(16) if self.binary else CHAR(32)


class JSONType(TypeDecorator):
    impl = UnicodeText
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return JSON() if dialect.name == "postgresql" else UnicodeText()


class EmailType(TypeDecorator):
    impl = Unicode
    cache_ok = True

    def __init__(self, length=255, *args, **kwargs):
        super().__init__(length)


class ChoiceType(_Fixed):
    impl = Unicode

    def __init__(self, choices=(), impl=None):
        super().__init__()
        self.impl = impl if impl is not None else Unicode(255)


class PasswordType(_Fixed):
    impl = VARBINARY(1024)

    def __init__(self, max_length=None, **kwargs):
        super().__init__()
        self.length = max_length or 1024
        self.impl = VARBINARY(self.length)

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return postgresql.BYTEA(self.length)
        if dialect.name == "sqlite":
            return sqlite.BLOB(self.length)
        return self.impl


class EncryptedType(_Fixed):
    impl = LargeBinary


class StringEncryptedType(TypeDecorator):
    impl = String
    cache_ok = True

    def __init__(self, type_in=None, key=None, engine=None, padding=None, **kwargs):
        super().__init__(**kwargs)


class TSVectorType(_Fixed):
    impl = postgresql.TSVECTOR


class URLType(_Fixed):
    impl = UnicodeText


class ScalarListType(_Fixed):
    impl = UnicodeText


class IPAddressType(_Fixed):
    impl = Unicode(50)


class TimezoneType(_Fixed):
    impl = Unicode(50)


class ColorType(_Fixed):
    impl = Unicode(20)


class PhoneNumberType(_Fixed):
    impl = Unicode(20)


class LocaleType(_Fixed):
    impl = Unicode(10)


class CountryType(_Fixed):
    impl = String(2)


class CurrencyType(_Fixed):
    impl = String(3)


class LtreeType(UserDefinedType):
    def get_col_spec(self, **kw):
        return "LTREE"


class AesEngine:
    pass


class AesGcmEngine:
    pass


class FernetEngine:
    pass


class Timestamp:
    """The mixin of two columns."""
    created = Column(DateTime, default=datetime.datetime.utcnow, nullable=False)
    updated = Column(DateTime, default=datetime.datetime.utcnow, nullable=False)


def generic_repr(*fields):
    return fields[0] if fields and isinstance(fields[0], type) else lambda cls: cls


def force_auto_coercion(mapper=None):
    pass


force_instant_defaults = force_auto_coercion


def observes(*paths, **kwargs):
    return lambda fn: fn
