"""advanced-alchemy: its column types."""
from sqlalchemy import BINARY, CHAR, JSON, BigInteger, Boolean, DateTime, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.types import TypeDecorator

NANOID_INSTALLED = False
UUID_UTILS_INSTALLED = False

Bool = Boolean
BigIntIdentity = BigInteger().with_variant(Integer(), "sqlite")
JsonB = JSON().with_variant(JSONB(), "postgresql")
ORA_JSONB = JsonB


class GUID(TypeDecorator):
    impl = BINARY(16)
    cache_ok = True

    def __init__(self, *args, binary=True, **kwargs):
        self.binary = binary
        super().__init__()

    def __repr__(self):
        return "GUID(length=16)"

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return UUID()
        return BINARY(16) if self.binary else CHAR(32)


class DateTimeUTC(TypeDecorator):
    impl = DateTime(timezone=True)
    cache_ok = True


class EncryptedString(TypeDecorator):
    impl = String
    cache_ok = True

    def __init__(self, key=None, backend=None, length=None, **kwargs):
        super().__init__()
        self.key = key
        self.backend = backend
        self.length = length

    def __repr__(self):
        backend = getattr(self.backend, "__name__", None)
        return "%s(key=%r, backend=%s, length=%r)" % (type(self).__name__, self.key, backend, self.length)

    def load_dialect_impl(self, dialect):
        return Text() if dialect.name in ("mysql", "mariadb") else String()


class EncryptedText(EncryptedString):
    impl = Text

    def load_dialect_impl(self, dialect):
        return Text()


class TOTPSecret(EncryptedString):
    pass


class PasswordHash(TypeDecorator):
    impl = String
    cache_ok = True

    def __init__(self, backend=None, length=255):
        super().__init__(length=length)
        self.backend = backend


class StoredObject(TypeDecorator):
    impl = JsonB
    cache_ok = True

    def __init__(self, backend=None, multiple=False, *args, **kwargs):
        super().__init__()
        self.backend = backend
        self.multiple = multiple


class FileObject:
    pass


class FileObjectList:
    pass


class FernetBackend:
    pass


class PGCryptoBackend:
    pass


class EncryptionBackend:
    pass
