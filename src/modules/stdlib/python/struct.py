"""struct: numbers as bytes (https://docs.python.org/3/library/struct.html), in standard sizes."""


class error(Exception):
    pass


_SIZES = {"b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 4, "L": 4, "q": 8, "Q": 8,
          "x": 1, "c": 1, "s": 1}
_NATIVE = dict(_SIZES, l=8, L=8, n=8, N=8)


def _fields(format):
    """(count, code, size, offset) of each field, the byte order and the whole size."""
    mark = format[:1] if format[:1] in ("@", "=", "<", ">", "!") else ""
    native = mark in ("", "@")
    order = "big" if mark in (">", "!") else "little"
    sizes = _NATIVE if native else _SIZES
    fields, at, digits = [], 0, ""
    for code in format[len(mark):]:
        if code.isdigit():
            digits += code
            continue
        if code.isspace():
            continue
        if code not in sizes:
            raise error("bad char in struct format" if code not in "fdeP" else
                        "floating-point and pointer formats are not supported")
        size = sizes[code]
        if native and code != "s":
            at += -at % size
        count = int(digits or "1")
        fields.append((count, code, size, at))
        at += count * size
        digits = ""
    return fields, order, at


def calcsize(format):
    return _fields(format)[2]


def pack(format, *values):
    fields, order, size = _fields(format)
    out, rest = b"", list(values)
    needed = sum(0 if code == "x" else 1 if code == "s" else count for count, code, _, _ in fields)
    if needed != len(rest):
        raise error("pack expected %d items for packing (got %d)" % (needed, len(rest)))
    for count, code, width, at in fields:
        out += b"\0" * (at - len(out))
        if code == "s":
            out += rest.pop(0)[:count].ljust(count, b"\0")
            continue
        for _ in range(count):
            if code == "x":
                out += b"\0"
            elif code == "c":
                out += rest.pop(0)
            else:
                try:
                    out += int(rest.pop(0)).to_bytes(width, order, signed=code.islower())
                except OverflowError:
                    raise error("argument out of range") from None
    return out


def unpack(format, buffer):
    fields, order, size = _fields(format)
    if len(buffer) != size:
        raise error("unpack requires a buffer of %d bytes" % size)
    out = []
    for count, code, width, at in fields:
        if code == "s":
            out.append(buffer[at:at + count])
            continue
        for index in range(count if code != "x" else 0):
            part = buffer[at + index * width:at + (index + 1) * width]
            if code == "c":
                out.append(part)
            else:
                number = int.from_bytes(part, order, signed=code.islower())
                out.append(bool(number) if code == "?" else number)
    return tuple(out)


def unpack_from(format, buffer, offset=0):
    return unpack(format, buffer[offset:offset + calcsize(format)])


def iter_unpack(format, buffer):
    size = calcsize(format)
    return iter([unpack(format, buffer[at:at + size]) for at in range(0, len(buffer), size)])
