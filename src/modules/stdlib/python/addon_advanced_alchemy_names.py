"""advanced-alchemy: the names that its packages give on."""
from advanced_alchemy.base import *
from advanced_alchemy.types.boolean import Bool
from advanced_alchemy.types.datetime import DateTimeUTC
from advanced_alchemy.types.encrypted_string import (EncryptedString, EncryptedText, EncryptionBackend,
                                                     FernetBackend, PGCryptoBackend)
from advanced_alchemy.types.file_object import FileObject, FileObjectList
from advanced_alchemy.types.file_object.data_type import StoredObject
from advanced_alchemy.types.guid import GUID, NANOID_INSTALLED, UUID_UTILS_INSTALLED
from advanced_alchemy.types.identity import BigIntIdentity
from advanced_alchemy.types.json import ORA_JSONB, JsonB
from advanced_alchemy.types.password_hash.base import PasswordHash
from advanced_alchemy.types.totp import TOTPSecret
