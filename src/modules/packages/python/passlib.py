"""passlib's hashes of passwords that need no other package."""
import _crypt
import _support
import base64 as _base64
import bcrypt as _bcrypt
import hmac as _hmac

_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _bytes(secret):
    if isinstance(secret, str):
        return secret.encode("utf-8")
    if not isinstance(secret, bytes):
        raise TypeError("secret must be unicode or bytes, not %s" % type(secret).__name__)
    return secret


def _ab64(data):
    return _base64.b64encode(data).decode().rstrip("=").replace("+", ".")


def _from_ab64(text):
    text = text.replace(".", "+")
    return _base64.b64decode(text + "=" * (-len(text) % 4))


class _Handler:
    def __init__(self, name, rounds, prefixes):
        self.name, self.default_rounds, self._prefixes = name, rounds, prefixes

    def using(self, rounds=None, **settings):
        rounds = settings.get("default_rounds", rounds)
        return type(self)(self.name, self.default_rounds if rounds is None else int(rounds), self._prefixes)

    def identify(self, hash):
        text = hash.decode() if isinstance(hash, bytes) else hash
        return text.startswith(self._prefixes)

    def hash(self, secret, **settings):
        handler = self.using(**settings) if settings else self
        return handler._made(_bytes(secret), None)

    encrypt = hash

    def verify(self, secret, hash):
        text = hash.decode() if isinstance(hash, bytes) else hash
        if not self.identify(text):
            raise ValueError("not a valid %s hash" % self.name)
        return _hmac.compare_digest(self._made(_bytes(secret), text).encode(), text.encode())


class _Bcrypt(_Handler):
    def _made(self, secret, known):
        setting = known or _bcrypt.gensalt(self.default_rounds).decode()
        return _bcrypt._hashed(secret[:72], setting)


class _Pbkdf2(_Handler):
    def _made(self, secret, known):
        digest = self.name.partition("_")[2]
        size = {"sha1": 20, "sha256": 32, "sha512": 64}[digest]
        if known:
            _, _, rounds, salt, _ = known.split("$")
            rounds, salt = int(rounds), _from_ab64(salt)
        else:
            rounds, salt = self.default_rounds, _support.random_bytes(16)
        key = _crypt.pbkdf2(digest, secret, salt, rounds, size)
        return "%s%d$%s$%s" % (self._prefixes[0], rounds, _ab64(salt), _ab64(key))


class _System(_Handler):
    """What crypt() of the system makes."""

    def _made(self, secret, known):
        setting = known
        if known is None:
            salt = "".join(_LETTERS[byte & 63] for byte in _support.random_bytes(16))
            setting = "%srounds=%d$%s" % (self._prefixes[0], self.default_rounds, salt)
        made = _crypt.crypt(secret, setting)
        if made is None:
            _support.refuse("%s isn't available: the system has no libcrypt that knows it" % self.name,
                            "install libcrypt1 (libxcrypt), or write the hash into the file")
        return made


class _Plain(_Handler):
    def _made(self, secret, known):
        return secret.decode("utf-8")


class _Missing(_Handler):
    def _made(self, secret, known):
        _support.refuse("the scheme %s of passlib isn't available" % self.name,
                        "bcrypt, pbkdf2_sha256, pbkdf2_sha512, sha256_crypt and sha512_crypt are; or write the hash "
                        "into the file")


bcrypt = _Bcrypt("bcrypt", 12, ("$2b$", "$2a$", "$2y$"))
pbkdf2_sha1 = _Pbkdf2("pbkdf2_sha1", 131000, ("$pbkdf2$",))
pbkdf2_sha256 = _Pbkdf2("pbkdf2_sha256", 29000, ("$pbkdf2-sha256$",))
pbkdf2_sha512 = _Pbkdf2("pbkdf2_sha512", 25000, ("$pbkdf2-sha512$",))
sha256_crypt = _System("sha256_crypt", 535000, ("$5$",))
sha512_crypt = _System("sha512_crypt", 656000, ("$6$",))
plaintext = _Plain("plaintext", 0, ("",))
argon2 = _Missing("argon2", 0, ("$argon2",))
bcrypt_sha256 = _Missing("bcrypt_sha256", 0, ("$bcrypt-sha256$",))
scrypt = _Missing("scrypt", 0, ("$scrypt$",))
_KNOWN = {one.name: one for one in (bcrypt, pbkdf2_sha1, pbkdf2_sha256, pbkdf2_sha512, sha256_crypt, sha512_crypt,
                                    argon2, bcrypt_sha256, scrypt, plaintext)}


class CryptContext:
    def __init__(self, schemes=None, policy=None, **settings):
        self._settings = settings
        self._handlers = {}
        for scheme in [schemes] if isinstance(schemes, str) else schemes or []:
            handler = _KNOWN.get(scheme) if isinstance(scheme, str) else scheme
            if handler is None:
                handler = _Missing(scheme, 0, ("$%s$" % scheme,))
            rounds = settings.get(handler.name + "__rounds", settings.get(handler.name + "__default_rounds"))
            self._handlers[handler.name] = handler if rounds is None else handler.using(rounds=rounds)

    def schemes(self, resolve=False, category=None, unconfigured=False):
        return tuple(self._handlers)

    def default_scheme(self, category=None, resolve=False, unconfigured=False):
        return self._settings.get("default") or next(iter(self._handlers))

    def copy(self, **settings):
        schemes = settings.pop("schemes", list(self._handlers))
        return CryptContext(schemes, **{**self._settings, **settings})

    def update(self, **settings):
        self.__dict__ = self.copy(**settings).__dict__

    def _handler_of(self, hash):
        for handler in self._handlers.values():
            if handler.identify(hash):
                return handler
        raise ValueError("hash could not be identified")

    def hash(self, secret, scheme=None, category=None, **settings):
        return self._handlers[scheme or self.default_scheme()].hash(secret, **settings)

    encrypt = hash

    def verify(self, secret, hash, scheme=None, category=None, **settings):
        if hash is None:
            return False
        return (self._handlers[scheme] if scheme else self._handler_of(hash)).verify(secret, hash)

    def identify(self, hash, category=None, resolve=False, required=False):
        return self._handler_of(hash).name

    def needs_update(self, hash, scheme=None, category=None, secret=None):
        return self._handler_of(hash).name != self.default_scheme()

    def verify_and_update(self, secret, hash, scheme=None, category=None, **settings):
        if not self.verify(secret, hash, scheme):
            return False, None
        return True, self.hash(secret) if self.needs_update(hash) else None


custom_app_context = CryptContext(schemes=["sha512_crypt", "sha256_crypt"], default="sha512_crypt")
