"""Paths as text."""
import _support

sep = "/"
altsep = None
extsep = "."
pathsep = ":"
curdir = "."
pardir = ".."
defpath = "/bin:/usr/bin"
supports_unicode_filenames = True


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)
    return method(path)


def join(a, *p):
    path = fspath(a)
    for part in p:
        part = fspath(part)
        if not isinstance(part, str):
            raise TypeError("join() argument must be str, bytes, or os.PathLike object, not %r"
                            % type(part).__name__)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = fspath(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def dirname(p):
    return split(p)[0]


def basename(p):
    return split(p)[1]


def splitext(p):
    p = fspath(p)
    slash = p.rfind("/")
    dot = p.rfind(".")
    if dot > slash:
        start = slash + 1
        while start < dot:
            if p[start] != ".":
                return p[:dot], p[dot:]
            start += 1
    return p, ""


def splitdrive(p):
    p = fspath(p)
    return "", p


def splitroot(p):
    p = fspath(p)
    if not p.startswith("/"):
        return "", "", p
    if p.startswith("//") and not p.startswith("///"):
        return "", "//", p[2:]
    return "", "/", p[1:]


def isabs(s):
    return fspath(s).startswith("/")


def normpath(path):
    path = fspath(path)
    if not path:
        return "."
    slashes = 0
    if path.startswith("/"):
        slashes = 2 if path.startswith("//") and not path.startswith("///") else 1
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not slashes and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return "/" * slashes + "/".join(parts) or "."


def abspath(path):
    path = fspath(path)
    if not path.startswith("/"):
        path = join(_support.project(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    return abspath(filename)


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    here = [part for part in abspath(start or ".").split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def commonprefix(m):
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    paths = [fspath(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    absolute = paths[0].startswith("/")
    if any(path.startswith("/") != absolute for path in paths):
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    low, high = min(split_paths), max(split_paths)
    common = low
    for i, part in enumerate(low):
        if part != high[i]:
            common = low[:i]
            break
    return ("/" if absolute else "") + "/".join(common)


def expanduser(path):
    path = fspath(path)
    if path == "~" or path.startswith("~/"):
        home = _support.getenv("HOME")
        if home:
            return home.rstrip("/") + path[1:] or "/"
    return path


def expandvars(path):
    import os
    import re

    def value(match):
        name = match.group(1) or match.group(2)
        return os.environ.get(name, match.group(0))

    return re.sub(r"\$(?:(\w+)|\{([^}]*)\})", value, fspath(path))


def normcase(s):
    return fspath(s)


def exists(path):
    return _support.path_kind(fspath(path)) is not None


lexists = exists


def isfile(path):
    return _support.path_kind(fspath(path)) == "file"


def isdir(s):
    return _support.path_kind(fspath(s)) == "dir"


def islink(path):
    return False


def ismount(path):
    return fspath(path) == "/"


def samefile(f1, f2):
    return abspath(f1) == abspath(f2)


def getsize(filename):
    return len(_support.read_bytes(fspath(filename)))


def getmtime(filename):
    _support.refuse("os.path.getmtime() isn't available", "the result would differ between runs")


getctime = getatime = getmtime
