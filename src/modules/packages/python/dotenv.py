"""python-dotenv: variables from .env files of the project."""
import os
import re

import _support

_NAME = re.compile(r"\s*(?:export\s+)?(?:'([^']+)'|([^=#\s]+))[^\S\r\n]*")
_SINGLE = re.compile(r"'((?:\\'|[^'])*)'")
_DOUBLE = re.compile(r'"((?:\\"|[^"])*)"')
_POSIX = re.compile(r"\$\{(?P<name>[^\}:]*)(?::-(?P<default>[^\}]*))?\}")
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r",
            "t": "\t", "v": "\v"}


def _unescape(text, quote):
    if quote == "'":
        return re.sub(r"\\([\\'])", r"\1", text)
    return re.sub(r"\\([\\'\"abfnrtv])", lambda match: _ESCAPES[match.group(1)], text)


def _skip_line(text, at):
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _parse(text):
    """(name, value or None) in order; a line that is none is skipped."""
    text = text.replace("\r\n", "\n")
    if text.startswith("\ufeff"):
        text = text[1:]
    pairs = []
    at = 0
    while at < len(text):
        while at < len(text) and text[at] in " \t\n\r\f":
            at += 1
        if at >= len(text):
            break
        if text[at] == "#":
            at = _skip_line(text, at)
            continue
        found = _NAME.match(text, at)
        if not found:
            at = _skip_line(text, at)
            continue
        name = found.group(1) or found.group(2)
        at = found.end()
        if at >= len(text) or text[at] != "=":
            if at >= len(text) or text[at] in "\n#":
                pairs.append((name, None))
            at = _skip_line(text, at)
            continue
        at += 1
        while at < len(text) and text[at] in " \t":
            at += 1
        quoted = None
        if at < len(text) and text[at] in "'\"":
            quoted = (_SINGLE if text[at] == "'" else _DOUBLE).match(text, at)
        if quoted:
            pairs.append((name, _unescape(quoted.group(1), text[at])))
            at = _skip_line(text, quoted.end())
            continue
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        pairs.append((name, re.sub(r"\s+#.*", "", text[at:end]).rstrip()))
        at = end + 1
    return pairs


def _resolve(pairs, override, interpolate):
    values = {}
    for name, value in pairs:
        if value is not None and interpolate:
            environment = {}
            if override:
                environment.update(os.environ)
                environment.update(values)
            else:
                environment.update(values)
                environment.update(os.environ)

            def replace(match):
                default = match.group("default")
                found = environment.get(match.group("name"), default if default is not None else "")
                return found if found is not None else ""

            value = _POSIX.sub(replace, value)
        values[name] = value
    return values


def calling_folder():
    file = _support.calling_file()
    return os.path.dirname(os.path.abspath(file)) if file else os.getcwd()


def find_above(folder, filename):
    while True:
        path = os.path.join(folder, filename)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    """The file beside the one that asks or in a folder around it; "" when there is none."""
    path = find_above(os.getcwd() if usecwd else calling_folder(), filename)
    if path:
        return path
    if raise_error_if_not_found:
        raise OSError("File not found")
    return ""


def _read(dotenv_path, stream, encoding):
    if stream is not None:
        return stream.read()
    path = os.fspath(dotenv_path) if dotenv_path else find_dotenv()
    if path and os.path.isfile(path):
        with open(path, encoding=encoding or "utf-8") as file:
            return file.read()
    return None


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True,
                encoding="utf-8"):
    text = _read(dotenv_path, stream, encoding)
    if text is None:
        return False
    values = _resolve(_parse(text), override, interpolate)
    for name, value in values.items():
        if value is not None and (override or name not in os.environ):
            os.environ[name] = value
    return bool(values)


def dotenv_values(dotenv_path=None, stream=None, verbose=False, interpolate=True,
                  encoding="utf-8"):
    text = _read(dotenv_path, stream, encoding)
    return {} if text is None else _resolve(_parse(text), True, interpolate)


def get_key(dotenv_path, key_to_get, encoding="utf-8"):
    return dotenv_values(dotenv_path, encoding=encoding).get(key_to_get)
