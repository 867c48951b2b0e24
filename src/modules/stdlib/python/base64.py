"""Bytes as text."""
import _digest
import binascii


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    return s


def b64encode(s, altchars=None):
    encoded = _digest.encode64(s)
    if altchars is not None:
        encoded = encoded.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])
    return encoded


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    return binascii.unhexlify(s)


_b32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def b32encode(s):
    bits = "".join([format(byte, "08b") for byte in s])
    bits += "0" * (-len(bits) % 5)
    text = "".join([_b32[int(bits[i:i + 5], 2)] for i in range(0, len(bits), 5)])
    return (text + "=" * (-len(text) % 8)).encode("ascii")


def b32decode(s, casefold=False, map01=None):
    text = _bytes(s).decode("ascii")
    if casefold:
        text = text.upper()
    if len(text) % 8:
        raise binascii.Error("Incorrect padding")
    bits = ""
    for c in text.rstrip("="):
        value = _b32.find(c)
        if value < 0:
            raise binascii.Error("Non-base32 digit found")
        bits += format(value, "05b")
    return bytes([int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8)])


def encodebytes(s):
    return b"".join([b64encode(s[i:i + 57]) + b"\n" for i in range(0, len(s), 57)])


def decodebytes(s):
    return b64decode(s)
