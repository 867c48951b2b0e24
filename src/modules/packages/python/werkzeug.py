"""werkzeug.security's hashes of passwords. Instead of scrypt, its default, PBKDF2 is used: werkzeug takes both."""
import _crypt
import _support
import hmac as _hmac

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
DEFAULT_PBKDF2_ITERATIONS = 1_000_000


def gen_salt(length):
    if length <= 0:
        raise ValueError("Salt length must be at least 1.")
    out = ""
    while len(out) < length:
        out += "".join(_LETTERS[byte] for byte in _support.random_bytes(length) if byte < len(_LETTERS))
    return out[:length]


def _hashed(method, salt, password):
    kind, *parts = method.split(":")
    if kind == "scrypt":
        kind, parts = "pbkdf2", []
    if kind != "pbkdf2":
        raise ValueError("Invalid hash method %r." % kind)
    digest = parts[0] if parts else "sha256"
    rounds = int(parts[1]) if len(parts) > 1 else DEFAULT_PBKDF2_ITERATIONS
    size = {"sha1": 20, "sha256": 32, "sha512": 64}.get(digest)
    if size is None:
        _support.refuse("PBKDF2 with %s isn't available" % digest, "sha256 is")
    key = _crypt.pbkdf2(digest, password.encode(), salt.encode(), rounds, size)
    return key.hex(), "pbkdf2:%s:%d" % (digest, rounds)


def generate_password_hash(password, method="scrypt", salt_length=16):
    salt = gen_salt(salt_length)
    key, used = _hashed(method, salt, password)
    return "%s$%s$%s" % (used, salt, key)


def check_password_hash(pwhash, password):
    try:
        method, salt, known = pwhash.split("$", 2)
    except ValueError:
        return False
    if method.startswith("scrypt"):
        _support.refuse("scrypt isn't available", "compare hashes in the application")
    return _hmac.compare_digest(_hashed(method, salt, password)[0], known)


def safe_join(directory, *pathnames):
    import os.path

    path = os.path.normpath(os.path.join(directory, *pathnames))
    return path if path.startswith(directory.rstrip("/") + "/") else None
