"""codecs: text to bytes and back."""

BOM_UTF8 = b"\xef\xbb\xbf"


def encode(obj, encoding="utf-8", errors="strict"):
    if encoding in ("hex", "hex_codec"):
        return obj.hex().encode()
    if encoding in ("base64", "base64_codec"):
        import base64
        return base64.encodebytes(obj)
    if encoding in ("rot13", "rot_13"):
        return "".join([_rotated(char) for char in obj])
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    if encoding in ("hex", "hex_codec"):
        return bytes.fromhex(obj.decode() if isinstance(obj, bytes) else obj)
    if encoding in ("base64", "base64_codec"):
        import base64
        return base64.decodebytes(obj)
    if encoding in ("rot13", "rot_13"):
        return encode(obj, encoding)
    return obj.decode(encoding, errors)


def _rotated(char):
    for first in "aA":
        at = ord(char) - ord(first)
        if 0 <= at < 26:
            return chr(ord(first) + (at + 13) % 26)
    return char


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins
    return builtins.open(filename, mode, encoding=encoding)
