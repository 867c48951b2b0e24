"""Bytes as text, by character."""
import _digest


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass


def hexlify(data, sep="", bytes_per_sep=1):
    if not isinstance(data, bytes):
        raise TypeError("a bytes-like object is required, not %r" % type(data).__name__)
    return (data.hex(sep, bytes_per_sep) if sep else data.hex()).encode("ascii")


b2a_hex = hexlify


def unhexlify(hexstr):
    text = hexstr.decode("ascii", "replace") if isinstance(hexstr, bytes) else hexstr
    if len(text) % 2:
        raise Error("Odd-length string")
    if any(c not in "0123456789abcdefABCDEF" for c in text):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text)


a2b_hex = unhexlify


def a2b_base64(data, /, *, strict_mode=False):
    if strict_mode:
        text = data.decode("latin-1") if isinstance(data, bytes) else data
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
        if any(c not in letters for c in text):
            raise Error("Only base64 data is allowed")
    decoded = _digest.decode64(data)
    if decoded is None:
        raise Error("Incorrect padding")
    if isinstance(decoded, int):
        raise Error("Invalid base64-encoded string: number of data characters (%d) cannot be 1 "
                    "more than a multiple of 4" % (decoded // 3 * 4 + 1))
    return decoded


def b2a_base64(data, /, *, newline=True):
    return _digest.encode64(data) + (b"\n" if newline else b"")


def crc32(data, value=0, /):
    crc = value ^ 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
