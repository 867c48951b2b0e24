"""bcrypt, by the crypt() of the system; and Flask-Bcrypt."""
import _crypt
import _support
import hmac as _hmac

__version__ = "5.0.0"
_LETTERS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LONGEST = 72


def _base64(data):
    """bcrypt's own base 64, without padding."""
    out = ""
    for at in range(0, len(data), 3):
        part = data[at:at + 3]
        number = int.from_bytes(part + bytes(3 - len(part)), "big")
        out += "".join(_LETTERS[number >> shift & 63] for shift in (18, 12, 6, 0))[:len(part) + 1]
    return out


def gensalt(rounds=12, prefix=b"2b"):
    if prefix not in (b"2a", b"2b"):
        raise ValueError("Supported prefixes are b'2a' or b'2b'")
    if not 4 <= rounds <= 31:
        raise ValueError("Invalid rounds")
    return ("$%s$%02d$%s" % (prefix.decode(), rounds, _base64(_support.random_bytes(16)))).encode()


def _hashed(password, setting):
    if b"\0" in password:
        raise ValueError("password may not contain NUL bytes")
    made = _crypt.crypt(password, setting)
    if made is None:
        if setting[:4] in ("$2a$", "$2b$", "$2y$") and _crypt.crypt(b"x", "$2b$04$" + 22 * ".") is None:
            _support.refuse("bcrypt isn't available: the system has no libcrypt that knows it",
                            "install libcrypt1 (libxcrypt), or write the hash into the file")
        raise ValueError("Invalid salt")
    return made


def hashpw(password, salt):
    if not isinstance(password, bytes) or not isinstance(salt, bytes):
        raise TypeError("Strings must be encoded before hashing")
    if len(password) > _LONGEST:
        raise ValueError("password cannot be longer than 72 bytes, truncate manually if necessary (e.g. my_password[:72])")
    return _hashed(password, salt.decode()).encode()


def checkpw(password, hashed_password):
    return _hmac.compare_digest(hashpw(password, hashed_password), hashed_password)


class Bcrypt:
    """Flask-Bcrypt's."""

    def __init__(self, app=None):
        self._rounds = 12
        self._prefix = "2b"
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        self._rounds = app.config.get("BCRYPT_LOG_ROUNDS", 12)
        self._prefix = app.config.get("BCRYPT_HASH_PREFIX", "2b")

    def generate_password_hash(self, password, rounds=None, prefix=None):
        if not password:
            raise ValueError("Password must be non-empty.")
        data = password.encode("utf-8") if isinstance(password, str) else password
        return hashpw(data, gensalt(rounds or self._rounds, (prefix or self._prefix).encode()))

    def check_password_hash(self, pw_hash, password):
        data = password.encode("utf-8") if isinstance(password, str) else password
        return checkpw(data, pw_hash.encode("utf-8") if isinstance(pw_hash, str) else pw_hash)


def generate_password_hash(password, rounds=None):
    return Bcrypt().generate_password_hash(password, rounds)


def check_password_hash(pw_hash, password):
    return Bcrypt().check_password_hash(pw_hash, password)
